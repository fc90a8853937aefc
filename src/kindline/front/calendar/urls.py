from django.urls import path

from kindline.front.calendar import taking, views

app_name = "calendar"
urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/own/", taking.make, name="make"),
    path("calendar/own/other/", taking.renew, name="renew"),
    path("calendar/own/off/", taking.switch_off, name="off"),
    path("calendar/event/<uuid:rhythm_id>/", taking.event, name="event"),
    path("calendar/<slug:secret>.ics", taking.feed, name="feed"),
]
