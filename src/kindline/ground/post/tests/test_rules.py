"""When reminders go out: before something begins or once a day, never in quiet hours, right when clocks change."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kindline.ground.clock.zones import local, moment, moments, transitions
from kindline.ground.post import rules
from kindline.ground.post.rules import BACK_OFF, BEFORE, DAILY, LEADS, MOST_TRIES, Due, Habits

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Asia/Kathmandu",
        "UTC",
    )
]
SOMEBODY = UUID(int=4)
NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
moments_of_years = some.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=some.just(UTC))  # noqa: DTZ001
clock_times = some.times(timezones=some.none()).map(lambda one: one.replace(second=0, microsecond=0))
habits_of_all = some.builds(
    Habits,
    zone=some.sampled_from(ZONES),
    way=some.sampled_from((BEFORE, DAILY)),
    minutes=some.sampled_from(LEADS),
    daily=clock_times,
    quiet_from=clock_times,
    quiet_until=clock_times,
)


def due(at: datetime) -> Due:
    return Due(SOMEBODY, at, "rhythm", "key")


@pytest.mark.parametrize("minutes", LEADS)
def test_a_reminder_comes_so_many_minutes_before(minutes: int) -> None:
    habits, at = Habits(BERLIN, minutes=minutes), NOW + timedelta(minutes=minutes)
    assert rules.told_at(due(at), habits, NOW) == NOW
    assert rules.told_at(due(at + 5 * MINUTE), habits, NOW) is None, "the next round tells it"


@pytest.mark.parametrize("minutes", LEADS)
def test_what_begins_in_an_odd_minute_is_told_in_one(minutes: int) -> None:
    habits, at = Habits(BERLIN, minutes=minutes), NOW + timedelta(minutes=minutes)
    for odd in range(5):
        assert rules.told_at(due(at + odd * MINUTE), habits, NOW) == NOW + odd * MINUTE
    assert rules.told_at(due(at - MINUTE), habits, NOW) == NOW, "planned late, told at once"


def test_who_wants_it_once_a_day_hears_nothing_before() -> None:
    assert rules.told_at(due(NOW), Habits(BERLIN, DAILY), NOW) is None


def test_every_moment_belongs_to_a_mark_of_five_minutes() -> None:
    assert rules.mark_of(datetime(2026, 11, 22, 18, 4, 59, 999999, tzinfo=UTC)) == NOW
    assert rules.mark_of(NOW) == NOW


def test_each_beginning_is_told_by_some_round_whatever_the_lead() -> None:
    """Rounds that follow each other leave no gap, and what somebody plans within the last hour is told, too."""
    last, now = NOW, NOW + 5 * MINUTE
    one, other = rules.window(last, now), rules.window(now, now + 5 * MINUTE)
    assert one.start <= now + MINUTE < one.end
    assert one.start > last
    assert other.start < one.end
    assert one.end >= now + rules.LONGEST_LEAD + rules.MARK, "and what is told an hour before in an odd minute"


@pytest.mark.parametrize(
    ("last", "goes_on"),
    [
        (NOW - 5 * MINUTE, NOW - 5 * MINUTE),
        (NOW - timedelta(days=3), NOW - timedelta(days=3)),
        (NOW - timedelta(days=90), NOW - timedelta(days=7)),
        (NOW + timedelta(hours=3), NOW),  # the clock was ahead
    ],
)
def test_a_round_goes_on_where_the_last_one_ended(last: datetime, goes_on: datetime) -> None:
    assert rules.since(last, NOW) == goes_on


# Once a day.


def at_clock(day: int, hour: int, minute: int = 0) -> datetime:
    return moment(datetime(2026, 11, day, hour, minute), BERLIN)  # noqa: DTZ001


def test_the_day_ahead_is_told_at_ones_own_hour_and_not_again() -> None:
    habits = Habits(BERLIN, DAILY)
    nine = at_clock(22, 9)
    assert rules.day_ahead(nine - 5 * MINUTE, nine, habits) == (nine, at_clock(23, 9))
    assert rules.day_ahead(nine, nine + 5 * MINUTE, habits) is None
    assert rules.day_ahead(nine - 10 * MINUTE, nine - 5 * MINUTE, habits) is None


def test_days_that_a_sleeping_worker_missed_are_told_together() -> None:
    told = rules.day_ahead(at_clock(19, 12), at_clock(22, 12), Habits(BERLIN, DAILY))
    assert told == (at_clock(20, 9), at_clock(23, 9))


def test_an_hour_that_the_clocks_skip_is_told_all_the_same() -> None:
    habits = Habits(BERLIN, DAILY, daily=time(2, 30))
    skipped = datetime(2027, 3, 28, 1, 30, tzinfo=UTC)  # 3:30 on the new clock
    assert rules.day_ahead(skipped - 5 * MINUTE, skipped, habits) == (skipped, datetime(2027, 3, 29, 0, 30, tzinfo=UTC))


@given(habits_of_all, moments_of_years)
def test_days_ahead_follow_each_other_without_gap_or_overlap(habits: Habits, begin: datetime) -> None:
    last, told = rules.mark_of(begin), []
    habits = habits._replace(way=DAILY)
    for _ in range(12 * 24 * 3):
        now = last + 5 * MINUTE
        if found := rules.day_ahead(last, now, habits):
            told.append(found)
        last = now
    assert len(told) in {2, 3, 4}
    assert all(one.end == other.start for one, other in pairwise(told))


# Quiet hours.


@pytest.mark.parametrize(
    ("hour", "minute", "until"),
    [
        (21, 55, None),
        (22, 0, (23, 7)),
        (23, 30, (23, 7)),
        (0, 0, (22, 7)),
        (6, 55, (22, 7)),
        (7, 0, None),
        (12, 0, None),
    ],
)
def test_what_would_come_in_quiet_hours_comes_when_they_end(
    hour: int, minute: int, until: tuple[int, int] | None
) -> None:
    at = at_clock(22, hour, minute)
    assert rules.out_of_quiet(at, Habits(BERLIN)) == (at_clock(*until) if until else at)


def test_quiet_hours_at_noon_are_quiet_too() -> None:
    habits = Habits(BERLIN, quiet_from=time(12), quiet_until=time(14))
    assert rules.out_of_quiet(at_clock(22, 13), habits) == at_clock(22, 14)
    assert rules.out_of_quiet(at_clock(22, 23), habits) == at_clock(22, 23)


def test_quiet_hours_that_end_when_they_begin_are_none() -> None:
    habits = Habits(BERLIN, quiet_from=time(7), quiet_until=time(7))
    assert all(rules.out_of_quiet(at_clock(22, hour), habits) == at_clock(22, hour) for hour in range(24))


@given(habits_of_all, moments_of_years)
def test_nothing_is_dropped_nothing_comes_early_and_nothing_in_quiet_hours(habits: Habits, at: datetime) -> None:
    out = rules.out_of_quiet(at, habits)
    assert at <= out <= at + timedelta(hours=25)
    quiet = rules.is_quiet(local(out, habits.zone).time(), habits)
    twice = len(moments(local(out, habits.zone), habits.zone)) > 1
    assert not quiet or twice  # an hour that comes twice may end the quiet and be quiet again: heard the first time
    if out != at:
        assert rules.is_quiet(local(at, habits.zone).time(), habits)


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_around_every_change_of_the_clocks_nothing_is_dropped(zone: ZoneInfo) -> None:
    for change in transitions(zone, 2024, 2030):
        for quiet_until in (time(1), time(2), time(2, 30), time(3), time(7)):
            habits = Habits(zone, quiet_until=quiet_until)
            for minutes in range(-24 * 60, 24 * 60, 5):
                at = change.at + minutes * MINUTE
                assert at <= rules.out_of_quiet(at, habits) <= at + timedelta(hours=25)


# Trying again.


def test_tries_go_from_a_minute_to_a_day_apart_and_then_end() -> None:
    habits, waits, tries = Habits(BERLIN, quiet_from=time(0), quiet_until=time(0)), [], 1
    while again := rules.next_try(NOW, tries, timedelta(0), habits):
        waits.append((again - NOW) // MINUTE)
        tries += 1
    assert waits == [1, 5, 15, 60, 240, 720, 1440]
    assert tries == MOST_TRIES == len(BACK_OFF) + 1


def test_who_asks_for_time_gets_it_a_day_at_most() -> None:
    habits = Habits(BERLIN, quiet_from=time(0), quiet_until=time(0))
    assert rules.next_try(NOW, 1, timedelta(minutes=30), habits) == NOW + timedelta(minutes=30)
    assert rules.next_try(NOW, 1, timedelta(seconds=5), habits) == NOW + MINUTE
    assert rules.next_try(NOW, 1, timedelta(days=90), habits) == NOW + timedelta(days=1)


def test_another_try_waits_for_the_end_of_the_quiet_hours() -> None:
    assert rules.next_try(at_clock(22, 21, 55), 3, timedelta(0), Habits(BERLIN)) == at_clock(23, 7)
