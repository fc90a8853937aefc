"""Every move of a pause, and its clock times: at the edges, on nights when clocks change, when a clock jumps."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kindline.ours.pauses import rules
from kindline.ours.pauses.rules import Away, Unfit

NOW = datetime(2026, 5, 3, 18, 53, 20, tzinfo=UTC)
BERLIN, LORD_HOWE, AUCKLAND, TROLL = (
    ZoneInfo(name) for name in ("Europe/Berlin", "Australia/Lord_Howe", "Pacific/Auckland", "Antarctica/Troll")
)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
BACK = datetime(2026, 5, 3, 19, 15, tzinfo=UTC)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def refused(reason: str, move: object, *given: object) -> None:
    with pytest.raises(Unfit) as why:
        move(*given)  # type: ignore[operator]
    assert why.value.reason == reason


# Beginning.


@pytest.mark.parametrize("count", rules.MINUTES)
def test_every_offered_length_begins_a_pause(count: int) -> None:
    pause = rules.begin(NOW, rules.back_at(NOW, count))
    assert minutes(count) <= pause.return_at - NOW < minutes(count + 5)
    assert (pause.started_at, pause.renewed, pause.ended_at) == (NOW, 0, None)
    assert rules.state(pause, NOW) == "away"


def test_a_pause_is_fifteen_minutes_at_least_and_a_day_at_most() -> None:
    assert rules.begin(NOW, NOW + minutes(15)).return_at == NOW + minutes(15)
    assert rules.begin(NOW, NOW + timedelta(hours=24)).return_at == NOW + timedelta(hours=24)
    refused(rules.TOO_SHORT, rules.begin, NOW, NOW + minutes(15) - timedelta(seconds=1))
    refused(rules.TOO_SHORT, rules.begin, NOW, NOW - minutes(5))
    refused(rules.TOO_LONG, rules.begin, NOW, NOW + timedelta(hours=24, seconds=1))


def test_under_twenty_minutes_is_short_and_twenty_is_not() -> None:
    assert rules.is_short(NOW, NOW + minutes(15))
    assert not rules.is_short(NOW, NOW + minutes(20))


# Needing longer.


def test_a_new_time_can_be_given_twice_and_not_a_third_time() -> None:
    pause = Away(NOW, BACK)
    for count in (1, 2):
        assert rules.may_be_longer(pause, NOW)
        pause = rules.longer(pause, NOW, pause.return_at + minutes(20))
        assert pause.renewed == count
    assert not rules.may_be_longer(pause, NOW)
    refused(rules.TWICE, rules.longer, pause, NOW, pause.return_at + minutes(20))


def test_a_new_time_is_later_than_the_last_one_and_than_now() -> None:
    pause = Away(NOW, BACK)
    refused(rules.NOT_LATER, rules.longer, pause, NOW, BACK)
    refused(rules.NOT_LATER, rules.longer, pause, NOW, BACK - minutes(5))
    late = BACK + minutes(30)
    refused(rules.NOT_LATER, rules.longer, pause, late, BACK + minutes(10))
    assert rules.longer(pause, late, late + minutes(5)).return_at == late + minutes(5)


def test_no_new_time_lies_more_than_a_day_after_the_start() -> None:
    pause = Away(NOW, BACK)
    assert rules.longer(pause, NOW, NOW + timedelta(hours=24)).return_at == NOW + timedelta(hours=24)
    refused(rules.TOO_LONG, rules.longer, pause, NOW, NOW + timedelta(hours=24, minutes=1))
    whole = Away(NOW, NOW + timedelta(hours=24))
    assert not rules.may_be_longer(whole, NOW)


def test_what_has_ended_gets_no_new_time() -> None:
    ended = rules.come_back(Away(NOW, BACK), BACK)
    refused(rules.ENDED, rules.longer, ended, BACK, BACK + minutes(20))
    refused(rules.ENDED, rules.longer, Away(NOW, BACK), NOW + timedelta(hours=24), NOW + timedelta(hours=25))


def test_longer_counts_from_the_promised_time_while_it_is_ahead_and_then_from_now() -> None:
    pause = Away(NOW, BACK)
    assert rules.longer_until(pause, NOW, 20) == BACK + minutes(20)
    assert rules.longer_until(pause, BACK + minutes(3), 20) == BACK + minutes(25)


# Past its time, and back.


def test_a_pause_is_past_its_time_from_that_very_minute_on_and_over_after_a_day() -> None:
    pause = Away(NOW, BACK)
    assert rules.state(pause, BACK - timedelta(seconds=1)) == "away"
    assert rules.state(pause, BACK) == "past"
    assert rules.is_running(pause, NOW + timedelta(hours=24) - timedelta(seconds=1))
    assert rules.state(pause, NOW + timedelta(hours=24)) == "over"
    assert not rules.is_running(pause, NOW + timedelta(hours=24))


def test_coming_back_ends_it_once() -> None:
    ended = rules.come_back(Away(NOW, BACK), BACK - minutes(2))
    assert ended.ended_at == BACK - minutes(2)
    assert rules.come_back(ended, BACK + minutes(40)) == ended
    assert rules.state(ended, BACK + timedelta(days=9)) == "back"


LATER = NOW + minutes(60)


@pytest.mark.parametrize(
    ("return_at", "ended_at", "welcome"),
    [
        (BACK, BACK, "then"),
        (BACK, BACK + minutes(5), "then"),
        (BACK, BACK + minutes(5.1), ""),
        (BACK, BACK + minutes(60), ""),
        (LATER, LATER - minutes(10), "then"),
        (LATER, LATER - minutes(10.1), "early"),
        (LATER, NOW + minutes(15), "early"),
        (LATER, NOW + minutes(14.9), "short"),
        (BACK, NOW + minutes(2), "short"),
        (BACK, NOW, "short"),
    ],
)
def test_the_one_who_returns_is_greeted_with_what_is_true(
    return_at: datetime, ended_at: datetime, welcome: str
) -> None:
    pause = rules.come_back(Away(NOW, return_at), ended_at)
    assert rules.welcome(pause) == welcome
    assert rules.welcome(pause._replace(told_in_time=False)) == "", "nobody waited for it: there was no time to keep"
    assert rules.welcome(Away(NOW, return_at)) == ""


def test_that_somebody_is_back_shows_for_three_hours() -> None:
    ended = rules.come_back(Away(NOW, BACK), BACK)
    assert rules.back_still_shows(ended, BACK + timedelta(hours=3) - timedelta(seconds=1))
    assert not rules.back_still_shows(ended, BACK + timedelta(hours=3))
    assert not rules.back_still_shows(Away(NOW, BACK), BACK)


# A clock that jumps.


def test_a_clock_that_was_put_back_ends_nothing_and_never_ends_it_before_it_began() -> None:
    pause, earlier = Away(NOW, BACK), NOW - timedelta(hours=3)
    assert rules.state(pause, earlier) == "away"
    assert rules.come_back(pause, earlier).ended_at == NOW
    renewed = rules.longer(pause, earlier, BACK + minutes(20))
    assert (renewed.started_at, renewed.return_at) == (NOW, BACK + minutes(20))


def test_a_clock_that_jumped_days_ahead_leaves_nobody_waiting() -> None:
    pause, later = Away(NOW, BACK), NOW + timedelta(days=3)
    assert rules.state(pause, later) == "over"
    assert not rules.may_be_longer(pause, later)
    assert rules.state(rules.come_back(pause, later), later) == "back"
    assert not rules.welcome(rules.come_back(pause, later))


MOVES = st.lists(st.tuples(st.sampled_from(["longer", "back", "wait"]), st.integers(-300, 1500)), max_size=12)


@settings(max_examples=150, deadline=None)
@given(MOVES)
def test_whatever_happens_a_pause_stays_within_a_day_and_two_new_times(moves: list[tuple[str, int]]) -> None:
    now, pause = NOW, rules.begin(NOW, BACK)
    for move, by in moves:
        now += minutes(by)  # also backwards: clocks are put right
        before = pause
        if move == "longer":
            with suppress(Unfit):
                pause = rules.longer(pause, now, rules.longer_until(pause, now, 30))
        elif move == "back":
            pause = rules.come_back(pause, now)
        assert pause.started_at == NOW
        assert before.return_at <= pause.return_at <= NOW + timedelta(hours=24)
        assert before.renewed <= pause.renewed <= rules.MOST_RENEWED
        assert pause.ended_at is None or pause.ended_at >= NOW
        assert before.ended_at is None or pause == before


# Clock times.


def at(zone: ZoneInfo, text: str) -> datetime:
    """Return a moment that a clock in a zone shows, the first of two."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "clock", "when"),
    [
        ("2026-05-03 20:53:20", time(21, 30), "2026-05-03 21:30"),
        ("2026-05-03 20:53:20", time(21, 28), "2026-05-03 21:30"),  # on a mark of five, never earlier than asked
        ("2026-05-03 23:50", time(0, 30), "2026-05-04 00:30"),
        ("2026-05-03 20:53", time(20, 50), "2026-05-04 20:50"),
        ("2026-05-03 20:53", time(20, 55), "2026-05-03 20:55"),  # too soon, and said so when the pause begins
        ("2026-12-31 23:30", time(0, 15), "2027-01-01 00:15"),
    ],
)
def test_a_clock_time_is_the_next_one_on_this_wall(now: str, clock: time, when: str) -> None:
    assert rules.at_clock(at(BERLIN, now), clock, BERLIN) == at(BERLIN, when)


def test_a_clock_time_that_the_clocks_skip_is_as_many_minutes_on_as_it_would_have_been() -> None:
    now = at(BERLIN, "2026-03-29 01:50")  # at 2:00 the clocks go on to 3:00
    when = rules.at_clock(now, time(2, 30), BERLIN)
    assert when - now == minutes(40)
    assert f"{when.astimezone(BERLIN):%H:%M}" == "03:30"
    assert rules.at_clock(now, time(3, 30), BERLIN) == when


def test_a_clock_time_that_comes_twice_is_the_first_that_is_not_too_soon() -> None:
    first_two = at(BERLIN, "2026-10-25 02:00")  # at 3:00 the clocks go back to 2:00
    assert rules.at_clock(first_two, time(2, 30), BERLIN) - first_two == minutes(30)
    assert rules.at_clock(first_two + minutes(20), time(2, 30), BERLIN) == first_two + minutes(90)
    assert rules.at_clock(first_two + minutes(40), time(2, 30), BERLIN) == first_two + minutes(90)
    assert rules.at_clock(first_two + minutes(40), time(3, 0), BERLIN) == first_two + minutes(120)


def test_half_hours_and_two_hours_of_change_are_met_too() -> None:
    twice = at(LORD_HOWE, "2026-04-05 01:30")  # at 2:00 back to 1:30
    assert rules.at_clock(twice + minutes(5), time(1, 45), LORD_HOWE) == twice + minutes(45)
    skipped = at(LORD_HOWE, "2026-10-04 01:50")  # at 2:00 on to 2:30
    assert f"{rules.at_clock(skipped, time(2, 10), LORD_HOWE).astimezone(LORD_HOWE):%H:%M}" == "02:40"
    troll = at(TROLL, "2026-10-25 01:00")  # at 3:00 back to 1:00
    assert rules.at_clock(troll + minutes(10), time(1, 15), TROLL) == troll + minutes(135)


def test_a_day_of_25_hours_makes_the_same_clock_time_too_far() -> None:
    now = at(BERLIN, "2026-10-24 21:00:01")
    refused(rules.TOO_LONG, rules.begin, now, rules.at_clock(now, time(21, 0), BERLIN))


@settings(max_examples=200, deadline=None)
@given(
    zone=st.sampled_from([BERLIN, LORD_HOWE, AUCKLAND, TROLL, ZoneInfo("America/New_York"), ZoneInfo("UTC")]),
    now=st.integers(0, 2 * 365 * 24 * 3600).map(lambda seconds: NEW_YEAR + timedelta(seconds=seconds)),
    clock=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
)
def test_in_every_zone_a_clock_time_is_ahead_on_a_mark_and_shows_what_was_asked(
    zone: ZoneInfo, now: datetime, clock: time
) -> None:
    when = rules.at_clock(now, clock, zone)
    assert now < when <= now + timedelta(hours=27)
    assert when.minute % 5 == 0
    shows = when.astimezone(zone)
    asked = datetime.combine(shows.date(), clock)
    exists = asked.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == asked
    late = shows.replace(tzinfo=None) - asked
    near_a_change = shows.utcoffset() != (when - timedelta(hours=3)).astimezone(zone).utcoffset()
    assert timedelta() <= late < minutes(5) or not exists or near_a_change or clock > time(23, 55)


def test_a_topic_can_be_set_aside_for_two_months_and_shows_until_a_day_after_its_time() -> None:
    assert rules.topic_fits(NOW + timedelta(seconds=1), NOW)
    assert rules.topic_fits(NOW + timedelta(days=60), NOW)
    assert not rules.topic_fits(NOW, NOW)
    assert not rules.topic_fits(NOW + timedelta(days=60, seconds=1), NOW)
    assert rules.topic_still_shows(NOW, NOW + timedelta(hours=23, minutes=59))
    assert not rules.topic_still_shows(NOW, NOW + timedelta(days=1))


def test_a_day_and_a_clock_time_that_does_not_exist_there_still_have_a_moment() -> None:
    assert rules.on_day(date(2026, 3, 29), time(2, 30), BERLIN) == at(BERLIN, "2026-03-29 03:30")
    assert rules.on_day(date(2026, 10, 25), time(2, 30), BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def changes(zone: ZoneInfo) -> list[datetime]:
    """Return the moments of two years at which the clocks of a zone change, to the minute."""
    found, day = [], NEW_YEAR
    while day < NEW_YEAR + timedelta(days=730):
        after = day + timedelta(days=1)
        if day.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            low, high = day, after
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                is_before = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
                low, high = (middle, high) if is_before else (low, middle)
            found.append(high.replace(second=0, microsecond=0))
        day = after
    return found


def first_shown(now: datetime, clock: time, zone: ZoneInfo) -> datetime | None:
    """Return the first moment after `now` at which a wall shows a clock time, found by looking every five minutes."""
    for step in range(1, 26 * 12):
        moment = now + step * rules.MARK
        if moment.astimezone(zone).time() == clock:
            return moment
    return None


def test_around_every_change_of_the_clocks_in_every_zone_the_next_one_is_meant() -> None:
    """One zone of each kind of change; a pause that begins an hour and a half before it, to times all round it."""
    kinds = {}
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        for change in changes(zone):
            local = change.astimezone(zone)
            kinds[local.replace(tzinfo=None).time(), local.utcoffset(), local.dst(), change.month] = (zone, change)
    assert len(kinds) > 20
    for zone, change in kinds.values():
        now = rules.on_mark(change) - minutes(90)
        for step in range(2, 20):
            clock = (now + minutes(15 * step)).astimezone(zone).replace(tzinfo=None).time()
            shown = first_shown(now, clock, zone)
            assert shown is not None
            assert rules.at_clock(now, clock, zone) == shown, (zone, now, clock)
