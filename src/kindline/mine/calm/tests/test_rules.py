import pytest
from hypothesis import given
from hypothesis import strategies as some

from kindline.mine.calm import rules
from kindline.mine.calm.words import PRACTICES, STEPS

NAMES = some.lists(some.sampled_from("abcdefgh"), unique=True)


def test_every_built_in_practice_and_every_step_has_a_word() -> None:
    assert set(PRACTICES) == {*rules.BUILT_IN, rules.AWAY}
    assert set(STEPS) == set(rules.STEPS)


def test_what_was_arranged_comes_first_and_the_others_follow_as_they_come() -> None:
    assert rules.in_order("abcd", ("c", "a")) == ["c", "a", "b", "d"]


def test_what_is_gone_leaves_no_gap_in_the_order() -> None:
    assert rules.in_order("ab", ("gone", "b", "gone", "b")) == ["b", "a"]


@given(NAMES, some.lists(some.sampled_from("abcdefghxyz")))
def test_no_practice_is_lost_or_doubled_by_an_order(known: list[str], chosen: list[str]) -> None:
    assert sorted(rules.in_order(known, chosen)) == sorted(known)


@given(NAMES, some.sampled_from("abcdefghxyz"), some.sampled_from([rules.FIRST, rules.UP, "elsewhere"]))
def test_moving_one_loses_none(order: list[str], name: str, where: str) -> None:
    moved = rules.moved(order, name, where)
    assert sorted(moved) == sorted(order)
    assert [one for one in moved if one != name] == [one for one in order if one != name]
    if name in order:
        assert moved.index(name) == (0 if where == rules.FIRST else max(0, order.index(name) - 1))


@pytest.mark.parametrize(("text", "step"), [("1", 1), ("5", 5), ("0", 0), ("6", 0), ("", 0), ("²", 0), ("01", 0)])
def test_only_a_step_is_read_as_one(text: str, step: int) -> None:
    assert rules.read_step(text) == step


@pytest.mark.parametrize(
    ("text", "minutes"), [("20", 20), ("0", 0), ("1440", 1440), ("1441", 0), ("-1", 0), ("", 0), ("1e3", 0), ("٣", 0)]
)
def test_only_minutes_of_a_day_are_read(text: str, minutes: int) -> None:
    assert rules.read_minutes(text) == minutes
