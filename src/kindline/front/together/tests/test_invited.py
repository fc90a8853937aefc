"""The guest's side: a code typed, who it is from, and in by a new place or one's own."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import signing
from django.test import Client
from django.utils import timezone

from kindline.front.together.tests.pages import without_tokens
from kindline.ground.people import inviting
from kindline.ground.vault.models import Account
from tests.people import PASSPHRASE, Somebody, pair, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
INVITED = "/invited/"
SENTENCE = str(inviting.NO_SUCH_CODE)
NEW = {"name": "Noor", "own": "a lantern drifts over the weir", "own-again": "1"}


def code_of(one: Somebody) -> str:
    return inviting.invite(person=one.person, now=timezone.now())


def opened(code: str, browser: Client | None = None) -> Client:
    """Return a browser in which somebody typed a code that is right."""
    browser = browser or Client()
    answer = browser.post(INVITED, {"code": code})
    assert (answer.status_code, answer["Location"]) == (302, INVITED)
    return browser


def test_a_right_code_shows_who_invites_and_what_is_asked(alice: Somebody) -> None:
    page = opened(code_of(alice)).get(INVITED).content.decode()
    assert "Alice invites you" in page
    assert "you can leave any time" in page
    assert "/join/" in page
    assert f"/unlock/?next={INVITED}" in page


def test_every_wrong_code_is_answered_with_the_same_page(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    used = code_of(alice)
    inviting.accept(person=bob.person, typed=used, now=timezone.now())
    expired = inviting.invite(person=charlie.person, now=timezone.now() - timedelta(hours=25))
    pages = set()
    for typed in (used, expired, "these are no words of a code"):
        answer = Client(REMOTE_ADDR=f"127.0.0.{len(typed)}").post(INVITED, {"code": typed})
        page = without_tokens(answer.content.decode().replace(typed, "…"))
        assert SENTENCE in page
        pages.add((answer.status_code, page))
        assert settings.INVITED_COOKIE not in answer.cookies or not answer.cookies[settings.INVITED_COOKIE].value
    assert {status for status, _page in pages} == {403}
    assert len(pages) == 1


def test_wrong_codes_have_to_wait_and_right_ones_cost_nothing(alice: Somebody) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        code, browser = code_of(alice), Client()
        for _ in range(7):
            opened(code, browser)
        for _ in range(5):
            assert browser.post(INVITED, {"code": "not a code"}).status_code == 403
        assert browser.post(INVITED, {"code": code}).status_code == 429


def test_the_code_rides_in_a_cookie_that_no_script_reads_and_stands_in_no_address(alice: Somebody) -> None:
    told = set()
    with time_machine.travel(timezone.now(), tick=False):
        for _ in range(2):
            browser = Client()
            answer = browser.post(INVITED, {"code": code_of(alice)})
            cookie = answer.cookies[settings.INVITED_COOKIE]
            assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 3600)
            told.add((answer["Location"], without_tokens(browser.get(INVITED).content.decode())))
    assert len(told) == 1, "address and page are the same whatever the code"


def test_a_code_that_was_not_typed_here_is_not_looked_up(alice: Somebody) -> None:
    code = code_of(alice).replace(" ", "")
    for value in (code, signing.TimestampSigner(salt="another").sign(code)):
        browser = Client()
        browser.cookies[settings.INVITED_COOKIE] = value
        assert "Alice" not in browser.get(INVITED).content.decode()


def test_after_an_hour_it_is_typed_anew(alice: Somebody) -> None:
    browser = opened(code_of(alice))
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert "Alice" not in browser.get(INVITED).content.decode()


def test_not_now_leaves_no_trace_and_spends_nothing(alice: Somebody) -> None:
    code = code_of(alice)
    browser = opened(code)
    browser.post(INVITED, {"put-down": "1"})
    assert not browser.cookies[settings.INVITED_COOKIE].value
    assert "Alice" not in browser.get(INVITED).content.decode()
    assert inviting.host_of(code, timezone.now()).name == "Alice"


@pytest.mark.parametrize("way_out", ["/exit/", "/lock/"])
def test_a_way_out_puts_the_code_down(alice: Somebody, way_out: str) -> None:
    browser = opened(code_of(alice))
    answer = browser.post(way_out)
    assert answer.cookies[settings.INVITED_COOKIE].value == ""


def test_who_is_invited_joins_where_only_invited_people_may(alice: Somebody, settings: object) -> None:
    settings.JOIN = "invited"
    assert Client().post("/join/", NEW).status_code == 403
    browser = opened(code_of(alice))
    assert "Alice invited you" in browser.get("/join/").content.decode()
    answer = browser.post("/join/", NEW)
    assert answer["Location"] == "/join/recovery/"
    assert answer.cookies[settings.INVITED_COOKIE].value == ""
    comparing = inviting.comparing(alice.person)
    assert comparing is not None
    assert comparing.name == "Noor"


def test_who_joined_by_invitation_goes_on_to_the_six_words(alice: Somebody) -> None:
    browser = opened(code_of(alice))
    browser.post("/join/", NEW)
    last = browser.get("/join/recovery/").context["groups"][-1]
    assert browser.post("/join/recovery/", {"last_group": last})["Location"] == "/together/same/"
    words = inviting.comparing(alice.person).words
    page = browser.get("/together/same/").content.decode()
    assert all(word in page for word in words)


def test_who_was_quicker_leaves_no_half_made_place(alice: Somebody, bob: Somebody) -> None:
    code = code_of(alice)
    browser, before = opened(code), Account.objects.count()
    taken: list[object] = []
    join = inviting.accept

    def quicker(**how: object) -> None:
        if not taken:
            taken.append(join(person=bob.person, typed=code, now=timezone.now()))
        join(**how)

    inviting.accept = quicker
    try:
        answer = browser.post("/join/", NEW)
    finally:
        inviting.accept = join
    assert answer.status_code == 409
    assert SENTENCE in answer.content.decode()
    assert Account.objects.count() == before


def test_who_has_a_place_says_yes_after_unlocking(alice: Somebody, bob: Somebody) -> None:
    browser = opened(code_of(alice))
    answer = browser.post("/unlock/", {"name": "Bob", "passphrase": PASSPHRASE, "next": INVITED})
    assert answer["Location"] == INVITED
    assert "Yes, let’s try" in browser.get(INVITED).content.decode()
    assert browser.post("/invited/yes/")["Location"] == "/together/same/"
    comparing = inviting.comparing(alice.person)
    assert comparing is not None
    assert comparing.name == "Bob"
    assert not bob.person.profile.essentials


def test_a_yes_without_a_code_asks_for_one(bob: Somebody) -> None:
    assert bob.client.post("/invited/yes/")["Location"] == INVITED


def test_nobody_says_yes_to_themself_or_to_a_second_one(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    opened(code_of(alice), alice.client)
    own = alice.client.post("/invited/yes/")
    assert own.status_code == 409
    assert str(inviting.ONE_OF_US) in own.content.decode()
    pair(alice, bob)
    opened(code_of(charlie), bob.client)
    second = bob.client.post("/invited/yes/")
    assert second.status_code == 409
    assert str(inviting.ALREADY_TWO) in second.content.decode()


def test_dana_who_joins_without_a_code_begins_as_ever(db: None) -> None:
    dana = somebody("Dana")
    assert not dana.person.profile.essentials
