from django.apps import AppConfig


class CoachingConfig(AppConfig):
    """The coach's only way into Django. Stores nothing."""

    name = "kindline.ground.coaching"
    label = "coaching"
