"""The forms of reminders: an address, and when they come."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kindline.ground.page.widgets import ChoiceRow, ClockTime
from kindline.ground.post.models import Preferences
from kindline.ground.post.rules import BEFORE, DAILY

WHEN = (
    ("0", _("When it begins")),
    ("15", _("15\u00a0min before")),
    ("30", _("30\u00a0min before")),
    ("60", _("An hour before")),
    (DAILY, _("Once a day")),
)


class AddressForm(forms.Form):
    address = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("First a mail asks there whether that’s right."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "box"}),
    )


class WhenForm(forms.Form):
    """When reminders come: so long before something begins, or once a day; and not in quiet hours."""

    when = forms.ChoiceField(label=_("A reminder comes"), choices=WHEN, widget=ChoiceRow)
    daily = forms.TimeField(
        label=_("At"),
        help_text=_("If anything is ahead until the same time tomorrow."),
        widget=ClockTime,
    )
    quiet_from = forms.TimeField(label=_("Quiet from"), widget=ClockTime)
    quiet_until = forms.TimeField(label=_("until"), widget=ClockTime)

    def chosen(self) -> dict[str, Any]:
        """Return what was chosen, as `actions.choose` takes it."""
        said = dict(self.cleaned_data)
        when = said.pop("when")
        way, minutes = (DAILY, 30) if when == DAILY else (BEFORE, int(when))
        return {"way": way, "minutes": minutes, **said}


def standing(row: Preferences) -> dict[str, Any]:
    """Return what stands in the form of somebody who chose before."""
    return {
        "when": DAILY if row.way == DAILY else str(row.minutes),
        "daily": row.daily,
        "quiet_from": row.quiet_from,
        "quiet_until": row.quiet_until,
    }
