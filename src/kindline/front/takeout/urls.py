from django.urls import path

from kindline.front.takeout import views

app_name = "takeout"
urlpatterns = [
    path("takeout/", views.overview, name="takeout"),
    path("takeout/copy/", views.copy, name="copy"),
    path("takeout/read/", views.read, name="read"),
    path("takeout/arrival/", views.arrival, name="arrival"),
    path("takeout/bring/", views.bring, name="bring"),
    path("takeout/let-go/", views.let_go, name="let-go"),
]
