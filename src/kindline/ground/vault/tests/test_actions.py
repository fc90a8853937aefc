"""Accounts: what opens them, what stops opening them, and that wrong is wrong in one way only."""

import pickle
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import override_settings

from kindline.ground.vault import actions
from kindline.ground.vault.actions import PASSPHRASE, Wrong
from kindline.ground.vault.keyring import Keyring
from kindline.ground.vault.models import Account, Slot
from kindline.ground.vault.passphrases import new_recovery_code
from kindline.ground.vault.primitives import Cost
from kindline.ground.vault.records import Changed

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
WORDS = "plainly copper otter hums at noon"


@pytest.fixture
def code() -> str:
    return new_recovery_code()


@pytest.fixture
def keyring(code: str) -> Keyring:
    return actions.create(actions.passphrase_root("Mia", WORDS), code, actions.recovery_root(code))


def test_name_and_passphrase_open_the_account(keyring: Keyring) -> None:
    found = actions.found(actions.passphrase_root(" mia ", WORDS))
    assert (found.account, found.secrets) == (keyring.account, keyring.secrets)


def test_the_recovery_code_opens_the_same_account(keyring: Keyring, code: str) -> None:
    assert actions.found(actions.recovery_root(code)).account == keyring.account


@pytest.mark.parametrize(("name", "words"), [("Jonas", WORDS), ("Mia", WORDS + "x"), ("Mia", WORDS.upper()), ("", "")])
def test_nothing_else_opens_it(keyring: Keyring, name: str, words: str) -> None:
    with pytest.raises(Wrong):
        actions.found(actions.passphrase_root(name, words))


def test_a_wrong_name_costs_the_same_work_as_a_wrong_passphrase(keyring: Keyring) -> None:
    seen = []
    for name, words in (("Nobody", WORDS), ("Mia", "wrong words altogether")):
        with patch("kindline.ground.vault.stretching.stretch", wraps=actions.stretched.__globals__["stretch"]) as work:
            queries = len(connection.queries_log)
            with pytest.raises(Wrong):
                actions.found(actions.passphrase_root(name, words))
            seen.append((work.call_count, len(connection.queries_log) - queries))
    assert seen[0] == seen[1]
    assert seen[0][0] == 1


def test_the_same_name_may_live_here_twice(keyring: Keyring) -> None:
    other = new_recovery_code()
    again = actions.create(
        actions.passphrase_root("Mia", "another six words of hers"), other, actions.recovery_root(other)
    )
    assert again.account != keyring.account


def test_the_same_name_and_passphrase_make_no_second_account(keyring: Keyring) -> None:
    other = new_recovery_code()
    with pytest.raises(Changed):
        actions.create(actions.passphrase_root("Mia", WORDS), other, actions.recovery_root(other))
    assert Account.objects.count() == 1


def test_words_whose_account_is_gone_make_a_new_one(keyring: Keyring, code: str) -> None:
    Account.objects.filter(id=keyring.account).delete()
    root, other = actions.passphrase_root("Mia", WORDS), new_recovery_code()
    again = actions.create(root, other, actions.recovery_root(other))
    assert again.account != keyring.account
    assert actions.found(root).account == again.account
    with pytest.raises(Wrong):
        actions.found(actions.recovery_root(code))
    assert Slot.objects.count() == 3  # the former code's own row says to nobody whose it was


def test_a_row_that_is_spoilt_or_somebody_elses_is_not_written_over(keyring: Keyring, code: str) -> None:
    spoilt, standing = actions.passphrase_root("Mia", WORDS), actions.recovery_root(code)
    Account.objects.filter(id=keyring.account).delete()
    Slot.objects.filter(id=spoilt.slot_id).update(sealed=Slot.objects.get(id=standing.slot_id).sealed)
    for root in (spoilt, actions.Root(standing.slot_id, spoilt.key)):
        before = bytes(Slot.objects.get(id=root.slot_id).sealed)
        with pytest.raises(Changed):
            actions.add_slot(root, keyring.account, keyring.account_key, PASSPHRASE)
        assert bytes(Slot.objects.get(id=root.slot_id).sealed) == before


def test_another_name_replaces_the_old_one_and_the_keys_stay(keyring: Keyring) -> None:
    actions.replace_passphrase_slot(keyring, actions.passphrase_root("Ada", WORDS))
    with pytest.raises(Wrong):
        actions.found(actions.passphrase_root("Mia", WORDS))
    assert actions.found(actions.passphrase_root("Ada", WORDS)).account_key == keyring.account_key
    assert Slot.objects.count() == 2


def test_a_written_down_code_is_forgotten_here(keyring: Keyring, code: str) -> None:
    assert keyring.secrets.unwritten_recovery_code == code
    actions.confirm_code_written(keyring)
    assert actions.found(actions.recovery_root(code)).secrets.unwritten_recovery_code == ""


def test_two_changes_at_once_do_not_lose_one(keyring: Keyring) -> None:
    actions.confirm_code_written(keyring)
    with pytest.raises(Changed):
        actions.confirm_code_written(keyring)


def test_rows_swapped_between_accounts_open_nothing(keyring: Keyring) -> None:
    other_code = new_recovery_code()
    other = actions.create(actions.passphrase_root("Bob", WORDS), other_code, actions.recovery_root(other_code))
    mine, theirs = (
        Slot.objects.get(id=keyring.secrets.slots[PASSPHRASE]),
        Slot.objects.get(id=other.secrets.slots[PASSPHRASE]),
    )
    Slot.objects.filter(id=mine.id).update(sealed=theirs.sealed)
    with pytest.raises(Wrong):
        actions.found(actions.passphrase_root("Mia", WORDS))
    Slot.objects.filter(id=mine.id).update(sealed=mine.sealed)
    Account.objects.filter(id=keyring.account).update(sealed=Account.objects.get(id=other.account).sealed)
    with pytest.raises(Wrong):
        actions.found(actions.passphrase_root("Mia", WORDS))


def test_an_erased_account_leaves_no_row(keyring: Keyring) -> None:
    actions.erase(keyring)
    assert not Slot.objects.exists()
    assert not Account.objects.exists()


def test_keys_cannot_be_written_anywhere(keyring: Keyring) -> None:
    with pytest.raises(TypeError):
        pickle.dumps(keyring)
    assert repr(keyring) == "<Keyring>"


def test_the_row_of_a_former_name_put_back_opens_nothing(keyring: Keyring) -> None:
    former = actions.passphrase_root("Mia", WORDS)
    row = Slot.objects.get(id=former.slot_id)
    actions.replace_passphrase_slot(keyring, actions.passphrase_root("Ada", WORDS))
    row.save(force_insert=True)
    with pytest.raises(Wrong):
        actions.found(former)


def test_a_cheaper_cost_written_into_the_database_is_not_used(keyring: Keyring) -> None:
    dearer = override_settings(STRETCH_LEAST_MEMORY=16384, STRETCH_LEAST_PASSES=2)
    with dearer, patch("kindline.ground.vault.actions.stretched", wraps=actions.stretched) as work:
        actions.passphrase_root("Mia", WORDS)
    assert actions.installation().stretch_memory < 16384
    assert work.call_args.args[2] == Cost(16384, 2)
