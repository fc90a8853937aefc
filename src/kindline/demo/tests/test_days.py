"""A story told back from a day lands on that day's own clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kindline.demo.days import DAYS, Calendar

BERLIN = ZoneInfo("Europe/Berlin")
SUNDAY = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def test_weeks_go_back_to_the_named_weekday() -> None:
    for number, day in enumerate(DAYS):
        found = Calendar(SUNDAY, BERLIN).at(f"3 {day} 19:10").astimezone(BERLIN)
        assert (found.weekday(), found.hour, found.minute) == (number, 19, 10)
        assert 14 <= (SUNDAY.astimezone(BERLIN).date() - found.date()).days <= 27


def test_a_week_ago_is_behind_us_on_every_day_of_the_week() -> None:
    for passed in range(7):
        now = SUNDAY + timedelta(days=passed)
        assert Calendar(now, BERLIN).at("1 Sun 23:59") < now


def test_the_clock_is_the_persons_own_also_before_the_clocks_changed() -> None:
    found = Calendar(SUNDAY, BERLIN).at("10 Mon 07:00")
    assert found.hour == 5
    assert found.astimezone(BERLIN).hour == 7


def test_days_count_back_from_today() -> None:
    assert Calendar(SUNDAY, BERLIN).at("1 days 22:50") == datetime(2026, 11, 21, 21, 50, tzinfo=UTC)


def test_the_last_time_of_a_clock_is_within_a_day_and_never_ahead() -> None:
    for hours in range(30):
        now = SUNDAY + timedelta(hours=hours)
        assert timedelta(0) <= now - Calendar(now, BERLIN).at("last 08:05") <= timedelta(days=1)


@pytest.mark.parametrize("told", ["", "3 Noday 19:10", "soon", "3 Mon", "last", "last week", "3 Mon 25:00"])
def test_what_cannot_be_read_is_refused(told: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each in its own words
        Calendar(SUNDAY, BERLIN).at(told)


def test_what_lies_ahead_is_refused() -> None:
    with pytest.raises(ValueError, match="still to come"):
        Calendar(SUNDAY, BERLIN).at("0 days 23:00")
