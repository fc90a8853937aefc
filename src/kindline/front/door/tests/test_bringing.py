import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from kindline.front.door import asking
from kindline.front.door.tests.forms import hidden
from kindline.ground.coaching.hearing import LIMIT
from kindline.ground.vault.models import Account, Unsaved
from tests.people import PASSPHRASE, Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

WORDS = 'You never <b>listen</b> & "look".\r\n\r\n  ünïcode 🌧 \u0027'
KEPT = WORDS.replace("\r\n", "\n")


@pytest.fixture(autouse=True)
def _nobody_asked() -> None:
    asking.forget()


def bring(client: Client, words: str = WORDS) -> object:
    """Press the button under what was checked."""
    return client.post(reverse("door:join"), {"text": words, "lens": "any", "sheet": "sheet", "bring": "1"})


def write_down_the_code(client: Client) -> object:
    groups = client.get(reverse("door:recovery")).context["groups"]
    return client.post(reverse("door:recovery"), {"last_group": groups[-1]}, follow=True)


def box(page: object) -> str:
    """Return what stands in the box of the page where something is written down."""
    found = re.search(r'<textarea name="what"[^>]*>\n(.*?)</textarea>', page.content.decode(), re.DOTALL)
    assert found
    return unescape(found[1])


def test_checked_words_wait_on_the_first_page_of_the_new_place(client: Client) -> None:
    page = bring(client)
    assert page.status_code == 200
    assert "Your words come along." in page.content.decode()
    assert not page.context["form"].errors
    joined = client.post(reverse("door:join"), {**hidden(page), "name": "Mia"})
    assert joined["location"] == reverse("door:recovery")
    written = write_down_the_code(client)
    assert written.redirect_chain == [(reverse("journal:write"), 302)]
    assert box(written) == KEPT
    assert written.context["was_waiting"]


def test_the_words_come_through_errors_and_other_words_and_never_stand_in_an_address(client: Client) -> None:
    page = bring(client)
    for fields in ({"name": "Mia", "own": "short"}, {"name": "Mia", "other-words": "1"}, {"name": ""}):
        page = client.post(reverse("door:join"), {**hidden(page), **fields})
        assert page.status_code == 200
        assert hidden(page)["text"] == KEPT
        assert "location" not in page.headers
    assert not Unsaved.objects.exists()
    client.post(reverse("door:join"), {**hidden(page), "name": "Mia", "own": PASSPHRASE})
    assert box(write_down_the_code(client)) == KEPT


def test_a_place_made_without_words_has_none_waiting(client: Client) -> None:
    for words in ("", "  \r\n"):
        page = bring(client, words)
        assert "come along" not in page.content.decode()
        assert "text" not in hidden(page)
    client.post(reverse("door:join"), {**hidden(page), "name": "Mia"})
    assert not Unsaved.objects.exists()


def test_as_many_words_come_along_as_an_entry_holds(client: Client) -> None:
    page = bring(client, "a" * LIMIT)
    client.post(reverse("door:join"), {**hidden(page), "name": "Mia"})
    assert box(write_down_the_code(client)) == "a" * LIMIT


def test_too_many_words_are_refused_with_the_limit_and_stay_in_the_box(client: Client) -> None:
    refused = bring(client, "word " * 4001)
    assert "20,000 characters" in refused.content.decode()
    assert "word " * 4000 in refused.content.decode()
    assert not Account.objects.exists()


def test_the_words_of_a_place_that_was_not_made_are_kept_nowhere(client: Client, alice: Somebody) -> None:
    page = bring(client)
    again = client.post(reverse("door:join"), {**hidden(page), "name": alice.name, "own": alice.passphrase})
    assert hidden(again)["text"] == KEPT
    assert not Unsaved.objects.exists()


def test_under_the_box_a_button_of_the_same_form_brings_the_words(client: Client) -> None:
    page = client.get(reverse("door:check")).content.decode()
    button = re.search(r'<button[^>]*name="bring"[^>]*>', page)
    assert button
    assert f'formaction="{reverse("door:join")}"' in button[0]
    assert 'form="checking"' in button[0]
    assert '<form id="checking" method="post"' in page
    assert f'href="{reverse("door:join")}"' in page


def test_where_strangers_cannot_join_no_button_brings_anything(
    client: Client, alice: Somebody, settings: object
) -> None:
    settings.JOIN = "invited"
    assert 'name="bring"' not in client.get(reverse("door:check")).content.decode()
    refused = bring(client)
    assert refused.status_code == 403
    assert 'name="bring"' not in alice.client.get(reverse("door:check")).content.decode()
