from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "kindline.mine.needs"
    label = "needs"
