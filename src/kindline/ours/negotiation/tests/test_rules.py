"""Where a talk stands, from its acts alone; how options are laid out."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise, product
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindline.ours.negotiation import rules
from kindline.ours.negotiation.laying_out import WORTH, Answers, fair_order, guessed, liked_best
from kindline.ours.negotiation.rules import COULD, NOT, TAPS, WORKS, Done, Facts, standing
from kindline.ours.negotiation.shapes import Act, Needs, OnePhone, Said, Talk, Taps

NOW = datetime(2026, 5, 3, 18, 0, tzinfo=UTC)
ONE, OTHER, THIRD = uuid4(), uuid4(), uuid4()
TALK = Talk(topic="evenings", by=ONE, begun_at=NOW)


class Acts(list[Done]):
    """Acts in the order they are done."""

    def do(self, by: UUID, kind: str, words: str = "", on: UUID | None = None) -> UUID:
        act = Act(turn=len(self) + 1, by=by, at=NOW + timedelta(minutes=len(self)), kind=kind, words=words, on=on)
        self.append(Done(uuid4(), act))
        return self[-1].id

    def open(self, by: UUID, digest: str, against: str = "", of: str = "needs", **words: object) -> None:
        said = Said(talk=uuid4(), by=by, of=of, salt="salt", **words)
        act = Act(turn=len(self) + 1, by=by, at=NOW, kind="open", said=said, against=against)
        self.append(Done(uuid4(), act, digest))

    @property
    def now(self) -> rules.Standing:
        return standing(Facts(TALK, (ONE, OTHER), self))


def opened() -> Acts:
    acts = Acts()
    acts.open(ONE, "a", against="b", need="quiet")
    acts.open(OTHER, "b", need="a word first")
    return acts


def heard() -> Acts:
    acts = opened()
    for by, other in ((ONE, OTHER), (OTHER, ONE)):
        acts.do(other, "right", on=acts.do(by, "sense", "that you are tired"))
    return acts


def looped() -> Acts:
    acts = heard()
    acts.do(OTHER, "accept", on=acts.do(ONE, "loop", "I reach, you go quiet"))
    return acts


def test_a_talk_begins_with_what_each_needs() -> None:
    now = Acts().now
    assert (now.step, now.is_open) == ("needs", True)
    assert rules.is_your_part(now, ONE)
    assert rules.is_your_part(now, OTHER)


def test_one_alone_opens_nothing_and_both_together_everything() -> None:
    acts = Acts()
    acts.open(ONE, "a", against="b", need="quiet")
    assert (acts.now.step, acts.now.both_ready("needs"), acts.now.together("needs")) == ("needs", True, False)
    acts.open(OTHER, "b", need="a word first")
    assert (acts.now.step, acts.now.opened["needs"][OTHER].need) == ("sense", "a word first")


def test_other_words_than_were_promised_count_for_nothing() -> None:
    acts = Acts()
    acts.open(ONE, "a", against="b")
    acts.open(OTHER, "c", need="something that sounds better now")
    assert (acts.now.step, set(acts.now.opened["needs"])) == ("needs", {ONE})


def test_a_sense_is_right_once_the_other_says_so() -> None:
    acts = opened()
    first = acts.do(ONE, "sense", "you want peace")
    acts.do(OTHER, "correct", "not peace, a start", on=first)
    assert acts.now.senses[ONE].correction == "not peace, a start"
    again = acts.do(ONE, "sense", "you want a start")
    acts.do(OTHER, "right", on=first)
    assert not acts.now.senses[ONE].is_right
    acts.do(ONE, "right", on=again)
    assert not acts.now.senses[ONE].is_right
    acts.do(OTHER, "right", on=again)
    assert acts.now.senses[ONE].is_right
    assert acts.now.step == "sense"


def test_a_loop_needs_the_words_that_the_other_accepts() -> None:
    acts = heard()
    assert acts.now.step == "loop"
    first = acts.do(ONE, "loop", "you go quiet")
    acts.do(ONE, "accept", on=first)
    second = acts.do(OTHER, "loop", "I go quiet, you reach")
    acts.do(ONE, "accept", on=first)
    assert acts.now.step == "loop"
    acts.do(ONE, "accept", on=second)
    assert (acts.now.step, acts.now.loop.words) == ("options", "I go quiet, you reach")


def test_options_are_all_when_both_say_so_and_there_are_some() -> None:
    acts = looped()
    acts.do(ONE, "all")
    assert acts.now.all_said == set()
    mine = acts.do(ONE, "option", "walks")
    acts.do(OTHER, "take-off", on=mine)
    assert set(acts.now.options) == {mine}
    acts.do(ONE, "all")
    acts.do(OTHER, "option", "one evening each")
    acts.do(OTHER, "all")
    assert (acts.now.step, len(acts.now.options)) == ("taps", 2)


def test_a_table_without_options_waits_for_one() -> None:
    acts = looped()
    mine = acts.do(ONE, "option", "walks")
    acts.do(ONE, "all")
    acts.do(OTHER, "all")
    assert acts.now.step == "taps"
    acts.do(ONE, "take-off", on=mine)
    assert acts.now.step == "taps"


def test_a_table_holds_twelve() -> None:
    acts = looped()
    for number in range(13):
        acts.do(ONE, "option", f"option {number}")
    assert len(acts.now.options) == rules.MOST_OPTIONS


def test_taps_that_leave_an_option_out_count_for_nothing() -> None:
    acts = looped()
    option = str(acts.do(ONE, "option", "walks"))
    for by in (ONE, OTHER):
        acts.do(by, "all")
    acts.open(ONE, "a", against="b", of="taps", taps={})
    assert acts.now.opened["taps"] == {}
    acts.open(ONE, "a", against="b", of="taps", taps={option: WORKS})
    acts.open(OTHER, "b", of="taps", taps={option: "perhaps"})
    assert acts.now.step == "taps"
    acts.open(OTHER, "b", of="taps", taps={option: NOT})
    assert acts.now.step == "laid"


def test_at_rest_nothing_more_is_done() -> None:
    for acts in (Acts(), opened(), heard(), looped()):
        acts.do(OTHER, "rest")
        rested = acts.now
        assert (rested.rested_by, rested.is_open) == (OTHER, False)
        acts.do(ONE, "option", "one more")
        acts.do(ONE, "rest")
        assert (acts.now.rested_by, acts.now.options) == (OTHER, rested.options)


def test_a_stranger_and_an_unknown_act_count_for_nothing() -> None:
    acts = opened()
    acts.do(THIRD, "sense", "me too")
    acts.do(ONE, "win")
    assert (acts.now.senses, acts.now.step) == ({}, "sense")


def test_acts_count_in_their_turn_however_they_are_read() -> None:
    acts = looped()
    turned = standing(Facts(TALK, (ONE, OTHER), acts[::-1]))
    assert (turned.step, turned.loop) == (acts.now.step, acts.now.loop)


def test_a_closed_space_stands_as_it_stood() -> None:
    acts = looped()
    closed = standing(Facts(TALK, (ONE, OTHER), acts, is_closed=True))
    assert (closed.step, closed.is_open) == ("options", False)
    assert not rules.may(closed, ONE, "option")
    assert not rules.is_your_part(closed, ONE)


# Laid out fairly.

ANSWERS = st.sampled_from(TAPS)


def answers(*taps: str, guess: str = "", finer: dict[str, int] | None = None) -> Answers:
    return Answers(dict(zip("abcdefghijkl", taps, strict=False)), finer or {}, guess)


def test_what_serves_the_one_it_serves_least_comes_first() -> None:
    one, other = answers(WORKS, COULD, WORKS), answers(NOT, COULD, COULD)
    assert fair_order("abc", one, other) == [["c"], ["b"], ["a"]]


def test_ties_stay_ties() -> None:
    one, other = answers(WORKS, COULD, WORKS), answers(COULD, WORKS, WORKS)
    assert fair_order("abc", one, other) == [["c"], ["a", "b"]]


def test_finer_numbers_order_only_what_is_level_and_only_when_both_gave_them() -> None:
    one = answers(WORKS, WORKS, COULD, finer={"a": 3, "b": 9, "c": 10})
    other = answers(WORKS, WORKS, COULD, finer={"a": 9, "b": 4, "c": 10})
    assert fair_order("abc", one, other) == [["b"], ["a"], ["c"]]
    assert fair_order("abc", one, answers(WORKS, WORKS, COULD, finer={"a": 9})) == [["a", "b"], ["c"]]


@given(st.lists(st.tuples(ANSWERS, ANSWERS, st.integers(0, 10), st.integers(0, 10)), min_size=1, max_size=12))
def test_a_no_of_either_never_stands_above_what_both_could_live_with(rows: list[tuple[str, str, int, int]]) -> None:
    names = "abcdefghijkl"[: len(rows)]
    one = answers(*(row[0] for row in rows), finer={name: row[2] for name, row in zip(names, rows, strict=True)})
    other = answers(*(row[1] for row in rows), finer={name: row[3] for name, row in zip(names, rows, strict=True)})
    places = fair_order(names, one, other)
    assert sorted(name for level in places for name in level) == list(names)
    refused = [any(NOT in (one.taps[name], other.taps[name]) for name in level) for level in places]
    assert refused == sorted(refused)
    worth = [[(min(pair), sum(pair)) for name in level for pair in [(WORTH[one.taps[name]], WORTH[other.taps[name]])]]
             for level in places]  # fmt: skip
    assert all(min(before) >= max(after) for before, after in pairwise(worth))


def test_the_order_does_not_hang_on_who_is_who() -> None:
    for ours, theirs in product(product(TAPS, repeat=2), repeat=2):
        one, other = answers(*ours), answers(*theirs)
        assert fair_order("ab", one, other) == fair_order("ab", other, one)


def test_a_guess_is_right_when_it_is_among_the_best_liked() -> None:
    likes = answers(WORKS, WORKS, COULD)
    assert liked_best("abc", likes) == {"a", "b"}
    assert guessed("abc", answers(guess="b"), likes)
    assert not guessed("abc", answers(guess="c"), likes)
    assert liked_best("abc", answers(WORKS, WORKS, COULD, finer={"a": 4, "b": 8})) == {"b"}
    assert liked_best("ab", answers(NOT, NOT)) == set()
    assert not guessed("ab", answers(guess=""), likes)


# On one phone.


def phone(**facts: object) -> OnePhone:
    return OnePhone(topic="evenings", other="Sam", begun_at=NOW, **facts)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (phone(), ("needs", 0)),
        (phone(needs=(Needs(),)), ("hand", 1)),
        (phone(needs=(Needs(),), handed=1), ("needs", 1)),
        (phone(needs=(Needs(), Needs()), handed=1), ("together", -1)),
        (phone(needs=(Needs(), Needs()), handed=1, options=("walks",)), ("taps", 0)),
        (phone(needs=(Needs(), Needs()), handed=1, options=("walks",), taps=(Taps(taps={}),)), ("hand", 1)),
        (phone(needs=(Needs(), Needs()), handed=2, options=("walks",), taps=(Taps(taps={}),)), ("taps", 1)),
        (phone(needs=(Needs(),) * 2, handed=2, options=("walks",), taps=(Taps(taps={}),) * 2), ("laid", -1)),
    ],
)
def test_one_phone_is_handed_over_before_the_other_begins(one: OnePhone, expected: tuple[str, int]) -> None:
    assert rules.stage(one) == expected
