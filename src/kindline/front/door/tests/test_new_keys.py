"""A new passphrase while another window of the same person reads or writes: nothing is lost, nothing breaks."""

from collections.abc import Callable
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kindline.front.door.tests.forms import hidden, is_unlocked, unlock
from kindline.ground.people import actions as people
from kindline.ground.vault import unsaved
from kindline.mine.journal import actions as journal
from kindline.mine.journal import queries
from tests.house.things import entry
from tests.people import PASSPHRASE, Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

NEW = "a lantern on the quiet ferry home"
WORDS = "He came at nine, and I had waited with the soup."


change_passphrase = people.change_passphrase


def overtaken(by: Somebody, step: Callable[..., object]) -> Callable[..., object]:
    """Return a step that begins only after the passphrase was changed in another window."""
    begun = []

    def late(*args: object, **asked: object) -> object:
        if not begun:
            begun.append(change_passphrase(person=by.person, passphrase=NEW, now=timezone.now()))
        return step(*args, **asked)

    return late


def test_what_is_being_saved_meets_the_lock_and_goes_on_with_the_new_passphrase(alice: Somebody) -> None:
    with patch.object(journal, "keep", overtaken(alice, journal.keep)):
        met = alice.client.post(reverse("journal:write"), {"form_id": str(uuid4()), "what": WORDS})
    assert met.status_code == 401
    assert WORDS in met.content.decode()
    assert alice.name not in met.content.decode()
    assert not is_unlocked(alice.client)
    saved = unlock(alice.client, alice.name, NEW, **hidden(met))
    assert saved.status_code == 302
    assert is_unlocked(alice.client)
    assert WORDS in alice.client.get(saved["location"].replace("kept/", "")).content.decode()


def test_an_edit_that_was_open_meanwhile_still_fits(alice: Somebody) -> None:
    entry_id = entry(alice, "Before.")
    page = reverse("journal:edit", args=[entry_id])
    fields = hidden(alice.client.get(page))
    with patch.object(journal, "change", overtaken(alice, journal.change)):
        met = alice.client.post(page, {**fields, "what": WORDS, "kind": "friction"})
    assert met.status_code == 401
    assert unlock(alice.client, alice.name, NEW, **hidden(met)).status_code == 302
    text = alice.client.get(reverse("journal:entry", args=[entry_id])).content.decode()
    assert WORDS in text
    assert "Before." not in text


def test_a_page_that_is_being_read_meets_the_lock(alice: Somebody) -> None:
    page = reverse("journal:entry", args=[entry(alice, WORDS)])
    with patch.object(queries, "find", overtaken(alice, queries.find)):
        met = alice.client.get(page)
    assert met["location"].startswith(reverse("door:unlock"))
    assert unlock(alice.client, alice.name, NEW, next=page)["location"] == page
    assert WORDS in alice.client.get(page).content.decode()


def test_an_autosave_hears_that_it_is_locked(alice: Somebody) -> None:
    fields = {"form_id": str(uuid4()), "page": "/mine/journal/write/", "what": WORDS}
    with patch.object(unsaved, "keep", overtaken(alice, unsaved.keep)):
        met = alice.client.post(reverse("door:unsaved"), fields, headers={"X-Requested-With": "fetch"})
    assert met.status_code == 401
    assert met["X-Kindline"] == "locked"


@pytest.mark.parametrize(
    ("address", "step"),
    [("passphrase", "change_passphrase"), ("new-recovery", "renew_recovery_code"), ("name", "rename")],
)
def test_two_windows_that_change_it_at_once_leave_one_passphrase(alice: Somebody, address: str, step: str) -> None:
    fields = {"passphrase": PASSPHRASE, "own": "a kettle sings in the blue kitchen", "offered": "", "name": "Ada"}
    with patch.object(people, step, overtaken(alice, getattr(people, step))):
        met = alice.client.post(reverse(f"door:{address}"), fields)
    assert met.status_code in {200, 401}
    assert "kettle" not in met.content.decode()
    assert unlock(Client(), alice.name, NEW).status_code == 302
    assert unlock(Client(), alice.name, PASSPHRASE).status_code == 403
