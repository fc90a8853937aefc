from django.urls import path

from kindline.mine.calm import helping, views

app_name = "calm"
urlpatterns = [
    path("", views.practices, name="list"),
    path("new/", views.new, name="new"),
    path("arrange/", views.arrange, name="arrange"),
    path("let-go/", views.let_go, name="let-go"),
    path("helps/", helping.helps, name="helps"),
    path("tell/", helping.tell, name="tell"),
    path("moments/<uuid:moment_id>/forget/", helping.forget, name="forget"),
    path("<uuid:practice_id>/", views.practice, name="practice"),
    path("<uuid:practice_id>/delete/", views.delete, name="delete"),
]
