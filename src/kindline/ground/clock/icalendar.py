"""Series as an iCalendar that any calendar can read (RFC 5545), with its own zones. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import icalendar

from kindline.ground.clock import occurrences, zones
from kindline.ground.clock.occurrences import Series
from kindline.ground.clock.recurrence import Recurrence, first_of, starts
from kindline.ground.clock.vtimezone import vtimezone

PRODUCT = "-//Reminders//Calendar//EN"  # says nothing of where it is from: an app may show it
FRESH = timedelta(hours=6)  # how often a calendar may ask again
LATELY = timedelta(weeks=13)  # what is longer ago is left out: a feed is for what is ahead, and must not grow for ever
SAME_AS_UTC = {"UTC", "Etc/UTC"}  # written without a zone


class Event(NamedTuple):
    """A series under a name."""

    uid: str
    series: Series
    title: str
    description: str = ""


def calendar(events: Iterable[Event], *, name: str, now: datetime) -> bytes:
    """Return a calendar with these events, each with all its times but those of long ago, and the zones they need.

    Raise UnknownZone.
    """
    result = icalendar.Calendar()
    result.add("prodid", PRODUCT)
    result.add("version", "2.0")
    if name:
        result.add("x-wr-calname", icalendar.vText(name))
        result.add("refresh-interval", FRESH, parameters={"value": "DURATION"})
        result.add("x-published-ttl", icalendar.vDuration(FRESH))
    events = [event._replace(series=recent) for event in events if (recent := _recent(event.series, now))]
    for zone, since in sorted(_since(event.series for event in events).items()):
        if zone not in SAME_AS_UTC:
            result.add_component(vtimezone(zones.zone(zone), since, now))
    for event in events:
        for entry in _entries(event, now):
            result.add_component(entry)
    written: bytes = result.to_ical()
    return written


def _since(several: Iterable[Series]) -> dict[str, datetime]:
    """Return the zones that are needed, each with the earliest moment it is needed for."""
    earliest: dict[str, datetime] = {}
    for series in several:
        zone = zones.zone(series.zone)
        changes = (local for change in series.changes.items() for local in change if local is not None)
        for local in (series.first, *changes):
            at = zones.moment(local, zone)
            earliest[series.zone] = min(at, earliest.get(series.zone, at))
    return earliest


def _recent(series: Series, now: datetime) -> Series | None:
    """Return a series as if it had begun lately; None when nothing of it is left."""
    early = zones.local(now, zones.zone(series.zone)) - LATELY
    if series.recurrence is None:
        at = series.changes.get(series.first, series.first)
        return series if at is not None and at >= early else None
    # One that was moved from long ago to what is still told keeps its place in the rule.
    early = min([early, *(old for old, new in series.changes.items() if new is not None and new >= early)])
    first = first_of(series.recurrence, series.first, early)
    if first is None:
        return None
    recurrence, changes = series.recurrence, {old: new for old, new in series.changes.items() if old >= first}
    if recurrence.count is not None:
        passed = sum(1 for _ in starts(recurrence, series.first, series.first, first)) - 1
        recurrence = replace(recurrence, count=recurrence.count - passed)
    return series._replace(first=first, recurrence=recurrence, changes=changes)


def _entries(event: Event, now: datetime) -> Iterator[icalendar.Event]:
    """Yield an event and, beside it, each of its times that was moved."""
    series = event.series
    zone = zones.zone(series.zone)
    if series.recurrence is None:
        yield _entry(event, series.changes.get(series.first) or series.first, zone, now)
        return
    main = _entry(event, series.first, zone, now)
    main.add("rrule", _rule(series.recurrence, zone))
    changes = [(old, new) for old, new in sorted(series.changes.items()) if occurrences.has(series, old)]
    if left_out := [_on(old, zone) for old, new in changes if new is None]:
        main.add("exdate", left_out)
    yield main
    for old, new in changes:
        if new is not None:
            moved = _entry(event, new, zone, now)
            moved.add("recurrence-id", _on(old, zone))
            yield moved


def _entry(event: Event, at: datetime, zone: ZoneInfo, now: datetime) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", event.uid)
    entry.add("dtstamp", now)
    entry.add("dtstart", _on(at, zone))
    # Minutes, not an end on the wall: on a night when clocks are put back that could be before the beginning.
    entry.add("duration", timedelta(minutes=event.series.minutes))
    entry.add("summary", event.title)
    if event.description:
        entry.add("description", event.description)
    entry.add("class", "PRIVATE")
    return entry


def _on(local: datetime, zone: ZoneInfo) -> datetime:
    return local.replace(tzinfo=UTC if zone.key in SAME_AS_UTC else zone)


def _rule(recurrence: Recurrence, zone: ZoneInfo) -> Any:
    rule = icalendar.vRecur.from_ical(recurrence.rrule())
    if recurrence.until is not None:
        # RFC 5545 wants a moment here where times have a zone: the last one of that day.
        rule["UNTIL"] = [zones.moment(datetime.combine(recurrence.until, time(23, 59, 59)), zone)]
    return rule
