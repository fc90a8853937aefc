"""Calendars as they are written; how others read them stands in tests/calendars."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given

from kindline.ground.clock import zones
from kindline.ground.clock.icalendar import Event, calendar
from kindline.ground.clock.occurrences import Series, between
from kindline.ground.clock.recurrence import Recurrence
from kindline.ground.clock.tests.test_occurrences import several
from kindline.ground.clock.vtimezone import vtimezone
from kindline.ground.clock.zones import UnknownZone

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
FIRST = datetime(2026, 5, 4, 19)
WEEKLY = Series(FIRST, "Europe/Berlin", 20, Recurrence("week"))


def lines(*events: Event, name: str = "Kindline") -> list[str]:
    return calendar(events, name=name, now=NOW).decode().replace("\r\n ", "").split("\r\n")


def entries(*events: Event) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(calendar(events, name="Kindline", now=NOW)).walk("VEVENT"))


def test_a_weekly_evening_is_written_with_its_wall_time_its_rule_and_its_zone() -> None:
    found = lines(Event("one@kindline", WEEKLY, "Reminder"))
    for line in (
        "DTSTART;TZID=Europe/Berlin:20260504T190000",
        "DURATION:PT20M",
        "RRULE:FREQ=WEEKLY",
        "UID:one@kindline",
        "SUMMARY:Reminder",
        "CLASS:PRIVATE",
        "TZID:Europe/Berlin",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    ):
        assert found.count(line) == 1, line
    assert found.count("BEGIN:VTIMEZONE") == 1


def test_moved_ones_stand_beside_and_left_out_ones_are_named() -> None:
    moved, left_out, strange = (FIRST.replace(day=day) for day in (11, 18, 19))
    changes = {moved: FIRST.replace(day=12, hour=20), left_out: None, strange: None}
    main, beside = entries(Event("one", WEEKLY._replace(changes=changes), "Reminder"))
    assert [one.dt.replace(tzinfo=None) for one in main["exdate"].dts] == [left_out]
    assert beside["recurrence-id"].dt.replace(tzinfo=None) == moved
    assert beside["dtstart"].dt.replace(tzinfo=None) == datetime(2026, 5, 12, 20)
    assert (beside["uid"], "rrule" in beside) == ("one", False)


def test_what_happens_once_is_one_entry_where_it_was_moved_or_none() -> None:
    once = Series(FIRST, "Europe/Berlin", 20)
    [entry] = entries(Event("one", once._replace(changes={FIRST: FIRST.replace(day=6)}), "Reminder"))
    assert (entry["dtstart"].dt.day, "rrule" in entry, "recurrence-id" in entry) == (6, False, False)
    assert entries(Event("one", once._replace(changes={FIRST: None}), "Reminder")) == []


def test_a_last_day_is_written_as_the_last_moment_of_that_day() -> None:
    until = WEEKLY._replace(recurrence=Recurrence("week", until=date(2026, 12, 31)))
    assert "RRULE:FREQ=WEEKLY;UNTIL=20261231T225959Z" in lines(Event("one", until, "Reminder"))
    over = WEEKLY._replace(recurrence=Recurrence("week", until=date(2026, 5, 3)))
    assert entries(Event("one", over, "Reminder")) == []


def test_the_entry_begins_on_the_first_day_of_its_rule() -> None:
    [entry] = entries(Event("one", WEEKLY._replace(recurrence=Recurrence("week", 2, weekdays=(6,))), "Reminder"))
    assert entry["dtstart"].dt.replace(tzinfo=None) == datetime(2026, 5, 10, 19)


def test_utc_needs_no_zone_and_two_rhythms_share_theirs() -> None:
    found = lines(Event("one", WEEKLY._replace(zone="UTC"), "Reminder"))
    assert "DTSTART:20260504T190000Z" in found
    assert "BEGIN:VTIMEZONE" not in found
    several = [Event(f"{number}", WEEKLY, "Reminder") for number in range(3)]
    assert lines(*several).count("BEGIN:VTIMEZONE") == 1


def test_a_calendar_of_nothing_is_a_calendar() -> None:
    found = lines()
    assert (found[0], found[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "X-WR-CALNAME:Kindline" in found
    assert not [line for line in lines(name="") if line.startswith(("X-", "REFRESH"))]


@pytest.mark.parametrize(
    "title", ["a\r\nEND:VEVENT\r\nBEGIN:VEVENT", "a\nATTACH:x", "a;b,c\\n:d", "ä" * 300, "\u2028x\x0bATTACH:x"]
)
def test_no_title_can_write_a_line_of_its_own(title: str) -> None:
    [entry] = entries(Event("one", WEEKLY, title, description=title))
    assert set(entry) == {"UID", "DTSTAMP", "DTSTART", "DURATION", "SUMMARY", "DESCRIPTION", "CLASS", "RRULE"}
    raw = calendar([Event("one", WEEKLY, title)], name=title, now=NOW)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75


def test_nothing_but_the_moment_of_asking_differs_between_two_askings() -> None:
    one, other = (calendar([Event("one", WEEKLY, "R")], name="K", now=now) for now in (NOW, NOW.replace(hour=13)))
    assert one.replace(b"T120000Z", b"T130000Z") == other


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(UnknownZone):
        lines(Event("one", WEEKLY._replace(zone="Mars/Olympus"), "R"))


@pytest.mark.parametrize(
    ("first", "count"), [(datetime(1, 1, 2), 0), (datetime(1969, 12, 31, 23), 0), (datetime(9999, 12, 30), 1)]
)
def test_times_nobody_lives_to_see_are_written_quickly_all_the_same(first: datetime, count: int) -> None:
    assert len(entries(Event("one", Series(first, "Europe/Berlin", 20), "R"))) == count
    daily = Series(first, "Europe/Berlin", 20, Recurrence("day"), {first: NOW.replace(tzinfo=None)})
    assert len(entries(Event("one", daily, "R"))) <= 2


def test_what_is_long_ago_is_left_out_and_the_rule_goes_on_in_step() -> None:
    """Every second Monday and Thursday since 2020: the feed begins in the last quarter, in a week that has them."""
    first = datetime(2020, 1, 6, 19)
    old = {first: first.replace(day=7), datetime(2026, 5, 7, 19): None}
    series = Series(first, "Europe/Berlin", 20, Recurrence("week", 2, weekdays=(0, 3)), old)
    [entry] = entries(Event("one", series, "R"))
    assert entry["dtstart"].dt.replace(tzinfo=None) == datetime(2026, 2, 9, 19)
    assert [one.dt.day for one in entry["exdate"].dts] == [7]
    since = datetime(2026, 2, 1, tzinfo=UTC)
    told = Series(datetime(2026, 2, 9, 19), "Europe/Berlin", 20, series.recurrence, series.changes)
    until = datetime(2027, 1, 1, tzinfo=UTC)
    assert list(between(told, since, until)) == list(between(series, since, until))


def test_what_was_moved_from_long_ago_to_what_is_ahead_is_still_told() -> None:
    first = datetime(2026, 1, 5, 19)
    series = Series(first, "Europe/Berlin", 20, Recurrence("week"), {first: datetime(2026, 5, 6, 19)})
    main, moved = entries(Event("one", series, "R"))
    assert main["dtstart"].dt.replace(tzinfo=None) == first == moved["recurrence-id"].dt.replace(tzinfo=None)
    assert moved["dtstart"].dt.day == 6


def test_of_so_many_times_as_many_are_told_as_are_left() -> None:
    series = Series(datetime(2026, 1, 5, 19), "Europe/Berlin", 20, Recurrence("week", count=20))
    [entry] = entries(Event("one", series, "R"))
    assert (entry["dtstart"].dt.date(), entry["rrule"]["COUNT"]) == (date(2026, 2, 2), [16])
    assert entries(Event("one", series._replace(recurrence=Recurrence("week", count=4)), "R")) == []


def test_a_feed_of_many_years_is_no_longer_than_one_of_one() -> None:
    def written(year: int) -> bytes:
        first = datetime(year, 1, 5, 19)
        changes = {first + timedelta(days=2 * day): None for day in range(1, 2000) if year + day // 150 < 2026}
        event = Event("one", Series(first, "Europe/Berlin", 20, Recurrence("day", 2), changes), "R")
        return calendar([event], name="K", now=NOW)

    assert len(written(2015)) == len(written(2025))


@given(several())
def test_every_series_can_be_read_back(series: Series) -> None:
    found = entries(Event("one", series, "Reminder"))
    assert len([one for one in found if "recurrence-id" not in one]) <= 1
    assert {str(one["summary"]) for one in found} <= {"Reminder"}


def parts(name: str, since: datetime = NOW) -> list[tuple[str, str]]:
    """Return each part of a zone: the year it begins, and its rule."""
    written = vtimezone(zones.zone(name), since, NOW)
    return [
        (str(one["dtstart"].dt.year), one["rrule"].to_ical().decode().partition(";")[2] if "rrule" in one else "")
        for one in written.subcomponents
    ]


def test_a_zone_is_written_by_its_rules_where_it_has_some() -> None:
    assert parts("Europe/Berlin") == [("2025", "BYDAY=-1SU;BYMONTH=3"), ("2025", "BYDAY=-1SU;BYMONTH=10")]
    assert parts("America/New_York") == [("2025", "BYDAY=2SU;BYMONTH=3"), ("2025", "BYDAY=1SU;BYMONTH=11")]
    assert parts("Asia/Jerusalem")[0] == ("2025", "BYDAY=FR;BYMONTHDAY=23,24,25,26,27,28,29;BYMONTH=3")


def test_a_zone_without_changes_is_one_line_and_one_with_the_moons_is_told_change_by_change() -> None:
    assert parts("Asia/Tokyo") == [("2025", "")]
    moon = parts("Africa/Casablanca")
    assert {rule for _, rule in moon} == {""}
    assert [year for year, _ in moon] == sorted(year for year, _ in moon)
    assert (moon[0][0], moon[-1][0]) == ("2025", "2036")


def test_what_came_before_the_rules_is_told_for_what_began_then() -> None:
    long_ago = parts("America/New_York", datetime(2005, 6, 1, tzinfo=UTC))
    assert [one for one in long_ago if one[1]] == [("2007", "BYDAY=2SU;BYMONTH=3"), ("2007", "BYDAY=1SU;BYMONTH=11")]
    assert [year for year, rule in long_ago if not rule] == ["2004", "2004", "2005", "2005", "2006", "2006"]
    assert parts("Asia/Almaty", datetime(2024, 1, 1, tzinfo=UTC)) == [("2023", ""), ("2024", "")]
