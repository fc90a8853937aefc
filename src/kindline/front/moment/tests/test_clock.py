from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kindline.front.moment.clock import between, counted_from, read_clock, read_minutes
from kindline.ours.pauses.queries import MINUTES, back_at

EVENING = datetime(2026, 5, 3, 20, 53, 20, tzinfo=UTC)


def test_a_return_stands_on_a_mark_of_five_and_never_earlier_than_asked() -> None:
    assert back_at(EVENING, 20) == datetime(2026, 5, 3, 21, 15, tzinfo=UTC)
    for second in range(0, 600, 7):
        now = EVENING + timedelta(seconds=second)
        for minutes in MINUTES:
            pause = back_at(now, minutes) - now
            assert timedelta(minutes=minutes) <= pause < timedelta(minutes=minutes + 5)
            assert back_at(now, minutes).minute % 5 == 0


def test_a_return_on_the_mark_stays_there() -> None:
    assert back_at(datetime(2026, 5, 3, 21, 0, tzinfo=UTC), 15) == datetime(2026, 5, 3, 21, 15, tzinfo=UTC)


def test_a_return_lies_on_the_other_side_of_midnight_when_it_must() -> None:
    assert back_at(datetime(2026, 5, 3, 23, 50, tzinfo=UTC), 20).date().day == 4


def test_a_return_through_the_change_of_the_clocks_is_said_in_the_new_time() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 10, 25, 0, 55, tzinfo=UTC).astimezone(berlin)
    assert back_at(before, 20).astimezone(UTC) - before.astimezone(UTC) == timedelta(minutes=20)
    assert f"{back_at(before, 20):%H:%M}" == "02:15"


def test_longer_counts_from_the_promised_return_while_that_is_ahead() -> None:
    assert counted_from(EVENING, time(21, 15)) == datetime(2026, 5, 3, 21, 15, tzinfo=UTC)
    assert counted_from(EVENING, time(0, 5)) == datetime(2026, 5, 4, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize("promised", [None, time(20, 50), time(20, 53), time(9, 0)])
def test_longer_counts_from_now_once_the_promised_return_has_passed(promised: time | None) -> None:
    assert counted_from(EVENING, promised) == EVENING


@pytest.mark.parametrize(
    ("began", "back", "gone", "in_all"),
    [
        (time(20, 33), time(20, 55), 20, 22),
        (time(20, 33), time(0, 5), 20, 212),
        (time(20, 53), time(20, 53), 0, 1440),
        (time(21, 0), time(21, 20), 23 * 60 + 53, 20),
    ],
)
def test_a_pause_is_read_from_its_two_clock_times(began: time, back: time, gone: int, in_all: int) -> None:
    pause = between(began, back, EVENING.replace(second=0))
    assert EVENING.replace(second=0) - pause.started_at == timedelta(minutes=gone)
    assert pause.return_at - pause.started_at == timedelta(minutes=in_all)


@pytest.mark.parametrize("text", ["", "24:00", "21:60", "9", "21:15:00", "now", "<b>", "２１:１５x", "\0"])
def test_what_is_no_clock_time_is_none(text: str) -> None:
    assert read_clock(text) is None


def test_a_clock_time_is_read_as_it_is_written() -> None:
    assert read_clock("21:15") == time(21, 15)
    assert read_clock("00:00") == time(0, 0)


@pytest.mark.parametrize(("text", "minutes"), [("15", 15), ("60", 60), ("", 20), ("own", 20), ("-5", 20), ("1e9", 20)])
def test_minutes_that_are_not_offered_become_the_usual_ones(text: str, minutes: int) -> None:
    assert read_minutes(text) == minutes
