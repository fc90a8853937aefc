"""Together: for two people, for somebody alone, and for somebody who came by invitation."""

from uuid import uuid4

import pytest
from django.utils import timezone

from kindline.front.together.tests.pages import without_tokens
from kindline.ground.people import actions as people
from kindline.ground.people import inviting
from kindline.ours.agreements import actions as agreements
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def page_of(one: Somebody, path: str = "/together/") -> str:
    answer = one.client.get(path)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def ask(one: Somebody, words: str) -> None:
    circle = inviting.pair_of(one.person)
    assert circle is not None
    agreements.propose(
        circle=circle, agreement=uuid4(), text=agreements.Text(ask=words), nonce=uuid4(), now=timezone.now()
    )


def test_somebody_alone_reads_for_me_and_may_invite(dana: Somebody) -> None:
    page = page_of(dana)
    assert "<h1>For me</h1>" in page
    assert "Together" not in page
    assert "/together/invite/" in page
    assert "/together/leave/" not in page


def test_two_people_read_each_others_names(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    assert "You and Bob" in page_of(alice)
    assert "You and Alice" in page_of(bob)
    assert "For me" not in page_of(bob)
    assert "/together/invite/" not in page_of(bob)


def test_what_somebody_asks_waits_for_the_other_only(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    pair(alice, bob)
    ask(alice, "Phones away at dinner")
    for path in ("/together/", "/today/"):
        assert "Alice would like to try something with you" in page_of(bob, path)
        assert "Phones away at dinner" in page_of(bob, path)
        assert "would like to try" not in page_of(alice, path)
        assert "Phones away" not in page_of(charlie, path)
    assert "With Bob now" in page_of(alice)


def test_a_space_that_opens_leads_to_what_waits(alice: Somebody, bob: Somebody) -> None:
    now = timezone.now()
    inviting.accept(person=bob.person, typed=inviting.invite(person=alice.person, now=now), now=now)
    inviting.give_key(person=alice.person)
    ask(alice, "Phones away at dinner")
    assert bob.client.post("/together/same/")["Location"].startswith("/ours/agreements/")


def test_who_came_by_invitation_meets_the_essentials_only(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    people.change_profile(person=bob.person, essentials=True)
    today = page_of(bob, "/today/")
    assert "Need an evening to yourself? Put it here first." in today
    assert "There is more here when you want it." in today
    for left_out in ("/mine/needs/", "/mine/journal/", "/mine/drafts/", "/back/"):
        assert left_out not in today
    assert "Need an evening to yourself? Put it here first." in page_of(bob)
    ask(alice, "Phones away at dinner")
    assert "Phones away at dinner" in page_of(bob, "/today/")


def test_one_press_opens_the_rest(bob: Somebody) -> None:
    people.change_profile(person=bob.person, essentials=True)
    assert bob.client.post("/together/more/")["Location"] == "/today/"
    page = page_of(bob, "/today/")
    assert "/mine/needs/" in page
    assert "There is more here" not in page


def test_what_the_other_does_in_private_changes_no_byte(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    before = without_tokens(page_of(bob))
    agreements.prepare(person=alice.person, prepared_id=uuid4(), text=agreements.Text(ask="Quiet"), now=timezone.now())
    assert without_tokens(page_of(bob)) == before
