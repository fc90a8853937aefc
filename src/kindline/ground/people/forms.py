"""The passphrase in forms: typed to get in, and once more where it has to be the person themself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kindline.ground.page.widgets import Passphrase
from kindline.ground.vault.passphrases import MOST_CHARACTERS


def passphrase_field(
    label: Any, kind: str = "current-password", placeholder: str = "", **options: Any
) -> forms.CharField:
    """Return a field for a passphrase; `kind` tells the browser whether it is a new one."""
    attrs = {"autocomplete": kind, "autocapitalize": "none", "spellcheck": "false"}
    if placeholder:
        attrs["placeholder"] = placeholder
    widget = Passphrase(attrs=attrs)
    return forms.CharField(label=label, max_length=MOST_CHARACTERS, strip=False, widget=widget, **options)


class ConfirmForm(forms.Form):
    """The passphrase once more, on a page that shows in full what it stands for."""

    passphrase = passphrase_field(_("Your passphrase, to be sure it’s you"))
