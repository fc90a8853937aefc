from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from kindline.front.door.tests.forms import is_unlocked, join, offered_words, unlock
from kindline.ground.people import actions as people
from kindline.ground.vault import actions as vault
from kindline.ground.vault.keyring import Keyring
from tests.people import PASSPHRASE

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

NEW = "a lantern on the quiet ferry home"


def code_of(client: Client) -> str:
    return "-".join(client.get(reverse("door:recovery")).context["groups"])


def recover(client: Client, code: str, **fields: str) -> object:
    return client.post(reverse("door:recover"), {"code": code, "own": NEW, **fields})


def test_the_code_opens_the_place_with_a_new_passphrase_and_is_used_up(client: Client) -> None:
    join(client, own=PASSPHRASE)
    code = code_of(client)
    browser = Client()
    assert recover(browser, code)["location"] == reverse("door:recovery")
    assert is_unlocked(browser)
    assert code_of(browser) != code
    assert unlock(Client(), "Mia", NEW).status_code == 302
    assert unlock(Client(), "Mia", PASSPHRASE).status_code == 403
    spent = recover(Client(), code)
    assert spent.status_code == 403
    assert "Each code works once" in spent.content.decode()


def test_every_other_device_locks_when_the_code_was_used(client: Client) -> None:
    join(client, own=PASSPHRASE)
    assert is_unlocked(client)
    recover(Client(), code_of(client))
    assert not is_unlocked(client)


def test_a_code_may_be_typed_in_small_letters_with_spaces(client: Client) -> None:
    join(client)
    assert recover(Client(), code_of(client).lower().replace("-", "  ")).status_code == 302


def test_a_slip_in_the_code_is_noticed_before_anything_is_tried(client: Client) -> None:
    join(client)
    code = code_of(client)
    slip = ("2" if code[0] != "2" else "3") + code[1:]
    answer = recover(Client(), slip)
    assert answer.status_code == 200
    assert answer.context["form"].errors["code"]


def test_without_new_words_of_ones_own_the_offered_ones_are_taken(client: Client) -> None:
    join(client)
    browser = Client()
    words = offered_words(browser.get(reverse("door:recover")))
    assert recover(browser, code_of(client), own="", offered=words).status_code == 302
    assert unlock(Client(), "Mia", words).status_code == 302


def test_other_words_keeps_the_code_that_was_typed(client: Client) -> None:
    join(client)
    code = code_of(client)
    first = client.get(reverse("door:recover"))
    fields = {"code": code, "offered": offered_words(first), "other-words": "1"}
    second = client.post(reverse("door:recover"), fields)
    assert offered_words(second) != offered_words(first)
    assert f'value="{code}"' in second.content.decode()
    assert recover(client, code).status_code == 302


def test_a_new_code_replaces_the_old_one(client: Client) -> None:
    join(client, own=PASSPHRASE)
    old = code_of(client)
    assert client.post(reverse("door:new-recovery"), {"passphrase": "not mine at all"}).status_code == 200
    assert code_of(client) == old
    made = client.post(reverse("door:new-recovery"), {"passphrase": PASSPHRASE})
    assert made["location"] == reverse("door:recovery")
    assert recover(Client(), old).status_code == 403
    assert recover(Client(), code_of(client)).status_code == 302


def test_words_that_open_another_place_are_refused_and_nothing_is_used_up(client: Client) -> None:
    join(Client(), "Mia", own=NEW)
    join(client, "Mia", own=PASSPHRASE)
    code, browser = code_of(client), Client()
    refused = recover(browser, code)
    assert refused.status_code == 200
    assert refused.context["form"].errors["own"]
    assert not is_unlocked(browser)
    assert unlock(Client(), "Mia", PASSPHRASE).status_code == 302
    assert recover(browser, code, own="a kettle sings in the blue kitchen").status_code == 302


def test_a_code_used_in_two_windows_at_once_opens_one_place_once(client: Client) -> None:
    join(client, own=PASSPHRASE)
    code, late = code_of(client), Client()
    begun = people.recover

    def overtaken(**asked: object) -> str:
        with patch.object(people, "recover", begun):
            assert recover(Client(), code, own="a kettle sings in the blue kitchen").status_code == 302
        return begun(**asked)

    with patch.object(people, "recover", overtaken):
        answer = recover(late, code)
    assert answer.status_code == 403
    assert "Each code works once" in answer.content.decode()
    assert not is_unlocked(late)
    assert unlock(Client(), "Mia", NEW).status_code == 403
    assert unlock(Client(), "Mia", "a kettle sings in the blue kitchen").status_code == 302


def test_a_code_said_to_be_written_down_in_two_windows_is_no_mistake(client: Client) -> None:
    join(client, own=PASSPHRASE)
    typed, confirm = {"last_group": code_of(client)[-4:]}, vault.confirm_code_written

    def overtaken(keyring: Keyring) -> Keyring:
        confirm(keyring)
        return confirm(keyring)

    with patch.object(vault, "confirm_code_written", overtaken):
        answer = client.post(reverse("door:recovery"), typed)
    assert answer["location"] == reverse("door:recovery")
    assert client.get(answer["location"])["location"] == reverse("today:today")
