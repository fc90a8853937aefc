"""A form whose token is missing or old: nothing is saved, and no word is lost; what others filled in is never ready."""

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.house.markup import Page

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


@pytest.mark.parametrize("headers", [HERE, {"Origin": "http://testserver"}], ids=["site", "origin"])
def test_words_come_back_in_a_form_that_can_be_sent(headers: dict[str, str]) -> None:
    answer = too_old(WRITE, {"what": SAID, "did": ["quiet", "freeze"], "csrfmiddlewaretoken": "a" * 64}, **headers)
    html = answer.content.decode()
    (form,) = forms_with_words(html)
    assert (form.method, form.action) == ("post", WRITE)
    sent = [(one.name, one.value) for one in form.fields if one.name != "csrfmiddlewaretoken"]
    assert sent == [("what", SAID), ("did", "quiet"), ("did", "freeze")]
    assert "&lt;b&gt;a word." in html
    assert "<b>a word." not in html

    again = Client(enforce_csrf_checks=True)
    again.cookies = answer.cookies
    assert again.post(WRITE, dict(form.standing()), headers=headers).status_code == 401, "only the lock is in its way"


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


@pytest.mark.parametrize("address", ["/unlock/", "/join/", "/settings/passphrase/", "/recover/"])
def test_what_opens_a_place_is_never_given_back(address: str) -> None:
    html = too_old(address, {"name": "Mia", "passphrase": "not a word of it"}, **HERE).content.decode()
    assert "not a word of it" not in html
    assert "Open the page anew and fill it in once more." in html
