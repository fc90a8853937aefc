from django.urls import path

from kindline.ground.people import views

app_name = "people"
urlpatterns = [path("wake/", views.wake, name="wake")]
