from django.urls import path

from kindline.front.door import device, emptying, front_page, phone_lock, settings, views

app_name = "door"
urlpatterns = [
    path("", front_page.front, name="front"),
    path("check/", front_page.check, name="check"),
    path("share/", device.share, name="share"),
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
    path("settings/phone/", phone_lock.phone_lock, name="phone-lock"),
    path("settings/phone/key/", phone_lock.phone_key, name="phone-key"),
    path("settings/phone/remove/", phone_lock.remove_phone_lock, name="phone-remove"),
    path("settings/devices/", settings.devices, name="devices"),
    path("settings/guise/", device.guise, name="guise"),
    path("settings/forget/", device.forget, name="forget"),
    path("settings/empty/", emptying.empty, name="empty"),
    path("settings/delete/", settings.delete, name="delete"),
]
