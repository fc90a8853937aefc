"""Forms of the way in and out of a shared space."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kindline.front.together.rules import KEEP, LEAVE_THERE, WITHDRAW
from kindline.ground.people.codes import LONGEST_CODE


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The seven words you were given"),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "data-code": ""}
        ),
    )


class LeaveForm(forms.Form):
    """What becomes of what was shared."""

    choice = forms.ChoiceField(
        label=_("What was shared"),
        choices=[
            (KEEP, _("Keep a copy to read")),
            (LEAVE_THERE, _("Leave things there")),
            (WITHDRAW, _("Withdraw the words only I wrote")),
        ],
        widget=forms.RadioSelect,
    )
