from django.apps import AppConfig


class CalmConfig(AppConfig):
    name = "kindline.mine.calm"
    label = "calm"
