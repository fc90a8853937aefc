"""Series as moments: in order, each once, moved and left out, right across changes of the clocks."""

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindline.ground.clock.occurrences import Series, between, has
from kindline.ground.clock.recurrence import Recurrence
from kindline.ground.clock.tests.test_recurrence import RULES
from kindline.ground.clock.tests.test_zones import SOME
from kindline.ground.clock.zones import UnknownZone, local, zone

WEEKLY = Recurrence("week")


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def shown(series: Series, start: str, end: str) -> list[str]:
    """Return when it begins, as the wall shows it."""
    there = zone(series.zone)
    return [str(local(one.starts_at, there)) for one in between(series, utc(start), utc(end))]


@pytest.mark.parametrize(
    ("name", "first", "start", "end", "ahead"),
    [
        ("Europe/Berlin", "2026-03-15T19:00", "2026-03-15", "2026-04-06", [18, 18, 17, 17]),
        ("Europe/Berlin", "2026-10-11T19:00", "2026-10-11", "2026-11-02", [17, 17, 18, 18]),
        ("America/New_York", "2026-03-01T19:00", "2026-03-01", "2026-03-16", [0, 23]),
        ("Australia/Sydney", "2026-03-29T19:00", "2026-03-29", "2026-04-13", [8, 9, 9]),
        ("Australia/Lord_Howe", "2026-03-29T19:00", "2026-03-29", "2026-04-13", [8, 8.5, 8.5]),
        ("Africa/Casablanca", "2026-02-08T19:00", "2026-02-08", "2026-03-30", [18, 19, 19, 19, 19, 19, 18, 18]),
        ("Asia/Kolkata", "2026-03-22T19:00", "2026-03-22", "2026-04-06", [13.5, 13.5, 13.5]),
    ],
)
def test_seven_in_the_evening_stays_seven_when_clocks_change(
    name: str, first: str, start: str, end: str, ahead: list[float]
) -> None:
    found = list(between(Series(wall(first), name, 20, WEEKLY), utc(start), utc(end)))
    assert [one.starts_at.hour + one.starts_at.minute / 60 for one in found][: len(ahead)] == ahead
    assert {local(one.starts_at, zone(name)).time() for one in found} == {wall(first).time()}


def test_twenty_minutes_are_twenty_minutes_on_any_night() -> None:
    nightly = Series(wall("2026-10-24T01:50"), "Europe/Berlin", 90, Recurrence("day"))
    for one in between(nightly, utc("2026-10-23"), utc("2026-10-28")):
        assert one.ends_at - one.starts_at == timedelta(minutes=90)


def test_each_night_has_one_even_when_the_clocks_skip_it_or_show_it_twice() -> None:
    nightly = Series(wall("2026-01-01T02:30"), "Europe/Berlin", 20, Recurrence("day"))
    spring = ["2026-03-28 02:30:00", "2026-03-29 03:30:00", "2026-03-30 02:30:00"]
    assert shown(nightly, "2026-03-28", "2026-03-31") == spring
    autumn = list(between(nightly, utc("2026-10-24T12:00"), utc("2026-10-26T12:00")))
    assert [one.starts_at for one in autumn] == [utc("2026-10-25T00:30"), utc("2026-10-26T01:30")]


def test_a_day_that_a_zone_left_out_has_none() -> None:
    daily = Series(wall("2011-12-28T19:00"), "Pacific/Apia", 20, Recurrence("day"))
    found = shown(daily, "2011-12-28", "2012-01-02")
    assert [one[:10] for one in found] == ["2011-12-28", "2011-12-29", "2011-12-31", "2012-01-01"]


def test_one_that_was_moved_counts_where_it_was_moved_and_one_left_out_nowhere() -> None:
    changes = {wall("2026-05-11T19:00"): wall("2026-05-20T20:00"), wall("2026-05-25T19:00"): None}
    series = Series(wall("2026-05-04T19:00"), "Europe/Berlin", 20, WEEKLY, changes)
    found = list(between(series, utc("2026-05-01"), utc("2026-06-02")))
    assert [(str(one.original.date()), one.is_moved) for one in found] == [
        ("2026-05-04", False),
        ("2026-05-18", False),
        ("2026-05-11", True),
        ("2026-06-01", False),
    ]
    assert found[2].starts_at == utc("2026-05-20T18:00")
    assert list(between(series, utc("2026-05-11"), utc("2026-05-12"))) == []
    assert next(iter(between(series, utc("2026-05-20"), utc("2026-05-21")))).original == wall("2026-05-11T19:00")


def test_moved_far_away_or_into_a_gap_it_is_still_found() -> None:
    changes = {wall("2026-05-11T19:00"): wall("2027-03-28T02:30"), wall("2026-05-18T19:00"): wall("2026-01-02T08:00")}
    series = Series(wall("2026-05-04T19:00"), "Europe/Berlin", 20, Recurrence("week", count=4), changes)
    starts = [one.starts_at for one in between(series, utc("2026-01-01"), utc("2028-01-01"))]
    assert starts == [
        utc("2026-01-02T07:00"),
        utc("2026-05-04T17:00"),
        utc("2026-05-25T17:00"),
        utc("2027-03-28T01:30"),
    ]


def test_a_change_of_what_is_no_time_of_the_rule_changes_nothing() -> None:
    changes = {wall("2026-05-12T19:00"): wall("2026-05-13T19:00"), wall("2026-04-27T19:00"): wall("2026-05-14T19:00")}
    series = Series(wall("2026-05-04T19:00"), "Europe/Berlin", 20, WEEKLY, changes)
    assert shown(series, "2026-05-01", "2026-05-18") == ["2026-05-04 19:00:00", "2026-05-11 19:00:00"]


def test_what_happens_once_happens_once_or_was_moved_or_left_out() -> None:
    once = Series(wall("2026-05-04T19:00"), "Europe/Berlin", 20)
    assert shown(once, "2020-01-01", "2030-01-01") == ["2026-05-04 19:00:00"]
    assert shown(once, "2026-05-05", "2030-01-01") == []
    moved = once._replace(changes={once.first: wall("2026-05-06T08:00")})
    assert shown(moved, "2020-01-01", "2030-01-01") == ["2026-05-06 08:00:00"]
    assert shown(once._replace(changes={once.first: None}), "2020-01-01", "2030-01-01") == []
    assert has(once, once.first)
    assert not has(once, wall("2026-05-04T19:01"))


def test_the_start_of_a_window_belongs_to_it_and_the_end_to_the_next() -> None:
    series = Series(wall("2026-05-04T19:00"), "Europe/Berlin", 20, WEEKLY)
    at = utc("2026-05-11T17:00")
    five = timedelta(minutes=5)
    assert [one.starts_at for one in between(series, at, at + five)] == [at]
    assert list(between(series, at - five, at)) == []
    assert list(between(series, at, at)) == []
    assert list(between(series, at + five, at)) == []


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(UnknownZone):
        next(between(Series(wall("2026-05-04T19:00"), "Mars/Olympus", 20), utc("2026-01-01"), utc("2027-01-01")))


def test_nothing_is_looked_for_before_1970_or_after_2199() -> None:
    daily = Series(datetime.min, "America/Los_Angeles", 20, Recurrence("day"))
    always = between(daily, datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
    assert next(always).starts_at >= utc("1970-01-01")
    last = list(between(daily, utc("2199-12-25"), datetime.max.replace(tzinfo=UTC)))
    assert 5 <= len(last) <= 8
    assert list(islice(between(daily._replace(first=datetime.max), utc("2026-01-01"), utc("2200-01-01")), 1)) == []


@st.composite
def several(draw: st.DrawFn) -> Series:
    """Draw a series near 2026 with some of its times changed."""
    first = draw(st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1))).replace(second=0, microsecond=0, fold=0)
    plain = Series(first, draw(st.sampled_from(SOME)), draw(st.integers(1, 300)), draw(st.none() | RULES))
    originals = [one.original for one in islice(between(plain, utc("2024-01-01"), utc("2030-01-01")), 12)]
    moves = st.none() | st.timedeltas(timedelta(days=-20), timedelta(days=20))
    picked = draw(st.lists(st.sampled_from(originals), unique=True, max_size=5)) if originals else []
    changes = {one: draw(moves) for one in picked}
    return plain._replace(
        changes={
            one: move if move is None else (one + move).replace(second=0, microsecond=0, fold=0)
            for one, move in changes.items()
        }
    )


@given(several(), st.lists(st.integers(1, 400), min_size=1, max_size=8))
def test_windows_side_by_side_hold_everything_once_and_in_order(series: Series, days: list[int]) -> None:
    start, end = utc("2025-01-01"), utc("2028-01-01")
    whole = list(between(series, start, end))
    marks = [start]
    while marks[-1] < end:
        marks.append(min(end, marks[-1] + timedelta(days=days[len(marks) % len(days)], minutes=5)))
    assert [one for early, late in pairwise(marks) for one in between(series, early, late)] == whole
    assert [one.starts_at for one in whole] == sorted(one.starts_at for one in whole)
    assert len({one.original for one in whole}) == len(whole)
    for one in whole:
        assert has(series, one.original)
        assert one.is_moved == (one.original in series.changes)
        assert start <= one.starts_at < end
        assert one.ends_at - one.starts_at == timedelta(minutes=series.minutes)
