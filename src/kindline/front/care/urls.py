from django.urls import path

from kindline.front.care import views

app_name = "care"
urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("about/", views.about, name="about"),
    path("if-we-part/", views.parting, name="parting"),
]
