"""A device that may pause while it is locked: what it can do, that it can do nothing else, and when it ends."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone

from kindline.ground.people import actions as people
from kindline.ground.people.actions import change_profile
from kindline.ground.vault import sessions
from kindline.ground.vault.circles import Closed
from kindline.ours.pauses import actions, cookie, models, queries
from kindline.ours.pauses.actions import TooOften
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

NOW = datetime(2026, 5, 3, 18, 53, 20, tzinfo=UTC)  # 20:53 in Berlin, 19:53 in Lisbon
# What is drawn anew for every answer may hold any name by chance.
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')
DEVICES, MOMENT, QUIET, AWAY, LONGER, BACK, WAITING = (
    "/ours/pauses/devices/", "/moment/", "/moment/pause/", "/ours/pauses/away/", "/ours/pauses/longer/",
    "/ours/pauses/back/", "/ours/pauses/",
)  # fmt: skip


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def two(clock: Any, alice: Somebody, bob: Somebody) -> tuple[Somebody, Somebody]:
    """Alice in Berlin, Bob in Lisbon with a clock of twelve hours, sharing a space."""
    del clock
    change_profile(person=alice.person, time_zone="Europe/Berlin")
    change_profile(person=bob.person, time_zone="Europe/Lisbon", hours=12)
    pair(alice, bob)
    return alice, bob


def locked(of: Somebody) -> Client:
    """Let somebody's browser pause without unlocking, and lock it."""
    of.client.post(DEVICES)
    phone = Client()
    phone.cookies[settings.PAUSE_COOKIE] = of.client.cookies[settings.PAUSE_COOKIE].value
    return phone


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def hidden(response: HttpResponse) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', response.content.decode()))


def steps_away(phone: Client, **more: str) -> Any:
    return phone.post(AWAY, {"form_id": str(uuid4()), "minutes": "20", **more})


def the_device(of: Somebody) -> queries.Allowed:
    row = models.Device.objects.get(owner_id=of.person.id)
    token = cookie.new_token(24, of.person.zone)
    return queries.Allowed(row.id, row.circle_id, row.owner_id, token)


def test_it_is_off_until_somebody_allows_it_and_says_what_a_stranger_could_do(two: tuple[Somebody, Somebody]) -> None:
    _alice, bob = two
    asked = text(bob.client.get(DEVICES))
    assert "Alice would take it for yours." in asked
    assert "They could read nothing, write nothing" in asked
    assert not models.Device.objects.exists()
    assert steps_away(Client()).status_code == 401
    allowed = bob.client.post(DEVICES)
    given = allowed.cookies[settings.PAUSE_COOKIE]
    assert (given["httponly"], given["samesite"], given["path"]) == (True, "Lax", "/")
    assert "this one" in text(bob.client.get(DEVICES))
    bob.client.post(DEVICES)
    assert models.Device.objects.count() == 1, "the form twice allows it once"


def test_over_https_the_cookie_is_bound_to_the_host(two: tuple[Somebody, Somebody]) -> None:
    with override_settings(SECURE=True):
        given = two[1].client.post(DEVICES).cookies[settings.PAUSE_COOKIE]
    assert given["secure"]
    assert not given["domain"]


def test_only_a_keyed_digest_of_the_token_is_kept(two: tuple[Somebody, Somebody]) -> None:
    token = two[1].client.post(DEVICES).cookies[settings.PAUSE_COOKIE].value.partition(".")[0]
    row = models.Device.objects.get()
    assert token not in row.lookup
    assert token.encode() not in bytes(row.sealed)
    with override_settings(SECRET_KEY="another"):
        assert not queries.is_allowed(two[1].client.get(DEVICES).wsgi_request)


def test_while_locked_two_taps_lead_to_a_pause_that_the_other_sees(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    phone = locked(bob)
    asked = phone.get(MOMENT)
    assert "Start, and tell who waits" in text(asked)
    assert "Your place stays locked" in text(asked)
    started = phone.post(AWAY, {**hidden(asked), "minutes": "20"})
    assert started["Location"] == f"{QUIET}?from=19%3A53&back=20%3A15", "by the clock of the person it is bound to"
    assert "Back at 8:15 PM" in text(phone.get(started["Location"]))
    assert "Bob stepped away" in text(alice.client.get(WAITING))
    assert phone.get(MOMENT)["Location"] == started["Location"]


def test_no_name_and_no_word_of_anybody_stands_on_a_locked_page(two: tuple[Somebody, Somebody]) -> None:
    _alice, bob = two
    phone = locked(bob)
    steps_away(phone)
    for path in (MOMENT, f"{MOMENT}?longer", QUIET, "/moment/back/"):
        page = TOKENS.sub("", phone.get(path, follow=True).content.decode())
        assert "Alice" not in page
        assert "Bob" not in page


def test_longer_and_back_work_while_locked_and_the_sentence_waits_for_the_key(
    two: tuple[Somebody, Somebody], clock: Any
) -> None:
    alice, bob = two
    phone = locked(bob)
    steps_away(phone)
    asked = phone.get(f"{MOMENT}?longer", follow=True)
    assert "Tell the new time" in text(asked)
    assert phone.post(LONGER, {**hidden(asked), "minutes": "20"})["Location"].endswith("back=20%3A35")
    assert "needs longer" in text(alice.client.get(WAITING))
    keyrings = [one.person.keyring for one in two]
    clock.move_to(NOW + timedelta(minutes=38))
    for one, keyring in zip(two, keyrings, strict=True):
        one.client.cookies[settings.SESSION_COOKIE] = sessions.start(keyring, timezone.now())
    back = phone.post(BACK)
    assert back["Location"] == "/moment/back/?back=20%3A35"
    welcome = phone.get(back["Location"])
    assert "You said 8:35 PM and you’re here." in text(welcome)
    assert "Unlock, and say one sentence" in text(welcome)
    soft = re.search(r'href="(/ours/pauses/[0-9a-f-]{36}/soft/)"', welcome.content.decode())
    assert soft
    assert phone.get(soft[1])["Location"].startswith("/unlock/")
    assert "Alice" in text(bob.client.get(soft[1]))
    assert "One sentence, if you like" in text(bob.client.get(WAITING))


def test_after_two_new_times_there_is_a_way_back_while_locked_too(two: tuple[Somebody, Somebody]) -> None:
    phone = locked(two[1])
    steps_away(phone)
    for _time in range(2):
        phone.post(LONGER, {**hidden(phone.get(f"{MOMENT}?longer", follow=True)), "minutes": "15"})
    assert "room for two new times" in text(phone.get(f"{MOMENT}?longer", follow=True))


def test_a_time_of_ones_own_is_read_on_the_wall_of_the_device(two: tuple[Somebody, Somebody]) -> None:
    phone = locked(two[1])
    assert steps_away(phone, minutes="own", at="21:00")["Location"].endswith("back=21%3A00")
    assert models.Pause.objects.get().return_at == datetime(2026, 5, 3, 20, tzinfo=UTC)


def test_a_device_does_nothing_for_anybody_but_its_person(two: tuple[Somebody, Somebody], charlie: Somebody) -> None:
    alice, bob = two
    phone = locked(bob)
    steps_away(alice.client)
    theirs = models.Pause.objects.get()
    sent = {"form_id": str(theirs.id), "over": theirs.return_at.isoformat(), "minutes": "60"}
    assert phone.post(LONGER, sent)["Location"] == MOMENT
    assert phone.post(BACK)["Location"] == "/moment/back/"
    assert phone.post(AWAY, {"form_id": str(theirs.id), "minutes": "20"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.ended_at is None
    device = the_device(bob)
    assert charlie.client.post(f"{DEVICES}{device.id}/remove/").status_code == 404
    assert alice.client.post(f"{DEVICES}{device.id}/remove/").status_code == 404


@pytest.mark.parametrize("strange", ["", "x", "a" * 64, f"{'a' * 64}.24.Europe~Berlin", f"{'a' * 64}.24.Nowhere~Else"])
def test_a_token_that_nobody_gave_opens_nothing(two: tuple[Somebody, Somebody], strange: str) -> None:
    phone = Client()
    phone.cookies[settings.PAUSE_COOKIE] = strange
    assert steps_away(phone).status_code == 401
    assert phone.get(MOMENT).status_code == 200


def test_a_form_without_its_token_or_from_another_site_begins_nothing(two: tuple[Somebody, Somebody]) -> None:
    phone = locked(two[1])
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = phone.cookies
    for path in (AWAY, LONGER, BACK, "/ours/pauses/told/"):
        assert strict.post(path, {"form_id": str(uuid4()), "minutes": "20"}).status_code == 403
        assert phone.post(path, {"minutes": "20"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not models.Pause.objects.exists()


def test_allowing_and_taking_back_change_nothing_on_the_other_s_pages(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    mark = shared_by(alice).mark
    bob.client.post(DEVICES)
    bob.client.post(f"{DEVICES}{the_device(bob).id}/remove/")
    assert shared_by(alice).mark == mark


# When it ends.


def taken_back(bob: Somebody) -> None:
    bob.client.post(f"{DEVICES}{the_device(bob).id}/remove/")


def the_circle_left(bob: Somebody) -> None:
    assert bob.client.post("/together/leave/", {"choice": "keep"}).status_code == 200


def a_new_passphrase(bob: Somebody) -> None:
    words = {"offered": "plainly silver heron sings at dawn", "passphrase": bob.passphrase}
    assert bob.client.post("/settings/passphrase/", words).status_code == 302


def a_new_recovery_code(bob: Somebody) -> None:
    assert bob.client.post("/settings/recovery/", {"passphrase": bob.passphrase}).status_code == 302


def everything_deleted(bob: Somebody) -> None:
    actions.delete_everything(person=bob.person)


def the_place_deleted(bob: Somebody) -> None:
    people.leave(person=bob.person, now=timezone.now())


@pytest.mark.parametrize(
    "end", [taken_back, the_circle_left, a_new_passphrase, a_new_recovery_code, everything_deleted, the_place_deleted]
)
def test_it_ends_with(two: tuple[Somebody, Somebody], end: Any) -> None:
    phone = locked(two[1])
    end(two[1])
    assert not models.Device.objects.exists()
    assert steps_away(phone).status_code == 401
    assert "Start, and tell" not in text(phone.get(MOMENT))


def test_it_ends_when_the_other_leaves(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    phone = locked(bob)
    the_circle_left(alice)
    assert steps_away(phone).status_code == 401
    assert "Allowed on" not in text(bob.client.get(DEVICES))


def test_a_device_that_forgets_everything_gives_it_back_also_while_locked(two: tuple[Somebody, Somebody]) -> None:
    phone = locked(two[1])
    assert phone.post("/settings/forget/").cookies[settings.PAUSE_COOKIE].value == ""
    assert not models.Device.objects.exists()


def test_locking_and_leaving_at_once_leave_it_as_it_is(two: tuple[Somebody, Somebody]) -> None:
    _alice, bob = two
    bob.client.post(DEVICES)
    for path in ("/lock/", "/exit/"):
        assert settings.PAUSE_COOKIE not in bob.client.post(path).cookies
    assert steps_away(bob.client).status_code == 302


def test_a_device_revoked_in_this_very_moment_begins_nothing(two: tuple[Somebody, Somebody]) -> None:
    locked(two[1])
    device = the_device(two[1])
    taken_back(two[1])
    with pytest.raises(Closed):
        actions.step_away(circle=device, pause_id=uuid4(), return_at=NOW + timedelta(minutes=20), now=NOW)


def test_a_device_acts_only_as_often_as_a_person_would(two: tuple[Somebody, Somebody]) -> None:
    locked(two[1])
    device, twenty = the_device(two[1]), NOW + timedelta(minutes=20)
    for _time in range(actions.FREE_ACTS):
        actions.step_away(circle=device, pause_id=uuid4(), return_at=twenty, now=NOW)
    with pytest.raises(TooOften):
        actions.step_away(circle=device, pause_id=uuid4(), return_at=twenty, now=NOW)
    later = NOW + timedelta(minutes=2)
    actions.step_away(circle=device, pause_id=uuid4(), return_at=later + timedelta(minutes=20), now=later)


def test_ten_devices_are_the_most(two: tuple[Somebody, Somebody]) -> None:
    person = two[1].person
    for _one in range(actions.MOST_DEVICES):
        token = cookie.new_token(24, person.zone)
        actions.allow(person=person, circle=shared_by(two[1]), token=token, is_phone=True, now=NOW)
    refused = two[1].client.post(DEVICES)
    assert refused.status_code == 409
    assert "Ten devices are the most." in text(refused)


def test_somebody_alone_has_nobody_a_pause_could_tell(dana: Somebody) -> None:
    assert "You share a space with nobody" in text(dana.client.get(DEVICES))
    dana.client.post(DEVICES)
    assert not models.Device.objects.exists()


def test_a_device_that_somebody_wrote_into_the_database_is_listed_and_can_be_removed(
    two: tuple[Somebody, Somebody],
) -> None:
    alice, bob = two
    alice.client.post(DEVICES)
    token = cookie.new_token(24, alice.person.zone)
    whose = {"owner_id": alice.person.id, "circle_id": shared_by(bob).circle, "lookup": token.lookup}
    forged = models.Device.objects.create(id=uuid4(), key=uuid4(), sealed=b"x" * 298, **whose)
    assert "A device this list doesn’t know" in text(alice.client.get(DEVICES))
    assert [one.since is None for one in queries.devices(alice.person, alice.client.get(DEVICES).wsgi_request)] == [
        True,
        False,
    ]
    assert alice.client.post(f"{DEVICES}{forged.id}/remove/").status_code == 302
    assert "A device this list doesn’t know" not in text(alice.client.get(DEVICES))
    assert models.Device.objects.get().owner_id == alice.person.id
