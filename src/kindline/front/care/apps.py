from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "kindline.front.care"
    label = "care"
