"""What was begun and left is named again on Today and Together: in one line, with a way on, for its writer alone."""

import re
from uuid import uuid4

import pytest

from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
TODAY, TOGETHER = "/today/", "/together/"
SAYS = "Begun, and with you only"
WISH, OWN = "/ours/agreements/new/?for=us", "/ours/agreements/new/?for=me"
THANKS, TALK, WRITE = "/ours/thanks/thank/", "/ours/negotiation/new/", "/mine/journal/write/"


def page(of: Somebody, address: str) -> str:
    return of.client.get(address).content.decode()


def leaves(by: Somebody, address: str, form_id: str = "", **words: str) -> None:
    """Leave words unsaved on a page, as its form would."""
    sent = {"form_id": form_id or str(uuid4()), "page": address.partition("?")[0], **words}
    assert by.client.post("/unsaved/", sent, headers={"X-Requested-With": "fetch"}).status_code == 204


def led_to(shown: str) -> list[tuple[str, str]]:
    """Return the ways on that a page offers in that place, with what each is called."""
    place = re.split("</p>|</section>", shown.partition(SAYS)[2])[0]
    return [(there, re.sub("<[^>]+>", "", words)) for there, words in re.findall('href="([^"]+)">(.*?)</a>', place)]


def test_what_was_begun_is_named_with_a_way_on_the_last_first(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    leaves(alice, TALK, topic="Sundays")
    leaves(alice, THANKS, text="Thanks for the tea")
    assert led_to(page(alice, TODAY)) == [(THANKS, "a thank-you to Bob"), (TALK, "a talk with Bob")]
    assert led_to(page(alice, TOGETHER)) == [
        (THANKS, "A thank-you to Bob as you left it"),
        (TALK, "A talk with Bob as you left it"),
    ]


def test_the_way_leads_to_the_words(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    leaves(alice, WISH, whose="us", ask="keep Sundays free?")
    leaves(alice, OWN, whose="me", limit="I go for a walk.")
    assert dict(led_to(page(alice, TODAY))) == {WISH: "something to try with Bob", OWN: "something you’ll do yourself"}
    assert "keep Sundays free?" in page(alice, WISH)
    assert "I go for a walk." in page(alice, OWN)


def test_nobody_else_reads_of_it(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    leaves(alice, THANKS, text="Thanks for the tea")
    assert SAYS not in page(bob, TODAY) + page(bob, TOGETHER)


def test_words_given_or_taken_out_again_are_named_no_more(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    for emptied in (False, True):
        form_id = str(uuid4())
        leaves(alice, THANKS, form_id, text="Thanks for the tea")
        assert SAYS in page(alice, TODAY)
        if emptied:
            leaves(alice, THANKS, form_id, text=" ")
        else:
            alice.client.post("/ours/agreements/let-go/", {"form_id": form_id})
        assert SAYS not in page(alice, TODAY) + page(alice, TOGETHER)


def test_what_cannot_go_on_today_is_not_offered(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    named = re.search('name="circle" value="([^"]+)"', page(alice, THANKS))
    assert named is not None
    given = {"form_id": str(uuid4()), "circle": named[1], "text": "Thanks for the tea"}
    assert alice.client.post(THANKS, given).status_code == 302
    leaves(alice, THANKS, text="And for the walk")
    assert bob.client.post(TALK, {"form_id": str(uuid4()), "topic": "Mondays"}).status_code == 302
    leaves(alice, TALK, topic="Sundays")
    assert SAYS not in page(alice, TODAY)


def test_private_words_are_named_on_today_and_not_on_together(dana: Somebody) -> None:
    leaves(dana, WRITE, kind="friction", what="It was loud again.")
    leaves(dana, "/mine/drafts/new/", kind="boundary", need="half an hour")
    assert led_to(page(dana, TODAY)) == [("/mine/drafts/new/", "something to say"), (WRITE, "what happened")]
    assert "It was loud" not in page(dana, TODAY)
    assert SAYS not in page(dana, TOGETHER)


def test_three_are_named_at_most(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    leaves(alice, TALK, topic="Sundays")
    leaves(alice, THANKS, text="Thanks for the tea")
    leaves(alice, WISH, whose="us", ask="keep Sundays free?")
    leaves(alice, WRITE, kind="friction", what="It was loud again.")
    assert [there for there, _says in led_to(page(alice, TODAY))] == [WRITE, WISH, THANKS]


def test_inside_ones_own_pause_nothing_of_it_is_said(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    leaves(alice, THANKS, text="Thanks for the tea")
    assert alice.client.post("/ours/pauses/away/", {"form_id": str(uuid4()), "minutes": "20"}).status_code == 302
    assert SAYS not in page(alice, TODAY) + page(alice, TOGETHER)
