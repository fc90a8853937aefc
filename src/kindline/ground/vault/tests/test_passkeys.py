"""Slots of a device's own lock: what opens them, and that nothing near it does."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from kindline.ground.vault import actions
from kindline.ground.vault.actions import Root, Wrong, found
from kindline.ground.vault.keyring import Keyring
from kindline.ground.vault.models import Account, Installation, Slot
from kindline.ground.vault.passkeys import (
    MOST_PASSKEYS,
    NoKey,
    TooMany,
    add_passkey,
    passkey_root,
    prf_salt,
    remove_passkey,
)
from kindline.ground.vault.passphrases import new_recovery_code
from kindline.ground.vault.primitives import random_bytes
from kindline.ground.vault.records import Changed

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
OUTPUT, DEVICE = bytes(range(32)), bytes(range(100, 132))
NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)


def somebody(name: str) -> Keyring:
    code = new_recovery_code()
    root = actions.passphrase_root(name, "plainly copper otter hums at noon")
    return actions.create(root, code, actions.recovery_root(code))


@pytest.fixture
def keyring() -> Keyring:
    return somebody("Mia")


def added(keyring: Keyring, root: Root, credential: bytes = b"one") -> Keyring:
    return add_passkey(keyring, root, "My phone", credential, NOON)


def test_what_the_phone_and_the_browser_keep_opens_the_same_account(keyring: Keyring) -> None:
    after = added(keyring, passkey_root(OUTPUT, DEVICE))
    opened = found(passkey_root(OUTPUT, DEVICE))
    assert (opened.account, opened.secrets) == (keyring.account, after.secrets)
    assert [(one.label, one.added_at) for one in opened.secrets.passkeys] == [("My phone", NOON)]


def test_the_way_from_a_phones_key_to_its_slot_is_frozen() -> None:
    """If this fails, phones that were set up open nothing any more."""
    Installation.objects.create(id=1, salt=bytes(range(32)), stretch_memory=8192, stretch_passes=1)
    assert prf_salt().hex() == FROZEN_SALT
    root = passkey_root(OUTPUT, DEVICE)
    assert (root.slot_id, root.key.hex()) == (FROZEN_SLOT, FROZEN_KEY)


def test_every_flipped_bit_of_either_secret_opens_nothing(keyring: Keyring) -> None:
    added(keyring, passkey_root(OUTPUT, DEVICE))
    for bit in range(len(OUTPUT) * 8):
        flip = (1 << bit).to_bytes(32)
        for output, device in ((_xor(OUTPUT, flip), DEVICE), (OUTPUT, _xor(DEVICE, flip))):
            with pytest.raises(Wrong):
                found(passkey_root(output, device))
    with pytest.raises(Wrong):
        found(passkey_root(DEVICE, OUTPUT))


def test_every_flipped_bit_of_its_row_is_refused(keyring: Keyring) -> None:
    root = passkey_root(OUTPUT, DEVICE)
    added(keyring, root)
    sealed = bytes(Slot.objects.get(id=root.slot_id).sealed)
    for bit in range(len(sealed) * 8):
        spoilt = bytearray(sealed)
        spoilt[bit // 8] ^= 1 << bit % 8
        Slot.objects.filter(id=root.slot_id).update(sealed=bytes(spoilt))
        with pytest.raises(Wrong):
            found(root)


def test_rows_swapped_between_ways_and_accounts_open_nothing(keyring: Keyring) -> None:
    other, root, others = somebody("Bob"), passkey_root(OUTPUT, DEVICE), passkey_root(DEVICE, OUTPUT)
    mine, theirs = added(keyring, root), added(other, others)
    rows = {row.id: bytes(row.sealed) for row in Slot.objects.all()}
    assert len(rows) == 6
    assert len({len(sealed) for sealed in rows.values()}) == 1, "no row shows of which kind it is"
    for slot in (mine.secrets.ways_in() | theirs.secrets.ways_in()) - {root.slot_id}:
        Slot.objects.filter(id=root.slot_id).update(sealed=rows[slot])
        with pytest.raises(Wrong):
            found(root)


def test_the_row_of_a_removed_one_put_back_opens_nothing(keyring: Keyring) -> None:
    root = passkey_root(OUTPUT, DEVICE)
    after = added(keyring, root)
    row = Slot.objects.get(id=root.slot_id)
    assert remove_passkey(after, root.slot_id).secrets.passkeys == ()
    assert Slot.objects.count() == 2
    row.save(force_insert=True)
    with pytest.raises(Wrong):
        found(root)


def test_a_way_written_by_somebody_who_knows_the_account_key_is_not_listed_and_opens_nothing(keyring: Keyring) -> None:
    root = passkey_root(OUTPUT, DEVICE)
    actions.add_slot(root, keyring.account, keyring.account_key, actions.PASSKEY)
    with pytest.raises(Wrong):
        found(root)


@pytest.mark.parametrize(
    ("output", "device"),
    [(b"", DEVICE), (OUTPUT[:31], DEVICE), (OUTPUT + b"x", DEVICE), (bytes(32), DEVICE), (b"ab" * 16, DEVICE),
     (OUTPUT, b"")],
)  # fmt: skip
def test_what_holds_no_chance_is_no_key(output: bytes, device: bytes) -> None:
    with pytest.raises(NoKey):
        passkey_root(output, device)


def test_the_same_key_on_two_accounts_is_refused(keyring: Keyring) -> None:
    added(keyring, passkey_root(OUTPUT, DEVICE))
    other = somebody("Bob")
    with pytest.raises(Changed):
        added(other, passkey_root(OUTPUT, DEVICE))
    assert found(passkey_root(OUTPUT, DEVICE)).account == keyring.account


def test_there_are_ten_at_most(keyring: Keyring) -> None:
    for _ in range(MOST_PASSKEYS):
        keyring = added(keyring, passkey_root(random_bytes(), DEVICE))
    with pytest.raises(TooMany):
        added(keyring, passkey_root(random_bytes(), DEVICE))


def test_two_windows_that_add_one_each_lose_none(keyring: Keyring) -> None:
    added(keyring, passkey_root(OUTPUT, DEVICE))
    both = added(keyring, passkey_root(DEVICE, OUTPUT))
    assert len(both.secrets.passkeys) == 2
    assert len(remove_passkey(keyring, both.secrets.passkeys[0].slot).secrets.passkeys) == 1


def test_removing_what_is_not_there_changes_nothing(keyring: Keyring) -> None:
    assert remove_passkey(keyring, str(UUID(int=1))).version == keyring.version
    assert Account.objects.get().version == keyring.version


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


FROZEN_SALT = "09570bb090c654e478268c906f5e647f12cbd53a2306ee1cd241d2b019edf385"
FROZEN_SLOT = "f11c56b424abf92c8f27da1805dcef04e8c8f6008282ac81366ec52f4b9910c0"
FROZEN_KEY = "3b826f639ca09f74f7b6f53a00386855401e176f09ec9b86c931c8b12e00c48c"
