from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "kindline.ground.people"
    label = "people"
