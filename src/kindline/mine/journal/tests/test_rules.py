from datetime import UTC, date, datetime, timedelta

import pytest

from kindline.mine.journal import rules, words

WRITTEN = datetime(2026, 3, 1, 20, tzinfo=UTC)


def looks(hours: float, **changes: object) -> bool:
    facts = {"kind": rules.FRICTION, "written_at": WRITTEN, "looked": False} | changes
    return rules.is_time_to_look_again(**facts, now=WRITTEN + timedelta(hours=hours))


@pytest.mark.parametrize(("hours", "expected"), [(0, False), (23.9, False), (24, True), (47.9, True), (48, False)])
def test_another_look_is_offered_from_one_day_to_two(hours: float, *, expected: bool) -> None:
    assert looks(hours) is expected


def test_a_good_moment_is_not_offered_for_another_look() -> None:
    assert not looks(30, kind=rules.GOOD)


def test_what_was_looked_at_is_not_offered_again() -> None:
    assert not looks(30, looked=True)


def test_the_loudest_of_no_feelings_is_silent() -> None:
    assert rules.loudest({}) == 0
    assert rules.loudest({"hurt": 1, "angry": 3}) == 3


def test_only_a_friction_at_the_strongest_asks_for_breath_first() -> None:
    assert rules.is_at_the_strongest(rules.FRICTION, {"hurt": 3})
    assert not rules.is_at_the_strongest(rules.FRICTION, {"hurt": 2, "sad": 2})
    assert not rules.is_at_the_strongest(rules.GOOD, {"glad": 3})


@pytest.mark.parametrize("text", ["", "one line", "two\n\nlines", "a" * 119])
def test_short_words_stay_whole_on_one_line(text: str) -> None:
    assert rules.first_words(text) == " ".join(text.split())


@pytest.mark.parametrize("text", ["word " * 60, "ä" * 500, " " * 400 + "late " * 90, "x" * 121, "a b" * 4000])
def test_long_words_are_cut_to_a_line(text: str) -> None:
    first = rules.first_words(text)
    assert len(first) <= 120
    assert first.endswith("…")
    assert text.replace(" ", "").startswith(first.replace(" ", "").removesuffix("…"))


def test_what_is_reread_did_one_good_or_was_understood() -> None:
    assert rules.is_to_reread(rules.GOOD, "")
    assert rules.is_to_reread(rules.FRICTION, "safety")
    assert not rules.is_to_reread(rules.FRICTION, "")


def test_each_thing_has_its_day() -> None:
    days = [date(2026, 3, 1) + timedelta(days=n) for n in range(3)]
    assert {rules.of_the_day("abc", day) for day in days} == {"a", "b", "c"}
    assert rules.of_the_day([], days[0]) is None


def test_every_choice_has_its_words() -> None:
    assert set(words.FEELINGS) == set(rules.FEELINGS)
    assert set(words.DID) == set(rules.DID)
