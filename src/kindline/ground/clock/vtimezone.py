"""A zone as a calendar reads it: VTIMEZONE with the zone's own yearly rules where it has some. Pure.

Calendars that know a zone by its name don't look; the others must find every change of the clocks here. A list of past
changes, as libraries write it, ends somewhere, and a weekly 19:00 is an hour off from there on.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import icalendar

from kindline.ground.clock.occurrences import EARLIEST, LATEST
from kindline.ground.clock.recurrence import DAYS, LAST, NTH, WEEK
from kindline.ground.clock.zones import Transition, transitions

ROUND = 28  # years; after so many the weekdays of all dates have come round, and a rule has shown all its days
AHEAD = 10  # years told one by one where no rule holds: Morocco's clocks follow the moon


class Rule(NamedTuple):
    """A change that comes every year: the nth weekday of a month, or the weekday among seven dates."""

    month: int
    weekday: int
    at: time
    before: timedelta
    after: timedelta
    nth: int | None
    dates: tuple[int, ...]

    def holds(self, change: Transition) -> bool:
        """Say whether a change is one of this rule."""
        day = change.onset.day
        return _key(change) == self[:5] and (day in self.dates if self.nth is None else self.nth in _nths(change))


def vtimezone(zone: ZoneInfo, since: datetime, now: datetime) -> icalendar.Timezone:
    """Return a zone's clocks from some moment on: for ever by its rules, or change by change for ten years from now."""
    since = max(since, EARLIEST)
    latest = min(max(since.year, now.year), LATEST.year)
    found = transitions(zone, since.year - 1, latest + ROUND)
    return _written(zone, since.year, latest, is_told=bool(found) and found[0].at <= since)


@lru_cache(maxsize=128)  # nobody changes one after it was made
def _written(zone: ZoneInfo, first: int, latest: int, *, is_told: bool) -> icalendar.Timezone:
    found = transitions(zone, first - 1, latest + ROUND)
    rules = _rules(found, range(latest + 1, latest + ROUND))
    told = [change for change in found if change.at.year <= latest + AHEAD] if not rules else _before(found, rules)
    parts = [_part(change) for change in told]
    for rule in rules:
        parts.append(_part(next(change for change in found[len(told) :] if rule.holds(change)), rule))
    if not is_told:
        parts.insert(0, _unchanged(zone, first - 1))
    result = icalendar.Timezone()
    result.add("tzid", zone.key)
    for part in parts:
        result.add_component(part)
    return result


def _key(change: Transition) -> tuple[int, int, time, timedelta, timedelta]:
    onset = change.onset
    return onset.month, onset.weekday(), onset.time(), change.before, change.after


def _nths(change: Transition) -> set[int]:
    """Return which weekday of its month a change is on: the third, say, or the fourth and last."""
    day, days = change.onset.day, monthrange(change.onset.year, change.onset.month)[1]
    return {(day - 1) // WEEK + 1} | ({LAST} if day > days - WEEK else set())


def _rules(found: Sequence[Transition], years: Iterable[int]) -> list[Rule]:
    """Return the rules behind the changes of many years: each once in every year, together all of them; or none."""
    expected = set(years)
    ahead = [change for change in found if change.onset.year in expected]
    rules = []
    for key in sorted({_key(change) for change in ahead}):
        alike = [change for change in ahead if _key(change) == key]
        dates = range(min(one.onset.day for one in alike), max(one.onset.day for one in alike) + 1)
        nths = set(NTH).intersection(*(_nths(change) for change in alike))
        if sorted(change.onset.year for change in alike) != sorted(expected) or not (nths or len(dates) <= WEEK):
            return []
        rules.append(Rule(*key, min(nths, default=None), tuple(dates)))
    return rules


def _before(found: Sequence[Transition], rules: Sequence[Rule]) -> list[Transition]:
    """Return the changes up to the last one that no rule explains."""
    strange = [index for index, change in enumerate(found) if not any(rule.holds(change) for rule in rules)]
    return list(found[: strange[-1] + 1]) if strange else []


def _part(change: Transition, rule: Rule | None = None) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
    part = icalendar.TimezoneDaylight() if change.after > change.before else icalendar.TimezoneStandard()
    part.add("tzname", change.name)
    part.add("dtstart", change.onset)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    if rule is not None:
        day = DAYS[rule.weekday]
        by_date = {"bymonthday": list(rule.dates), "byday": day}
        on = by_date if rule.nth is None else {"byday": f"{rule.nth}{day}"}
        part.add("rrule", {"freq": "yearly", "bymonth": rule.month, **on})
    return part


def _unchanged(zone: ZoneInfo, year: int) -> icalendar.TimezoneStandard:
    """Return how far ahead of UTC a zone was before the first change that is told."""
    start = datetime(year, 1, 1, tzinfo=UTC)
    there = start.astimezone(zone)
    offset = there.utcoffset() or timedelta()
    part = icalendar.TimezoneStandard()
    part.add("tzname", there.tzname() or "")
    part.add("dtstart", start.replace(tzinfo=None))
    part.add("tzoffsetfrom", offset)
    part.add("tzoffsetto", offset)
    return part
