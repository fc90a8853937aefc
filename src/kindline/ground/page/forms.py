"""How forms are drawn: every Django form here gets our templates, our fields, and errors that stand near the field."""

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates

from kindline.ground.page.widgets import IntensityChips

# Inputs that are boxes to write in; everything else draws itself.
BOXES = (
    forms.TextInput,
    forms.PasswordInput,
    forms.Textarea,
    forms.NumberInput,
    forms.DateInput,
    forms.TimeInput,
    forms.Select,
)


class PageField(forms.BoundField):
    """A field as the page shows it: boxes carry the class the sheet of styles knows."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        inner = widget or self.field.widget
        if isinstance(inner, BOXES):
            built["class"] = f"box {inner.attrs.get('class', '')} {built.get('class', '')}".strip()
        return built

    @property
    def is_tick(self) -> bool:
        """Say whether this is one checkbox, whose label stands beside it."""
        return isinstance(self.field.widget, forms.CheckboxInput)


class PageRenderer(DjangoTemplates):
    """Draw every form of the project with the templates of this room."""

    form_template_name = "page/form.html"
    field_template_name = "page/field.html"
    bound_field_class = PageField


class IntensityField(forms.Field):
    """A field whose value is a mapping of word to depth, 1 to 3."""

    widget = IntensityChips

    def __init__(self, *, words: tuple[tuple[str, str], ...] = (), required: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", IntensityChips(words))
        super().__init__(required=required, **kwargs)

    def clean(self, value: Any) -> dict[str, int]:
        """Return the marked words in the order they were offered, own words last."""
        marked = super().clean(value) or {}
        offered = [word for word, _label in getattr(self.widget, "words", ()) if word in marked]
        return {word: marked[word] for word in (*offered, *(word for word in marked if word not in offered))}
