"""A form whose token is missing or old: nothing is saved, and no word is lost; what others filled in is never ready."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from tests.house.markup import Page
from tests.people import PASSPHRASE, Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

WRITE = "/mine/journal/write/?kind=good"
SAID = 'He left.\n"Without" <b>a word.'
HERE = {"Sec-Fetch-Site": "same-origin"}


def too_old(address: str, sent: dict[str, object], **headers: str) -> HttpResponse:
    answer = Client(enforce_csrf_checks=True).post(address, sent, headers=headers)
    assert answer.status_code == 403
    assert "This page was too old to send." in answer.content.decode()
    return answer


def forms_with_words(html: str) -> list[object]:
    return [form for form in Page(html, WRITE).forms if form.named("what")]


def strict(of: Somebody) -> Client:
    """Return somebody's browser, with tokens asked for as on a real server."""
    browser = Client(enforce_csrf_checks=True)
    browser.cookies[settings.SESSION_COOKIE] = of.token
    return browser


@pytest.mark.parametrize("headers", [HERE, {"Origin": "http://testserver"}], ids=["site", "origin"])
def test_words_come_back_in_a_form_that_can_be_sent(headers: dict[str, str], alice: Somebody) -> None:
    browser, sent = strict(alice), {"what": SAID, "did": ["quiet", "freeze"], "csrfmiddlewaretoken": "a" * 64}
    answer = browser.post(WRITE, sent, headers=headers)
    assert answer.status_code == 403
    html = answer.content.decode()
    assert "This page was too old to send." in html
    (form,) = forms_with_words(html)
    assert (form.method, form.action) == ("post", WRITE)
    given = [(one.name, one.value) for one in form.fields if one.name != "csrfmiddlewaretoken"]
    assert given == [("what", SAID), ("did", "quiet"), ("did", "freeze")]
    assert "&lt;b&gt;a word." in html
    assert "<b>a word." not in html
    assert browser.post(WRITE, dict(form.standing()), headers=headers).status_code == 302, "nothing is in its way"


@pytest.mark.parametrize("headers", [HERE, {"Origin": "http://testserver"}], ids=["site", "origin"])
def test_where_the_place_is_locked_words_go_over_the_lock_and_are_not_to_be_read(
    headers: dict[str, str], alice: Somebody
) -> None:
    browser = Client(enforce_csrf_checks=True)
    met = browser.post(WRITE, {"what": SAID, "form_id": str(uuid4())}, headers=headers)
    assert met.status_code == 401
    page = met.content.decode()
    assert "Your words are here, out of sight in this page." in page
    assert "a word." not in re.sub(r"<[^>]*>", "", page)
    kept = unlock(browser, met, alice, headers)
    assert kept.status_code == 302
    assert "a word." in browser.get(kept["Location"].removesuffix("kept/")).content.decode()


def unlock(browser: Client, page: HttpResponse, who: Somebody, headers: dict[str, str]) -> HttpResponse:
    """Fill in the page that unlocks, as it stands, with its token."""
    (form,) = [one for one in Page(page.content.decode(), "/unlock/").forms if one.named("passphrase")]
    fields = {**dict(form.standing()), "name": who.name, "passphrase": PASSPHRASE}
    return browser.post("/unlock/", fields, headers=headers)


@pytest.mark.parametrize("headers", [HERE, {"Origin": "http://testserver"}], ids=["site", "origin"])
def test_a_page_that_unlocks_and_grew_old_carries_on_what_it_carried(headers: dict[str, str], alice: Somebody) -> None:
    browser = Client(enforce_csrf_checks=True)
    met = browser.post(WRITE, {"what": SAID, "form_id": str(uuid4())}, headers=headers)
    browser.cookies.pop(settings.CSRF_COOKIE_NAME)
    old = unlock(browser, met, alice, headers)
    assert old.status_code == 403
    page = old.content.decode()
    assert "This page had grown too old to open anything." in page
    assert "Your words are here, out of sight in this page." in page
    assert "a word." not in re.sub(r"<[^>]*>", "", page)
    assert PASSPHRASE not in page
    assert f'value="{alice.name}"' in page, "only the passphrase is typed anew"
    kept = unlock(browser, old, alice, headers)
    assert kept.status_code == 302
    assert "a word." in browser.get(kept["Location"].removesuffix("kept/")).content.decode()


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "none"}, {"Origin": "null"}])
def test_what_another_site_may_have_carried_to_the_page_that_unlocks_goes_nowhere(
    headers: dict[str, str], alice: Somebody
) -> None:
    sent = {
        "carried-to": WRITE,
        "carried.what": SAID,
        "carried.form_id": str(uuid4()),
        "name": "Mia",
        "passphrase": "x",
    }
    browser = Client(enforce_csrf_checks=True)
    old = browser.post("/unlock/", sent, headers=headers)
    assert old.status_code == 403
    html = old.content.decode()
    assert "carried-to" not in html
    assert re.search(r"<details class=.fold.>.*a word\..*</details>", html, re.DOTALL), "handed back, folded away"
    assert unlock(browser, old, alice, HERE)["Location"] == "/today/"


def test_what_was_shared_comes_back_and_where_the_door_is_closed_it_goes_over_the_lock(
    alice: Somebody, settings: Any
) -> None:
    page = too_old("/share/", {"text": SAID}, **HERE).content.decode()
    (form,) = [one for one in Page(page, "/share/").forms if one.named("text")]
    assert form.action == "/share/"
    assert "&lt;b&gt;a word." in too_old("/share/", {"text": SAID}).content.decode()
    settings.FRONT_DOOR_COACH = False
    browser = Client(enforce_csrf_checks=True)
    met = browser.post("/share/", {"text": SAID}, headers=HERE)
    assert met.status_code == 401
    browser.cookies.pop(settings.CSRF_COOKIE_NAME)
    old = unlock(browser, met, alice, HERE)
    assert old.status_code == 403
    heard = unlock(browser, old, alice, HERE)
    assert heard.status_code == 200
    assert "a word.</textarea>" in heard.content.decode()
    unknown = too_old("/share/", {"text": SAID}).content.decode()
    assert re.search(r"<details class=.fold.>.*a word\..*</details>", unknown, re.DOTALL)


def test_words_that_were_to_come_along_to_a_new_place_are_not_lost_with_an_old_page() -> None:
    page = too_old("/join/", {"name": "Mia", "own": "not a word of it", "text": SAID}, **HERE)
    html = page.content.decode()
    assert "not a word of it" not in html
    (form,) = [one for one in Page(html, "/join/").forms if one.named("text")]
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = page.cookies
    again = browser.post("/join/", dict(form.standing()), headers=HERE)
    assert again.status_code == 200
    assert "a word." in again.content.decode()


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "none"}, {"Origin": "null"}, {"Origin": "https://elsewhere.example"}],
    ids=["nothing said", "by hand", "no origin", "elsewhere"],
)
def test_what_another_site_may_have_filled_in_is_shown_and_no_click_sends_it(headers: dict[str, str]) -> None:
    html = too_old(WRITE, {"what": "plums", "more": SAID}, **headers).content.decode()
    assert forms_with_words(html) == []
    assert WRITE not in html
    assert '<p class="card words" dir="auto">plums</p>' in html, "a single word is not lost either"
    assert "&lt;b&gt;a word." in html


@pytest.mark.parametrize("address", ["/join/", "/settings/passphrase/", "/recover/"])
def test_what_opens_a_place_is_never_given_back(address: str) -> None:
    html = too_old(address, {"name": "Mia", "passphrase": "not a word of it"}, **HERE).content.decode()
    assert "not a word of it" not in html
    assert "Open the page anew and fill it in once more." in html
