"""T12 for files: two windows, a form sent twice, the way back, a lock in between. Nothing comes in unlooked at."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from kindline.front.door.tests.forms import hidden, unlock
from kindline.front.takeout import queries
from kindline.ground.vault.models import Arrival, ArrivalPart
from kindline.mine.journal import queries as journal
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

HERON, PLOVER = b"date,text\n2024-05-03,heron\n", b"date,text\n2024-05-04,plover\n2024-05-05,dunlin\n"
TABLES: tuple[type[Model], ...] = (Arrival, ArrivalPart)


def look_into(client: Client, raw: bytes) -> HttpResponse:
    """Choose a file, and return the page that says what it would bring."""
    return client.post("/takeout/read/", {"file": SimpleUploadedFile("a.csv", raw)}, follow=True)  # type: ignore[return-value]


def shown_on(page: HttpResponse) -> dict[str, str]:
    """Return what the form of a page sends along."""
    return {"arrival": hidden(page)["arrival"], "kind": "note"}


def words(one: Somebody) -> list[str]:
    return sorted(line.first for line in journal.lines(one.person))


def test_what_another_window_put_down_never_comes_in_unlooked_at(alice: Somebody) -> None:
    one, other = look_into(alice.client, HERON), look_into(alice.client, PLOVER)
    for address in ("/takeout/bring/", "/takeout/let-go/"):
        answer = alice.client.post(address, shown_on(one))
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "You chose another file in another window. Nothing was changed" in page
        assert "2 entries" in page, "the file that waits is shown instead"
        assert (words(alice), Arrival.objects.count()) == ([], 1)
    alice.client.post("/takeout/bring/", shown_on(other))
    assert words(alice) == ["dunlin", "plover"]


def test_a_page_that_goes_on_by_itself_is_told_so_too(alice: Somebody) -> None:
    one = look_into(alice.client, HERON)
    look_into(alice.client, PLOVER)
    answer = alice.client.post("/takeout/bring/", shown_on(one), headers={"HX-Request": "true"})
    assert answer.status_code == 200, "scripts put nothing else on the page"
    assert "You chose another file" in answer.content.decode()
    assert 'hx-trigger="load' not in answer.content.decode()
    assert words(alice) == []


def test_a_page_that_goes_on_by_itself_leaves_when_another_window_let_the_file_go(alice: Somebody) -> None:
    page = look_into(alice.client, HERON)
    alice.client.post("/takeout/let-go/", shown_on(page))
    answer = alice.client.post("/takeout/bring/", shown_on(page), headers={"HX-Request": "true"})
    assert (answer.headers["HX-Redirect"], answer.content) == ("/takeout/", b"")


def test_bringing_it_in_twice_brings_it_once(alice: Somebody) -> None:
    page = look_into(alice.client, PLOVER)
    for _ in range(3):
        answer = alice.client.post("/takeout/bring/", shown_on(page), follow=True)
        assert "It’s all in" in answer.content.decode()
        assert words(alice) == ["dunlin", "plover"]


def test_the_way_back_to_a_file_that_is_in_brings_nothing_again(alice: Somebody) -> None:
    page = look_into(alice.client, PLOVER)
    alice.client.post("/takeout/bring/", shown_on(page))
    alice.client.post("/takeout/let-go/", shown_on(page))
    answer = alice.client.post("/takeout/bring/", shown_on(page))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/takeout/arrival/?going=on")
    assert alice.client.get("/takeout/arrival/").headers["Location"] == "/takeout/"
    assert words(alice) == ["dunlin", "plover"]


def test_a_page_that_does_not_say_what_it_showed_brings_nothing(alice: Somebody) -> None:
    look_into(alice.client, PLOVER)
    for sent in ({}, {"arrival": ""}, {"arrival": "heron"}, {"arrival": "00000000-0000-0000-0000-000000000000"}):
        assert alice.client.post("/takeout/bring/", sent).status_code == 409
        assert alice.client.post("/takeout/let-go/", sent).status_code == 409
    assert (words(alice), [table._default_manager.count() for table in TABLES]) == ([], [1, 1])


def test_a_file_that_meets_the_lock_is_asked_for_once_more(alice: Somebody) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        met = look_into(alice.client, HERON)
        page = met.content.decode()
        assert met.status_code == 401
        assert "it is still on your device. Unlock, and choose it once more." in page
        assert "heron" not in page
        assert "Your words are here" not in page
        wrong = unlock(alice.client, alice.name, "not this one, surely", **hidden(met))
        assert "it is still on your device" in wrong.content.decode()
        answer = unlock(alice.client, alice.name, **hidden(wrong))
        assert answer.status_code == 422
        assert "If it locked meanwhile, choose it once more." in answer.content.decode()
        assert 'type="file"' in answer.content.decode()
        assert "This would come in" in look_into(alice.client, HERON).content.decode()


def test_bringing_it_in_goes_on_after_the_lock(alice: Somebody) -> None:
    page = look_into(alice.client, PLOVER)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        met = alice.client.post("/takeout/bring/", shown_on(page))
        assert met.status_code == 401
        assert unlock(alice.client, alice.name, **hidden(met)).status_code == 302
        alice.token = alice.client.cookies["kindline"].value
        assert words(alice) == ["dunlin", "plover"]
        waiting = queries.waiting(alice.person)
        assert waiting is not None
        assert waiting.is_done
