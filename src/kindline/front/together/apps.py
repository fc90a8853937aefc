from django.apps import AppConfig


class TogetherConfig(AppConfig):
    name = "kindline.front.together"
    label = "together"
