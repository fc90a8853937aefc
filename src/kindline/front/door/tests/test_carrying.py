"""A form that meets the lock: nothing of it is lost, and nothing of it goes anywhere but where it was going."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kindline.front.door.tests.forms import hidden, is_unlocked, unlock
from kindline.ground.vault import sessions
from tests.people import PASSPHRASE, Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

WORDS = 'You said "tea" & <b>left</b>.\r\nThen rain.\r\n\r\n  Then nothing; ünïcode 🌧 '


def interrupted(form_id: str) -> tuple[Client, object]:
    browser = Client()
    form = {"form_id": form_id, "what": WORDS, "feelings.sad": "2", "did": ["quiet", "freeze"]}
    return browser, browser.post(reverse("journal:write"), form)


def test_a_form_that_meets_the_lock_gets_the_unlock_page_with_all_its_fields(alice: Somebody) -> None:
    _browser, met = interrupted(str(uuid4()))
    assert met.status_code == 401
    assert met["Cache-Control"].find("no-store") >= 0
    carried = list(met.context["carried"])
    assert ("carried-to", reverse("journal:write")) in carried
    assert ("carried.what", WORDS) in carried
    assert ("carried.did", "quiet") in carried
    assert ("carried.did", "freeze") in carried
    page = met.content.decode()
    assert "<b>left" not in page
    assert "Your words are here" in page


def test_after_unlocking_it_goes_on_and_is_kept_once(alice: Somebody) -> None:
    browser, met = interrupted(form_id := str(uuid4()))
    fields = {name: [value for at, value in met.context["carried"] if at == name] for name, _ in met.context["carried"]}
    kept = unlock(browser, alice.name, **fields)
    assert kept.status_code == 302
    assert is_unlocked(browser)
    shown = browser.get(reverse("journal:entry", args=[form_id])).content.decode()
    assert "ünïcode 🌧" in shown
    assert "&lt;b&gt;left" in shown


def test_a_wrong_try_in_between_loses_nothing(alice: Somebody) -> None:
    browser, met = interrupted(str(uuid4()))
    fields = hidden(met)
    again = unlock(browser, alice.name, "not this one, surely", **fields)
    assert again.status_code == 403
    assert {name: value for name, value in hidden(again).items() if name != "next"} == {
        name: value for name, value in fields.items() if name != "next"
    }


def test_words_begun_by_one_person_never_land_in_the_place_of_another(alice: Somebody, bob: Somebody) -> None:
    shared, form_id = Client(), str(uuid4())
    unlock(shared, alice.name)
    shared.post(reverse("door:lock"))
    met = shared.post(reverse("journal:write"), {"form_id": form_id, "what": WORDS})
    refused = unlock(shared, bob.name, **hidden(met))
    assert refused.status_code == 403
    assert ("carried.what", WORDS) in list(refused.context["carried"])
    assert not is_unlocked(shared)
    assert unlock(shared, alice.name, **hidden(refused)).status_code == 302
    assert alice.client.get(reverse("journal:entry", args=[form_id])).status_code == 200
    assert bob.client.get(reverse("journal:entry", args=[form_id])).status_code == 404


def test_what_opens_a_place_is_never_carried_in_a_page() -> None:
    form = {"passphrase": PASSPHRASE, "own": "another one, quite long", "offered": "six words"}
    met = Client().post(reverse("door:passphrase"), form)
    assert met.status_code == 401
    assert PASSPHRASE not in met.content.decode()
    assert "another one, quite long" not in met.content.decode()


@pytest.mark.parametrize("target", ["/unlock/", "/join/", "/lock/", "/exit/", "/recover/"])
def test_carried_words_never_go_to_a_public_address(alice: Somebody, target: str) -> None:
    answer = unlock(Client(), alice.name, **{"carried-to": target, "carried.name": "x"})
    assert answer.status_code == 404


@pytest.mark.parametrize("target", ["https://evil.example/x", "//evil.example/", "/nowhere/at/all/"])
def test_carried_words_never_go_where_nothing_is(alice: Somebody, target: str) -> None:
    unlocked = sessions.count(alice.person.id)
    assert unlock(Client(), alice.name, **{"carried-to": target}).status_code == 404
    assert sessions.count(alice.person.id) == unlocked


def test_words_kept_while_typing_are_carried_by_an_ordinary_form_too(alice: Somebody) -> None:
    browser = Client()
    form = {"form_id": str(uuid4()), "page": reverse("journal:write"), "what": WORDS}
    met = browser.post(reverse("door:unsaved"), form)
    assert met.status_code == 401
    back = unlock(browser, alice.name, **hidden(met))
    assert back["location"] == reverse("journal:write")
    assert "ünïcode 🌧" in browser.get(back["location"]).content.decode()


def test_a_script_that_meets_the_lock_is_told_so_and_nothing_else() -> None:
    for header in ({"X-Requested-With": "fetch"}, {"HX-Request": "true"}):
        met = Client().post(reverse("door:unsaved"), {"what": WORDS}, headers=header)
        assert met.status_code == 401
        assert met["X-Kindline"] == "locked"
        assert met.content == b""


def test_carried_words_can_be_thrown_away_and_the_page_says_who_could_read_them(alice: Somebody) -> None:
    alice.client.post(reverse("door:lock"))
    page = alice.client.post(reverse("journal:write"), {"what": WORDS}).content.decode()
    assert "Until you unlock or close this page, anyone who looks into its source could read them." in page
    address = reverse("door:unlock")
    assert f'<a href="{address}">Throw these words away</a>' in page
    fresh = alice.client.get(address).content.decode()
    assert "carried" not in fresh
    assert "Throw these words away" not in fresh


def test_what_goes_on_after_the_lock_tells_the_time_as_its_person_reads_it(alice: Somebody) -> None:
    with time_machine.travel(datetime(2026, 5, 4, 20, 15, tzinfo=UTC), tick=False):
        browser = Client()
        unlock(browser, alice.name)
        looks = {"theme": "", "idle_minutes": "10", "hours": "12", "time_zone": "UTC"}
        browser.post(reverse("door:settings"), looks)
        browser.post(reverse("journal:write"), {"form_id": str(uuid4()), "what": "The heron again."})
        browser.post(reverse("door:lock"))
        met = browser.post(reverse("journal:search"), {"asked": "heron"})
        found = unlock(browser, alice.name, **hidden(met)).content.decode()
    assert "8:15 PM" in found
