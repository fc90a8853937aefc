"""T11: every change of every zone's clocks in ten years, against another way of reckoning. `./run test` takes three.

The other way asks a zone one thing only: how far it is ahead of UTC in each hour. It looks for the hours in which that
changes, for the second within them, and reads the wall by adding up. No folds, no rules, no library of recurrences.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import pairwise

import pytest

from kindline.ground.clock import zones
from kindline.ground.clock.occurrences import Series, between
from kindline.ground.clock.recurrence import Recurrence
from kindline.ground.clock.tests.test_zones import SOME
from tests.size import FULL, tell

YEARS = range(2018 if FULL else 2025, 2028)
START, END = datetime(YEARS[0], 1, 1, tzinfo=UTC), datetime(YEARS[-1] + 1, 1, 1, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
EVENING = time(19)
NAMES = sorted(zones.names()) if FULL else SOME
CORNERS = (timedelta(minutes=-1), timedelta(), timedelta(minutes=15), HOUR)  # from a change, on the wall


class Stretch:
    """A time during which clocks are not changed: since when, and how far ahead of UTC."""

    def __init__(self, since: datetime, ahead: timedelta) -> None:
        self.since, self.ahead = since, ahead


def ahead(name: str, at: datetime) -> timedelta:
    offset = at.astimezone(zones.zone(name)).utcoffset()
    assert offset is not None
    return offset


@cache
def stretches(name: str) -> list[Stretch]:
    """Return the stretches of a zone, found by asking for every hour, and for the seconds of those with a change."""
    at = START - timedelta(days=3)
    found = [Stretch(datetime(1, 1, 3, tzinfo=UTC), ahead(name, at))]
    while at < END + timedelta(days=3):
        if ahead(name, at + HOUR) != found[-1].ahead:
            low, high = 0, 3600
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if ahead(name, at + middle * SECOND) == found[-1].ahead else (low, middle)
            found.append(Stretch(at + high * SECOND, ahead(name, at + HOUR)))
        at += HOUR
    return found


def moment(name: str, wall: datetime) -> datetime | None:
    """Return the first moment at which the wall shows a time, or what it would have been; None in a day left out."""
    all_of_them = stretches(name)
    ends = [one.since for one in all_of_them[1:]] + [datetime(9999, 1, 1, tzinfo=UTC)]
    shown = wall.replace(tzinfo=UTC)
    for one, end in zip(all_of_them, ends, strict=True):
        if one.since <= shown - one.ahead < end:
            return shown - one.ahead
    for before, after in pairwise(all_of_them):
        if after.since + before.ahead <= shown < after.since + after.ahead:
            return shown - before.ahead if after.ahead - before.ahead < timedelta(days=1) else None
    raise AssertionError(f"{name} never shows {wall}")


def clock_times(name: str) -> set[time]:
    """Return the evening, and the times just before, at and after every change, on the old clock and on the new."""
    changes = [
        (after.since + ahead).replace(tzinfo=None, second=0)
        for before, after in pairwise(stretches(name))
        for ahead in (before.ahead, after.ahead)
    ]
    return {EVENING} | {(change + corner).time() for change in changes for corner in CORNERS}


def expected(name: str, at: time) -> Iterator[datetime]:
    day = START - timedelta(days=2)
    while day < END + timedelta(days=2):
        found = moment(name, datetime.combine(day, at))
        if found is not None and START <= found < END:
            yield found
        day += timedelta(days=1)


def test_nothing_is_missed_and_nothing_doubled_at_any_change_of_any_zone() -> None:
    """Every day of these years, asked for in windows of many lengths, as a worker asks that sleeps now and then."""
    chance, checked, times = random.Random(11), 0, 0  # noqa: S311
    for name in NAMES:
        for at in sorted(clock_times(name)):
            series = Series(datetime.combine(START - timedelta(days=400), at), name, 20, Recurrence("day"))
            found, mark = [], START
            while mark < END:
                later = min(END, mark + timedelta(minutes=5 * chance.randint(1, 50_000)))
                found += [one.starts_at for one in between(series, mark, later)]
                mark = later
            assert found == list(expected(name, at)), f"{name} at {at}"
            checked, times = checked + len(found), times + 1
    assert checked >= (END - START).days * (len(NAMES) - 1)
    changes = sum(len(stretches(name)) - 1 for name in NAMES)
    tell(
        "`./run prove t11`",
        f"{len(NAMES)} zones, {changes:,} changes of their clocks from {YEARS[0]} to {YEARS[-1]}, {times:,} times "
        f"of day around them, {checked:,} occurrences against another way of reckoning: 0 missed, 0 doubled",
    )


@pytest.mark.parametrize("name", NAMES if FULL else SOME)
def test_the_changes_that_are_told_are_the_changes_there_are(name: str) -> None:
    told = [(one.at, one.after) for one in zones.transitions(zones.zone(name), YEARS[0], YEARS[-1])]
    assert told == [(one.since, one.ahead) for one in stretches(name)[1:] if START < one.since < END]
