from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "kindline.mine.journal"
    label = "journal"
