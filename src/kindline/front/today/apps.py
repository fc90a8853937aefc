from django.apps import AppConfig


class TodayConfig(AppConfig):
    name = "kindline.front.today"
    label = "today"
