"""The forms of this room: how long, a soft way back in, and what two could agree beforehand."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kindline.ground.page.forms import Words
from kindline.ground.page.widgets import ChoiceRow, ClockTime, Day
from kindline.ours.pauses import rules, words

EVENING = time(19)
ABOUT_WHAT, WHEN = _("What would it be about? A few words are enough."), _("When would be good?")
OWN = "own"  # in place of minutes: a clock time of one's own


def sent_moment(text: str) -> datetime | None:
    """Return the moment that a page wrote into its form, or None."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


class TimeForm(forms.Form):
    """Until when: minutes that are offered, or a clock time."""

    minutes = forms.ChoiceField(choices=[(str(one), one) for one in rules.MINUTES] + [(OWN, OWN)], required=False)
    at = forms.TimeField(required=False, input_formats=["%H:%M"])

    def chosen_minutes(self) -> int | None:
        """Return the minutes that were chosen, the usual ones for anything strange; None for a clock time."""
        if self.data.get("minutes") == OWN:
            return None
        return int(self.cleaned_data.get("minutes") or rules.USUAL)

    def clock(self) -> time | None:
        """Return the clock time that was typed, or None when it is none."""
        return self.cleaned_data.get("at")


def tomorrow_evening() -> dict[str, Any]:
    """Return a time for a topic to begin from."""
    return {"day": timezone.localdate() + timedelta(days=1), "at": EVENING}


class TimedForm(forms.Form):
    """A day and a time for a topic."""

    day = forms.DateField(label=_("On"), widget=Day, error_messages={"required": WHEN})
    at = forms.TimeField(label=_("At"), widget=ClockTime, error_messages={"required": WHEN})

    def when(self, zone: ZoneInfo) -> datetime:
        """Return the moment that was chosen."""
        return rules.on_day(self.cleaned_data["day"], self.cleaned_data["at"], zone)


class SoftForm(TimedForm):
    """One sentence on coming back, and what one would like next."""

    sentence = Words(label=_("One sentence, then listen"), rows=2, longest=rules.LONGEST_SENTENCE, required=False)
    way = forms.ChoiceField(label=_("And then I’d like to …"), choices=words.WAYS, widget=ChoiceRow)
    topic = Words(label=_("What about, in a few words"), rows=1, longest=rules.LONGEST_TOPIC, required=False)
    day = forms.DateField(label=_("On"), widget=Day, required=False)
    at = forms.TimeField(label=_("At"), widget=ClockTime, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for topic, day and time where a time is to be set."""
        said = super().clean() or {}
        if said.get("way") == rules.SET_ASIDE:
            for name in ("topic", "day", "at"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, ABOUT_WHAT if name == "topic" else WHEN)
        return said


class OtherTimeForm(TimedForm):
    """Another time for a topic that was set aside."""


class TopicForm(TimedForm):
    """A topic to set aside with a time, by whoever waited or is back."""

    topic = Words(
        label=_("What about, in a few words"),
        rows=1,
        longest=rules.LONGEST_TOPIC,
        error_messages={"required": ABOUT_WHAT},
    )
    field_order = ("topic", "day", "at")


class PlanForm(forms.Form):
    """What two could agree beforehand: a sign, how long, where, and who is with the children."""

    signal = Words(
        label=_("A word or sign of our own"),
        help_text=_("The sillier the better: penguin, or both hands on the head."),
        rows=1,
        longest=80,
        required=False,
    )
    minutes = forms.TypedChoiceField(
        label=_("Usually, in minutes"),
        choices=[(one, one) for one in rules.MINUTES],
        coerce=int,
        initial=rules.USUAL,
        widget=ChoiceRow,
    )
    where = Words(label=_("Where I go"), rows=1, longest=120, required=False)
    children = Words(
        label=_("Who is with the children"),
        help_text=_("Empty, if there are none."),
        rows=1,
        longest=120,
        required=False,
    )
