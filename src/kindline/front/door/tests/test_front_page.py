import re

import pytest
from django.test import Client
from django.urls import reverse

from kindline.front.door import asking
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

SHARP = "You never listen to me. You always look at your phone."


@pytest.fixture(autouse=True)
def _nobody_asked() -> None:
    asking.forget()


def check(client: Client, **fields: str) -> object:
    return client.post(reverse("door:check"), {"text": SHARP, "lens": "any", "sheet": "sheet", **fields})


def test_the_front_page_has_two_doors_and_a_way_to_keep_things(client: Client) -> None:
    page = client.get(reverse("door:front")).content.decode()
    for name in ("door:check", "moment:moment", "door:join", "door:unlock"):
        assert f'href="{reverse(name)}"' in page
    assert "kept nowhere" in page


def test_a_pasted_message_is_answered_and_stays_in_the_box(client: Client) -> None:
    answer = check(client)
    assert answer.status_code == 200
    assert answer.context["hearing"].remarks
    page = answer.content.decode()
    assert SHARP in page
    assert "Could be softer" in page


def test_the_page_says_where_notes_appear_and_has_a_button_for_them(client: Client) -> None:
    page = client.get(reverse("door:check")).content.decode()
    assert "Notes appear here as you write." in page
    assert re.search(r'<button[^>]*name="listen"[^>]*>Listen', page)


def test_a_try_is_put_in_place_of_the_words_it_is_about(client: Client) -> None:
    page = check(client).content.decode()
    choice = re.search(r'name="use" value="([^"]+)"', page)
    assert choice
    better = check(client, use=choice[1])
    assert better.context["hearing"].text != SHARP


def test_while_typing_only_the_notes_come_back(client: Client) -> None:
    part = client.post(reverse("door:check"), {"text": SHARP}, headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    assert b'class="note' in part.content


def test_a_lens_is_chosen_by_its_own_name_and_an_unknown_one_is_anything(client: Client) -> None:
    assert check(client, look="apology").context["lens"] == "apology"
    assert check(client, look="<script>").context["lens"] == "any"
    assert check(client, lens="boundary").context["lens"] == "boundary"


@pytest.mark.parametrize("text", ["", "   \r\n", "\0", "a" * 20_001, "🌧" * 3000, "<script>alert(1)</script>"])
def test_nothing_that_is_pasted_breaks_the_page(client: Client, text: str) -> None:
    answer = check(client, text=text)
    assert answer.status_code == 200
    assert b"<script>alert(1)" not in answer.content


def test_what_is_too_long_is_refused_with_its_limit_and_kept_in_the_box(client: Client) -> None:
    page = check(client, text="word " * 5000).content.decode()
    assert "20,000 characters" in page
    assert "word " * 4999 in page


def test_the_words_are_never_in_an_address(client: Client) -> None:
    page = client.get(reverse("door:check"))
    form = re.search(r"<form[^>]*data-exit|<form[^>]*method=\"post\" action=\"/check/\"", page.content.decode())
    assert form
    assert not re.search(r"<form(?![^>]*method=\"post\")", page.content.decode())
    answer = check(client)
    assert "location" not in answer.headers
    assert client.get(reverse("door:check"), {"text": "from an address"}).content.find(b"from an address") < 0


def test_where_the_operator_switched_it_off_there_is_no_door_and_no_coach(client: Client, settings: object) -> None:
    settings.FRONT_DOOR_COACH = False
    page = client.get(reverse("door:front")).content.decode()
    assert reverse("door:check") not in page
    assert reverse("moment:moment") in page
    assert client.get(reverse("door:check")).status_code == 404
    assert check(client).status_code == 404


def test_the_coach_of_the_rooms_never_answers_somebody_without_a_place(client: Client) -> None:
    assert client.post(reverse("coaching:listen"), {"text": SHARP}, headers={"HX-Request": "true"}).status_code == 401


def test_asking_too_often_gets_one_kind_sentence_and_the_words_back(client: Client) -> None:
    for _ in range(asking.TIMES):
        assert check(client, text="Hello.").status_code == 200
    answer = check(client)
    assert answer.status_code == 429
    assert "needs a breath" in answer.content.decode()
    assert SHARP in answer.content.decode()
    part = client.post(reverse("door:check"), {"text": SHARP}, headers={"HX-Request": "true"})
    assert part.status_code == 429
    assert b"<html" not in part.content


def test_somebody_with_a_place_may_check_there_too(alice: Somebody) -> None:
    assert check(alice.client).status_code == 200
    assert "Keep this?" not in alice.client.get(reverse("door:check")).content.decode()
