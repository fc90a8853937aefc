from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from kindline.mine.journal import analysis
from kindline.mine.journal.analysis import Felt, Span

TODAY = date(2026, 3, 12)  # a Thursday


def felt(day: date, loud: int = 2, hour: int = 20, **parts: object) -> Felt:
    return Felt(datetime(day.year, day.month, day.day, hour, tzinfo=UTC), {"hurt": loud} if loud else {}, **parts)


@pytest.mark.parametrize("chosen", analysis.RANGES)
@pytest.mark.parametrize("first", [TODAY, date(2026, 2, 27), date(2024, 2, 29), date(2014, 7, 3), date(1990, 1, 1)])
def test_stretches_follow_each_other_and_the_last_holds_today(chosen: str, first: date) -> None:
    _unit, spans = analysis.spans(chosen, TODAY, first)
    assert all(span.start < span.end for span in spans)
    assert all(one.end == two.start for one, two in pairwise(spans))
    assert spans[-1].start <= TODAY < spans[-1].end
    assert len(spans) <= 48


def test_all_begins_with_the_first_entry() -> None:
    for first in (date(2026, 1, 31), date(2024, 5, 1), date(2001, 12, 31)):
        assert analysis.spans("all", TODAY, first)[1][0].start <= first


def test_units_grow_with_the_years() -> None:
    firsts = (date(2026, 1, 1), date(2023, 1, 1), date(2006, 1, 1))
    assert [analysis.spans("all", TODAY, first)[0] for first in firsts] == ["month", "quarter", "year"]


def test_an_entry_ahead_of_the_clock_does_not_break_the_range() -> None:
    assert analysis.spans("all", TODAY, TODAY + timedelta(days=40))[1][-1].end > TODAY


def test_a_stretch_with_nothing_marked_stays_a_gap() -> None:
    week = timedelta(weeks=1)
    spans = [Span(TODAY + n * week, TODAY + (n + 1) * week) for n in range(3)]
    frictions = [felt(TODAY, 3), felt(TODAY, 2), felt(TODAY + week, 0), felt(TODAY + 2 * week, 1)]
    assert analysis.loudness(frictions, spans) == [2.5, None, 1.0]


def test_what_lies_outside_the_range_does_not_count() -> None:
    spans = [Span(TODAY, TODAY + timedelta(days=7))]
    assert analysis.within([felt(TODAY - timedelta(days=1)), felt(TODAY)], spans) == [felt(TODAY)]
    assert analysis.loudness([felt(TODAY - timedelta(days=1))], spans) == [None]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([3, 3, 3], ""),
        ([3, 3, 2, 1, 1, 1, 1], ""),
        ([3, 3, 3, 3, 1, 1, 1, 1], "quieter"),
        ([1, 1, 1, 1, 3, 2, 3, 3], "louder"),
        ([2, 2, 2, 2, 2, 2, 2, 1], "same"),
        ([3, 3, 3, 3, 0, 0, 0, 0], ""),
    ],
)
def test_a_change_is_spoken_of_only_when_there_is_enough_to_see_it(levels: list[int], expected: str) -> None:
    frictions = [felt(TODAY + timedelta(days=at), level) for at, level in enumerate(levels)]
    assert analysis.change(reversed(frictions)) == expected


def test_what_came_up_most_comes_first() -> None:
    named = [["hurt", "hurt"], ["tired", "hurt"], ["tired"], ["tired", ""], ["sad"]]
    assert analysis.came_up(named, most=2) == [("tired", 3), ("hurt", 2)]


def test_what_came_up_as_often_but_stronger_comes_first() -> None:
    felt_so = [{"alone": 1, "tired": 3, "hurt": 1}, {"tired": 2, "alone": 2}, {"hurt": 2}]
    assert analysis.came_up(felt_so) == [("tired", 2), ("alone", 2), ("hurt", 2)]


def test_times_are_compared_only_when_five_are_marked() -> None:
    assert not analysis.can_compare([felt(TODAY)] * 4 + [felt(TODAY, 0)] * 4)
    assert analysis.can_compare([felt(TODAY)] * 5)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ([20, 21, 19, 20], ""),
        ([20, 21, 19, 20, 8], "evening"),
        ([23, 2, 4, 22, 8], "night"),
        ([8, 8, 13, 13, 20, 20], ""),
        ([6, 7, 13, 14, 20, 21, 23, 1, 11], ""),
        ([12, 13, 17, 8, 9], "afternoon"),
    ],
)
def test_a_time_of_day_is_named_only_when_it_stands_out(hours: list[int], expected: str) -> None:
    assert analysis.time_of_day([felt(TODAY, hour=hour) for hour in hours]) == expected
