import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kindline.front.door.tests.forms import is_unlocked, offered_words, unlock
from kindline.ground.vault.models import Account
from tests.people import PASSPHRASE, Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

NEW = "a lantern on the quiet ferry home"
LOOKS = {"theme": "dark", "idle_minutes": "30", "hours": "12", "time_zone": "Europe/Berlin"}


def another_device(somebody: Somebody) -> Client:
    browser = Client()
    assert unlock(browser, somebody.name).status_code == 302
    return browser


def test_how_it_looks_and_when_it_locks_is_kept(alice: Somebody) -> None:
    assert alice.client.post(reverse("door:settings"), LOOKS).status_code == 302
    profile = alice.person.profile
    assert (profile.theme, profile.idle_minutes, profile.time_zone) == ("dark", 30, "Europe/Berlin")
    assert 'data-theme="dark"' in alice.client.get(reverse("door:settings")).content.decode()


@pytest.mark.parametrize(("field", "value"), [("theme", "pink"), ("idle_minutes", "999"), ("time_zone", "Mars/Base")])
def test_what_is_not_offered_is_not_taken(alice: Somebody, field: str, value: str) -> None:
    assert alice.client.post(reverse("door:settings"), {**LOOKS, field: value}).status_code == 200
    assert alice.person.profile.time_zone != "Europe/Berlin"


def test_a_new_name_unlocks_and_the_old_one_does_not(alice: Somebody) -> None:
    fields = {"name": "Ada", "passphrase": PASSPHRASE}
    assert alice.client.post(reverse("door:name"), fields)["location"] == reverse("door:settings")
    assert is_unlocked(alice.client)
    assert "Your place, Ada" in alice.client.get(reverse("door:settings")).content.decode()
    assert unlock(Client(), "Ada").status_code == 302
    assert unlock(Client(), alice.name).status_code == 403


def test_a_name_is_not_changed_without_ones_own_passphrase(alice: Somebody, bob: Somebody) -> None:
    refused = alice.client.post(reverse("door:name"), {"name": "Ada", "passphrase": "somebody else’s words"})
    assert refused.context["form"].errors["passphrase"]
    assert unlock(Client(), "Ada").status_code == 403
    assert unlock(Client(), alice.name).status_code == 302


def test_a_name_and_passphrase_that_open_another_place_are_not_taken(alice: Somebody, bob: Somebody) -> None:
    refused = alice.client.post(reverse("door:name"), {"name": bob.name, "passphrase": PASSPHRASE})
    assert refused.context["form"].errors["name"]
    assert unlock(Client(), alice.name).status_code == 302


def test_a_new_passphrase_locks_every_other_device_and_gives_this_one_a_new_token(alice: Somebody) -> None:
    other = another_device(alice)
    before = alice.client.cookies[settings.SESSION_COOKIE].value
    changed = alice.client.post(reverse("door:passphrase"), {"passphrase": PASSPHRASE, "own": NEW, "offered": ""})
    assert changed["location"] == reverse("door:recovery"), "there is a new recovery code to write down"
    assert alice.client.cookies[settings.SESSION_COOKIE].value != before
    assert is_unlocked(alice.client)
    assert not is_unlocked(other)
    assert unlock(Client(), alice.name, NEW).status_code == 302
    assert unlock(Client(), alice.name, PASSPHRASE).status_code == 403


def test_the_offered_words_can_be_the_new_passphrase_and_other_ones_can_be_asked_for(alice: Somebody) -> None:
    first = offered_words(alice.client.get(reverse("door:passphrase")))
    page = alice.client.post(reverse("door:passphrase"), {"offered": first, "other-words": "1"})
    second = offered_words(page)
    assert second != first
    fields = {"passphrase": PASSPHRASE, "own": "", "offered": second}
    assert alice.client.post(reverse("door:passphrase"), fields).status_code == 302
    assert unlock(Client(), alice.name, second).status_code == 302


def test_a_passphrase_made_of_ones_name_is_not_taken(alice: Somebody) -> None:
    fields = {"passphrase": PASSPHRASE, "own": f"{alice.name} {alice.name} {alice.name}", "offered": ""}
    assert alice.client.post(reverse("door:passphrase"), fields).context["form"].errors["own"]
    assert unlock(Client(), alice.name).status_code == 302


def test_other_devices_can_be_locked_from_here(alice: Somebody) -> None:
    other = another_device(alice)
    assert reverse("door:devices") in alice.client.get(reverse("door:settings")).content.decode()
    alice.client.post(reverse("door:devices"))
    assert is_unlocked(alice.client)
    assert not is_unlocked(other)
    assert reverse("door:devices") not in alice.client.get(reverse("door:settings")).content.decode()


def test_locking_other_devices_leaves_a_stranger_alone(alice: Somebody, charlie: Somebody) -> None:
    alice.client.post(reverse("door:devices"))
    assert is_unlocked(charlie.client)


def test_deleting_needs_the_passphrase_and_is_for_good(alice: Somebody, bob: Somebody) -> None:
    assert alice.client.post(reverse("door:delete"), {"passphrase": "not mine at all"}).status_code == 200
    assert Account.objects.count() == 2
    gone = alice.client.post(reverse("door:delete"), {"passphrase": PASSPHRASE})
    assert "deleted" in gone.content.decode()
    assert "data-lock-after" not in gone.content.decode()
    assert alice.name not in gone.content.decode()
    assert not is_unlocked(alice.client)
    assert Account.objects.count() == 1
    assert unlock(Client(), alice.name).status_code == 403
    assert is_unlocked(bob.client)


def test_nobody_confirms_with_another_persons_passphrase(alice: Somebody) -> None:
    refused = alice.client.post(reverse("door:delete"), {"passphrase": NEW})
    assert "Nothing was changed" in refused.content.decode()
    assert is_unlocked(alice.client)


def test_the_old_passphrase_and_the_new_one_are_called_so(alice: Somebody) -> None:
    page = alice.client.get(reverse("door:passphrase")).content.decode()
    assert "Your old passphrase" in page
    assert "Your new passphrase</h2>" in page


@pytest.mark.parametrize("typed", ["america/new york", " America/New_York ", "AMERICA/NEW_YORK"])
def test_a_time_zone_is_understood_however_it_is_typed(alice: Somebody, typed: str) -> None:
    alice.client.post(reverse("door:settings"), {**LOOKS, "time_zone": typed})
    assert alice.person.profile.time_zone == "America/New_York"
