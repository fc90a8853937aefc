from django.apps import AppConfig


class PageConfig(AppConfig):
    """The look: base page, sheet, icons, form pieces, charts."""

    name = "kindline.ground.page"
    label = "page"
