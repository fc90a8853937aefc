from django.urls import path

from kindline.ours.negotiation import one_phone, talking, views

app_name = "negotiation"
urlpatterns = [
    path("", views.talks, name="list"),
    path("new/", views.new, name="new"),
    path("paper/", views.paper, name="paper"),
    path("let-go/", views.let_go, name="let-go"),
    path("phone/", one_phone.begin, name="new-phone"),
    path("phone/<uuid:one_id>/", one_phone.one_phone, name="phone"),
    path("phone/<uuid:one_id>/delete/", one_phone.delete, name="delete-phone"),
    path("<uuid:talk_id>/", talking.talk, name="talk"),
]
