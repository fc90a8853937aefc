"""A form that comes twice, or from two windows: what is kept is shown beside the words that came late, and whole."""

import re
from uuid import uuid4

import pytest

from kindline.ours.agreements.tests.living import proposed, text
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NEW = "/ours/agreements/new/"


def kept_in(page: str) -> str:
    """Return what a page says is kept, without its marks."""
    shown = page.partition('id="stored">')[2].partition('<form class="stack')[0]
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())


def sent_again(by: Somebody, address: str, first: dict[str, str], later: dict[str, str]) -> str:
    """Send a form twice, the second time with other words; return the page that answers."""
    assert by.client.post(address, first).status_code == 302
    answer = by.client.post(address, first | later)
    assert answer.status_code == 409
    return answer.content.decode()


@pytest.mark.parametrize("whose", ["us", "me"])
def test_what_is_kept_of_a_new_one_says_what_i_do_if_it_gets_hard(alice: Somebody, bob: Somebody, whose: str) -> None:
    pair(alice, bob)
    first = {"form_id": str(uuid4()), "whose": whose, "limit": "I step out.", "plan": "I breathe, and say so."}
    page = sent_again(alice, NEW, first, {"plan": "I count to ten."})
    assert "If it gets hard, you I breathe, and say so." in kept_in(page)
    assert "I count to ten." in page.partition('<form class="stack')[2]


def test_somebody_alone_reads_it_too(dana: Somebody) -> None:
    first = {"form_id": str(uuid4()), "whose": "me", "limit": "I step out.", "plan": "I breathe, and say so."}
    page = sent_again(dana, NEW, first, {"limit": "I stay."})
    assert "If it gets hard, you I breathe, and say so." in kept_in(page)


def test_what_is_kept_of_another_wording_has_the_words_of_both(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    agreement = proposed(alice, text(plan={str(alice.person.keyring.account): "I knock first."}))
    prepared = bob.client.post(f"/ours/agreements/{agreement}/wording/")["Location"]
    first = {"form_id": str(uuid4()), "version": "1", "over": "1", "ask": "wait for me?", "plan": "I breathe."}
    kept = kept_in(sent_again(bob, prepared, first, {"plan": "I count to ten."}))
    assert "If it gets hard, Alice I knock first." in kept
    assert "If it gets hard, you I breathe." in kept
