from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "kindline.ground.clock"
    label = "clock"
