"""The coach's address: a part for htmx, a page for a browser, words that stay words, and nothing kept."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from kindline.ground.coaching.views import listen

HOSTILE = "<script>alert(1)</script> You never listen \U0001f9d1\U0001f3fd\u200d\U0001f91d \u202edab\u202c </mark>"


def post(data: dict[str, str], **headers: str) -> HttpResponse:
    request = RequestFactory().post(reverse("coaching:listen"), data, headers=headers)
    request.person = None
    request.csp_nonce = "n"
    return listen(request)


def part(text: str, **more: str) -> str:
    return post({"text": text, **more}, **{"HX-Request": "true"}).content.decode()


def test_only_a_post_is_answered() -> None:
    request = RequestFactory().get(reverse("coaching:listen"), {"text": "x"})
    assert listen(request).status_code == 405


def test_htmx_gets_the_notes_and_the_marked_words() -> None:
    html = part("You never listen to me.", sheet="warm")
    assert "<html" not in html
    assert '<mark class="heard soften" id="warm-mark-1">' in html
    assert 'data-mark="warm-mark-1"' in html


def test_a_browser_gets_a_page_with_the_words_still_in_the_sheet() -> None:
    html = post({"text": "You never listen to me.", "lens": "complaint"}).content.decode()
    assert re.search(r"<textarea[^>]*>\nYou never listen to me.</textarea>", html)
    assert 'name="lens" value="complaint"' in html
    assert "Use this" in html


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "part"])
def test_hostile_words_stay_words(headers: dict[str, str]) -> None:
    html = post({"text": HOSTILE, "lens": '"><b>', "aside": '"><i>', "sheet": "'><u>"}, **headers).content.decode()
    for tag in ("<script>", "<b>", "<i>", "<u>"):
        assert tag not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert html.count("<mark") == html.count("</mark>")


def test_line_breaks_come_back_as_they_were() -> None:
    html = post({"text": "\r\n one\r\n\r\n You never listen.\r\n"}).content.decode()
    shown = re.search(r"<textarea[^>]*>(.*)</textarea>", html, re.DOTALL)
    assert shown
    # A browser drops the first line break after the tag, and only that one.
    assert shown[1] == "\n\n one\n\n You never listen.\n"


def test_too_much_is_said_with_its_limit_and_the_words_stay() -> None:
    html = post({"text": "word " * 4001}).content.decode()
    assert "20,000 characters" in html
    assert "word " * 4001 in html


def test_where_safety_is_heard_one_quiet_note_leads_to_help() -> None:
    html = part("I'm afraid to tell you when I'm late. You never listen to me.")
    assert reverse("care:help") in html
    assert html.count("<article") == 1
    assert "Could be softer" not in html


def test_put_aside_comes_back_in_the_form() -> None:
    html = post({"text": "Hello.", "put_aside": "absolute.0123abcd"}).content.decode()
    assert 'name="aside" value="absolute.0123abcd"' in html


def test_the_words_are_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    part("You never listen to canary-4711.")
    assert "canary" not in caplog.text


def test_a_form_without_a_token_is_not_heard(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(reverse("coaching:listen"), {"text": "You never listen."}).status_code == 403
