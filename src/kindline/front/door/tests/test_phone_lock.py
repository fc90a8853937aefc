"""A device's own lock at the door; the browser's part is played by 32 bytes and a credential's name."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kindline.front.door import phone_keys
from kindline.front.door.tests.forms import hidden, is_unlocked, unlock
from kindline.ground.vault import throttle
from kindline.ground.vault.models import Slot, Throttle
from kindline.ground.vault.primitives import random_bytes
from tests.people import PASSPHRASE, Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
KEY = phone_keys.packed(bytes(range(32)))
OTHER_KEY = phone_keys.packed(bytes(range(1, 33)))
CREDENTIAL = phone_keys.packed(b"one passkey")


def confirmed(client: Client) -> dict[str, str]:
    page = client.post(reverse("door:phone-lock"), {"passphrase": PASSPHRASE, "label": "The blue one"})
    fields = hidden(page)
    assert "confirmed" in fields, page.content.decode()
    return fields


def set_up(client: Client, key: str = KEY, credential: str = CREDENTIAL) -> object:
    return client.post(reverse("door:phone-key"), {**confirmed(client), "credential": credential, "key": key})


def by_phone(client: Client, key: str = KEY, credential: str = CREDENTIAL, **fields: str) -> object:
    return client.post(reverse("door:unlock"), {"credential": credential, "key": key, **fields})


def locked(client: Client) -> Client:
    client.post(reverse("door:lock"))
    assert not is_unlocked(client)
    return client


def test_it_is_off_until_somebody_sets_it_up(alice: Somebody) -> None:
    page = alice.client.get(reverse("door:phone-lock")).content.decode()
    assert "It is off until you set it up" in page
    assert "Anyone whose finger or face opens this" in page
    assert "data-phone-unlock" not in locked(alice.client).get(reverse("door:unlock")).content.decode()


def test_it_unlocks_as_the_passphrase_does(alice: Somebody) -> None:
    assert set_up(alice.client)["location"] == reverse("door:phone-lock")
    before = alice.client.cookies[settings.SESSION_COOKIE].value
    page = locked(alice.client).get(reverse("door:unlock"), {"next": reverse("door:name")})
    assert CREDENTIAL in page.content.decode()
    opened = by_phone(alice.client, next=reverse("door:name"))
    assert opened["location"] == reverse("door:name")
    assert is_unlocked(alice.client)
    assert opened.cookies[settings.SESSION_COOKIE].value not in {"", before}
    assert opened.cookies[settings.PHONE_LOCK_COOKIE]["max-age"] == throttle.DEVICE_AGE
    assert opened.cookies[settings.DEVICE_COOKIE].value


def test_nothing_is_made_without_the_passphrase(alice: Somebody) -> None:
    refused = alice.client.post(reverse("door:phone-lock"), {"passphrase": "not mine at all"})
    assert refused.context["form"].errors["passphrase"]
    for forged in ("", "x:y:z", "confirmed"):
        fields = {"confirmed": forged, "credential": CREDENTIAL, "key": KEY}
        assert alice.client.post(reverse("door:phone-key"), fields).status_code == 200
    assert Slot.objects.count() == 2


def test_the_passphrase_counts_for_five_minutes_and_in_this_session_only(alice: Somebody, bob: Somebody) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for one in (alice, bob):
            assert unlock(one.client, one.name).status_code == 302
        fields = {**confirmed(alice.client), "credential": CREDENTIAL, "key": KEY}
        bob.client.post(reverse("door:phone-key"), fields)
        clock.shift(timedelta(minutes=5, seconds=1))
        late = alice.client.post(reverse("door:phone-key"), fields)
    assert "type your passphrase once more" in late.content.decode()
    assert Slot.objects.count() == 4, "two for each, as before"


@pytest.mark.parametrize(
    ("key", "credential"),
    [
        ("", CREDENTIAL),
        (KEY[:-2], CREDENTIAL),
        (KEY + "AA", CREDENTIAL),
        (phone_keys.packed(bytes(32)), CREDENTIAL),
        ("not base64 at all", CREDENTIAL),
        (KEY, ""),
        (KEY, "a.b:c"),
        (KEY, phone_keys.packed(bytes(256))),
    ],
)
def test_what_is_no_key_is_refused_and_changes_nothing(alice: Somebody, key: str, credential: str) -> None:
    answer = set_up(alice.client, key, credential)
    assert "Nothing was changed" in answer.content.decode()
    assert Slot.objects.count() == 2
    assert settings.PHONE_LOCK_COOKIE not in alice.client.cookies


def test_the_same_passkey_set_up_again_opens_with_its_newer_secret(alice: Somebody) -> None:
    set_up(alice.client)
    kept = phone_keys.of_request(_request(alice.client))
    assert [one.credential for one in kept] == [CREDENTIAL]
    set_up(alice.client)  # the same passkey again: another secret, so another slot, and the older one here is let go
    assert len(phone_keys.of_request(_request(alice.client))) == 1
    assert by_phone(locked(alice.client)).status_code == 302


def test_another_browser_opens_nothing_with_the_same_passkey(alice: Somebody) -> None:
    """The phone's maker may copy a passkey to other devices; the secret that belongs to it stays where it was made."""
    set_up(alice.client)
    elsewhere = Client()
    assert by_phone(elsewhere).status_code == 403
    set_up_too = Client()
    unlock(set_up_too, alice.name)
    set_up(set_up_too, OTHER_KEY, phone_keys.packed(b"another passkey"))
    assert by_phone(locked(set_up_too)).status_code == 403
    assert by_phone(set_up_too, KEY, phone_keys.packed(b"another passkey")).status_code == 403


def test_a_browser_that_keeps_a_forged_secret_keeps_nothing(alice: Somebody) -> None:
    set_up(alice.client)
    forger = Client()
    forger.cookies[settings.PHONE_LOCK_COOKIE] = f"{CREDENTIAL}:{'00' * 32}:signature"
    assert "data-phone-unlock" not in forger.get(reverse("door:unlock")).content.decode()
    assert by_phone(forger).status_code == 403
    assert not Throttle.objects.exists(), "and slows down nobody"


def test_a_removed_one_opens_nothing_and_its_button_is_gone(alice: Somebody) -> None:
    set_up(alice.client)
    slot = alice.person.keyring.secrets.passkeys[0].slot
    assert alice.client.post(reverse("door:phone-remove"), {"slot": slot}).status_code == 302
    assert Slot.objects.count() == 2
    assert "data-phone-unlock" not in locked(alice.client).get(reverse("door:unlock")).content.decode()
    assert by_phone(alice.client).status_code == 403


def test_one_removed_from_another_device_opens_nothing_either(alice: Somebody) -> None:
    phone = Client()
    unlock(phone, alice.name)
    set_up(phone)
    slot = alice.person.keyring.secrets.passkeys[0].slot
    alice.client.post(reverse("door:phone-remove"), {"slot": slot})
    refused = by_phone(locked(phone))
    assert refused.status_code == 403
    assert "Your name and passphrase do." in refused.content.decode()
    assert unlock(phone, alice.name).status_code == 302


def test_nobody_sees_or_removes_somebody_elses(alice: Somebody, charlie: Somebody) -> None:
    set_up(alice.client)
    slot = alice.person.keyring.secrets.passkeys[0].slot
    assert "The blue one" in alice.client.get(reverse("door:phone-lock")).content.decode()
    assert "The blue one" not in charlie.client.get(reverse("door:phone-lock")).content.decode()
    assert charlie.client.post(reverse("door:phone-remove"), {"slot": slot}).status_code == 404
    assert len(alice.person.keyring.secrets.passkeys) == 1


def test_words_that_wait_for_one_person_are_not_opened_by_anothers_finger(alice: Somebody, bob: Somebody) -> None:
    unlock(alice.client, alice.name)
    set_up(alice.client)
    locked(alice.client)
    unlock(alice.client, bob.name)
    set_up(alice.client, OTHER_KEY, phone_keys.packed(b"the passkey of Bob"))
    words = {"form_id": str(uuid4()), "what": "He is late again."}
    carried = hidden(locked(alice.client).post(reverse("journal:write"), words))
    carried = {name: value for name, value in carried.items() if value}  # the device's answer is still to come
    refused = by_phone(alice.client, **carried)
    assert refused.status_code == 403
    assert "begun under another name" in refused.content.decode()
    assert "He is late again." in refused.content.decode()
    opened = by_phone(alice.client, OTHER_KEY, phone_keys.packed(b"the passkey of Bob"), **carried)
    assert opened.status_code == 302


def test_wrong_tries_slow_down_this_device_and_home_only(alice: Somebody) -> None:
    set_up(alice.client)
    locked(alice.client)
    with time_machine.travel(NOON, tick=False):
        for _ in range(throttle.FREE_TRIES):
            assert by_phone(alice.client, phone_keys.packed(random_bytes())).status_code == 403
        assert by_phone(alice.client).status_code == 429
        fields = {"credential": CREDENTIAL, "key": KEY}
        elsewhere = alice.client.post(reverse("door:unlock"), fields, REMOTE_ADDR="127.0.0.2")
        assert elsewhere.status_code == 302, "at another home it opens"
        assert unlock(alice.client, alice.name).status_code == 302, "the passphrase is counted apart"


def test_the_key_never_stands_in_a_page(alice: Somebody) -> None:
    fields = {**confirmed(alice.client), "credential": CREDENTIAL, "key": KEY}
    met = locked(alice.client).post(reverse("door:phone-key"), fields)
    assert met.status_code == 401
    assert KEY not in met.content.decode()
    assert fields["confirmed"] not in met.content.decode()
    wrong = by_phone(alice.client)
    assert KEY not in wrong.content.decode()


@pytest.mark.parametrize("address", ["door:passphrase", "door:new-recovery"])
def test_new_keys_end_every_devices_lock(alice: Somebody, address: str) -> None:
    set_up(alice.client)
    fields = {"passphrase": PASSPHRASE, "own": "a lantern on the quiet ferry home", "offered": ""}
    assert alice.client.post(reverse(address), fields)["location"] == reverse("door:recovery")
    assert is_unlocked(alice.client)
    assert Slot.objects.count() == 2
    assert by_phone(locked(alice.client)).status_code == 403


def test_another_name_leaves_the_phones_lock(alice: Somebody) -> None:
    set_up(alice.client)
    alice.client.post(reverse("door:name"), {"name": "Ada", "passphrase": PASSPHRASE})
    assert by_phone(locked(alice.client)).status_code == 302
    assert "Your place, Ada" in alice.client.get(reverse("door:settings")).content.decode()


def test_a_deleted_place_leaves_no_slot_of_a_phone(alice: Somebody) -> None:
    set_up(alice.client)
    alice.client.post(reverse("door:delete"), {"passphrase": PASSPHRASE})
    assert not Slot.objects.exists()


def test_a_device_without_a_name_gets_a_plain_one(alice: Somebody) -> None:
    fields = confirmed(alice.client)
    alice.client.post(reverse("door:phone-key"), {**fields, "label": " ", "credential": CREDENTIAL, "key": KEY})
    assert alice.person.keyring.secrets.passkeys[0].label == "My computer"


def _request(client: Client) -> object:
    request = type("Request", (), {})()
    request.COOKIES = {name: one.value for name, one in client.cookies.items()}
    return request
