from django.urls import path

from kindline.front.growth import views

app_name = "growth"
urlpatterns = [
    path("back/", views.growth, name="growth"),
    path("back/saying/", views.saying, name="saying"),
]
