from django.urls import path

from kindline.front.door import front_page, settings, views

app_name = "door"
urlpatterns = [
    path("", front_page.front, name="front"),
    path("check/", front_page.check, name="check"),
    path("join/", views.join, name="join"),
    path("join/recovery/", views.recovery_code, name="recovery"),
    path("unlock/", views.unlock, name="unlock"),
    path("lock/", views.lock, name="lock"),
    path("exit/", views.leave_at_once, name="exit"),
    path("stay/", views.stay, name="stay"),
    path("recover/", views.recover, name="recover"),
    path("unsaved/", views.unsaved, name="unsaved"),
    path("settings/", settings.overview, name="settings"),
    path("settings/name/", settings.name, name="name"),
    path("settings/passphrase/", settings.passphrase, name="passphrase"),
    path("settings/recovery/", settings.recovery, name="new-recovery"),
    path("settings/devices/", settings.devices, name="devices"),
    path("settings/delete/", settings.delete, name="delete"),
]
