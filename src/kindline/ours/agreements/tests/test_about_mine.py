"""Whoever is to say yes hears it where the other's words are about what is theirs; and nothing unseen is signed."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from kindline.ours.agreements import actions, layout, shapes
from kindline.ours.agreements.shapes import Text, seen
from kindline.ours.agreements.tests.living import NOW, TEXT, agreed, look, proposed, says_yes, text, worded
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
ASKS = "This asks for a say over something that is yours. No is a full answer and needs no reason."
WORDS = "Some of these words are about something that is yours. No is a full answer and needs no reason."
PHONE = "to see your phone every evening"


@pytest.fixture(autouse=True)
def _together(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)


def reads(one: Somebody, agreement: UUID) -> set[str]:
    """Return what somebody reads of it on the page of the agreement and where they would say yes; the same on both."""
    pages = [one.client.get(f"/ours/agreements/{agreement}/{step}").content.decode() for step in ("", "yes/")]
    found = [{line for line in (ASKS, WORDS) if line in page} for page in pages]
    assert found[0] == found[1]
    return found[0]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, set()),
        ({"ask": f"Would you let me? I want {PHONE}"}, {ASKS}),
        ({"need": PHONE}, {WORDS}),
        ({"cannot": "sleep unless I know where you are"}, {WORDS}),
        ({"limit": f"I ask {PHONE}."}, {WORDS}),
        ({"flex": "On Sundays your messages are enough."}, {WORDS}),
        ({"note": "I show Bob my phone."}, {WORDS}),
        ({"ask": f"I want {PHONE}", "need": PHONE}, {ASKS}),
    ],
)
def test_every_line_of_a_wish_is_listened_to(
    alice: Somebody, bob: Somebody, changes: dict[str, Any], line: set[str]
) -> None:
    agreement = proposed(bob, text(**changes))
    assert reads(alice, agreement) == line
    assert look(bob, agreement).standing.open is not None
    bobs = bob.client.get(f"/ours/agreements/{agreement}/").content.decode()
    assert ASKS not in bobs
    assert WORDS not in bobs


@pytest.mark.parametrize(
    ("changes", "is_heard"),
    [
        ({"offer": "I show you my phone every evening and share my location."}, True),
        ({"ask": "Would you keep money until we’ve eaten, as long as I give you my phone code?"}, True),
        ({"note": "Alice shows her messages: my phone is yours."}, True),
        ({"ask": "Would you keep money until we’ve eaten and put your phone away?"}, False),
        ({"offer": "I ask about your day, and listen for as long as it takes."}, False),
    ],
)
def test_what_the_other_puts_into_my_wish_is_listened_to_in_my_voice(
    alice: Somebody, bob: Somebody, changes: dict[str, Any], *, is_heard: bool
) -> None:
    agreement = proposed(alice)
    worded(bob, agreement, text(**changes))
    assert reads(alice, agreement) == ({WORDS} if is_heard else set())


@pytest.mark.parametrize(("plan", "line"), [("I put my phone away.", set()), ("I take your phone.", {WORDS})])
def test_a_plan_of_the_others_is_listened_to_as_theirs(
    alice: Somebody, bob: Somebody, plan: str, line: set[str]
) -> None:
    assert reads(alice, proposed(bob, text(plan={str(bob.person.id): plan}))) == line


def test_what_i_wrote_myself_needs_no_such_line(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(bob)
    mine = text(ask="Would you let me call your mother on Sundays?")
    worded(alice, agreement, mine)
    worded(bob, agreement, text(ask=mine.ask, offer="Tea."))
    assert reads(alice, agreement) == set()


def test_what_i_said_yes_to_before_is_said_again_with_new_words_around_it(alice: Somebody, bob: Somebody) -> None:
    agreement = agreed(bob, alice, text(ask=f"Would you let me? I want {PHONE}"))
    worded(bob, agreement, text(ask=f"Would you let me? I want {PHONE}", offer="Tea."))
    assert reads(alice, agreement) == {ASKS}


def test_saying_yes_to_several_says_it_of_each(alice: Somebody, bob: Somebody) -> None:
    agreement = agreed(bob, alice)
    worded(bob, agreement, text(flex=f"I’d like {PHONE}"))
    assert WORDS in alice.client.get("/ours/agreements/yes/").content.decode()
    assert layout.about_what_is_mine(look(bob, agreement), look(bob, agreement).standing.open) == ""


TURNED = "Would you \u202esecret\u202c keep\u200b your pho\u00adne?\x07"


def test_signs_that_nobody_sees_are_in_nothing_that_is_signed(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice, text(ask=TURNED, plan={str(alice.person.id): TURNED}))
    says_yes(bob, agreement)
    no, form = proposed(alice, text(ask="Would you call?")), uuid4()
    meant = look(bob, no).standing.open.digest
    for _twice in range(2):
        actions.say_no(person=bob.person, agreement=no, exact=meant, nonce=form, word=TURNED, now=NOW)
    plain = "Would you secret keep your phone?"
    found = look(bob, agreement).facts.versions[0].version.text
    assert (found.ask, found.plan) == (plain, {str(alice.person.id): plain})
    assert [said.statement.word for said in look(alice, no).facts.said] == ["", plain]
    stored = [one.exact for _circle, _row, one in actions.queries.everything(bob.person)]
    assert not [exact for exact in stored if exact != seen(exact)]


def test_signs_that_a_language_or_a_family_needs_stay() -> None:
    for words in (
        "می‌خواهم",
        "👩‍👧",
        "\u200fשלום\u200f",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "a\tb\nc",
    ):
        assert seen(words) == words
    assert seen("🏴" + "".join(chr(0xE0000 + ord(sign)) for sign in "and your phone") + "\U000e007f") == "🏴"
    assert shapes.Text(ask=TEXT.ask) == Text(ask=TEXT.ask)


def test_each_of_those_signs_is_left_out_wherever_it_stands() -> None:
    unseen = [sign for sign in map(chr, range(0x110000)) if not sign.isprintable() and shapes.UNSEEN.fullmatch(sign)]
    assert len(unseen) == len([sign for sign in map(chr, range(0x110000)) if shapes.UNSEEN.fullmatch(sign)]) > 150
    for sign in unseen:
        assert seen(f"your {sign}phone{sign}") == "your phone"
