"""T11: another program reads our calendars as we mean them, to the minute, on both sides of every change of clocks."""

from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings

from kindline.ground.clock import zones
from kindline.ground.clock.icalendar import Event, calendar
from kindline.ground.clock.occurrences import Series, between
from kindline.ground.clock.recurrence import Recurrence
from kindline.ground.clock.tests.test_occurrences import several
from kindline.ground.clock.tests.test_zones import SOME
from tests.calendars.readers import READERS, Asked, Times
from tests.machine import calendar_reader
from tests.size import FULL, tell

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
WEEKLY = Recurrence("week")
NAMED = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Australia/Sydney", "Africa/Casablanca")
EVERY = sorted(zones.names()) if FULL else [*SOME, "America/Nuuk", "Asia/Jerusalem", "Asia/Gaza", "Asia/Almaty"]

needs_node = pytest.mark.skipif(not calendar_reader(), reason="needs node and npm")
readers = pytest.mark.parametrize("reader", [pytest.param("ical.js", marks=needs_node), "dateutil"])


def asked(*events: Event, start: datetime = START, end: datetime = END) -> Asked:
    return calendar(events, name="Kindline", now=NOW), start, end


def meant(*events: Event, start: datetime = START, end: datetime = END) -> Times:
    found = [(event.uid, *one[1:3]) for event in events for one in between(event.series, start, end)]
    return sorted(found, key=lambda one: (one[1], one[0]))


def evening(zone: str) -> Series:
    """Return a weekly check-in at 19:00 on Sundays; one is moved and one is left out in each season."""
    changes: dict[datetime, datetime | None] = {}
    for month in (1, 4, 7, 11):  # on both sides of both changes, in both halves of the world
        moved, left_out = islice((day for day in days(month) if day.weekday() == 6), 1, 3)
        changes |= {moved: moved + timedelta(days=2, hours=1), left_out: None}
    return Series(datetime(2026, 1, 4, 19), zone, 20, WEEKLY, changes)


def days(month: int) -> list[datetime]:
    return [datetime(2026, month, 1, 19) + timedelta(one) for one in range(28)]


@readers
@pytest.mark.parametrize("zone", NAMED)
def test_seven_on_sundays_is_seven_on_sundays_elsewhere(reader: str, zone: str) -> None:
    event = Event("check-in", evening(zone), "Reminder")
    [found] = READERS[reader]([asked(event)])
    assert found == meant(event)
    there = zones.zone(zone)
    walls = [zones.local(start, there) for _, start, _ in found]
    assert {wall.hour for wall in walls} == {19, 20}
    assert sum(wall.hour == 20 for wall in walls) == 4, "the moved ones"
    assert len(walls) == 5 * 52 + 1 - 4, "without those left out"
    ahead = {wall - start.replace(tzinfo=None) for wall, (_, start, _) in zip(walls, found, strict=True)}
    assert len(ahead) == 2, "clocks were changed meanwhile"


@readers
def test_every_zone_is_read_as_it_is_meant(reader: str) -> None:
    """Daily and weekly evenings over years: with it the zone's own rules, or its changes one by one."""
    first, end = datetime(2025, 3, 1, 19), datetime(2029, 1, 1, tzinfo=UTC)
    events = [Event(name, Series(first, name, 20, Recurrence("day" if FULL else "week")), "Reminder") for name in EVERY]
    found = READERS[reader]([asked(event, end=end) for event in events])
    for event, times in zip(events, found, strict=True):
        assert times == meant(event, end=end), event.uid
    if FULL:
        tell(
            "`./run prove t11`",
            f"{reader} reads {len(EVERY)} zones, {sum(map(len, found)):,} evenings, as they are meant",
        )


@readers
def test_a_time_that_is_on_every_clock_once_is_read_whatever_the_rule(reader: str) -> None:
    """Fifty series drawn at random, with what was moved and left out, in one calendar each."""
    drawn: list[Event] = []

    @settings(max_examples=50, derandomize=True, database=None, suppress_health_check=list(HealthCheck), deadline=None)
    @given(several())
    def draw(series: Series) -> None:
        drawn.append(Event(f"{len(drawn)}", series, "Reminder"))

    draw()
    plain = [event for event in drawn if all(is_plain(event.series, one) for one in local_times(event.series))]
    assert len(plain) > len(drawn) / 2
    found = READERS[reader]([asked(event) for event in plain])
    for event, times in zip(plain, found, strict=True):
        assert times == meant(event), event.series


def local_times(series: Series) -> list[datetime]:
    changed = [new for new in series.changes.values() if new is not None]
    return [one.original for one in between(series._replace(changes={}), START - timedelta(900), END)] + changed


def is_plain(series: Series, wall: datetime) -> bool:
    """Say whether clocks show a time once. Other programs are of two minds about those shown twice or never."""
    there = zones.zone(series.zone)
    return len(zones.moments(wall, there)) == 1 and zones.local(zones.moment(wall, there), there) == wall


@readers
def test_twenty_rhythms_in_five_zones_stand_in_one_calendar(reader: str) -> None:
    events = [Event(f"{number}", evening(NAMED[number % 5])._replace(minutes=number + 1), "R") for number in range(20)]
    [found] = READERS[reader]([asked(*events)])
    assert found == meant(*events)


@readers
def test_a_reader_that_is_told_another_rule_finds_other_times(reader: str) -> None:
    """The comparison can fail: without the zone's yearly rules everything after the first year is an hour off."""
    event = Event("check-in", evening("Europe/Berlin"), "Reminder")
    text, start, end = asked(event)
    [found] = READERS[reader]([(text.replace(b"RRULE:FREQ=YEARLY", b"RRULE:FREQ=YEARLY;COUNT=1"), start, end)])
    assert len(found) == len(meant(event))
    assert found != meant(event)
