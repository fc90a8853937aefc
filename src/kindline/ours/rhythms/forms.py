"""The forms of this room: what recurs and when, another time for one of it, a quiet season, a line in a check-in."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import msgspec
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kindline.ground.page.forms import Words
from kindline.ground.page.widgets import ChoiceRow, ChoiceRowMany, ClockTime, Day
from kindline.ours.rhythms import rules, shapes, words
from kindline.ours.rhythms.rules import Timing

US, ME = "us", "me"
TOO_FAR = gettext_lazy("That day is very far away. A nearer one, please.")
ON_A_CALENDAR = [MinValueValidator(rules.EARLIEST, TOO_FAR), MaxValueValidator(rules.LATEST, TOO_FAR)]
OWN_WORDS = ("title", "purpose", "back", "brings", "sentence")


class RhythmForm(forms.Form):
    """What recurs, and when in plain words."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in rules.KINDS], widget=forms.HiddenInput)
    title = Words(
        label=gettext_lazy("What you call it"),
        rows=1,
        longest=rules.LONGEST_TITLE,
        error_messages={"required": gettext_lazy("A word or two is enough.")},
    )
    often = forms.ChoiceField(label=gettext_lazy("How often"), choices=words.OFTEN, widget=ChoiceRow)
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("On these days"), choices=words.DAYS, coerce=int, required=False, widget=ChoiceRowMany
    )
    day = forms.DateField(label=gettext_lazy("From"), widget=Day, required=False, validators=ON_A_CALENDAR)
    clock = forms.TimeField(label=gettext_lazy("At"), widget=ClockTime, required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=5,
        max_value=rules.LONGEST,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    purpose = Words(label=gettext_lazy("What it is for"), rows=1, longest=rules.LONGEST_LINE, required=False)
    back = Words(
        label=gettext_lazy("When I’m back"),
        help_text=gettext_lazy("A clock time helps whoever waits."),
        rows=1,
        longest=rules.LONGEST_LINE,
        required=False,
    )
    brings = Words(label=gettext_lazy("What I bring back"), rows=1, longest=rules.LONGEST_LINE, required=False)
    sentence = Words(
        label=gettext_lazy("A sentence for somebody who finds it hard"),
        rows=2,
        longest=rules.LONGEST_LINE,
        required=False,
    )
    whose = forms.ChoiceField(
        label=gettext_lazy("Who sees it"),
        choices=((US, gettext_lazy("both of us")), (ME, gettext_lazy("just me"))),
        widget=ChoiceRow,
        required=False,
    )

    def __init__(self, *args: Any, of_other: shapes.Rhythm | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.of_other = of_other
        if self.words_stay:
            for name in OWN_WORDS:
                del self.fields[name]

    @property
    def words_stay(self) -> bool:
        """Say whether this is the other's time alone: when it is, both change, and it speaks in its planner's words."""
        return self.of_other is not None and self.of_other.kind == rules.ALONE

    def clean(self) -> dict[str, Any]:
        """Ask for a day and a time where there is to be one; what begins with a door that opens has none."""
        said = super().clean() or {}
        if self.of_other is not None:
            said["kind"] = self.of_other.kind
        if said.get("kind") in rules.NEVER_TIMED:
            said["often"] = rules.WHENEVER
            self.errors.pop("often", None)
        if said.get("often") != rules.WHENEVER:
            for name in ("day", "clock"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _("When would be good?"))
        if said.get("kind") == rules.CHECK_IN and said.get("minutes", 0) > rules.KINDS[rules.CHECK_IN].minutes:
            self.add_error("minutes", _("Twenty at most: an end in sight makes it easy to begin."))
        return said

    def timing(self, zone: str) -> Timing:
        """Return when it comes round, by the clocks of a zone."""
        said = self.cleaned_data
        day, clock = said["day"] or date.min, said["clock"] or time.min
        return rules.timed(day, clock, zone, minutes=said["minutes"], often=said["often"], weekdays=said["weekdays"])

    def rhythm(self, by: UUID, now: datetime) -> shapes.Rhythm:
        """Return what it is."""
        said = {name: self.cleaned_data[name] for name in ("kind", *OWN_WORDS)}
        return shapes.Rhythm(by=by, made_at=now, **said)

    def changed(self, before: shapes.Rhythm) -> shapes.Rhythm:
        """Return what it is now: planned by whom it was, and in words of both once the other has changed them."""
        said = {name: self.cleaned_data[name] for name in ("kind", *OWN_WORDS) if name in self.cleaned_data}
        now = msgspec.structs.replace(before, **said)
        is_of_both = before.is_of_both or (self.of_other is not None and shapes.said(now) != shapes.said(before))
        return msgspec.structs.replace(now, is_of_both=is_of_both)


def fields_of(rhythm: shapes.Rhythm, timing: Timing) -> dict[str, Any]:
    """Return the fields of a form as they say a rhythm."""
    said = {name: getattr(rhythm, name) for name in ("kind", *OWN_WORDS)}
    first = timing.first
    return said | {
        "often": rules.how_often(timing),
        "weekdays": list(timing.recurrence.weekdays) if timing.recurrence else [],
        "day": first.date() if first else None,
        "clock": first.time() if first else None,
        "minutes": timing.minutes,
    }


def usual(kind: str, tomorrow: datetime, *, is_alone: bool) -> dict[str, Any]:
    """Return the fields that a form of a kind begins with; the first time is from tomorrow on."""
    one = rules.KINDS[kind]
    first = rules.first_time(tomorrow.date(), one.clock, one.often, one.weekdays)
    return words.ready(kind, is_alone=is_alone) | {
        "kind": kind,
        "often": one.often,
        "weekdays": list(one.weekdays),
        "day": first.date(),
        "clock": one.clock,
        "minutes": one.minutes,
        "whose": ME if is_alone else US,
    }


class MoveForm(forms.Form):
    """Another day and time for one of it."""

    original = forms.CharField(widget=forms.HiddenInput)
    over = forms.CharField(widget=forms.HiddenInput, required=False)
    day = forms.DateField(
        label=gettext_lazy("To"),
        widget=Day,
        validators=ON_A_CALENDAR,
        error_messages={"required": gettext_lazy("Which day?")},
    )
    clock = forms.TimeField(
        label=gettext_lazy("At"), widget=ClockTime, error_messages={"required": gettext_lazy("At what time?")}
    )

    def to(self) -> datetime:
        """Return the wall time that was chosen."""
        clock = self.cleaned_data["clock"]
        return datetime.combine(self.cleaned_data["day"], time(clock.hour, clock.minute))


class OwnForm(forms.Form):
    """What one chooses for oneself about a rhythm."""

    reminds = forms.BooleanField(label=gettext_lazy("Remind me of this one, when reminders are on"), required=False)
    feed = forms.CharField(
        label=gettext_lazy("In my calendar it is called"),
        help_text=gettext_lazy(
            "Empty, it says only “Reminder”. What you write here can be read by this server and by your calendar app."
        ),
        max_length=rules.LONGEST_TITLE,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class SeasonForm(forms.Form):
    """A quiet season: for whom, and until when."""

    whose = forms.ChoiceField(
        label=gettext_lazy("For whom"),
        choices=((US, gettext_lazy("both of us")), (ME, gettext_lazy("just me"))),
        widget=ChoiceRow,
        required=False,
    )
    until = forms.DateField(
        label=gettext_lazy("Until"),
        widget=Day,
        validators=ON_A_CALENDAR,
        error_messages={"required": gettext_lazy("A day is enough; it can be changed at any time.")},
    )


class LineForm(forms.Form):
    """One line in a check-in."""

    words = Words(
        rows=2,
        longest=rules.LONGEST_LINE,
        error_messages={"required": gettext_lazy("A few words are enough.")},
    )

    def __init__(self, *args: Any, part: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].label = str(words.PARTS[part].asks)
