from django.apps import AppConfig


class PausesConfig(AppConfig):
    name = "kindline.ours.pauses"
    label = "pauses"
