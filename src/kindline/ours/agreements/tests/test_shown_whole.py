"""Nobody says yes to what no page shows, whoever wrote it into the database, and however well it is signed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from kindline.ground.vault.records import add
from kindline.ours.agreements import ledger, models, queries, shapes, statements
from kindline.ours.agreements.tests.living import NOW, TEXT, agreed, look, proposed, says_yes, text, worded
from kindline.ours.agreements.verifying import verified
from tests.people import PASSPHRASE, Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
HIDDEN = "I hand over my phone"


@pytest.fixture(autouse=True)
def _together(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)


def crafted(bob: Somebody, change: Callable[[dict[str, Any], UUID], str]) -> UUID:
    """Let Bob, who holds the circle's key and the database, write bytes of his own, with his own genuine yes."""
    circle, agreement, nonce = shared_by(bob), uuid4(), uuid4()
    where = {"circle": circle.circle, "agreement": agreement}
    wording = statements.written(**where, number=1, author=circle.me, before="", text=TEXT, now=NOW)
    exact = change(msgspec.json.decode(wording.exact), circle.others[0].account)
    add(models.Version, circle, shapes.Wording(exact=exact), uuid4(), agreement=agreement, ordinal=1)
    seed = circle.keyring.secrets.signing_seed
    said = shapes.Statement(
        **where,
        ns=statements.STATEMENT_NS,
        version=1,
        exact=statements.digest_of(exact),
        turn=1,
        previous="",
        choice="yes",
        person=circle.me,
        key=statements.public_key(seed),
        nonce=nonce,
        at=NOW,
    )
    add(models.Statement, circle, statements.stated(seed, said), nonce, agreement=agreement, ordinal=1)
    return agreement


def canonical(document: dict[str, Any]) -> str:
    return msgspec.json.encode(document, order="sorted").decode()


def as_it_is(document: dict[str, Any], _alice: UUID) -> str:
    return canonical(document)


def a_line_more(document: dict[str, Any], _alice: UUID) -> str:
    document["text"]["more"] = HIDDEN
    return canonical(document)


def a_line_twice(document: dict[str, Any], _alice: UUID) -> str:
    return canonical(document).replace('"ask":', f'"ask":"{HIDDEN}","ask":')


def a_plan_of_alice_in_capitals(document: dict[str, Any], alice: UUID) -> str:
    document["text"]["plan"] = {str(alice).upper(): HIDDEN}
    return canonical(document)


def a_plan_of_nobody(document: dict[str, Any], _alice: UUID) -> str:
    document["text"]["plan"] = {"nobody": HIDDEN}
    return canonical(document)


def test_bytes_as_the_program_writes_them_can_be_said_yes_to(alice: Somebody, bob: Somebody) -> None:
    """Otherwise what follows would hold of anything at all."""
    agreement = crafted(bob, as_it_is)
    says_yes(alice, agreement)
    assert look(alice, agreement).standing.state == "stands"


@pytest.mark.parametrize("change", [a_line_more, a_line_twice, a_plan_of_alice_in_capitals, a_plan_of_nobody])
def test_what_holds_more_than_it_shows_is_offered_to_nobody(
    alice: Somebody, bob: Somebody, change: Callable[[dict[str, Any], UUID], str]
) -> None:
    agreement = crafted(bob, change)
    for one in (alice, bob):
        assert look(one, agreement).standing.state == "unverified"
    assert queries.waiting_for_me(alice.person) == []
    there = f"/ours/agreements/{agreement}/yes/"
    assert alice.client.get(there).status_code == 302
    [wording] = [one for _circle, _row, one in queries.everything(bob.person) if isinstance(one, shapes.Wording)]
    sent = {"to": f"{agreement}:{statements.digest_of(wording.exact)}:{uuid4()}", "passphrase": PASSPHRASE, "word": ""}
    alice.client.post(there, sent)
    assert models.Statement.objects.filter(agreement=agreement).count() == 1
    for one in (alice, bob):
        paper = [words for thing in queries.readable(one.person) for _name, words in thing.parts]
        assert HIDDEN not in paper
    documents = [(row, document) for _circle, row, document in queries.everything(bob.person)]
    keys = ledger.keys_of(shared_by(bob))
    [checked] = verified(documents, circle=shared_by(bob).circle, keys=keys, is_closed=False)
    assert checked.wrong


def test_a_copy_on_paper_says_what_cannot_be_verified(alice: Somebody, bob: Somebody) -> None:
    crafted(bob, a_plan_of_nobody)
    [paper] = queries.readable(alice.person)
    assert ("", "Kindline cannot verify this; it binds nobody now.") in paper.parts


def test_one_that_holds_more_spoils_no_other_in_the_file(alice: Somebody, bob: Somebody) -> None:
    fine = agreed(alice, bob)
    crafted(bob, a_line_more)
    documents = [(row, document) for _circle, row, document in queries.everything(bob.person)]
    keys = ledger.keys_of(shared_by(bob))
    found = verified(documents, circle=shared_by(bob).circle, keys=keys, is_closed=False)
    assert {one.agreement: bool(one.wrong) for one in found}[fine] is False
    assert sorted(bool(one.wrong) for one in found) == [False, True]


def test_each_ones_own_plan_stays_shown_to_both(alice: Somebody, bob: Somebody) -> None:
    plans = {str(one.person.id): f"I breathe, says {one.person.name}." for one in (alice, bob)}
    agreement = proposed(alice, text(plan={str(alice.person.id): plans[str(alice.person.id)]}))
    worded(bob, agreement, text(plan=plans))
    says_yes(alice, agreement)
    assert look(bob, agreement).standing.state == "stands"
    [paper] = queries.readable(bob.person)
    assert {(one.person.name, plans[str(one.person.id)]) for one in (alice, bob)} <= set(paper.parts)
