from django.apps import AppConfig


class DoorConfig(AppConfig):
    name = "kindline.front.door"
    label = "door"
