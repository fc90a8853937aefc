from django.urls import path

from kindline.ours.pauses import devices, planning, softly, telling, topics, views

app_name = "pauses"
urlpatterns = [
    path("", views.pauses, name="pauses"),
    path("away/", views.away, name="away"),
    path("longer/", views.longer, name="longer"),
    path("back/", views.back, name="back"),
    path("told/", telling.told, name="told"),
    path("devices/", devices.devices, name="devices"),
    path("devices/<uuid:device_id>/remove/", devices.remove, name="remove-device"),
    path("plan/", planning.plan, name="plan"),
    path("topics/new/", topics.new, name="new-topic"),
    path("topics/<uuid:topic_id>/", topics.topic, name="topic"),
    path("topics/<uuid:topic_id>/let-go/", topics.let_go, name="let-go"),
    path("<uuid:pause_id>/soft/", softly.soft, name="soft"),
]
