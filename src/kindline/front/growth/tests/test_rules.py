"""What may be said of some weeks: nothing of too few, nothing that chance alone would often say, and what is clear."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest

from kindline.front.growth import rules
from kindline.front.growth.rules import Reach, Span, Tried

TODAY = date(2026, 3, 12)  # a Thursday


@pytest.mark.parametrize("chosen", rules.RANGES)
@pytest.mark.parametrize("first", [TODAY, date(2026, 2, 27), date(2024, 2, 29), date(2014, 7, 3), date(1990, 1, 1)])
def test_stretches_follow_each_other_and_the_last_holds_today(chosen: str, first: date) -> None:
    _unit, spans = rules.spans(chosen, TODAY, first)
    assert all(span.start < span.end for span in spans)
    assert all(one.end == two.start for one, two in pairwise(spans))
    assert spans[-1].start <= TODAY < spans[-1].end
    assert len(spans) <= 40


def test_all_begins_with_what_was_first() -> None:
    for first in (date(2026, 1, 31), date(2024, 5, 1), date(2001, 12, 31)):
        assert rules.spans("all", TODAY, first)[1][0].start <= first


def test_units_grow_with_the_years() -> None:
    firsts = (date(2026, 1, 1), date(2023, 1, 1), date(2006, 1, 1))
    assert [rules.spans("all", TODAY, first)[0] for first in firsts] == ["month", "quarter", "year"]


def test_something_ahead_of_the_clock_does_not_break_the_range() -> None:
    assert rules.spans("all", TODAY, TODAY + timedelta(days=40))[1][-1].end > TODAY


def test_each_day_falls_into_its_own_stretch_and_days_outside_into_none() -> None:
    week = timedelta(weeks=1)
    spans = [Span(TODAY + n * week, TODAY + (n + 1) * week) for n in range(3)]
    days = [TODAY - timedelta(days=1), TODAY, TODAY + week - timedelta(days=1), TODAY + 2 * week, TODAY + 3 * week]
    assert rules.sorted_into(spans, [(day, day) for day in days]) == [[days[1], days[2]], [], [days[3]]]


def test_a_stretch_with_nothing_stays_a_gap() -> None:
    assert rules.reaches([[3, 2], [], [1]]) == [Reach(2, 2.5, 3, 2), None, Reach(1, 1, 1, 1)]


def test_what_is_usual_leaves_the_odd_ones_out_once_there_are_enough() -> None:
    (few,), (many,) = rules.reaches([[1, 2, 3]]), rules.reaches([[1, 2, 2, 2, 2, 2, 3]])
    assert (few.low, few.high) == (1, 3)
    assert (many.low, many.middle, many.high) == (2, 2, 2)


@pytest.mark.parametrize(
    ("levels", "drawn"),
    [([], False), ([[1, 2]], False), ([[1, 2, 3, 1]], False), ([[1], [2]], False), ([[1], [], [2, 2]], True)],
)
def test_a_plot_over_time_needs_three_marks_in_two_stretches(levels: list[list[int]], drawn: bool) -> None:  # noqa: FBT001
    assert rules.can_draw(rules.reaches(levels)) is drawn


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([], ""),
        ([3, 3, 3, 3, 3, 1, 1, 1, 1, 1], ""),
        ([3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1], "down"),
        ([1, 1, 2, 1, 1, 1, 3, 2, 3, 3, 2, 3], "up"),
        ([2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], "same"),
        ([2] * 40 + [2, 2, 2, 1] * 10, "same"),
        ([3, 1, 3, 1, 3, 1, 1, 1, 3, 1, 1, 1], "same"),
    ],
)
def test_a_change_is_spoken_of_only_when_it_is_clear(levels: list[int], expected: str) -> None:
    assert rules.change(levels) == expected


def test_chance_alone_is_called_a_change_in_fewer_than_one_course_of_twenty() -> None:
    chance = random.Random(5)  # noqa: S311
    for length in (12, 20, 40, 90):
        said = sum(rules.change(chance.choices((1, 2, 3), k=length)) in {"up", "down"} for _ in range(600))
        assert said / 600 < 0.05, length


def test_a_change_of_a_whole_step_is_mostly_heard() -> None:
    chance = random.Random(6)  # noqa: S311
    heard = sum(rules.change(chance.choices((2, 3), k=10) + chance.choices((1, 2), k=10)) == "down" for _ in range(400))
    assert heard / 400 > 0.8


def tried(name: str, times: int, before: int = 4, after: int = 3) -> list[Tried]:
    return [Tried(name, before, after)] * times


def test_what_was_tried_once_or_twice_is_not_drawn() -> None:
    assert [one.name for one in rules.settled([*tried("walk", 3), *tried("water", 2)])] == ["walk"]


def test_what_was_reached_for_most_comes_first_and_a_few_are_enough() -> None:
    found = rules.settled([one for number in range(3, 10) for one in tried(f"practice {number}", number)])
    assert [one.times for one in found] == [9, 8, 7, 6, 5]


def test_before_and_after_are_means() -> None:
    (found,) = rules.settled([Tried("walk", 5, 2), Tried("walk", 4, 2), Tried("walk", 3, 2)])
    assert (found.before, found.after, found.drop) == (4, 2, 2)


@pytest.mark.parametrize(
    ("moments", "most"),
    [
        ([*tried("walk", 5, 5, 2), *tried("water", 5)], "walk"),
        ([*tried("walk", 4, 5, 2), *tried("water", 5)], ""),
        ([*tried("walk", 5, 5, 2)], ""),
        ([*tried("walk", 5, 4, 3), *tried("water", 5, 3, 2)], ""),
    ],
)
def test_what_settles_most_is_named_only_beside_another_and_by_half_a_step(moments: list[Tried], most: str) -> None:
    assert rules.settles_most(rules.settled(moments)) == most


@pytest.mark.parametrize(
    ("walks", "waters", "most"), [(9, 6, "walk"), (8, 6, ""), (4, 0, ""), (5, 0, "walk"), (6, 6, "")]
)
def test_what_was_reached_for_most_is_named_only_by_far(walks: int, waters: int, most: str) -> None:
    assert rules.reached_for_most(rules.settled([*tried("walk", walks), *tried("water", waters)])) == most


def test_the_need_met_least_is_named_only_when_it_is_clear() -> None:
    clear = [{"safety": 3, "autonomy": 1}] * 4
    assert rules.least_met(clear) == "autonomy"
    assert rules.least_met(clear[:3]) == ""
    assert rules.least_met([{"safety": 3, "autonomy": 3}] * 4) == ""
    assert rules.least_met([{"autonomy": 1}] * 9) == ""


@pytest.mark.parametrize(
    ("free", "hard"),
    [([1, 1, 1], False), ([1, 1, 1, 3], True), ([1, 1, 3, 3], False), ([1, 1, 1, 1, 4, 4, 4, 4], False)],
)
def test_a_no_is_called_hard_only_over_four_checks(free: list[int], hard: bool) -> None:  # noqa: FBT001
    assert rules.no_is_hard(free) is hard


def test_a_dot_stands_for_as_few_as_there_is_room_for() -> None:
    assert [rules.dot_stands_for(most, 12) for most in (0, 1, 12, 13, 24, 25)] == [1, 1, 1, 2, 2, 3]
