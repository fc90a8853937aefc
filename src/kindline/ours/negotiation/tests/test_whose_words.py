"""Whose words they are: wherever something stands for both, it says who wrote it."""

from uuid import UUID

import pytest

from kindline.ours.negotiation import queries, shapes
from kindline.ours.negotiation.tests.talking import NOW, begun, both_heard, both_opened, loop_agreed, taps, up_to_taps
from kindline.ours.negotiation.tests.test_pages import page, post, text
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def test_whatever_one_wrote_keeps_its_name_for_both(alice: Somebody, bob: Somebody) -> None:
    """Words with "I" in them would read the wrong way round for the other."""
    pair(alice, bob)
    talk_id, options = up_to_taps(alice, bob, "I cook on Mondays")
    for who, loop, idea in (
        (alice, "Our loop, in your words I reach", "I cook on Mondays Your idea"),
        (bob, "Our loop, in Alice’s words I reach", "I cook on Mondays Alice’s idea"),
    ):
        assert loop in text(page(who, talk_id))
        assert idea in text(page(who, talk_id)), "where each taps"
    for one in (alice, bob):
        taps(one, talk_id, options, "works")
    post(alice, talk_id, do="open", of="taps")
    assert "Our loop, in Alice’s words I reach" in text(page(bob, talk_id))
    assert "I cook on Mondays Alice’s idea Works for both of you." in text(page(bob, talk_id))
    assert "I cook on Mondays Your idea Works for both of you." in text(page(alice, talk_id))


def test_ones_own_side_is_said_to_one_and_the_others_of_them(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id: UUID = begun(alice)
    both_opened(alice, bob, talk_id)
    both_heard(alice, bob, talk_id)
    for who, own, other in ((alice, "Alice", "Bob"), (bob, "Bob", "Alice")):
        assert f"You You need {own} needs quiet You’re afraid losing you" in text(page(who, talk_id))
        assert f"{other} Needs {other} needs quiet Is afraid losing you" in text(page(who, talk_id))


def test_the_others_idea_is_said_to_be_theirs_and_ones_own_words_are_still_to_come(
    alice: Somebody, bob: Somebody
) -> None:
    pair(alice, bob)
    talk_id, (hers, his) = laid_out(alice, bob, alice_says="half an hour each", bob_says="I watch in the cellar")
    mine = alice.client.get(post(alice, talk_id, do="agree", on=str(hers)).url)
    assert mine.context["form"]["ask"].value() == "half an hour each"
    theirs = alice.client.get(post(alice, talk_id, do="agree", on=str(his)).url)
    assert "Bob’s idea, in your talk I watch in the cellar Say it in your own words below" in text(theirs)
    assert [theirs.context["form"][name].value() for name in ("ask", "limit", "offer")] == ["", "", ""]
    words = {name: value for name, value in theirs.context["form"].initial.items() if value is not None}
    given = alice.client.post(theirs.request["PATH_INFO"], {**words, "ask": "watch the matches in the cellar"}).url
    assert "I watch in the cellar" not in text(alice.client.get(given)), "nothing of it goes along unsaid"


def laid_out(alice: Somebody, bob: Somebody, *, alice_says: str, bob_says: str) -> tuple[UUID, list[UUID]]:
    """Let two bring a talk to where an idea of each works for both."""
    talk_id = begun(alice)
    both_opened(alice, bob, talk_id)
    both_heard(alice, bob, talk_id)
    loop_agreed(alice, bob, talk_id)
    for who, words in ((alice, alice_says), (bob, bob_says)):
        post(who, talk_id, kind="option", words=words)
    for who in (alice, bob):
        post(who, talk_id, do="all")
    options = list(queries.talk(alice.person, talk_id).standing.options)
    for who in (alice, bob):
        taps(who, talk_id, options, "works", "works")
    post(alice, talk_id, do="open", of="taps")
    post(bob, talk_id, do="open", of="taps")
    return talk_id, options


def test_on_one_phone_the_page_says_who_needs_what() -> None:
    told = shapes.OnePhone(
        topic="evenings",
        other="Sam",
        begun_at=NOW,
        needs=(shapes.Needs(need="quiet"), shapes.Needs(need="a hello")),
        senses=("that you waited", "that you come home full"),
    )
    paper = queries.readable(told)
    assert paper is not None
    assert [part for part in paper.parts if part[1]] == [
        ("", "evenings"),
        ("What you need", "quiet"),
        ("What Sam needs", "a hello"),
        ("What makes sense to you about Sam’s side", "that you waited"),
        ("What makes sense to Sam about your side", "that you come home full"),
    ]
