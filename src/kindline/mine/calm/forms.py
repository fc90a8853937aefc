"""The forms of this room: a practice of one's own, and how a moment was."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kindline.ground.page.forms import Words
from kindline.mine.calm import rules, shapes


class PracticeForm(forms.Form):
    """Something that calms: a name is enough."""

    name = forms.CharField(
        label=_("What calms you?"),
        max_length=rules.LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "sentences"}),
        error_messages={"required": _("A word is enough.")},
    )
    how = Words(label=_("How does it go?"), rows=4, required=False)
    minutes = forms.IntegerField(
        label=_("Minutes, if you like"),
        min_value=1,
        max_value=rules.LONGEST_PRACTICE,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def practice(self, added_at: datetime) -> shapes.Practice:
        """Return the practice this form describes."""
        said = self.cleaned_data
        return shapes.Practice(name=said["name"], how=said["how"], minutes=said["minutes"] or 0, added_at=added_at)


def as_fields(practice: shapes.Practice) -> dict[str, Any]:
    """Return a practice as the initial values of its form."""
    return {"name": practice.name, "how": practice.how, "minutes": practice.minutes or None}
