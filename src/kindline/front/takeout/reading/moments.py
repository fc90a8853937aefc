"""Dates and times as people and programs write them."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kindline.front.takeout.reading.told import Refused

FIRST_YEAR = 1900
EARLIEST = datetime(FIRST_YEAR - 1, 12, 31, tzinfo=UTC)  # in some zones the first day began there
AHEAD = timedelta(days=2)  # a clock that goes wrong, or a zone on the other side of the date line
NOON = time(12)  # for a day without a time
MONTHS = 12
HALF_A_DAY = 12  # hours

_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})[./-](\d{4})(?:[ ,T]+(.*))?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[ ,T]+(.*))?")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([AaPp])?\.?[Mm]?\.?")


class Moment(NamedTuple):
    """When something was, in UTC. One whose day alone was told stands at noon and is not `timed`."""

    at: datetime
    timed: bool = True


def settled(moment: datetime, now: datetime) -> datetime:
    """Return an aware moment in UTC; raise ValueError when no journal can be of that time."""
    if not EARLIEST.year <= moment.year <= now.year + 1:
        raise ValueError(moment)
    moment = moment.astimezone(UTC)
    if not EARLIEST <= moment <= now + AHEAD:
        raise ValueError(moment)
    return moment


def of_day(day: date, clock: time | None, zone: ZoneInfo, now: datetime) -> Moment:
    """Return the moment of a clock time on a person's own day, noon when there is none; raise ValueError as above."""
    if not FIRST_YEAR <= day.year <= now.year + 1:
        raise ValueError(day)
    at = settled(datetime.combine(day, NOON if clock is None else clock, tzinfo=zone), now)
    return Moment(at, timed=clock is not None)


def program_time(text: str, zone: ZoneInfo, now: datetime) -> Moment:
    """Return a moment written the way programs do (ISO 8601); one without a zone is on the person's own clock."""
    moment = datetime.fromisoformat(text.strip())
    if len(text.strip()) <= len("2024-05-01"):
        return of_day(moment.date(), None, zone, now)
    return Moment(settled(moment if moment.tzinfo else moment.replace(tzinfo=zone), now))


def clock_in(text: str) -> time | None:
    """Return the clock time that a text is, None when it is empty; raise ValueError when it is none."""
    if not text.strip():
        return None
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    hour, minute, second, half = found.groups()
    hours = int(hour)
    if half:
        if not 1 <= hours <= HALF_A_DAY:
            raise ValueError(text)
        hours = hours % HALF_A_DAY + (HALF_A_DAY if half in "Pp" else 0)
    return time(hours, int(minute), int(second or 0))


def day_comes_first(texts: Iterable[tuple[int, str]]) -> bool:
    """Say how a whole file writes 03/04/2024, by the days after the twelfth; raise Refused when they don't tell."""
    line = 0
    for at, text in texts:
        found = _NUMBERS.match(text.strip())
        if found is None:
            continue
        if found[2] == "." or int(found[1]) > MONTHS:
            return True
        if int(found[3]) > MONTHS:
            return False
        line = line or (at if found[1] != found[3] else 0)
    if line:
        raise Refused("two-ways", line=line)
    return True


def written(day: str, clock: str, zone: ZoneInfo, now: datetime, *, day_first: bool) -> Moment:
    """Return the moment that a day and perhaps a clock time beside it tell; raise ValueError when they don't."""
    day = day.strip()
    if found := _NUMBERS.fullmatch(day):
        first, _mark, second, year, rest = found.groups()
        month, in_month = (second, first) if day_first else (first, second)
        return of_day(date(int(year), int(month), int(in_month)), clock_in(rest or clock), zone, now)
    if found := _YEAR_FIRST.fullmatch(day):
        year, month, in_month, rest = found.groups()
        return of_day(date(int(year), int(month), int(in_month)), clock_in(rest or clock), zone, now)
    if clock.strip():
        return of_day(datetime.fromisoformat(day).date(), clock_in(clock), zone, now)
    return program_time(day, zone, now)
