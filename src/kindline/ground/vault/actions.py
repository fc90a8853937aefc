"""What can be done with an account's keys: make it, open it, change what opens it, end it."""

from typing import NamedTuple
from uuid import UUID, uuid4

import msgspec
from django.conf import settings
from django.db import IntegrityError, transaction

from kindline.ground.vault.keyring import Keyring, Secrets, new_secrets, open_keyring, seal_secrets
from kindline.ground.vault.models import Account, Installation, Slot
from kindline.ground.vault.passphrases import folded, folded_name
from kindline.ground.vault.primitives import SALT_SIZE, Cost, Unopened, derive, digest, random_bytes
from kindline.ground.vault.records import Changed, take_turn
from kindline.ground.vault.sealing import Place, Shape, open_sealed, seal
from kindline.ground.vault.stretching import stretched

PASSPHRASE = "passphrase"  # noqa: S105 - the kind of a slot
RECOVERY = "recovery"
PASSKEY = "passkey"


class Wrong(Exception):  # noqa: N818 - what is the case
    """No account opens with this."""


class Root(NamedTuple):
    """What a stretched passphrase or code comes to: a row to look in and the key that opens it."""

    slot_id: str
    key: bytes


class _Way(Shape, frozen=True, kw_only=True):
    account: UUID
    account_key: bytes
    kind: str


def passphrase_root(name: str, passphrase: str, *, known_device: bool = False) -> Root:
    """Stretch a name and passphrase (a tenth of a second and 64 MiB at the default cost)."""
    return _root(folded(passphrase), folded_name(name), known_device=known_device)


def recovery_root(code: str, *, known_device: bool = False) -> Root:
    """Stretch a recovery code; its name is a constant no person's name can be."""
    return _root(code, "\x00recovery", known_device=known_device)


def found(root: Root) -> Keyring:
    """Return the keyring that a root opens, or raise Wrong."""
    way = _way(root, Slot.objects.filter(id=root.slot_id).first())
    account = Account.objects.filter(id=way.account).first() if way else None
    if way is None or account is None:
        raise Wrong
    try:
        keyring = open_keyring(account.id, way.account_key, account.version, bytes(account.sealed))
    except Unopened as error:
        raise Wrong from error
    # The row of a former passphrase or a spent code, put back into the database, still opens; its account disowns it.
    if root.slot_id not in keyring.secrets.ways_in():
        raise Wrong
    return keyring


def create(root: Root, recovery: str, code_root: Root) -> Keyring:
    """Make an account that opens with a passphrase and with a recovery code; raise Changed when it exists."""
    account, account_key, secrets = uuid4(), random_bytes(), new_secrets()
    secrets = msgspec.structs.replace(
        secrets,
        slots={PASSPHRASE: root.slot_id, RECOVERY: code_root.slot_id},
        unwritten_recovery_code=recovery,
    )
    with transaction.atomic():
        Account.objects.create(id=account, sealed=seal_secrets(account, account_key, secrets, 1))
        add_slot(root, account, account_key, PASSPHRASE)
        add_slot(code_root, account, account_key, RECOVERY)
    return Keyring(account, account_key, secrets, 1)


def replace_passphrase_slot(keyring: Keyring, root: Root) -> Keyring:
    """Let an account open by another name with the passphrase it has; its keys stay."""
    old = keyring.secrets.slots.get(PASSPHRASE, "")
    if old == root.slot_id:
        return keyring
    secrets = msgspec.structs.replace(keyring.secrets, slots={**keyring.secrets.slots, PASSPHRASE: root.slot_id})
    with transaction.atomic():
        add_slot(root, keyring.account, keyring.account_key, PASSPHRASE)
        Slot.objects.filter(id=old).delete()
        return rewrite_secrets(keyring, secrets)


def confirm_code_written(keyring: Keyring) -> Keyring:
    """Forget the recovery code itself, now that the person has it; only its slot stays."""
    return rewrite_secrets(keyring, msgspec.structs.replace(keyring.secrets, unwritten_recovery_code=""))


def erase(keyring: Keyring) -> None:
    """Delete an account with every way to open it and everything it owns."""
    with transaction.atomic():
        Slot.objects.filter(id__in=take_turn(keyring).secrets.ways_in()).delete()
        Account.objects.filter(id=keyring.account).delete()


def take_turn_at_the_door() -> None:
    """Wait until nobody else is joining, inside the caller's transaction. SQLite does so by itself."""
    Installation.objects.select_for_update().get(id=installation().id)


def installation() -> Installation:
    """Return the installation's row, made when it is first needed."""
    row = Installation.objects.first()
    if row is None:
        row, _ = Installation.objects.get_or_create(
            id=1,
            defaults={
                "salt": random_bytes(32),
                "stretch_memory": settings.STRETCH_MEMORY,
                "stretch_passes": settings.STRETCH_PASSES,
            },
        )
    return row


def add_slot(root: Root, account: UUID, account_key: bytes, kind: str) -> None:
    """Write one more way to open an account, or raise Changed when it opens one already.

    What opened an account that is gone (its operator removed it) leads nowhere and is written over.
    """
    way = _Way(account=account, account_key=account_key, kind=kind)
    sealed = seal(root.key, way, _place(root.slot_id))
    try:
        with transaction.atomic():
            Slot.objects.create(id=root.slot_id, sealed=sealed)
    except IntegrityError as error:
        left = _leading_nowhere(root)
        if left is None or not Slot.objects.filter(id=left.id, sealed=left.sealed).update(sealed=sealed):
            raise Changed from error


def rewrite_secrets(keyring: Keyring, secrets: Secrets) -> Keyring:
    """Seal an account's secrets anew with the key it has, or raise Changed when somebody did in between."""
    new = Keyring(keyring.account, keyring.account_key, secrets, keyring.version + 1)
    rewrite_account(keyring, new)
    return new


def rewrite_account(old: Keyring, new: Keyring) -> None:
    """Write an account's next version over exactly the old one, or raise Changed."""
    sealed = seal_secrets(new.account, new.account_key, new.secrets, new.version)
    if not Account.objects.filter(id=old.account, version=old.version).update(version=new.version, sealed=sealed):
        raise Changed


def _leading_nowhere(root: Root) -> Slot | None:
    """Return a root's own row when the account that it opens is gone; only who has the root can tell."""
    row = Slot.objects.filter(id=root.slot_id).first()
    way = _way(root, row)
    return row if way and not Account.objects.filter(id=way.account).exists() else None


def _way(root: Root, row: Slot | None) -> _Way | None:
    """Return what a row says to whoever has its root, or None."""
    try:
        return open_sealed(root.key, bytes(row.sealed), _Way, _place(row.id)) if row else None
    except Unopened:
        return None


def _root(secret: str, name: str, *, known_device: bool) -> Root:
    here = installation()
    salt = digest(name.encode(), SALT_SIZE, key=bytes(here.salt))
    # Whoever writes to the database must not be able to make the next passphrase cheap to guess.
    cost = Cost(
        max(here.stretch_memory, settings.STRETCH_LEAST_MEMORY), max(here.stretch_passes, settings.STRETCH_LEAST_PASSES)
    )
    root = stretched(secret, salt, cost, known_device=known_device)
    return Root(derive(root, "slot-id").hex(), derive(root, "slot-kek"))


def _place(slot_id: str) -> Place:
    return Place("slot", "vault_slot", slot_id, "", "slot", 1)
