"""A device's own lock as one more way in. What it gives is 32 secret bytes, which need no stretching.

They open a slot only together with a second secret that stays in the browser where the lock was set up, so that a
passkey copied to another device by the phone's maker, or asked for by another page of the same host, opens nothing.
"""

from datetime import datetime

import msgspec
from django.db import transaction

from kindline.ground.vault.actions import PASSKEY, Root, add_slot, installation, rewrite_secrets
from kindline.ground.vault.keyring import Keyring, Passkey
from kindline.ground.vault.models import Slot
from kindline.ground.vault.primitives import KEY_SIZE, derive, digest
from kindline.ground.vault.records import take_turn

MOST_PASSKEYS = 10
LEAST_DIFFERENT = 8  # of an output's 32 bytes; chance never gives fewer


class NoKey(Exception):  # noqa: N818 - what is the case
    """What the device gave is no key: another size, or hardly any chance in it."""


class TooMany(Exception):  # noqa: N818 - what is the case
    """This account opens with as many devices as it may."""


def prf_salt() -> bytes:
    """Return what every device here is asked to make its key from. It is no secret."""
    return derive(bytes(installation().salt), "passkey-prf")


def passkey_root(output: bytes, device: bytes) -> Root:
    """Return what a device's lock and the secret kept in its browser come to, or raise NoKey."""
    if len(output) != KEY_SIZE or len(device) != KEY_SIZE or len(set(output)) < LEAST_DIFFERENT:
        raise NoKey
    root = derive(output + device, "passkey", salt=bytes(installation().salt))
    return Root(derive(root, "slot-id").hex(), derive(root, "slot-kek"))


def credential_digest(credential: bytes) -> bytes:
    """Return what an account keeps of a credential's name: enough to know it again."""
    return digest(credential, 16)


def add_passkey(keyring: Keyring, root: Root, label: str, credential: bytes, now: datetime) -> Keyring:
    """Let a device's lock open an account. Raise Changed when it opens one already, TooMany after the tenth."""
    with transaction.atomic():
        current = take_turn(keyring)
        if len(current.secrets.passkeys) >= MOST_PASSKEYS:
            raise TooMany
        passkey = Passkey(slot=root.slot_id, label=label, added_at=now, credential=credential_digest(credential))
        add_slot(root, current.account, current.account_key, PASSKEY)
        passkeys = (*current.secrets.passkeys, passkey)
        return rewrite_secrets(current, msgspec.structs.replace(current.secrets, passkeys=passkeys))


def remove_passkey(keyring: Keyring, slot: str) -> Keyring:
    """Let a device's lock open an account no longer; one that does not is no mistake."""
    with transaction.atomic():
        current = take_turn(keyring)
        passkeys = tuple(passkey for passkey in current.secrets.passkeys if passkey.slot != slot)
        if len(passkeys) == len(current.secrets.passkeys):
            return current
        Slot.objects.filter(id=slot).delete()
        return rewrite_secrets(current, msgspec.structs.replace(current.secrets, passkeys=passkeys))
