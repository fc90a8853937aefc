"""When a night comes first, until when it lasts, and where a draft stands."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindline.mine.drafts import rules

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
KATHMANDU = ZoneInfo("Asia/Kathmandu")
APIA = ZoneInfo("Pacific/Apia")


def local(zone: ZoneInfo, *when: int) -> datetime:
    return datetime(*when, tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("hour", "minute", "night"),
    [(21, 59, False), (22, 0, True), (23, 59, True), (0, 0, True), (6, 59, True), (7, 0, False), (12, 0, False)],
)
def test_night_lasts_from_ten_to_seven(hour: int, minute: int, night: bool) -> None:  # noqa: FBT001
    assert rules.is_night(local(BERLIN, 2026, 5, 3, hour, minute), BERLIN) is night


def test_it_is_night_on_the_persons_own_clock_not_the_servers() -> None:
    at_ten_in_berlin = local(BERLIN, 2026, 5, 3, 22, 30)
    assert rules.is_night(at_ten_in_berlin, BERLIN)
    assert not rules.is_night(at_ten_in_berlin, NEW_YORK)


def test_a_fresh_friction_asks_to_wait_by_day_and_night_goes_first() -> None:
    noon, midnight = local(BERLIN, 2026, 5, 3, 12), local(BERLIN, 2026, 5, 3, 0)
    assert rules.reason_to_wait(noon, BERLIN, friction_since=True) == "fresh"
    assert rules.reason_to_wait(midnight, BERLIN, friction_since=True) == "night"
    assert rules.reason_to_wait(noon, BERLIN, friction_since=False) == ""


@pytest.mark.parametrize(
    ("zone", "now", "morning"),
    [
        (BERLIN, (2026, 5, 3, 22, 40), (2026, 5, 4, 7)),
        (BERLIN, (2026, 5, 4, 2, 0), (2026, 5, 4, 7)),
        (BERLIN, (2026, 5, 4, 6, 59), (2026, 5, 4, 7)),
        (BERLIN, (2026, 5, 4, 7, 0), (2026, 5, 5, 7)),
        (BERLIN, (2026, 12, 31, 23, 0), (2027, 1, 1, 7)),
        (KATHMANDU, (2026, 2, 28, 22, 0), (2026, 3, 1, 7)),
    ],
)
def test_it_waits_until_the_next_seven(zone: ZoneInfo, now: tuple[int, ...], morning: tuple[int, ...]) -> None:
    assert rules.next_morning(local(zone, *now), zone) == local(zone, *morning)


@pytest.mark.parametrize(
    ("now", "days"),
    [((2026, 5, 3, 8, 20), 1), ((2026, 5, 3, 23, 59), 1), ((2026, 5, 4, 0, 1), 0), ((2026, 5, 2, 23, 59), 2)],
)
def test_days_are_counted_by_the_midnights_of_ones_own_clock(now: tuple[int, ...], days: int) -> None:
    assert rules.days_until(local(KATHMANDU, 2026, 5, 4, 7), local(KATHMANDU, *now), KATHMANDU) == days


def test_a_night_with_a_clock_change_still_ends_at_seven() -> None:
    spring = rules.next_morning(local(BERLIN, 2026, 3, 28, 23, 0), BERLIN)
    autumn = rules.next_morning(local(BERLIN, 2026, 10, 24, 23, 0), BERLIN)
    assert spring == datetime(2026, 3, 29, 5, tzinfo=UTC)
    assert autumn == datetime(2026, 10, 25, 6, tzinfo=UTC)
    assert spring - local(BERLIN, 2026, 3, 28, 23, 0) == timedelta(hours=7)
    assert autumn - local(BERLIN, 2026, 10, 24, 23, 0) == timedelta(hours=9)


def test_the_day_that_samoa_skipped_is_skipped() -> None:
    now = local(APIA, 2011, 12, 29, 23, 0)
    assert now < rules.next_morning(now, APIA) <= now + timedelta(days=1)


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - its zone is beside
    st.sampled_from([BERLIN, NEW_YORK, LORD_HOWE, KATHMANDU, ZoneInfo("UTC"), ZoneInfo("America/Sao_Paulo")]),
)
def test_the_next_morning_always_lies_ahead_at_seven_and_within_25_hours(now: datetime, zone: ZoneInfo) -> None:
    morning = rules.next_morning(now, zone)
    assert now < morning <= now + timedelta(hours=25)
    assert morning.astimezone(zone).time() == rules.MORNING


def test_a_kept_draft_waits_from_seven_sharp() -> None:
    morning = local(BERLIN, 2026, 5, 4, 7)
    assert rules.morning_came(morning, morning)
    assert not rules.morning_came(morning, morning - timedelta(seconds=1))
    assert not rules.morning_came(None, morning)


def test_did_you_say_it_is_asked_after_two_days_and_only_until_it_was_answered() -> None:
    taken = local(BERLIN, 2026, 5, 4, 18)
    assert not rules.asks_how_it_went(taken, "", taken + timedelta(hours=47, minutes=59))
    assert rules.asks_how_it_went(taken, "", taken + timedelta(days=2))
    assert not rules.asks_how_it_went(taken, "hurt", taken + timedelta(days=3))
    assert not rules.asks_how_it_went(None, "", taken)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, "writing"),
        ({"kept_until": 1}, "morning"),
        ({"taken_at": 1}, "going"),
        ({"taken_at": 1, "outcome": "agreed"}, "said"),
        ({"taken_at": 1, "outcome": "not-said"}, "writing"),
        ({"taken_at": 1, "outcome": "agreed", "touchstone_at": 1}, "touchstone"),
        ({"kept_until": 1, "touchstone_at": 1}, "touchstone"),
        ({"kept_until": 1, "taken_at": 1}, "morning"),
    ],
)
def test_where_a_draft_stands_follows_from_its_dates(facts: dict[str, object], state: str) -> None:
    moment = local(BERLIN, 2026, 5, 4, 18)
    dated = {name: moment if value == 1 else value for name, value in facts.items()}
    nothing = {"kept_until": None, "taken_at": None, "outcome": "", "touchstone_at": None}
    assert rules.state_of(**{**nothing, **dated}) == state
