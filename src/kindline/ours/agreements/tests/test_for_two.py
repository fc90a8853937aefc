"""What somebody keeps to alone can be put to the other, once there is one."""

from uuid import uuid4

import pytest
from django.utils import timezone

from kindline.ours.agreements import actions
from kindline.ours.agreements.tests.living import look, proposed, text
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
BASE = "/ours/agreements/"


def read(of: Somebody, address: str) -> str:
    return of.client.get(address).content.decode()


def test_words_of_ones_own_can_be_put_to_the_other_later(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    own = actions.keep_for_me(person=alice.person, text=text(), nonce=uuid4(), now=timezone.now())
    put = {"form_id": str(uuid4())}
    for_two = f"{BASE}{own}/for-two/"
    assert "Put it to" in read(alice, f"{BASE}{own}/")
    for _twice in range(2):
        there = alice.client.post(for_two, put).url
    assert text().ask in read(alice, there)
    assert "See it as Bob will" in read(alice, there)
    assert look(alice, own).standing.state == "stands", "mine stays as it is"
    assert bob.client.post(for_two, put).status_code == 404


def test_whoever_has_a_wish_open_reads_so_before_they_write_another(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    said = "A wish of yours is still with Bob"
    assert said not in read(alice, f"{BASE}new/")
    proposed(alice)
    assert said in read(alice, f"{BASE}new/")
    assert said not in read(alice, f"{BASE}new/?for=me")
    assert "A wish of yours" not in read(bob, f"{BASE}new/")


def test_alone_there_is_nobody_to_put_it_to(dana: Somebody) -> None:
    own = actions.keep_for_me(person=dana.person, text=text(), nonce=uuid4(), now=timezone.now())
    assert "Put it to" not in read(dana, f"{BASE}{own}/")
    assert dana.client.post(f"{BASE}{own}/for-two/", {"form_id": str(uuid4())}).status_code == 409
