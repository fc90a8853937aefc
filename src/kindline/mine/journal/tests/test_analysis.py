from datetime import UTC, date, datetime

import pytest

from kindline.mine.journal import analysis
from kindline.mine.journal.analysis import Felt

TODAY = date(2026, 3, 12)  # a Thursday


def felt(day: date, loud: int = 2, hour: int = 20, **parts: object) -> Felt:
    return Felt(datetime(day.year, day.month, day.day, hour, tzinfo=UTC), {"hurt": loud} if loud else {}, **parts)


def test_what_came_up_most_comes_first() -> None:
    named = [["hurt", "hurt"], ["tired", "hurt"], ["tired"], ["tired", ""], ["sad"]]
    assert analysis.came_up(named, most=2) == [("tired", 3), ("hurt", 2)]


def test_what_came_up_as_often_but_stronger_comes_first() -> None:
    felt_so = [{"alone": 1, "tired": 3, "hurt": 1}, {"tired": 2, "alone": 2}, {"hurt": 2}]
    assert analysis.came_up(felt_so) == [("tired", 2), ("alone", 2), ("hurt", 2)]


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


def test_a_noon_that_stands_for_no_time_at_all_is_no_time_of_day() -> None:
    untold = [felt(TODAY, hour=12, timed=False) for _ in range(20)]
    assert analysis.time_of_day(untold) == ""
    assert analysis.time_of_day([*untold, *(felt(TODAY, hour=20) for _ in range(5))]) == "evening"
    assert analysis.time_of_day([*untold, felt(TODAY, hour=12)]) == "", "one that was at noon is too few"
