"""What comes when: a series of times on a wall, some moved or left out, as moments. Pure."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from heapq import merge
from operator import attrgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kindline.ground.clock import recurrence as rules
from kindline.ground.clock import zones
from kindline.ground.clock.recurrence import HORIZON, Recurrence

EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), HORIZON.replace(tzinfo=UTC)  # nobody looks further
SLACK = timedelta(days=2)  # more than any zone is away from UTC, and than any clock was ever changed


class Series(NamedTuple):
    """Something that lasts so many minutes and begins at a time on a wall, once or by a rule.

    Where `first` is no day of the rule, the rule's next day is the first.
    """

    first: datetime  # naive
    zone: str
    minutes: int
    recurrence: Recurrence | None = None
    changes: Mapping[datetime, datetime | None] = {}  # from the wall time by rule to another, or None: left out


class Occurrence(NamedTuple):
    """One time of a series."""

    original: datetime  # the wall time by rule: its name, wherever it was moved
    starts_at: datetime  # UTC
    ends_at: datetime
    is_moved: bool = False


def between(series: Series, start: datetime, end: datetime) -> Iterator[Occurrence]:
    """Yield the times that begin from start on and before end, in order; a moved one counts where it was moved.

    Raise UnknownZone. At most one a day, and none after the year 2199, so that it ends whatever the rule.
    """
    zone = zones.zone(series.zone)
    start, end = max(start, EARLIEST), min(end, LATEST)
    if start >= end:
        return
    by_rule = _by_rule(series, zone, zones.local(start, zone) - SLACK, zones.local(end, zone) + SLACK)
    moved = sorted(_moved(series, zone, start, end), key=_begins)
    for one in merge(by_rule, moved, key=_begins):
        if one.starts_at >= end:
            return
        if one.starts_at >= start:
            yield one


def has(series: Series, original: datetime) -> bool:
    """Say whether a wall time is one of the series by its rule, whatever became of it."""
    return original in _originals(series, original, original)


def _originals(series: Series, early: datetime, late: datetime) -> Iterator[datetime]:
    if series.recurrence is not None:
        yield from rules.starts(series.recurrence, series.first, early, late)
    elif early <= series.first <= late:
        yield series.first


def _by_rule(series: Series, zone: ZoneInfo, early: datetime, late: datetime) -> Iterator[Occurrence]:
    for original in _originals(series, early, late):
        starts_at = zones.moment(original, zone)
        # A day that a zone left out altogether (Samoa, 30 December 2011) has none: it would be the next day's.
        if original not in series.changes and zones.local(starts_at, zone) - original < zones.A_DAY:
            yield _occurrence(series, original, starts_at)


def _moved(series: Series, zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[Occurrence]:
    for original, moved in series.changes.items():
        starts_at = zones.moment(moved, zone) if moved is not None else end
        if start <= starts_at < end and has(series, original):
            yield _occurrence(series, original, starts_at, is_moved=True)


def _occurrence(series: Series, original: datetime, starts_at: datetime, *, is_moved: bool = False) -> Occurrence:
    return Occurrence(original, starts_at, starts_at + timedelta(minutes=series.minutes), is_moved)


_begins = attrgetter("starts_at")
