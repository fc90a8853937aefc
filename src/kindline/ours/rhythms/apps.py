from django.apps import AppConfig


class RhythmsConfig(AppConfig):
    name = "kindline.ours.rhythms"
    label = "rhythms"
