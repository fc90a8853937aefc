from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "kindline.ground.post"
    label = "post"
