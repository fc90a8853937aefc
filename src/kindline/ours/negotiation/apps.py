from django.apps import AppConfig


class NegotiationConfig(AppConfig):
    name = "kindline.ours.negotiation"
    label = "negotiation"
