from django.apps import AppConfig


class ThanksConfig(AppConfig):
    name = "kindline.ours.thanks"
    label = "thanks"
