"""What a device kept of a pause without a connection: every move, with clocks that are wrong, jump and disagree."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindline.ours.pauses import rules
from kindline.ours.pauses.rules import Away, Unfit

NOW = datetime(2026, 5, 3, 18, 53, 20, tzinfo=UTC)
MARK = datetime(2026, 5, 3, 19, 15, tzinfo=UTC)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def away(since: float, until: float, ended: float | None = None, renewed: int = 0) -> Away:
    """Return a pause with its times in minutes from a mark of five."""
    return Away(MARK + minutes(since), MARK + minutes(until), renewed, None if ended is None else MARK + minutes(ended))


def heard(known: Away | None, told: Away, now: float, *, is_same: bool = False) -> Away:
    return rules.hear(known, told, MARK + minutes(now), is_same=is_same).pause


# The device's own clock.


@pytest.mark.parametrize("wrong", [timedelta(), timedelta(hours=-7), timedelta(hours=3), timedelta(days=400)])
def test_a_clock_that_is_wrong_by_hours_is_put_right(wrong: timedelta) -> None:
    told = Away(NOW + wrong, MARK + wrong)
    now = NOW + minutes(8)
    assert rules.by_our_clock(told, now + wrong, now) == Away(NOW, MARK)


@given(st.integers(-100_000, 100_000), st.integers(0, 2_000), st.floats(0, 5))
def test_the_seconds_that_telling_takes_make_no_five_minutes_of_a_promise(wrong: int, ago: int, took: float) -> None:
    off, began = timedelta(seconds=wrong), MARK - timedelta(seconds=ago)
    until = rules.back_at(began, 20)
    shown = MARK + off
    heard_at = MARK + timedelta(seconds=took)
    right = rules.by_our_clock(Away(began + off, until + off), shown, heard_at)
    assert right.return_at == until
    assert right.started_at <= heard_at


def test_a_return_time_stands_on_a_mark_whatever_the_device_says() -> None:
    told = Away(NOW, NOW + minutes(22))
    right = rules.by_our_clock(told, NOW + minutes(3), NOW + minutes(10))
    assert right.return_at == rules.on_mark(right.return_at)
    assert abs(right.return_at - (NOW + minutes(29))) <= minutes(2.5)


def test_a_clock_that_jumped_back_between_start_and_telling_makes_no_start_that_is_ahead() -> None:
    told = Away(NOW + timedelta(hours=2), MARK + timedelta(hours=2))  # begun while the clock was two hours ahead
    assert rules.by_our_clock(told, NOW + minutes(1), NOW + minutes(1)) == Away(NOW + minutes(1), MARK)
    ended = Away(NOW + timedelta(hours=2), NOW + timedelta(hours=2), ended_at=NOW + timedelta(hours=2, minutes=9))
    right = rules.by_our_clock(ended, NOW + minutes(10), NOW + minutes(10))
    assert right.started_at == right.ended_at == NOW + minutes(10)


# Nothing known, or something that is over.


def test_what_still_runs_begins_when_it_began() -> None:
    assert heard(None, away(0, 20), 10) == away(0, 20)


@pytest.mark.parametrize("now", [20, 21, 60 * 23, 60 * 24 * 20])
def test_what_is_past_its_time_before_anybody_heard_is_kept_as_over_and_not_as_news(now: float) -> None:
    kept = heard(None, away(0, 20), now)
    assert kept == away(0, 20, ended=20)._replace(told_in_time=False)
    assert rules.state(kept, MARK + minutes(now)) == "back"
    assert not rules.welcome(kept)
    assert not rules.back_still_shows(kept, MARK + minutes(now))


def test_what_was_ended_before_anybody_heard_keeps_its_true_end() -> None:
    kept = heard(None, away(0, 12, ended=12), 30)
    assert kept == away(0, 15, ended=12)._replace(told_in_time=False)


def test_a_pause_of_no_length_still_has_a_return_after_its_start() -> None:
    kept = heard(None, away(0, 0, ended=0), 30)
    assert kept.return_at > kept.started_at


def test_what_ended_days_after_its_start_was_over_after_a_day() -> None:
    kept = heard(None, away(0, 60 * 50, ended=60 * 50), 60 * 51)
    assert kept.ended_at == MARK + timedelta(days=1)


def test_it_takes_the_place_of_an_older_one_that_is_over() -> None:
    for known in (away(-90, -70, ended=-60), away(-60 * 30, -60 * 29)):
        told = away(0, 20)
        assert rules.hear(known, told, MARK + minutes(10), is_same=False) == (told, True)


# Told again, and what happened elsewhere meanwhile.


def test_told_twice_is_one() -> None:
    once = heard(None, away(0, 20), 10)
    assert heard(once, away(0, 20), 10, is_same=True) == once
    over = heard(None, away(0, 20), 30)
    assert heard(over, away(0, 20), 31, is_same=True) == over
    back = heard(once, away(0, 12, ended=12), 13, is_same=True)
    assert heard(back, away(0, 12, ended=12), 14, is_same=True) == back
    assert not rules.hear(once, away(0, 12, ended=12), MARK + minutes(13), is_same=True).is_news


def test_a_later_time_for_one_that_is_known_is_a_new_time() -> None:
    assert heard(away(0, 20), away(0, 40), 15, is_same=True) == away(0, 40, renewed=1)


def test_a_third_new_time_is_not_heard_and_the_one_that_was_said_stands() -> None:
    known = away(0, 20, renewed=2)
    assert heard(known, away(0, 40), 15, is_same=True) == known


def test_a_later_time_that_has_passed_before_it_was_told_is_not_heard() -> None:
    known = away(0, 20)
    assert heard(known, away(0, 40), 45, is_same=True) == known
    assert rules.state(known, MARK + minutes(45)) == "past"


def test_who_came_back_without_a_connection_came_back_then() -> None:
    assert heard(away(0, 20), away(0, 12, ended=12), 45, is_same=True) == away(0, 20, ended=12)


def test_begun_on_two_devices_it_is_one_pause_with_the_later_time() -> None:
    assert heard(away(0, 20), away(3, 40), 10) == away(0, 40, renewed=1)
    assert heard(away(0, 40), away(3, 20), 10) == away(0, 40)
    assert heard(away(3, 20), away(0, 40), 10) == away(3, 40, renewed=1)


def test_who_is_back_on_one_device_is_back() -> None:
    # Ended on the phone after the other began: both are over. Ended before it began: that one runs on.
    assert heard(away(0, 20), away(-5, 8, ended=8), 10) == away(0, 20, ended=8)
    assert heard(away(0, 20), away(-30, -10, ended=-10), 10) == away(0, 20)
    # Ended elsewhere after the phone's began: whoever is back is back.
    known = away(0, 20, ended=8)
    assert heard(known, away(3, 30), 10) == known
    assert heard(known, away(9, 30), 10) == away(9, 30)


def test_an_older_one_never_takes_the_place_of_a_newer() -> None:
    known = away(0, 20, ended=8)
    assert heard(known, away(-60, -40), 10) == known
    assert heard(known, away(-60, -45, ended=-45), 10) == known


# What can't have been.


def refused(reason: str, told: Away, now: float) -> None:
    for known in (None, away(-5, 30)):
        with pytest.raises(Unfit) as why:
            heard(known, told, now)
        assert why.value.reason == reason


def test_what_can_not_have_been_is_refused() -> None:
    refused(rules.TOO_SHORT, away(0, 10), 5)
    refused(rules.TOO_SHORT, away(0, -10), 5)
    refused(rules.TOO_LONG, away(0, 24 * 60 + 5), 5)
    refused(rules.STRANGE, away(0, 20), 60 * 24 * 31)
    refused(rules.STRANGE, away(0, -3, ended=-3), 5)


def pauses() -> st.SearchStrategy[Away]:
    def made(since: float, length: float, ended: float | None, renewed: int) -> Away:
        return away(since, since + length, None if ended is None else since + ended, renewed)

    whole = st.integers
    return st.builds(made, whole(-3000, 0), whole(15, 1440), st.none() | whole(0, 3000), whole(0, 2))


@given(st.none() | pauses(), pauses(), st.sampled_from(["same", "other"]))
def test_whatever_is_told_what_stands_is_a_pause_that_could_be(known: Away | None, told: Away, whose: str) -> None:
    now, is_same = MARK, whose == "same"
    told = told._replace(renewed=0, ended_at=told.ended_at and min(told.ended_at, now))
    known = known and known._replace(ended_at=known.ended_at and min(known.ended_at, now))
    stands, is_news = rules.hear(known, told, now, is_same=is_same)
    assert stands.started_at <= now
    assert stands.started_at < stands.return_at <= stands.started_at + rules.LONGEST + rules.MARK
    assert stands.renewed <= rules.MOST_RENEWED
    assert stands.ended_at is None or stands.started_at <= stands.ended_at <= now
    assert rules.hear(stands, told, now, is_same=is_same or is_news) == (stands, False), "told twice is one"
    if known is not None and not is_news:
        assert stands.return_at >= known.return_at, "a promise is never taken back"
        assert known.ended_at in (None, stands.ended_at)
