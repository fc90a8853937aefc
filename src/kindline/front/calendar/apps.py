from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "kindline.front.calendar"
    label = "calendar"
