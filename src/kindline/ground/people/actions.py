"""Joining, and what a person changes about themself."""

from datetime import datetime
from typing import Protocol

import msgspec
from django.db import transaction

from kindline.ground.people import inviting
from kindline.ground.people.models import Person
from kindline.ground.people.queries import is_anybody_here
from kindline.ground.people.renewing import announce, let_go_of_comparisons
from kindline.ground.people.shapes import Profile
from kindline.ground.vault import actions as vault
from kindline.ground.vault import passkeys, sessions
from kindline.ground.vault.changing_keys import change_keys
from kindline.ground.vault.circles import close_all_of
from kindline.ground.vault.keyring import Keyring
from kindline.ground.vault.passphrases import new_recovery_code
from kindline.ground.vault.records import add, rewrite, take_turn


class Settle(Protocol):
    """What rooms do before somebody's keys change, in the same transaction."""

    def __call__(self, *, person: Person, now: datetime) -> None:
        """Settle what depends on the former keys."""


def nothing(*, person: Person, now: datetime) -> None:
    """Settle nothing."""
    del person, now


class NotTheFirst(Exception):  # noqa: N818 - what is the case
    """Somebody else was first, and only the first may join here without an invitation."""


def join(*, passphrase: str, profile: Profile, now: datetime, only_first: bool = False, code: str = "") -> Keyring:
    """Make a place for a new person, and say yes to who invited them when they came with a code.

    Raise Changed when this name and passphrase open one already, NotTheFirst when only the first may join and is here,
    Refused when the code opens nothing any more. Then no place is made.
    """
    root = vault.passphrase_root(profile.name, passphrase)
    recovery = new_recovery_code()
    recovery_root = vault.recovery_root(recovery)
    with transaction.atomic():
        vault.take_turn_at_the_door()
        if only_first and is_anybody_here():
            raise NotTheFirst
        keyring = vault.create(root, recovery, recovery_root)
        person = add(Person, keyring, profile, keyring.account)
        if code:
            person.keyring, person.profile = keyring, profile
            inviting.accept(person=person, typed=code, now=now)
    return keyring


def rename(*, person: Person, name: str, passphrase: str, now: datetime) -> str:
    """Call a person by another name, lock all their devices, and return this device's new token."""
    root = vault.passphrase_root(name, passphrase, known_device=True)
    with transaction.atomic():
        person.keyring = vault.replace_passphrase_slot(person.keyring, root)
        change_profile(person=person, name=name)
        sessions.end_all(person.id)
        return sessions.start(person.keyring, now, person.profile.idle_minutes)


def change_passphrase(*, person: Person, passphrase: str, now: datetime, settle: Settle = nothing) -> str:
    """Give a person new keys that a new passphrase opens, with a new recovery code; return this device's new token.

    Nothing older opens their place from then on: no recovery code, no device's lock, no other device. Raise Changed
    when the passphrase opens another place.
    """
    return _change_keys(person, vault.passphrase_root(person.name, passphrase, known_device=True), now, settle)


def recover(*, person: Person, passphrase: str, now: datetime, settle: Settle = nothing) -> str:
    """After the recovery code: the same as a new passphrase; the code is spent."""
    return _change_keys(person, vault.passphrase_root(person.name, passphrase), now, settle)


def renew_recovery_code(*, person: Person, passphrase: str, now: datetime, settle: Settle = nothing) -> str:
    """Replace the recovery code and all keys, as somebody may have seen it; the passphrase stays as it is."""
    return _change_keys(person, vault.passphrase_root(person.name, passphrase, known_device=True), now, settle)


def add_phone_lock(*, person: Person, root: vault.Root, label: str, credential: bytes, now: datetime) -> None:
    """Let a device's own lock open a person's place."""
    person.keyring = passkeys.add_passkey(person.keyring, root, label, credential, now)


def remove_phone_lock(*, person: Person, slot: str) -> None:
    """Let a device's own lock open a person's place no longer."""
    person.keyring = passkeys.remove_passkey(person.keyring, slot)


def change_profile(*, person: Person, **changes: str | int) -> None:
    """Change what a person chose; raise Changed when another device did in between."""
    profile = msgspec.structs.replace(person.profile, **changes)
    with transaction.atomic():
        rewrite(person, person.keyring, profile, person.version)
        sessions.set_idle_minutes(person.id, profile.idle_minutes)
    person.profile = profile


def leave(*, person: Person, now: datetime) -> None:
    """Delete a person's place and everything in it, for good; whom they shared with finds that closed."""
    with transaction.atomic():
        take_turn(person.keyring)
        close_all_of(person.id, now)
        vault.erase(person.keyring)


def _change_keys(person: Person, root: vault.Root, now: datetime, settle: Settle) -> str:
    code = new_recovery_code()
    code_root = vault.recovery_root(code)
    with transaction.atomic():
        settle(person=person, now=now)
        let_go_of_comparisons(person.keyring)
        person.keyring = change_keys(person.keyring, root, code, code_root)
        announce(person.keyring, person.name, now)
        sessions.end_all(person.id)
        return sessions.start(person.keyring, now, person.profile.idle_minutes)
