"""A talk of two on the page one takes along: one's own side first, nothing of the other's before it is opened."""

from uuid import UUID, uuid4

import pytest

from kindline.ground.page.readable import Readable
from kindline.ours.agreements import actions as agreements
from kindline.ours.negotiation import actions, queries
from kindline.ours.negotiation.tests.talking import (
    NOW,
    begun,
    both_heard,
    both_opened,
    keeps,
    listed,
    look,
    loop_agreed,
    ready,
    taps,
    up_to_taps,
)
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture(autouse=True)
def _together(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)


def read(by: Somebody) -> Readable:
    """Return the one talk there is, without what stays empty."""
    [one] = queries.readable_talks(by.person)
    return one._replace(parts=[(label, said) for label, said in one.parts if said])


def test_one_that_was_just_named_says_by_whom(alice: Somebody, bob: Somebody) -> None:
    begun(alice)
    assert read(alice) == Readable("A talk with Bob", NOW, [("You wanted to talk about", "evenings")])
    assert read(bob).parts == [("Alice wanted to talk about", "evenings")]


def test_what_is_not_opened_is_only_with_whoever_wrote_it(alice: Somebody, bob: Somebody) -> None:
    talk_id = begun(alice)
    before = read(bob)
    keeps(alice, talk_id, need="quiet first")
    assert ("What you need", "quiet first") in read(alice).parts
    assert read(alice).parts[-1] == ("", "This is not opened yet; only you have it.")
    ready(alice, talk_id)
    assert read(bob) == before


def test_both_sides_stand_there_once_opened(alice: Somebody, bob: Somebody) -> None:
    talk_id = begun(alice)
    both_opened(alice, bob, talk_id)
    assert read(bob).parts[1:] == [
        ("What you need", "Bob needs quiet"),
        ("What you’re afraid of", "losing you"),
        ("What Alice needs", "Alice needs quiet"),
        ("What Alice is afraid of", "losing you"),
    ]


def test_what_makes_sense_is_told_with_its_answer(alice: Somebody, bob: Somebody) -> None:
    talk_id = begun(alice)
    both_opened(alice, bob, talk_id)
    actions.make_sense(person=alice.person, talk_id=talk_id, act_id=uuid4(), words="It was a loud day.", now=NOW)
    on = look(bob, talk_id).senses[alice.person.keyring.account].id
    correct = {"person": bob.person, "talk_id": talk_id, "act_id": uuid4(), "on": on, "now": NOW}
    actions.correct(words="A loud year.", **correct)
    assert read(alice).parts[-2:] == [
        ("What makes sense to you about Bob’s side", "It was a loud day."),
        ("Not quite yet, Bob says", "A loud year."),
    ]
    assert read(bob).parts[-2:] == [
        ("What makes sense to Alice about your side", "It was a loud day."),
        ("Not quite yet, you said", "A loud year."),
    ]


def test_a_loop_says_whose_words_it_is_in_before_and_after_both_accept(alice: Somebody, bob: Somebody) -> None:
    talk_id, loop_id = begun(alice), uuid4()
    both_opened(alice, bob, talk_id)
    both_heard(alice, bob, talk_id)
    assert ("", "Bob says: that’s it.") in read(alice).parts
    actions.word_loop(person=alice.person, talk_id=talk_id, act_id=loop_id, words="I ask, you hide", now=NOW)
    assert read(alice).parts[-1] == ("Our loop, in your words so far", "I ask, you hide")
    assert read(bob).parts[-1] == ("Our loop, in Alice’s words so far", "I ask, you hide")
    actions.accept_loop(person=bob.person, talk_id=talk_id, act_id=uuid4(), on=loop_id, now=NOW)
    assert read(alice).parts[-1] == ("Our loop, in your words", "I ask, you hide")
    assert read(bob).parts[-1] == ("Our loop, in Alice’s words", "I ask, you hide")


def test_options_are_listed_before_and_laid_out_after_the_taps(alice: Somebody, bob: Somebody) -> None:
    talk_id, options = up_to_taps(alice, bob, "an hour each", "a hello first")
    assert read(alice).parts[-1] == ("What you thought of", "an hour each\na hello first")
    assert read(bob).parts[-1] == ("What Alice thought of", "an hour each\na hello first")
    taps(alice, talk_id, options, "works", "could", guess=1)
    assert read(bob).parts[-1][0] == "What Alice thought of"
    taps(bob, talk_id, options, "not", "works", guess=0)
    actions.open_mine(person=alice.person, talk_id=talk_id, of="taps", now=NOW)
    assert read(alice).parts[-3:] == [
        ("Your idea. Works for Bob; you could try it.", "a hello first"),
        ("Your idea. Works for you, and it’s not for Bob.", "an hour each"),
        ("", "Each of you guessed what the other likes best."),
    ]


def test_what_was_put_in_words_says_so_once_it_is_given(alice: Somebody, bob: Somebody) -> None:
    talk_id, options = up_to_taps(alice, bob, "an hour each")
    for one in (alice, bob):
        taps(one, talk_id, options, "works")
    actions.open_mine(person=alice.person, talk_id=talk_id, of="taps", now=NOW)
    ready_id = actions.write_as_agreement(person=alice.person, talk_id=talk_id, option=options[0], now=NOW)
    assert ("Alice’s idea. Works for both of you.", "an hour each") in read(bob).parts
    agreements.give(person=alice.person, prepared_id=ready_id, version=1, nonce=uuid4(), now=NOW)
    said = "Alice’s idea. Works for both of you. It was put in words as an agreement."
    assert (said, "an hour each") in read(bob).parts


def test_a_talk_that_rests_says_since_when(alice: Somebody, bob: Somebody) -> None:
    talk_id: UUID = begun(alice)
    both_opened(alice, bob, talk_id)
    both_heard(alice, bob, talk_id)
    loop_agreed(alice, bob, talk_id)
    listed(alice, bob, talk_id, "walks")
    actions.rest(person=bob.person, talk_id=talk_id, act_id=uuid4(), now=NOW)
    assert read(alice).parts[-2:] == [("What you thought of", "walks"), ("", "It rests since 3 May 2026.")]


def test_words_that_somebody_took_along_when_they_left_are_not_there(alice: Somebody, bob: Somebody) -> None:
    talk_id = begun(alice)
    both_opened(alice, bob, talk_id)
    actions.withdraw_words(circle=shared_by(bob))
    labels = [label for label, _said in read(alice).parts]
    assert "What you need" in labels
    assert "What Bob needs" not in labels
