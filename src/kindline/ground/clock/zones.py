"""Wall clocks: what a clock on somebody's wall shows, and which moment that is. Pure: it never asks what time it is.

Wall time is naive, a moment is aware. A time that the clocks skip is as many minutes on as it would have been: 2:30 is
then 3:30 on the new clock. Of one that comes twice it is the first. RFC 5545 (3.3.5) reads both in the same way, and so
do the calendars that take our feed.
"""

from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

OF_ONE_MACHINE = frozenset({"localtime", "posixrules", "Factory"})  # names that mean something else on every machine
A_DAY = timedelta(days=1)


class UnknownZone(Exception):  # noqa: N818 - what is the case
    """No place on earth goes by this name."""


class Transition(NamedTuple):
    """A moment at which the clocks of a zone change."""

    at: datetime  # UTC
    before: timedelta  # ahead of UTC
    after: timedelta
    name: str  # what the time is called from then on, "CEST"

    @property
    def onset(self) -> datetime:
        """Return what the clocks show just before they are changed."""
        return (self.at + self.before).replace(tzinfo=None)


@cache
def names() -> frozenset[str]:
    """Return the name of every zone that is known here."""
    return frozenset(available_timezones() - OF_ONE_MACHINE)


def zone(name: str) -> ZoneInfo:
    """Return the zone of a name; raise UnknownZone when there is none."""
    if name not in names():
        raise UnknownZone(name)
    return ZoneInfo(name)


def moment(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment, in UTC, at which a clock on this wall shows a time."""
    return moments(local, zone)[0]


def moments(local: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Return every moment at which a clock on this wall shows a time: two when clocks are put back over it."""
    wall = local.replace(tzinfo=None, fold=0)
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return (first, second) if first < second else (first,)


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return what a clock on this wall shows at a moment."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


@lru_cache(maxsize=256)
def transitions(zone: ZoneInfo, first_year: int, last_year: int) -> tuple[Transition, ...]:
    """Return every change of a zone's clocks in these years (UTC), in order.

    Looked for day by day: two changes that undo each other within one day are not seen, and there is no such zone.
    """
    found = []
    day, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    before = _ahead(day, zone)
    while day < end:
        after = _ahead(day + A_DAY, zone)
        if after != before:
            at = _changed(day, day + A_DAY, before, zone)
            found.append(Transition(at, before, after, at.astimezone(zone).tzname() or ""))
        day, before = day + A_DAY, after
    return tuple(found)


def _ahead(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _changed(early: datetime, late: datetime, before: timedelta, zone: ZoneInfo) -> datetime:
    """Return the second in which a zone is no longer as far ahead of UTC as before, between two moments."""
    seconds, most = 0, int((late - early).total_seconds())
    while most - seconds > 1:
        middle = (seconds + most) // 2
        if _ahead(early + timedelta(seconds=middle), zone) == before:
            seconds = middle
        else:
            most = middle
    return early + timedelta(seconds=most)
