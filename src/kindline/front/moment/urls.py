from django.urls import path

from kindline.front.moment import views

app_name = "moment"
urlpatterns = [
    path("moment/", views.moment, name="moment"),
    path("moment/pause/", views.pause, name="pause"),
    path("moment/back/", views.back, name="back"),
]
