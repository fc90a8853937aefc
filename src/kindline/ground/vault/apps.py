from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "kindline.ground.vault"
    label = "vault"
