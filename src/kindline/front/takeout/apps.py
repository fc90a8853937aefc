from django.apps import AppConfig


class TakeoutConfig(AppConfig):
    name = "kindline.front.takeout"
    label = "takeout"
