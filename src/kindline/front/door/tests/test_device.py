"""This device: its name and icon, forgetting, and what other apps share with it."""

import re

import pytest
from django.conf import settings as installation
from django.test import Client
from django.urls import reverse

from kindline import settings as configured
from kindline.front.door.tests.forms import hidden, is_unlocked, unlock
from tests.house.dump import dump
from tests.people import PASSPHRASE, Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

SHARED = "You never listen. <b>Never</b>."
BY_ITSELF = {"Sec-Fetch-Site": "none"}


def share(browser: Client, **fields: str) -> object:
    return browser.post(reverse("door:share"), fields or {"text": SHARED}, headers=BY_ITSELF)


def box(page: object) -> str:
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page.content.decode(), re.DOTALL)
    assert found
    return found[1].strip()


def test_what_is_shared_stands_in_the_box_with_what_the_coach_hears_and_nothing_is_written() -> None:
    before = dump()
    page = share(Client(enforce_csrf_checks=True))
    assert page.status_code == 200
    assert box(page) == "You never listen. &lt;b&gt;Never&lt;/b&gt;."
    assert "never" in page.content.decode().partition("</textarea>")[2].lower()
    assert dump() == before


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": "Hello.", "title": "A chat", "url": "https://there.example/1"}, "Hello.\nhttps://there.example/1"),
        ({"text": "See https://there.example/1", "url": "https://there.example/1"}, "See https://there.example/1"),
        ({"title": "A chat"}, "A chat"),
        ({"url": "https://there.example/1"}, "https://there.example/1"),
        ({"text": ""}, ""),
    ],
)
def test_text_title_and_address_become_one_text(fields: dict[str, str], words: str) -> None:
    assert box(share(Client(), **fields)) == words


@pytest.mark.parametrize("site", ["same-origin", "same-site", "cross-site", ""])
def test_only_what_comes_by_itself_is_let_in_without_a_token(site: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    headers = {"Sec-Fetch-Site": site} if site else {}
    assert strict.post(reverse("door:share"), {"text": SHARED}, headers=headers).status_code == 403


def test_looking_at_the_address_leads_to_the_box(settings: object) -> None:
    assert Client().get(reverse("door:share")).headers["location"] == reverse("door:check")
    settings.FRONT_DOOR_COACH = False
    assert Client().get(reverse("door:share")).headers["location"] == reverse("door:front")


def test_where_the_door_is_closed_what_is_shared_goes_over_the_lock(settings: object, alice: Somebody) -> None:
    settings.FRONT_DOOR_COACH = False
    browser = Client(enforce_csrf_checks=True)
    met = share(browser)
    assert met.status_code == 401
    assert "Your words are here" in met.content.decode()
    assert SHARED not in met.content.decode()
    token = browser.cookies[installation.CSRF_COOKIE_NAME].value
    fields = {**hidden(met), "csrfmiddlewaretoken": token, "name": alice.name, "passphrase": PASSPHRASE}
    page = browser.post(reverse("door:unlock"), fields, headers={"Sec-Fetch-Site": "same-origin"})
    assert page.status_code == 200
    assert box(page) == "You never listen. &lt;b&gt;Never&lt;/b&gt;."
    assert is_unlocked(browser)


def test_where_the_door_is_closed_somebody_unlocked_still_checks_and_shares(settings: object, alice: Somebody) -> None:
    settings.FRONT_DOOR_COACH = False
    assert alice.client.get(reverse("door:check")).status_code == 200
    assert box(share(alice.client)) == "You never listen. &lt;b&gt;Never&lt;/b&gt;."


def test_a_device_wears_the_chosen_name_also_when_it_is_locked(alice: Somebody) -> None:
    chosen = alice.client.post(reverse("door:guise"), {"guise": "notes"})
    assert chosen.headers["location"] == "/settings/#this-device"
    assert "Your place · Notes</title>" in alice.client.get("/settings/").content.decode()
    alice.client.post("/lock/")
    assert "Unlock · Notes</title>" in alice.client.get("/unlock/").content.decode()


def test_a_name_that_is_not_offered_is_not_worn(alice: Somebody) -> None:
    assert alice.client.post(reverse("door:guise"), {"guise": "<script>"}).status_code == 404


def test_forgetting_locks_and_empties_this_browser_and_leaves_the_place_alone(alice: Somebody) -> None:
    alice.client.post(reverse("door:guise"), {"guise": "notes"})
    answer = alice.client.post(reverse("door:forget"))
    assert answer.headers["location"] == "/"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"', "other services' cookies are theirs"
    ours = {value for name, value in vars(configured).items() if name.endswith(("_COOKIE", "_COOKIE_NAME"))}
    assert ours == {name for name, cookie in answer.cookies.items() if cookie.value == ""}
    assert not is_unlocked(alice.client)
    assert unlock(alice.client, alice.name).status_code == 302


def test_who_leaves_for_good_leaves_nothing_kept_on_the_device(alice: Somebody) -> None:
    page = alice.client.post(reverse("door:delete"), {"passphrase": PASSPHRASE}).content.decode()
    assert "data-forget-kept" in page
    assert "page/kept" in page
