from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PageConfig(AppConfig):
    """The look: base page, sheet, icons, form pieces, charts."""

    name = "kindline.ground.page"
    label = "page"

    def ready(self) -> None:
        # Django's own words for an empty field speak of requirements; ours only say what is so.
        forms.Field.default_error_messages["required"] = _("Still empty.")
