"""Rhythms: their kinds, how often, moving and skipping one, a check-in's parts, a quiet season. Pure.

Days and clock times are those on the wall of the rhythm's own zone, without a zone in them.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from kindline.ground.clock.recurrence import LAST, Recurrence
from kindline.ground.vault import moments

CHECK_IN, JUST_BECAUSE, CALM_TALK, ARRIVING = "check-in", "just-because", "calm-talk", "arriving"
SMALL_STEPS, EVENINGS, ALONE, OWN = "small-steps", "evenings", "alone", "own"

WHENEVER, ONCE, WEEKLY, FORTNIGHTLY, MONTHLY = "whenever", "once", "weekly", "fortnightly", "monthly"
OFTEN = (WEEKLY, FORTNIGHTLY, MONTHLY, ONCE, WHENEVER)
WEEK = range(7)  # from Monday
FOURTH = 4  # the last of its weekday that every month has

LONGEST_TITLE, LONGEST_LINE = 80, 500  # characters
LONGEST = 24 * 60  # minutes
LONGEST_CHECK_IN = timedelta(minutes=20)
AHEAD_AT_MOST = timedelta(days=366)  # of a first time, and of a time that one is moved to

KEPT, MOVED, NOT_THIS_TIME = "kept", "moved", "not-this-time"
MARKS = (KEPT, MOVED, NOT_THIS_TIME)  # of one's own part; no mark says nothing

PARTS = THANKS, WELL, TOPIC, WISH = ("thanks", "well", "topic", "wish")
OVER = "over"
DOES = LINE, ON, ENOUGH = ("line", "on", "enough")
GRACE = timedelta(minutes=10)  # after its end a check-in still takes the line somebody is writing

SEASON_AT_MOST = timedelta(days=184)


class Usual(NamedTuple):
    """How a kind of rhythm usually comes round."""

    minutes: int
    often: str
    weekdays: tuple[int, ...] = ()
    clock: time = time(19)


KINDS: dict[str, Usual] = {
    CHECK_IN: Usual(20, WEEKLY, (6,)),
    JUST_BECAUSE: Usual(10, WEEKLY, (5,), time(10)),
    CALM_TALK: Usual(30, ONCE),
    # It begins with a door that opens: nothing here sends for it or times it.
    ARRIVING: Usual(5, WHENEVER),
    SMALL_STEPS: Usual(10, WHENEVER),
    EVENINGS: Usual(30, WEEKLY, tuple(WEEK), time(22)),
    ALONE: Usual(90, WEEKLY, (2,), time(19)),
    OWN: Usual(30, WEEKLY),
}
NEVER_TIMED = (ARRIVING,)
READY = (CHECK_IN, JUST_BECAUSE, ALONE)  # the first three that an empty page offers
# Days that anything may be on. At the ends of time itself no calendar can reckon, and no zone.
EARLIEST, LATEST = moments.EARLIEST.date(), moments.LATEST.date() - timedelta(days=1)
READY_ALONE = (ALONE, EVENINGS, CHECK_IN)


class Timing(NamedTuple):
    """When a rhythm comes round, as it stands in the clear. No first time: whenever it comes up."""

    first: datetime | None = None
    zone: str = "UTC"
    minutes: int = 0
    recurrence: Recurrence | None = None


# How often.


def recurrence(often: str, weekdays: Iterable[int], first: datetime) -> Recurrence | None:
    """Return how something comes round that begins at a time; None for something that comes once."""
    if often == ONCE:
        return None
    if often == MONTHLY:
        nth = (first.day - 1) // 7 + 1
        # Most months have no fifth: who begins on one means the last.
        return Recurrence("month", weekdays=(first.weekday(),), nth=nth if nth <= FOURTH else LAST)
    days = tuple(sorted(set(weekdays))) or (first.weekday(),)
    return Recurrence("week", interval=2 if often == FORTNIGHTLY else 1, weekdays=days)


def how_often(timing: Timing) -> str:
    """Return how often a rhythm comes round, as a form asks for it."""
    if timing.first is None:
        return WHENEVER
    if timing.recurrence is None:
        return ONCE
    if timing.recurrence.every == "month":
        return MONTHLY
    return FORTNIGHTLY if timing.recurrence.interval > 1 else WEEKLY


def first_time(day: date, clock: time, often: str, weekdays: Sequence[int]) -> datetime:
    """Return the first time on or after a day."""
    first = datetime.combine(day, time(clock.hour, clock.minute))
    if often in (WEEKLY, FORTNIGHTLY) and weekdays:
        ahead = (first + timedelta(days=days) for days in range(7))
        return next(one for one in ahead if one.weekday() in weekdays)
    return first


def timed(day: date, clock: time, zone: str, *, minutes: int, often: str, weekdays: Sequence[int] = ()) -> Timing:
    """Return when something comes round that begins on a day or, where it has days of its own, on the next of those."""
    if often == WHENEVER:
        return Timing(None, zone, minutes)
    first = first_time(day, clock, often, weekdays)
    return Timing(first, zone, minutes, recurrence(often, weekdays, first))


def stored(wall: datetime | None) -> str:
    """Return a wall time as a column holds it: 2026-05-03T19:00, or "" for none."""
    return wall.isoformat(timespec="minutes") if wall else ""


def read(text: str) -> datetime | None:
    """Return the wall time that a column or a form holds, or None when it is none, or of another age."""
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        return None
    is_ours = wall.tzinfo is None and EARLIEST <= wall.date() <= LATEST
    return wall if is_ours and stored(wall) == text else None


# A quiet season.


class Season(NamedTuple):
    """From a day until another, on which everything is awake again."""

    since_date: date
    until_date: date


def sleeps(day: date, seasons: Iterable[Season | None]) -> bool:
    """Say whether rhythms sleep on a day."""
    return any(one and one.since_date <= day < one.until_date for one in seasons)


def season_fits(today: date, until: date) -> bool:
    """Say whether a season can last until a day: ahead, and half a year at most."""
    return today < until <= today + SEASON_AT_MOST


# A check-in.


class Done(NamedTuple):
    """One act in a check-in, with the id it came by."""

    id: UUID
    by: UUID
    does: str
    part: str
    words: str
    at: datetime


class Standing(NamedTuple):
    """Where a check-in stands: its part, or that it is over; and the lines that were given, part by part."""

    part: str
    lines: dict[str, list[Done]]

    @property
    def is_over(self) -> bool:
        """Say whether it has come to its end."""
        return self.part == OVER


def standing(until: datetime, acts: Iterable[Done], now: datetime) -> Standing:
    """Return where a check-in stands. Going on twice from one part is going on once; its end is its end."""
    told = sorted(acts, key=lambda one: (one.at, one.id))
    left = {one.part for one in told if one.does == ON}
    is_over = now >= until or any(one.does == ENOUGH for one in told)
    part = OVER if is_over else next((part for part in PARTS if part not in left), OVER)
    return Standing(part, {part: [one for one in told if one.does == LINE and one.part == part] for part in PARTS})


def takes_lines(until: datetime, acts: Iterable[Done], now: datetime) -> bool:
    """Say whether a line can still be given: until enough was said, and a little past the end for the last word."""
    return now < until + GRACE and not any(one.does == ENOUGH for one in acts)


def came_late(acts: Iterable[Done], by: UUID) -> bool:
    """Say whether the last thing somebody did was a line in a part that both had left, and none went on since."""
    told = sorted(acts, key=lambda one: (one.at, one.id))
    last = next((one for one in reversed(told) if one.by == by), None)
    if last is None or last.does != LINE:
        return False
    went_on = [one for one in told if one.does == ON]
    return any(one.part == last.part and one.at < last.at for one in went_on) and went_on[-1].at < last.at


def after(part: str) -> str:
    """Return the part that comes after one, or that it is over."""
    return dict(pairwise((*PARTS, OVER))).get(part, OVER)
