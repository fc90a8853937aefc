"""The journal's forms. One box is a whole entry; everything else may stay empty."""

import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from kindline.ground.page.forms import IntensityField, Words
from kindline.ground.page.widgets import ChoiceRowMany, ClockTime, Day
from kindline.mine.journal import rules, shapes, words
from kindline.mine.journal.shapes import EntryLine
from kindline.mine.needs import queries as needs

EARLIEST_YEAR = 1900
STILL_TO_COME = _("That moment is still to come. Anything up to now can be kept.")
SLACK = timedelta(minutes=10)  # clocks differ a little


class EntryForm(forms.Form):
    """What happened, and, if one likes, the rest."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in rules.KINDS], widget=forms.HiddenInput, required=False)
    what = Words(label=_("What happened?"), rows=5, tall=True, error_messages={"required": _("A word is enough.")})
    feelings = IntensityField(words=words.HARD, label=_("What did you feel?"))
    did = forms.MultipleChoiceField(
        label=_("What did you do, or want to do?"),
        choices=words.choices(words.DID),
        widget=ChoiceRowMany,
        required=False,
    )
    wanted = Words(label=_("What would you have wanted?"), required=False)
    day = forms.DateField(label=_("Day"), widget=Day, required=False)
    time = forms.TimeField(label=_("Time"), widget=ClockTime, required=False)

    def __init__(self, *args: Any, kind: str = rules.FRICTION, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.of_kind = self.data.get("kind", kind) if self.is_bound else kind
        if self.of_kind not in rules.KINDS:
            self.of_kind = rules.FRICTION
        if self.of_kind == rules.GOOD:
            self.fields["what"].label = _("Something good")
            self.fields["feelings"].widget.words = words.WARM
        self.initial.setdefault("kind", self.of_kind)

    def clean_day(self) -> date | None:
        """Refuse a day that no clock can place."""
        day: date | None = self.cleaned_data["day"]
        if day and day.year < EARLIEST_YEAR:
            raise forms.ValidationError(_("Any day since 1900 can be kept."))
        if day and day > timezone.localdate(self.now):
            raise forms.ValidationError(STILL_TO_COME)
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, time = cleaned.get("day"), cleaned.get("time")
        cleaned["happened_at"] = None
        if day or time:
            local = timezone.localtime(self.now)
            # Nobody who names another day alone means this very minute of it.
            cleaned["timed"] = bool(time) or day in (None, local.date())
            untold = local.time().replace(second=0, microsecond=0) if cleaned["timed"] else rules.NOON
            moment = datetime.combine(day or local.date(), time or untold)
            cleaned["happened_at"] = timezone.make_aware(moment).astimezone(UTC)
            if cleaned["happened_at"] > self.now + SLACK:
                self.add_error("time", STILL_TO_COME)
        return cleaned

    def entry(self, old: shapes.Entry | None = None) -> shapes.Entry:
        """Return the entry this form describes, changed from `old` if there is one."""
        said = self.cleaned_data
        happened_at = said["happened_at"] or (old.happened_at if old else self.now)
        timed = said["timed"] if said["happened_at"] else not old or old.timed
        if old and _minute(happened_at) == _minute(old.happened_at):
            happened_at = old.happened_at
        return shapes.Entry(
            kind=self.of_kind,
            what=said["what"],
            written_at=old.written_at if old else self.now,
            happened_at=happened_at,
            feelings=said["feelings"],
            did=tuple(name for name in rules.DID if name in said["did"]) if self.of_kind != rules.GOOD else (),
            wanted=said["wanted"] if self.of_kind != rules.GOOD else "",
            insight=old.insight if old else None,
            timed=timed,
        )


def as_fields(entry: shapes.Entry) -> dict[str, Any]:
    """Return an entry as the initial values of its form."""
    local = timezone.localtime(entry.happened_at)
    return {
        "kind": entry.kind,
        "what": entry.what,
        "feelings": entry.feelings,
        "did": list(entry.did),
        "wanted": entry.wanted,
        "day": local.date(),
        "time": local.time().replace(second=0, microsecond=0) if entry.timed else None,
    }


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


class SearchForm(forms.Form):
    """Words to look for."""

    asked = forms.CharField(
        label=_("Words you wrote"),
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
        error_messages={"required": _("A word or two, please.")},
    )

    def clean_asked(self) -> str:
        return unicodedata.normalize("NFC", self.cleaned_data["asked"])


class FilterForm(forms.Form):
    """Which entries to list. An unknown choice lists everything."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=(("", _("Everything")), *words.KINDS))
    need = forms.ChoiceField(
        label=_("Need"), required=False, choices=(("", _("Any need")), *words.choices(words.NEEDS))
    )
    feeling = forms.ChoiceField(
        label=_("Feeling"), required=False, choices=(("", _("Any feeling")), *words.choices(words.FEELINGS))
    )

    def chosen(self, lines: list[EntryLine]) -> list[EntryLine]:
        """Return the lines that are asked for."""
        self.is_valid()
        kind, need, feeling = (self.cleaned_data.get(name, "") for name in ("kind", "need", "feeling"))
        return [
            line
            for line in lines
            if (not kind or line.kind == kind)
            and (not need or line.need == need)
            and (not feeling or feeling in line.feelings)
        ]

    def query(self) -> str:
        """Return the choices as the part of an address, for the next page; "" when nothing is chosen."""
        return urlencode({name: value for name, value in self.cleaned_data.items() if value})


class LookForm(forms.Form):
    """What lies under a friction. Each part may stay empty."""

    need = forms.ChoiceField(choices=words.choices(words.NEEDS), widget=forms.RadioSelect, required=False)
    finer = forms.MultipleChoiceField(choices=words.choices(words.FINER), required=False)
    need_words = Words(label=_("In your own words: I need …"), required=False)
    fear = Words(label=_("What were you afraid of?"), required=False)
    other = Words(
        label=_("What may the other have needed?"),
        help_text=_("As somebody fair, who wishes you both well, might see it. It doesn’t have to excuse anything."),
        required=False,
    )

    def __init__(self, *args: Any, safety: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if safety:
            del self.fields["other"]

    def insight(self, old: shapes.Insight | None) -> shapes.Insight:
        """Return what was found; what this form did not ask stays as it was."""
        said, old = self.cleaned_data, old or shapes.Insight()
        need = needs.nearest(said["need"], said["finer"])
        return shapes.Insight(
            need=need,
            finer=needs.as_offered(need, said["finer"]),
            need_words=said["need_words"],
            fear=said["fear"],
            other=said.get("other", old.other),
            step=old.step,
        )


class StepForm(forms.Form):
    """One thing to do oneself."""

    step = Words(label=_("What will you do?"), error_messages={"required": _("A small thing is enough.")})
