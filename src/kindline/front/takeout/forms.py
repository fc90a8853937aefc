"""The small forms: which file, the one that was looked at, and what its entries are."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kindline.ground.page.widgets import ChoiceRow

KINDS = (("note", _("A bit of everything")), ("friction", _("Mostly what rubbed")), ("good", _("Mostly good moments")))


class FileForm(forms.Form):
    """A file to look into."""

    file = forms.FileField(
        label=_("Your file"),
        allow_empty_file=True,
        error_messages={"required": _("Please choose your file. If it locked meanwhile, choose it once more.")},
        widget=forms.FileInput(attrs={"class": "box"}),
    )


class ArrivalForm(forms.Form):
    """Which file a page was showing: another window may have put another one down since."""

    arrival = forms.UUIDField()

    def shown(self) -> UUID:
        """Return its id; one that never was when the page didn't say."""
        return self.cleaned_data["arrival"] if self.is_valid() else UUID(int=0)


class KindForm(forms.Form):
    """What the entries of a plain journal are, asked once for all of them."""

    kind = forms.ChoiceField(label=_("What is in it?"), choices=KINDS, initial="note", widget=ChoiceRow)

    def chosen(self) -> str:
        """Return the chosen kind; one that nobody was asked about is a bit of everything."""
        said: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        return str(said.get("kind") or "note")
