from django.urls import path

from kindline.ground.page import device

app_name = "page"
urlpatterns = [
    path("manifest/<slug:guise>/", device.app_manifest, name="manifest"),
    path("sw.js", device.worker, name="worker"),
    path("kept/", device.kept, name="kept"),
    path("offline/", device.offline, name="offline"),
]
