"""Exact bytes, digests, signatures: the part of an agreement that needs no database and no server.

docs/keys.md tells the format, so that somebody else's program can check it too.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

import msgspec

from kindline.ground.vault.moments import are_sane
from kindline.ground.vault.primitives import digest, sign, signing_public
from kindline.ours.agreements.proven import NOBODY, PROVEN
from kindline.ours.agreements.rules import Said, Written
from kindline.ours.agreements.shapes import Stated, Statement, Text, Version, Wording

VERSION_NS = "kindline/agreement/version/1"
STATEMENT_NS = "kindline/agreement/statement/1"

T = TypeVar("T", Version, Statement)
Keys = Mapping[UUID, tuple[bytes, ...]]  # everybody's public keys: the present one, then the former ones


def canonical(one: Version | Statement) -> str:
    """Return the canonical JSON: keys in order, no spaces, UTF-8."""
    return msgspec.json.encode(one, order="sorted").decode()


def digest_of(exact: str) -> str:
    """Return the BLAKE2b-256 of exact bytes, in hex."""
    return digest(exact.encode()).hex()


def to_the_second(moment: datetime) -> datetime:
    """Return a moment as statements say it: UTC, whole seconds."""
    return moment.astimezone(UTC).replace(microsecond=0)


def written(
    *, circle: UUID, agreement: UUID, number: int, author: UUID, before: str, text: Text, now: datetime
) -> Wording:
    """Return a new version in its exact words."""
    version = Version(
        ns=VERSION_NS,
        circle=circle,
        agreement=agreement,
        number=number,
        author=author,
        before=before,
        made_at=to_the_second(now),
        text=text,
    )
    return Wording(exact=canonical(version))


def stated(seed: bytes, statement: Statement) -> Stated:
    """Return a statement signed by whoever holds the seed."""
    exact = canonical(statement)
    return Stated(exact=exact, signature=sign(seed, exact.encode()))


def public_key(seed: bytes) -> str:
    """Return the public key that belongs to a seed, as statements name it."""
    return signing_public(seed).hex()


def read_version(wording: Wording, *, circle: UUID, agreement: UUID, number: int) -> Written | None:
    """Return a stored version, or None when it is not the one of this place, or not all of it would be shown."""
    version = _parsed(wording.exact, Version)
    if version is None or (version.ns, version.circle, version.agreement, version.number) != (
        *(VERSION_NS, circle),
        *(agreement, number),
    ):
        return None
    return Written(version=version, digest=digest_of(wording.exact))


def read_statement(stored: Stated, row: UUID, *, circle: UUID, agreement: UUID, turn: int) -> Statement | None:
    """Return a stored statement as it was said, or None when it is not the one of this place, or holds more."""
    statement = _parsed(stored.exact, Statement)
    if statement is None or (
        *(statement.ns, statement.circle, statement.agreement),
        *(statement.turn, statement.nonce),
    ) != (STATEMENT_NS, circle, agreement, turn, row):
        return None
    return statement


def checked(stored: Stated, statement: Statement, keys: Keys, reader: UUID = NOBODY) -> Said:
    """Return a statement with whether its person's own key signed it: the present one, or one of their former.

    What was found genuine is remembered for the one who reads, and for nobody else.
    """
    name, exact = digest_of(stored.exact), stored.exact.encode()
    for place, key in enumerate(keys.get(statement.person, ())):
        if statement.key == key.hex():
            genuine = PROVEN.is_signed(key, exact, stored.signature, reader)
            return Said(statement=statement, digest=name, is_signed=genuine, is_former=place > 0)
    return Said(statement=statement, digest=name, is_signed=False)


def heads(said: Iterable[Said]) -> dict[str, str]:
    """Return the digest of everybody's last statement, by member."""
    return {str(one.statement.person): one.digest for one in sorted(said, key=lambda one: one.statement.turn)}


def _parsed(exact: str, shape: type[T]) -> T | None:
    """Return what exact bytes say, or None where they say anything that would not be shown.

    A name that stands twice is read once and signed twice; bytes that are not the canonical ones could hide it.
    """
    try:
        said = msgspec.json.decode(exact, type=shape)
        # Nearly all say just what would be written now. Others may be from before a field came, and stay as they are.
        is_canonical = (
            msgspec.json.encode(said, order="sorted") == exact.encode()
            or msgspec.json.encode(msgspec.json.decode(exact), order="sorted") == exact.encode()
        )
    except msgspec.MsgspecError:
        return None
    return said if is_canonical and are_sane(said) else None
