"""How forms are drawn: every Django form here gets our templates, our fields, and errors that stand near the field."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.renderers import DjangoTemplates
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kindline.ground.page.widgets import IntensityChips

LONGEST = 20_000  # characters of one field for a person's own words
TOO_LONG = _(
    "This holds up to %(limit_value)s characters, and yours has %(show_value)s. All of it is still in the box."
)

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


class Words(forms.CharField):
    """A box for a person's own words: any length up to the limit, and kept in the box when it is longer."""

    def __init__(self, *, rows: int = 2, tall: bool = False, longest: int = LONGEST, **options: Any) -> None:
        attrs = {"rows": rows, "autocapitalize": "sentences", **({"class": "tall"} if tall else {})}
        super().__init__(widget=forms.Textarea(attrs=attrs), **options)
        self.validators.append(MaxLengthValidator(longest, message=TOO_LONG))

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFC", super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


def read_back(form: type[forms.Form], kept: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return the values of a form's fields out of words that were kept unsaved."""
    data = QueryDict(mutable=True)
    for name, values in kept.items():
        data.setlist(name, values)
    return {name: field.widget.value_from_datadict(data, {}, name) for name, field in form.base_fields.items()}


def flat(kept: Mapping[str, list[str]]) -> dict[str, str]:
    """Return words that were kept unsaved with one value a field, the last."""
    return {name: values[-1] for name, values in kept.items() if values}
