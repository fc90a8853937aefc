from django.apps import AppConfig


class MomentConfig(AppConfig):
    name = "kindline.front.moment"
    label = "moment"
