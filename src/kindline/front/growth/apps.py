from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "kindline.front.growth"
    label = "growth"
