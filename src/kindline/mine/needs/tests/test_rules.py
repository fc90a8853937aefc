"""What needs are, when to look again, which way somebody leans."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindline.mine.needs import rules, words

NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("need", "finer", "meant"),
    [
        ("", ["truth"], "safety"),
        ("", ["rest", "help", "truth"], "emotional-regulation"),
        ("", ["rest", "truth"], "safety"),
        ("safety", ["rest"], "emotional-regulation"),
        ("safety", ["rest", "help", "truth"], "safety"),
        ("safety", [], "safety"),
        ("", [], ""),
    ],
)
def test_a_finer_need_chooses_the_need_it_lies_under(need: str, finer: list[str], meant: str) -> None:
    assert rules.nearest(need, finer) == meant


def test_finer_needs_stand_as_offered_with_those_of_the_nearest_need_first() -> None:
    assert rules.as_offered("safety", ["rest", "truth", "gentleness"]) == ("gentleness", "truth", "rest")
    assert rules.as_offered("emotional-regulation", ["truth", "rest"]) == ("rest", "truth")
    assert rules.as_offered("", []) == ()


def test_every_finer_need_lies_under_one_need_and_has_its_words() -> None:
    offered = [name for below in rules.NEEDS.values() for name in below]
    assert len(offered) == len(set(offered))
    assert set(offered) == set(words.FINER)


def test_every_stored_choice_has_its_words() -> None:
    assert set(words.NEEDS) == set(words.NEEDS_PLAINLY) == set(words.MET) == set(rules.NEEDS)
    assert set(words.HOW_MET) == set(words.HOW_FREE) == set(rules.LEVELS)
    assert set(words.READY) == set(rules.READY)
    assert set(words.IDEAS) == {name for names in rules.IDEAS.values() for name in names}
    assert set(rules.IDEAS) == set(rules.LEANING)


def test_a_check_is_offered_once_a_week_at_most() -> None:
    assert rules.is_time_to_check(None, NOW)
    assert not rules.is_time_to_check(NOW - timedelta(days=6, hours=23), NOW)
    assert rules.is_time_to_check(NOW - timedelta(days=7), NOW)


def test_a_questionnaire_says_something_new_after_its_days() -> None:
    assert rules.again_from(NOW, 90) == NOW + timedelta(days=90)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [(3.0, 4.4, "same"), (4.4, 3.0, "same"), (3.0, 4.5, "up"), (4.5, 3.0, "down"), (2.0, 2.0, "same")],
)
def test_a_change_below_what_is_ordinary_is_no_change(before: float, after: float, said: str) -> None:
    assert rules.change(before, after, rules.ORDINARY) == said


@given(st.floats(1, 7), st.floats(1, 7), st.floats(0.1, 6))
def test_a_change_looks_the_other_way_round_from_the_other_side(before: float, after: float, ordinary: float) -> None:
    other = {"up": "down", "down": "up", "same": "same"}
    assert rules.change(after, before, ordinary) == other[rules.change(before, after, ordinary)]


@pytest.mark.parametrize(
    ("numbers", "ways"),
    [
        ({}, ()),
        ({"reaching": 4.0, "stepping-back": 4.0}, ()),
        ({"reaching": 4.2, "stepping-back": 2.0}, ("reaching",)),
        ({"reaching": 1.0, "stepping-back": 6.0}, ("stepping-back",)),
        ({"reaching": 5.0, "stepping-back": 6.0}, ("stepping-back", "reaching")),
        ({"stepping-back": 5.0}, ("stepping-back",)),
        ({"content": 21.0}, ()),
    ],
)
def test_one_may_lean_one_way_or_both_or_neither(numbers: dict[str, float], ways: tuple[str, ...]) -> None:
    assert rules.ways_leant(numbers) == ways
