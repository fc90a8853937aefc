"""Brings together what the rooms know of somebody's own course. Reads only tables of contents."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import NamedTuple, TypeVar

from django.utils import timezone

from kindline.front.growth import rules
from kindline.front.growth.rules import Span, Tried
from kindline.ground.people.models import Person
from kindline.mine.calm import queries as calm
from kindline.mine.drafts import queries as drafts
from kindline.mine.journal import queries as journal
from kindline.mine.needs import queries as needs

T = TypeVar("T")
Dated = list[tuple[date, T]]  # what happened, with its day on the person's own calendar, the earliest first


class Stretches(NamedTuple):
    """What is looked back at: the range that was chosen, the unit it is drawn in, and its stretches."""

    chosen: str
    unit: str
    spans: list[Span]

    def only(self, dated: Iterable[tuple[datetime, T]]) -> "Dated[T]":
        """Return what lies within, by the day it was on the person's own calendar, the earliest first."""
        start, end = (
            timezone.make_aware(datetime.combine(day, time.min)) for day in (self.spans[0].start, self.spans[-1].end)
        )
        # Only what is shown is turned into local time: with years of entries that is what takes long.
        inside = sorted((one for one in dated if start <= one[0] < end), key=lambda one: one[0])
        return [(timezone.localdate(at), thing) for at, thing in inside]


class Felt(NamedTuple):
    """How it felt: how loud frictions were (1 to 3), good moments, and moments of calm with a before and after."""

    stretches: Stretches
    loud: Dated[int]
    unmarked: int  # frictions without a feeling
    good: Dated[None]
    tried: list[Tried]
    is_empty: bool  # whether nothing was ever kept, in any range


class Said(NamedTuple):
    """What was needed and said: the small checks, and words taken along with whether they were said.

    What the other answered is not counted here or anywhere: Kindline keeps no series of another person's acts.
    """

    stretches: Stretches
    met: Dated[dict[str, int]]
    free: Dated[int]
    said: Dated[bool]
    is_empty: bool


def felt(person: Person, chosen: str, today: date) -> Felt:
    """Gather how it felt over a range."""
    entries, moments = journal.lines(person), calm.moments(person)
    stretches = _stretches(chosen, today, [one.happened_at for one in entries] + [one.at for one in moments])
    frictions = stretches.only(
        (one.happened_at, journal.loudest(one.feelings)) for one in entries if one.kind == journal.FRICTION
    )
    tried = stretches.only(
        (one.at, Tried(one.said, one.before, one.after)) for one in moments if one.before and one.after
    )
    return Felt(
        stretches,
        [(day, loud) for day, loud in frictions if loud],
        sum(not loud for _day, loud in frictions),
        stretches.only((one.happened_at, None) for one in entries if one.kind == journal.GOOD),
        [one for _day, one in tried],
        is_empty=not entries and not moments,
    )


def said(person: Person, chosen: str, today: date) -> Said:
    """Gather what was needed and said over a range."""
    checks = needs.checks(person)
    taken = [(one.taken_at, one.outcome != "not-said") for one in drafts.drafts(person) if one.taken_at and one.outcome]
    stretches = _stretches(chosen, today, [one.at for one in checks] + [at for at, _said in taken])
    return Said(
        stretches,
        stretches.only((one.at, one.met) for one in checks if one.met),
        stretches.only((one.at, one.free) for one in checks if one.free),
        stretches.only(taken),
        is_empty=not checks and not taken,
    )


def _stretches(chosen: str, today: date, moments: list[datetime]) -> Stretches:
    first = timezone.localdate(min(moments)) if moments else today
    return Stretches(chosen, *rules.spans(chosen, today, first))
