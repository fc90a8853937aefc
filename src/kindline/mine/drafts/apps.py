from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "kindline.mine.drafts"
    label = "drafts"
