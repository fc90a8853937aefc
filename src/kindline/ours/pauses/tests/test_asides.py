"""A topic set aside, as rules: which time stands, and what follows for each of the two."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindline.ours.pauses import asides
from kindline.ours.pauses.asides import Said

ALICE, BOB = UUID(int=1), UUID(int=2)
SET_AT = datetime(2026, 5, 3, 20, 0, tzinfo=UTC)
MONDAY, TUESDAY, SUNDAY = (SET_AT + timedelta(days=days) for days in (1, 2, 7))


def said(*words: tuple[UUID, datetime, bool]) -> list[Said]:
    """Return each one's newest word of those that were said one after the other."""
    newest: dict[UUID, Said] = {}
    for minutes, (by, at, suits) in enumerate(words):
        newest[by] = Said(by, at, suits, SET_AT + timedelta(minutes=minutes))
    return list(newest.values())


SET_ASIDE = (BOB, MONDAY, True)


@pytest.mark.parametrize(
    ("then", "at", "alices", "bobs"),
    [
        ([], MONDAY, "asked", "theirs"),
        ([(ALICE, MONDAY, True)], MONDAY, "both", "both"),
        ([(ALICE, TUESDAY, True)], TUESDAY, "theirs", "asked"),
        ([(ALICE, TUESDAY, True), (BOB, TUESDAY, True)], TUESDAY, "both", "both"),
        ([(ALICE, TUESDAY, True), (BOB, SUNDAY, True)], SUNDAY, "asked", "theirs"),
        ([(ALICE, MONDAY, True), (BOB, SUNDAY, True)], SUNDAY, "asked", "theirs"),
        ([(ALICE, MONDAY, False)], MONDAY, "i-rest", "they-rest"),
        ([(ALICE, MONDAY, True), (BOB, MONDAY, False)], MONDAY, "they-rest", "i-rest"),
        ([(ALICE, MONDAY, False), (ALICE, MONDAY, True)], MONDAY, "both", "both"),
        ([(ALICE, MONDAY, False), (ALICE, SUNDAY, True)], SUNDAY, "theirs", "asked"),
        ([(ALICE, MONDAY, False), (BOB, MONDAY, False)], MONDAY, "i-rest", "i-rest"),
        ([(ALICE, TUESDAY, True), (BOB, TUESDAY, False)], TUESDAY, "they-rest", "i-rest"),
    ],
)
def test_the_time_named_last_stands_and_a_no_rests_it(
    then: list[tuple[UUID, datetime, bool]], at: datetime, alices: str, bobs: str
) -> None:
    words = said(SET_ASIDE, *then)
    assert asides.standing(words) == at
    assert (asides.state(words, ALICE), asides.state(words, BOB)) == (alices, bobs)


def test_after_a_no_only_whoever_said_it_names_a_time() -> None:
    assert not asides.may_say("they-rest", asides.ANOTHER)
    assert not asides.may_say("they-rest", asides.SUITS)
    assert asides.may_say("i-rest", asides.ANOTHER)
    for state in ("both", "asked", "theirs", "i-rest", "they-rest"):
        assert asides.may_say(state, asides.NOT_NOW), "a no is open to everybody, always"


@given(
    st.lists(
        st.tuples(st.sampled_from([ALICE, BOB]), st.sampled_from([MONDAY, TUESDAY, SUNDAY]), st.booleans()), max_size=8
    )
)
def test_nothing_suits_both_unless_both_said_so_of_the_time_that_stands(
    then: list[tuple[UUID, datetime, bool]],
) -> None:
    words = said(SET_ASIDE, *then)
    states = {asides.state(words, one) for one in (ALICE, BOB)}
    both_said_so = {one.by for one in words if one.suits and one.at == asides.standing(words)} == {ALICE, BOB}
    assert (states == {"both"}) is both_said_so
    assert ("both" in states) is both_said_so


def test_the_same_word_is_known_again_and_another_is_not() -> None:
    words = said(SET_ASIDE)
    again = Said(BOB, MONDAY, suits=True, said_at=SUNDAY)
    assert asides.says(words, again)
    for other in (again._replace(at=TUESDAY), again._replace(suits=False), again._replace(by=uuid4())):
        assert not asides.says(words, other)
