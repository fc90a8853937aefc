"""Forms at the door: joining, unlocking, recovering, and what a person changes about themself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kindline.ground.page.widgets import ChoiceRow
from kindline.ground.people.forms import ConfirmForm, passphrase_field
from kindline.ground.people.rules import NAME_LENGTH, time_zones
from kindline.ground.vault.passphrases import LEAST_CHARACTERS, MOST_CHARACTERS, folded, is_weak, read_recovery_code
from kindline.ground.vault.sessions import IDLE_CHOICES


def _name(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "words", "spellcheck": "false"}),
    )


class UnlockForm(forms.Form):
    name = _name(_("Your name here"))
    passphrase = passphrase_field(_("Passphrase"))


class NewKeysForm(forms.Form):
    """What new keys do not end by themselves, and can end with them."""

    outside = forms.BooleanField(
        label=_("Also let go of where reminders go, and give my calendar another address"),
        help_text=_("For when somebody had your open place in their hands. New keys alone leave both as they are."),
        required=False,
    )


class NewPassphraseForm(forms.Form):
    """Six words that were offered, or a passphrase of one's own."""

    offered = forms.CharField(max_length=MOST_CHARACTERS, required=False, widget=forms.HiddenInput)
    own = passphrase_field(
        _("Your own passphrase"),
        "new-password",
        required=False,
        placeholder=" ",  # lets the style sheet see whether it is empty
        help_text=_("At least 15 characters. A sentence only you would say is good."),
    )

    def names(self) -> list[str]:
        """Return the names that somebody guessing would try first."""
        return [str(self.cleaned_data.get("name", ""))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        own = cleaned.get("own", "")
        if own and len(folded(own)) < LEAST_CHARACTERS:
            self.add_error("own", _("A few more, please: 15 characters at least."))
        elif own and is_weak(own, self.names()):
            self.add_error("own", _("This one could be guessed. Another word or two would help."))
        elif not own and is_weak(cleaned.get("offered", ""), self.names()):
            self.add_error("own", _("Please take the six words, or choose a passphrase of your own."))
        elif not own and self.data.get("own-again"):
            # A browser never fills this box in again; without this, the six words would quietly stand in for it.
            self.add_error("own", _("Please type your own passphrase, or take the tick away to use the six words."))
        cleaned["passphrase"] = own or cleaned.get("offered", "")
        return cleaned


class JoinForm(NewPassphraseForm):
    name = _name(_("What shall we call you?"))
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-time-zone": ""}))

    hours = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-hours": ""}))

    field_order = ("name", "own", "offered", "time_zone", "hours")

    def clean_hours(self) -> int:
        return 12 if self.cleaned_data["hours"] == "12" else 24

    def clean_time_zone(self) -> str:
        zone = str(self.cleaned_data["time_zone"])
        return zone if zone in time_zones() else "UTC"


class RecoverForm(NewKeysForm, NewPassphraseForm):
    code = forms.CharField(
        label=_("Your recovery code"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    field_order = ("code", "own", "offered", "outside")

    def clean_code(self) -> str:
        code = read_recovery_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(_("A letter or number isn't quite right. The code has nine groups of four."))
        return code


class LastGroupForm(forms.Form):
    last_group = forms.CharField(
        label=_("Type the last group to show that you have it"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_last_group(self) -> str:
        typed = str(self.cleaned_data["last_group"]).strip().upper()
        if typed != self.expected:
            raise forms.ValidationError(_("That isn't the last group yet. It is the last four letters or numbers."))
        return typed


class PhoneLockForm(ConfirmForm):
    label = forms.CharField(
        label=_("What you call this device"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class NameForm(ConfirmForm):
    name = _name(_("What shall we call you?"))

    field_order = ("name", "passphrase")


class NewCodeForm(NewKeysForm, ConfirmForm):
    field_order = ("passphrase", "outside")


class PassphraseForm(NewKeysForm, ConfirmForm, NewPassphraseForm):
    field_order = ("passphrase", "own", "offered", "outside")

    def __init__(self, *args: Any, own_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_name = own_name
        self.fields["passphrase"].label = _("Your old passphrase")

    def names(self) -> list[str]:
        return [self.own_name]

    def clean(self) -> dict[str, Any]:
        now = self.cleaned_data.get("passphrase", "")
        cleaned = super().clean()
        cleaned["new_passphrase"], cleaned["passphrase"] = cleaned["passphrase"], now
        return cleaned


class PlaceForm(forms.Form):
    """How this place looks and when it locks."""

    theme = forms.ChoiceField(
        label=_("Light or dark"),
        required=False,
        choices=[("", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=ChoiceRow,
    )
    idle_minutes = forms.TypedChoiceField(
        label=_("Lock when nobody has touched it for"),
        coerce=int,
        choices=[(minutes, _("%(minutes)s\u00a0min") % {"minutes": minutes}) for minutes in IDLE_CHOICES],
        widget=ChoiceRow,
    )
    hours = forms.TypedChoiceField(
        label=_("A quarter past nine in the evening is"),
        coerce=int,
        choices=[(24, "21:15"), (12, "9:15 PM")],
        widget=ChoiceRow,
    )
    # Typed, not chosen from a list: four hundred names weigh more than all the rest of the page.
    time_zone = forms.CharField(
        label=_("Your time zone"),
        help_text=_("By its place, such as Europe/Berlin."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "words", "data-here": _("This device is in {zone}. Use that")}),
    )

    def clean_time_zone(self) -> str:
        typed = "_".join(str(self.cleaned_data["time_zone"]).split()).casefold()
        for zone in time_zones():
            if zone.casefold() == typed:
                return zone
        raise forms.ValidationError(_("There is no such zone. It has a continent and a city: America/New York."))
