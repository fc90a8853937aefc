"""Wall clocks: every corner at which what they show and which moment it is part company."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindline.ground.clock.zones import UnknownZone, local, moment, moments, transitions, zone

SOME = (
    "Europe/Berlin", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe", "Africa/Casablanca",
    "Europe/Dublin", "Asia/Kathmandu", "Asia/Tokyo", "Antarctica/Troll", "America/Santiago", "Africa/Cairo",
    "Pacific/Chatham", "Pacific/Apia", "America/Caracas", "Asia/Pyongyang", "UTC",
)  # fmt: skip


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "shown", "meant"),
    [
        ("Europe/Berlin", "2026-01-05T19:00", "2026-01-05T18:00"),
        ("Europe/Berlin", "2026-07-06T19:00", "2026-07-06T17:00"),
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30"),  # not on any clock: 3:30 on the new one
        ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30"),  # twice: the first
        ("America/New_York", "2026-03-08T02:30", "2026-03-08T07:30"),
        ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30"),
        ("Australia/Sydney", "2026-10-04T02:30", "2026-10-03T16:30"),  # the south: forward in October
        ("Australia/Sydney", "2026-04-05T02:30", "2026-04-04T15:30"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45"),  # half an hour: 2:15 is 2:45
        ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45"),
        ("Africa/Casablanca", "2026-02-15T02:30", "2026-02-15T01:30"),  # back for Ramadan, twice: the first
        ("Africa/Casablanca", "2026-03-22T02:30", "2026-03-22T02:30"),  # and forward after it
        ("Antarctica/Troll", "2026-03-29T02:00", "2026-03-29T02:00"),  # two hours
        ("America/Santiago", "2026-09-06T00:30", "2026-09-06T04:30"),  # at midnight
        ("Asia/Tokyo", "2026-03-29T02:30", "2026-03-28T17:30"),  # never changed
        ("America/Caracas", "2016-05-01T02:45", "2016-05-01T07:15"),  # changed its rule: half an hour, for good
        ("Asia/Pyongyang", "2018-05-04T23:45", "2018-05-04T15:15"),
        ("Pacific/Apia", "2011-12-30T19:00", "2011-12-31T05:00"),  # a day that was left out: as on the day after
    ],
)
def test_a_time_on_a_wall_is_one_moment(name: str, shown: str, meant: str) -> None:
    assert moment(wall(shown), zone(name)) == utc(meant)


def test_a_time_that_comes_twice_has_two_moments_and_one_that_is_skipped_has_one() -> None:
    berlin = zone("Europe/Berlin")
    assert moments(wall("2026-10-25T02:30"), berlin) == (utc("2026-10-25T00:30"), utc("2026-10-25T01:30"))
    assert moments(wall("2026-03-29T02:30"), berlin) == (utc("2026-03-29T01:30"),)


def test_the_fold_that_a_time_carries_is_not_looked_at() -> None:
    shown = wall("2026-10-25T02:30")
    assert moment(shown.replace(fold=1), zone("Europe/Berlin")) == moment(shown, zone("Europe/Berlin"))


@given(
    st.sampled_from(SOME),
    st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)),
)
def test_every_moment_is_found_again_from_what_the_wall_shows(name: str, at: datetime) -> None:
    there = zone(name)
    shown = local(at, there)
    assert shown.tzinfo is None
    assert at in moments(shown, there)
    assert moment(shown, there) <= at


@given(
    st.sampled_from(SOME),
    st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)),
)
def test_a_moment_shows_its_time_or_as_many_minutes_on_as_were_skipped(name: str, shown: datetime) -> None:
    there = zone(name)
    back = local(moment(shown, there), there)
    assert timedelta() <= back - shown <= timedelta(days=1)
    if back != shown:
        before = local(moment(shown, there) - (back - shown), there)
        assert before < shown, "the clocks jumped over it"


@pytest.mark.parametrize(
    "name",
    [
        "", "Berlin", "europe/berlin", "Europe", "Europe/", "../../etc/passwd", "/etc/localtime", "localtime",
        "right/UTC", "posix/UTC", "posixrules", "Factory", "tzdata.zi", "Mars/Olympus", "UTC\0", "A" * 5000,
        "Európa/Berlin", "UTC ",
    ],
)  # fmt: skip
def test_a_zone_nobody_knows_is_refused(name: str) -> None:
    with pytest.raises(UnknownZone):
        zone(name)


def test_transitions_are_told_to_the_second() -> None:
    forward, back = transitions(zone("Australia/Lord_Howe"), 2027, 2027)[::-1]
    assert (forward.at, forward.onset) == (utc("2027-10-02T15:30"), wall("2027-10-03T02:00"))
    assert (forward.before, forward.after) == (timedelta(hours=10.5), timedelta(hours=11))
    assert (back.at, back.onset) == (utc("2027-04-03T15:00"), wall("2027-04-04T02:00"))
    assert transitions(zone("Asia/Tokyo"), 2000, 2050) == ()
    assert [one.at.year for one in transitions(zone("Asia/Almaty"), 2020, 2050)] == [2024]
    assert [one.name for one in transitions(zone("Europe/Berlin"), 2026, 2026)] == ["CEST", "CET"]
