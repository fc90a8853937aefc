"""How often, from which day, and where a check-in stands: facts in, an answer out."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from kindline.ground.clock.occurrences import Series, between
from kindline.ours.rhythms import rules
from kindline.ours.rhythms.rules import ENOUGH, LINE, ON, OVER, THANKS, TOPIC, WELL, WISH, Done, Season

SUNDAY = date(2026, 5, 3)
NOW = datetime(2026, 5, 3, 19, 0, tzinfo=UTC)
UNTIL = NOW + rules.LONGEST_CHECK_IN


def starts(timing: rules.Timing, most: int = 4) -> list[str]:
    assert timing.first is not None
    series = Series(timing.first, timing.zone, timing.minutes, timing.recurrence, {})
    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    return [f"{one.original:%a %d %b %H:%M}" for one in between(series, early, late)][:most]


@pytest.mark.parametrize(
    ("often", "weekdays", "day", "comes"),
    [
        ("weekly", [6], SUNDAY, ["Sun 03 May 19:00", "Sun 10 May 19:00", "Sun 17 May 19:00"]),
        ("weekly", [], date(2026, 5, 5), ["Tue 05 May 19:00", "Tue 12 May 19:00", "Tue 19 May 19:00"]),
        ("weekly", [0, 3], SUNDAY, ["Mon 04 May 19:00", "Thu 07 May 19:00", "Mon 11 May 19:00"]),
        ("fortnightly", [6], SUNDAY, ["Sun 03 May 19:00", "Sun 17 May 19:00", "Sun 31 May 19:00"]),
        ("monthly", [], SUNDAY, ["Sun 03 May 19:00", "Sun 07 Jun 19:00", "Sun 05 Jul 19:00"]),
        ("monthly", [], date(2026, 5, 31), ["Sun 31 May 19:00", "Sun 28 Jun 19:00", "Sun 26 Jul 19:00"]),
        ("once", [6], date(2026, 5, 5), ["Tue 05 May 19:00"]),
    ],
)
def test_how_often_in_a_form_is_how_often_it_comes(
    often: str, weekdays: list[int], day: date, comes: list[str]
) -> None:
    timing = rules.timed(day, time(19), "Europe/Berlin", minutes=20, often=often, weekdays=weekdays)
    assert starts(timing, 3) == comes
    assert rules.how_often(timing) == often


def test_what_comes_whenever_it_comes_has_no_times() -> None:
    timing = rules.timed(SUNDAY, time(19), "UTC", minutes=5, often=rules.WHENEVER)
    assert timing.first is None
    assert rules.how_often(timing) == rules.WHENEVER


def test_a_time_is_the_minute_that_was_chosen() -> None:
    timing = rules.timed(SUNDAY, time(18, 7, 30), "UTC", minutes=20, often=rules.ONCE)
    assert timing.first == datetime(2026, 5, 3, 18, 7)  # noqa: DTZ001 - a wall time


@pytest.mark.parametrize("text", ["", "never", "2026-05-03", "2026-05-03T19:00:30", "2026-05-03T19:00+02:00", "9" * 20])
def test_only_a_wall_time_to_the_minute_is_read(text: str) -> None:
    assert rules.read(text) is None


def test_a_wall_time_is_stored_and_read_the_same() -> None:
    wall = datetime(2026, 5, 3, 19, 0)  # noqa: DTZ001 - a wall time
    assert rules.read(rules.stored(wall)) == wall
    assert rules.stored(None) == ""


def test_every_kind_has_a_usual_time_that_fits() -> None:
    for kind, usual in rules.KINDS.items():
        assert 0 < usual.minutes <= rules.LONGEST, kind
        assert usual.often in rules.OFTEN
    assert rules.KINDS[rules.CHECK_IN].minutes <= 20
    assert rules.KINDS[rules.ARRIVING].often == rules.WHENEVER, "nothing is sent or timed"


# A quiet season.


def test_a_season_sleeps_from_its_first_day_until_the_day_everything_wakes() -> None:
    season = Season(date(2026, 5, 3), date(2026, 5, 10))
    asleep = [day for day in range(1, 15) if rules.sleeps(date(2026, 5, day), [None, season])]
    assert asleep == [3, 4, 5, 6, 7, 8, 9]


def test_a_season_lasts_half_a_year_at_most() -> None:
    assert rules.season_fits(SUNDAY, SUNDAY + timedelta(days=1))
    assert rules.season_fits(SUNDAY, SUNDAY + rules.SEASON_AT_MOST)
    assert not rules.season_fits(SUNDAY, SUNDAY)
    assert not rules.season_fits(SUNDAY, SUNDAY + rules.SEASON_AT_MOST + timedelta(days=1))


# A check-in.

ALICE, BOB = uuid4(), uuid4()


def done(does: str, part: str, minute: int = 1, by: UUID = ALICE) -> Done:
    return Done(uuid4(), by, does, part, "words" if does == LINE else "", NOW + timedelta(minutes=minute))


def part(*acts: Done, minute: int = 5) -> str:
    return rules.standing(UNTIL, acts, NOW + timedelta(minutes=minute)).part


def test_a_check_in_goes_through_its_parts_and_ends() -> None:
    on = [done(ON, part) for part in rules.PARTS]
    assert [part(*on[:number]) for number in range(5)] == [THANKS, WELL, TOPIC, WISH, OVER]


def test_going_on_from_one_part_by_both_is_going_on_once() -> None:
    assert part(done(ON, THANKS), done(ON, THANKS, by=BOB)) == WELL


def test_either_may_stop_after_any_part() -> None:
    for stage in range(4):
        on = [done(ON, part) for part in rules.PARTS[:stage]]
        assert part(*on, done(ENOUGH, rules.PARTS[stage], by=BOB)) == OVER


def test_its_end_is_its_end() -> None:
    assert part(minute=19) == THANKS
    assert part(minute=20) == OVER


def test_the_last_word_still_fits_a_little_past_the_end_but_not_after_enough() -> None:
    assert rules.takes_lines(UNTIL, [], UNTIL + timedelta(minutes=9))
    assert not rules.takes_lines(UNTIL, [], UNTIL + rules.GRACE)
    assert not rules.takes_lines(UNTIL, [done(ENOUGH, THANKS)], NOW)


def test_lines_stand_in_their_parts_in_the_order_they_came() -> None:
    late, early, other = done(LINE, THANKS, 3), done(LINE, THANKS, 2, BOB), done(LINE, WISH, 4)
    lines = rules.standing(UNTIL, [late, other, early], NOW).lines
    assert (lines[THANKS], lines[WELL], lines[WISH]) == ([early, late], [], [other])


def test_after_the_last_part_it_is_over() -> None:
    assert [rules.after(part) for part in (*rules.PARTS, "strange")] == [WELL, TOPIC, WISH, OVER, OVER]
