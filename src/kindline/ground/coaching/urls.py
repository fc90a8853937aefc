from django.urls import path

from kindline.ground.coaching import views

app_name = "coaching"
urlpatterns = [path("listen/", views.listen, name="listen")]
