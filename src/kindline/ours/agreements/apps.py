from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "kindline.ours.agreements"
    label = "agreements"
