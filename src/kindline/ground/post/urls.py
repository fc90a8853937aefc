from django.urls import path

from kindline.ground.post import links, views

app_name = "post"
urlpatterns = [
    path("settings/reminders/", views.reminders, name="reminders"),
    path("settings/reminders/device/", views.add_device, name="add-device"),
    path("settings/reminders/mail/", views.ask_by_mail, name="ask-by-mail"),
    path("settings/reminders/try/", views.try_now, name="try-now"),
    path("settings/reminders/<uuid:channel_id>/remove/", views.remove, name="remove"),
    path("reminders/yes/<str:mark>/", links.confirm, name="confirm"),
    path("reminders/stop/<str:mark>/", links.stop, name="stop"),
]
