"""A person's keys while they are unlocked. They live on the request and nowhere else."""

from datetime import datetime
from typing import NoReturn
from uuid import UUID, uuid4

import msgspec

from kindline.ground.vault.models import Account
from kindline.ground.vault.primitives import Unopened, derive, random_bytes
from kindline.ground.vault.sealing import Place, Shape, open_sealed, seal


class Key(msgspec.Struct, frozen=True):
    """A key and the id that rows name it by."""

    id: UUID
    secret: bytes


class Passkey(msgspec.Struct, frozen=True, kw_only=True):
    """A device whose own lock opens this account: its slot, what its person calls it, and a digest of its name."""

    slot: str
    label: str
    added_at: datetime
    credential: bytes


class Over(msgspec.Struct, frozen=True, kw_only=True):
    """A circle that is over for this person, whatever its row says by now."""

    circle: UUID
    at: datetime
    kept: bool = True  # a copy to read; otherwise its key was given back


class Secrets(Shape, frozen=True, kw_only=True):
    """What the account key opens: everything else this person can open with, and which slots open it."""

    private: Key
    signing_seed: bytes
    box_secret: bytes
    slots: dict[str, str] = {}
    unwritten_recovery_code: str = ""
    passkeys: tuple[Passkey, ...] = ()
    mark: bytes = b""  # by which devices know this place; of older accounts it comes from their first account key
    ids: bytes = b""  # what ids are made with; of accounts whose keys never changed it comes from their signing seed
    former: tuple[bytes, ...] = ()  # public keys this person signed with before, oldest first
    over: tuple[Over, ...] = ()  # circles that were left; of older accounts those that are found closed at unlocking

    def ways_in(self) -> set[str]:
        """Return the slots that may open this account; whatever else claims to is refused."""
        return {*self.slots.values(), *(passkey.slot for passkey in self.passkeys)}


class Keyring:
    """One person's opened keys."""

    __slots__ = ("account", "account_key", "secrets", "version")

    def __init__(self, account: UUID, account_key: bytes, secrets: Secrets, version: int) -> None:
        self.account = account
        self.account_key = account_key
        self.secrets = secrets
        self.version = version

    def __repr__(self) -> str:
        return "<Keyring>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("keys are not written anywhere")

    @property
    def mark(self) -> bytes:
        """Return what devices know this place by; it stays when the keys change."""
        return self.secrets.mark or derive(self.account_key, "device-mark")

    @property
    def naming_key(self) -> bytes:
        """Return what ids are made with that have to come out the same again; it stays when the keys change."""
        return self.secrets.ids or derive(self.secrets.signing_seed, "ids")

    def in_turn(self) -> "Keyring":
        """Wait until nobody else writes for this person, let others wait for us, and return the keyring as it is now.

        SQLite waits by itself. Raise Unopened when the person has other keys by now: what these would seal could
        never be read again.
        """
        # The weaker lock: the stronger one also stops other transactions from committing a row that points at the
        # account, and one of those may be what this transaction waits for later.
        account = Account.objects.select_for_update(no_key=True).filter(id=self.account).first()
        if account is None:
            raise Unopened("this place is gone")
        if account.version == self.version:
            return self
        return open_keyring(account.id, self.account_key, account.version, bytes(account.sealed))

    @property
    def key(self) -> Key:
        """Return the key that this person's records are sealed with."""
        return self.secrets.private

    @property
    def whose(self) -> dict[str, UUID]:
        """Return the column by which a row is this person's."""
        return {"owner_id": self.account}

    def secret(self, _key: UUID) -> bytes:
        """Return what opens a private record, whichever key its row names: there is one, bound into the record."""
        return self.secrets.private.secret

    def place(self, table: str, row: UUID, version: int, key: UUID | None = None) -> Place:
        """Return the place of a private record of this person."""
        return Place("private", table, row, self.account, key or self.secrets.private.id, version)


def new_secrets() -> Secrets:
    """Return the keys of a new account."""
    return Secrets(private=Key(uuid4(), random_bytes()), signing_seed=random_bytes(), box_secret=random_bytes())


def seal_secrets(account: UUID, account_key: bytes, secrets: Secrets, version: int) -> bytes:
    """Return an account's sealed keys."""
    return seal(account_key, secrets, Place("account", "vault_account", account, account, "account", version))


def open_keyring(account: UUID, account_key: bytes, version: int, sealed: bytes) -> Keyring:
    """Return the keyring an account key opens, or raise Unopened."""
    place = Place("account", "vault_account", account, account, "account", version)
    return Keyring(account, account_key, open_sealed(account_key, sealed, Secrets, place), version)
