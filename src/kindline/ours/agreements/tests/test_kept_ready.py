"""Before the other is here, words are kept ready for them: nobody sees them, and they are read again before they go."""

from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from kindline.ground.people import inviting
from kindline.ours.agreements import actions, queries
from kindline.ours.agreements.tests.living import text
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
BASE = "/ours/agreements/"
TOGETHER = "/together/"
READY = "Keep it ready for them"


def read(of: Somebody, address: str) -> str:
    answer = of.client.get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def invite(one: Somebody) -> str:
    return inviting.invite(person=one.person, now=timezone.now())


def kept_ready(one: Somebody) -> UUID:
    prepared_id = uuid4()
    actions.prepare(person=one.person, prepared_id=prepared_id, text=text(), now=timezone.now())
    return prepared_id


def test_with_nobody_invited_there_is_nobody_to_keep_it_ready_for(alice: Somebody) -> None:
    with pytest.raises(actions.Refused):
        kept_ready(alice)
    assert 'name="whose" value="me"' in read(alice, f"{BASE}new/?for=us")


def test_a_new_one_is_kept_ready_while_an_invitation_is_open(alice: Somebody) -> None:
    invite(alice)
    assert "Something ready for when they’re here" in read(alice, TOGETHER)
    page = read(alice, f"{BASE}new/?for=us")
    assert "Ready for when they’re here" in page
    sent = {"form_id": str(uuid4()), "version": 0, "whose": "us", "ask": "keep the bills until we have eaten?"}
    for _twice in range(2):
        assert alice.client.post(f"{BASE}new/", sent)["Location"] == TOGETHER
    page = read(alice, TOGETHER)
    assert page.count("keep the bills until we have eaten?") == 1
    assert "ready for when they’re here" in page


def test_it_can_be_changed_and_let_go_and_not_given_while_nobody_is_here(alice: Somebody) -> None:
    invite(alice)
    prepared_id = kept_ready(alice)
    at = f"{BASE}prepared/{prepared_id}/"
    assert "Keep it ready" in read(alice, at)
    assert alice.client.get(f"{at}yes/")["Location"] == at
    sent = {"form_id": str(uuid4()), "version": 1, "over": 0, "whose": "us", "ask": "a walk on Sundays"}
    assert alice.client.post(at, sent)["Location"] == TOGETHER
    assert queries.prepared(alice.person, prepared_id).prepared.text.ask == "a walk on Sundays"
    with pytest.raises(actions.Refused):
        actions.give(person=alice.person, prepared_id=prepared_id, version=2, nonce=uuid4(), now=timezone.now())
    alice.client.post(f"{at}delete/")
    assert not queries.in_preparation(alice.person)


def test_an_agreement_with_myself_offers_it_too(alice: Somebody) -> None:
    own = actions.keep_for_me(person=alice.person, text=text(), nonce=uuid4(), now=timezone.now())
    assert READY not in read(alice, f"{BASE}{own}/")
    invite(alice)
    assert READY in read(alice, f"{BASE}{own}/")
    there = alice.client.post(f"{BASE}{own}/for-two/", {"form_id": str(uuid4())})["Location"]
    assert text().ask in read(alice, there)


def test_once_the_other_is_here_one_tap_leads_to_exactly_its_words(alice: Somebody, bob: Somebody) -> None:
    invite(alice)
    prepared_id = kept_ready(alice)
    pair(alice, bob)
    assert queries.waiting_for_me(bob.person) == [], "nothing goes by itself"
    give = f"{BASE}prepared/{prepared_id}/yes/"
    page = read(alice, TOGETHER)
    assert "You kept this ready for Bob" in page
    assert give in page
    assert "ready for when they’re here" not in page
    shown = alice.client.get(give)
    assert "As Bob will read it" in shown.content.decode()
    sent = {"form_id": str(shown.context["nonce"]), "version": shown.context["found"].version}
    alice.client.post(give, {**sent, "passphrase": alice.passphrase})
    [asked] = queries.waiting_for_me(bob.person)
    assert asked.name == "Alice"
    assert "You kept this ready" not in read(alice, TOGETHER)


def test_the_other_learns_nothing_of_what_is_kept_ready(alice: Somebody, bob: Somebody) -> None:
    invite(alice)
    prepared_id = kept_ready(alice)
    pair(alice, bob)
    assert text().ask not in read(bob, TOGETHER)
    for page in ("", "yes/", "delete/"):
        assert bob.client.get(f"{BASE}prepared/{prepared_id}/{page}").status_code == 404


def test_a_guest_who_is_not_in_yet_can_keep_something_ready_too(alice: Somebody, bob: Somebody) -> None:
    inviting.accept(person=bob.person, typed=invite(alice), now=timezone.now())
    kept_ready(bob)
    inviting.give_key(person=alice.person)
    inviting.take_key(person=bob.person)
    assert "You kept this ready for Alice" in read(bob, TOGETHER)
