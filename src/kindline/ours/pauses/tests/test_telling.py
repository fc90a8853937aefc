"""What a device kept is told: by whom, with which clock, once, and to nobody's alarm."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from kindline.ours.pauses import models, queries, shapes
from kindline.ours.pauses.tests.test_devices import locked
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

NOW = datetime(2026, 5, 3, 18, 53, 20, tzinfo=UTC)
TOLD, WAITING, AWAY = "/ours/pauses/told/", "/ours/pauses/", "/ours/pauses/away/"


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def two(clock: Any, alice: Somebody, bob: Somebody) -> tuple[Somebody, Somebody]:
    del clock
    pair(alice, bob)
    return alice, bob


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def sent(since: float, until: float, *, wrong: timedelta = timedelta(), **more: str) -> dict[str, str]:
    """Return what a phone sends whose clock is wrong, in minutes from now."""
    moments = {"started_at": since, "return_at": until, "now": 0}
    shown = {name: (NOW + timedelta(minutes=one) + wrong).isoformat() for name, one in moments.items()}
    return {"id": str(uuid4()), **shown, **more}


def tell(client: Client, fields: dict[str, str]) -> int:
    return client.post(TOLD, fields, headers={"X-Requested-With": "fetch"}).status_code


@pytest.mark.parametrize("wrong", [timedelta(), timedelta(hours=5), timedelta(hours=-9)])
def test_one_that_runs_is_shown_with_its_true_times_whatever_the_phones_clock_says(
    two: tuple[Somebody, Somebody], wrong: timedelta
) -> None:
    alice, bob = two
    kept = sent(-10, 11 + 2 / 3, wrong=wrong)
    before = shared_by(alice).mark
    assert tell(bob.client, kept) == 204
    assert shared_by(alice).mark != before, "open pages hear of it"
    row = models.Pause.objects.get()
    assert (row.started_at, row.return_at) == (NOW - timedelta(minutes=10), datetime(2026, 5, 3, 19, 5, tzinfo=UTC))
    assert "Bob stepped away" in text(alice.client.get(WAITING))
    assert tell(bob.client, kept) == 204
    assert models.Pause.objects.count() == 1, "told twice it is one"


def test_a_locked_device_that_may_tells_it_by_itself(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    assert tell(locked(bob), sent(-10, 10)) == 204
    assert "Bob stepped away" in text(alice.client.get(WAITING))


def test_one_that_is_over_is_kept_and_shown_to_nobody(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    for kept in (sent(-60, -40), sent(-30, -12, back="1")):
        assert tell(bob.client, kept) == 204
        for path in (WAITING, "/today/", "/together/"):
            page = text(alice.client.get(path))
            assert "stepped away" not in page
            assert "It’s past" not in page
            assert "Bob is back" not in page
    row = models.Pause.objects.get()
    assert row.ended_at == NOW - timedelta(minutes=12)
    assert not row.told_in_time


def test_one_that_is_over_takes_the_place_of_none_that_the_other_knows(
    two: tuple[Somebody, Somebody], clock: Any
) -> None:
    alice, bob = two
    known = sent(-1, 20)
    assert tell(bob.client, known) == 204
    clock.shift(timedelta(minutes=20))
    for one in two:
        one.client.post("/unlock/", {"name": one.name, "passphrase": one.passphrase})
        one.token = one.client.cookies[settings.SESSION_COOKIE].value
    bob.client.post("/ours/pauses/back/")
    bob.client.post(
        f"/ours/pauses/{known['id']}/soft/",
        {"form_id": str(uuid4()), "version": "0", "sentence": "Thank you for waiting.", "way": "talk"},
    )
    clock.shift(timedelta(minutes=5))

    def seen() -> tuple[str, list[Any], UUID]:
        main = text(alice.client.get(WAITING))
        return main, sorted(queries.everything(alice.person), key=str), shared_by(alice).mark

    before = seen()
    assert "Thank you for waiting." in before[0]
    over = {"started_at": timezone.now() - timedelta(minutes=3), "return_at": timezone.now(), "now": timezone.now()}
    told = {"id": str(uuid4()), "back": "1", **{name: one.isoformat() for name, one in over.items()}}
    assert tell(bob.client, told) == 204
    assert seen() == before, "nothing that Alice sees or takes along says that there was another one"
    assert len([one for *_ids, one in queries.everything(bob.person) if isinstance(one, shapes.Pause)]) == 2
    assert bob.client.post(AWAY, {"form_id": str(uuid4()), "minutes": "20"}).status_code == 302
    assert models.Pause.objects.count() == 1, "the next one takes the place of both"


def test_what_is_said_after_one_that_was_over_reaches_the_other(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    kept = sent(-30, -12, back="1")
    tell(bob.client, kept)
    soft = f"/ours/pauses/{kept['id']}/soft/"
    asked = bob.client.get(soft)
    assert "You said" not in text(asked), "nobody heard a promise"
    bob.client.post(soft, {"form_id": str(uuid4()), "version": "0", "sentence": "I can listen now.", "way": "talk"})
    assert "I can listen now." in text(alice.client.get(WAITING))


def test_who_came_back_without_a_connection_came_back_then(two: tuple[Somebody, Somebody], clock: Any) -> None:
    _alice, bob = two
    bob.client.post(AWAY, {"form_id": str(uuid4()), "minutes": "20"})
    row = models.Pause.objects.get()
    clock.move_to(NOW + timedelta(minutes=40))
    kept = {"id": str(row.id), "started_at": row.started_at.isoformat(), "back": "1"}
    back_at = NOW + timedelta(minutes=19)
    shown = {"return_at": back_at.isoformat(), "now": (NOW + timedelta(minutes=40)).isoformat()}
    assert tell(locked_later(bob), {**kept, **shown}) == 204
    row.refresh_from_db()
    assert row.ended_at == back_at
    assert row.return_at == datetime(2026, 5, 3, 19, 15, tzinfo=UTC), "the promise stays"


def locked_later(bob: Somebody) -> Client:
    """Bob's session has run out by now; the device was allowed before."""
    with time_machine.travel(NOW, tick=False):
        return locked(bob)


def test_without_a_key_it_waits_and_where_nobody_ever_was_it_is_let_go(two: tuple[Somebody, Somebody]) -> None:
    del two
    known = Client()
    known.cookies[settings.DEVICE_COOKIE] = "anything"
    assert tell(known, sent(-10, 10)) == 401
    assert tell(Client(), sent(-10, 10)) == 410
    assert not models.Pause.objects.exists()


def test_to_somebody_alone_there_is_nobody_to_tell(dana: Somebody) -> None:
    assert tell(dana.client, sent(-10, 10)) == 410


def test_an_id_of_somebody_elses_pause_changes_nothing(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    alice.client.post(AWAY, {"form_id": str(uuid4()), "minutes": "20"})
    theirs = models.Pause.objects.get()
    assert tell(bob.client, {**sent(-10, 10, back="1"), "id": str(theirs.id)}) == 410
    theirs.refresh_from_db()
    assert (theirs.person_id, theirs.ended_at) == (alice.person.id, None)


@pytest.mark.parametrize(
    "strange",
    [
        {"id": "x"},
        {"id": "00000000-0000-1000-8000-000000000000"},
        {"started_at": ""},
        {"started_at": "2026-05-03T18:00:00"},
        {"return_at": "yesterday"},
        {"now": "0001-01-01T00:00:00+00:00"},
        {"now": "9999-12-31T23:59:59-23:00"},
        {"return_at": "2026-05-03T18:50:00+00:00"},
        {"return_at": "2026-05-09T18:50:00+00:00"},
        {"started_at": "2025-05-03T18:50:00+00:00", "return_at": "2025-05-03T19:50:00+00:00"},
    ],
)
def test_what_can_not_have_been_says_so_and_is_let_go(two: tuple[Somebody, Somebody], strange: dict[str, str]) -> None:
    answer = two[1].client.post(TOLD, {**sent(-10, 10), **strange})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "text/plain"
    assert len(answer.content) > 20
    assert not models.Pause.objects.exists()
