from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as some

from kindline.mine.calm.analysis import LEAST, what_helped, whole


class Told(NamedTuple):
    practice: str
    before: int
    after: int

    @property
    def said(self) -> str:
        return f"A {self.practice}"


STEP = some.integers(0, 5)
MANY = some.lists(some.builds(Told, some.sampled_from(["walk", "water", "rest"]), STEP, STEP), max_size=30)


def test_two_moments_say_nothing_and_three_do() -> None:
    walks = [Told("walk", 4, 2), Told("walk", 5, 3)]
    assert what_helped(walks) == []
    (found,) = what_helped([*walks, Told("walk", 3, 3)])
    assert (found.said, found.calmer, found.times) == ("A walk", 2, 3)


def test_a_moment_told_by_half_does_not_count() -> None:
    half = [Told("walk", 4, 0), Told("walk", 0, 2), Told("walk", 0, 0)]
    assert whole([*half, Told("walk", 4, 2)]) == [Told("walk", 4, 2)]
    assert what_helped([*half, Told("walk", 4, 2), Told("walk", 4, 2)]) == []


def test_somebody_calm_already_could_not_become_calmer() -> None:
    assert what_helped([Told("walk", 1, 1)] * 5) == []
    (found,) = what_helped([*[Told("walk", 1, 1)] * 5, *[Told("walk", 3, 2)] * 3])
    assert (found.calmer, found.times) == (3, 3)


def test_being_as_stirred_up_as_before_is_not_calmer() -> None:
    (found,) = what_helped([Told("water", 3, 3), Told("water", 3, 4), Told("water", 3, 2)])
    assert (found.calmer, found.times) == (1, 3)


def test_what_calmed_most_often_comes_first_then_what_was_tried_most() -> None:
    walk, water, rest = Told("walk", 4, 2), Told("water", 4, 2), Told("rest", 4, 4)
    assert [one.practice for one in what_helped([rest, *[rest] * 4, *[water] * 3, *[walk] * 4])] == [
        "walk",
        "water",
        "rest",
    ]


def test_the_middle_is_a_step_or_between_two() -> None:
    (odd,) = what_helped([Told("walk", 5, 1), Told("walk", 4, 2), Told("walk", 3, 2)])
    assert (odd.before, odd.after) == (4, 2)
    (even,) = what_helped([Told("walk", 5, 1), Told("walk", 4, 2), Told("walk", 3, 2), Told("walk", 5, 1)])
    assert (even.before, even.after) == (4.5, 1.5)


@given(MANY)
def test_no_more_is_said_than_was_told(moments: list[Told]) -> None:
    for one in what_helped(moments):
        there = [told for told in moments if told.practice == one.practice and told.before > 1 and told.after]
        assert LEAST <= one.times == len(there)
        assert one.calmer == len([told for told in there if told.after < told.before])
        assert 1 < one.before <= 5
        assert 1 <= one.after <= 5


@given(MANY, some.randoms())
def test_the_order_of_moments_changes_nothing(moments: list[Told], chance: object) -> None:
    shuffled = list(moments)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert what_helped(shuffled) == what_helped(moments)
