from django.apps import AppConfig


class WorkerConfig(AppConfig):
    name = "kindline.front.worker"
    label = "worker"
