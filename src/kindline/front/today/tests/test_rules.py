from typing import NamedTuple

import pytest

from kindline.front.today import rules


class One(NamedTuple):
    kind: str
    name: str = ""


@pytest.mark.parametrize(
    ("hours", "part"),
    [(range(5, 12), "morning"), (range(12, 18), "afternoon"), (range(18, 22), "evening"), ((22, 23, 0, 4), "night")],
)
def test_every_hour_has_its_greeting(hours: range, part: str) -> None:
    assert {rules.part_of_day(hour) for hour in hours} == {part}


def test_the_smallest_step_comes_first() -> None:
    waiting = [One("look-again"), One("morning"), One("did-you-say-it")]
    assert [one.kind for one in rules.smallest_first(waiting)] == ["did-you-say-it", "morning", "look-again"]


def test_never_more_than_three_things_wait() -> None:
    waiting = [One("morning", str(number)) for number in range(9)]
    assert [one.name for one in rules.smallest_first(waiting)] == ["0", "1", "2"]


def test_many_of_one_kind_leave_room_for_another() -> None:
    waiting = [*(One("did-you-say-it", str(number)) for number in range(5)), One("look-again")]
    assert [one.kind for one in rules.smallest_first(waiting)] == ["did-you-say-it", "did-you-say-it", "look-again"]


def test_nothing_waits_on_a_calm_day() -> None:
    assert rules.smallest_first([]) == []
