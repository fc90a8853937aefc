from django.apps import AppConfig


class StorageConfig(AppConfig):
    name = "kindline.ground.storage"
    label = "storage"
