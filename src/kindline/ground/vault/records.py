"""Private records: written sealed, read by their owner, never overwritten unseen."""

from collections.abc import Iterator, Sequence
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404

from kindline.ground.vault.keyring import Keyring, open_keyring
from kindline.ground.vault.models import Account, SealedRecord
from kindline.ground.vault.primitives import Unopened
from kindline.ground.vault.sealing import S, Shape, open_sealed, parsed, seal, unsealed

R = TypeVar("R", bound=SealedRecord)


class Changed(Exception):  # noqa: N818 - what happened, not what went wrong
    """The record has another version by now: somebody (the same person, elsewhere) wrote in between."""


def owned(model: type[R], keyring: Keyring) -> QuerySet[R]:
    """Return the rows of a room that belong to this person."""
    return model._default_manager.filter(owner_id=keyring.account)


def take_turn(keyring: Keyring) -> Keyring:
    """Wait until nobody else writes for this person, let others wait for us, and return the keyring as it is now.

    SQLite waits by itself. Raise Unopened when the person has other keys by now: what these would seal could never be
    read again.
    """
    # The weaker lock: the stronger one also stops other transactions from committing a row that points at the account,
    # and one of those may be what this transaction waits for later.
    account = Account.objects.select_for_update(no_key=True).filter(id=keyring.account).first()
    if account is None:
        raise Unopened("this place is gone")
    if account.version == keyring.version:
        return keyring
    return open_keyring(account.id, keyring.account_key, account.version, bytes(account.sealed))


def find(model: type[R], keyring: Keyring, record_id: UUID) -> R:
    """Return this person's row. Somebody else's is not found, as if it were not there."""
    record = owned(model, keyring).filter(id=record_id).first()
    if record is None:
        raise Http404
    return record


def opened(record: SealedRecord, keyring: Keyring, shape: type[S]) -> S:
    """Return what a record says, or raise Unopened when it was tampered with."""
    place = keyring.place(record._meta.db_table, record.id, record.version, record.key)
    return open_sealed(keyring.secrets.private.secret, bytes(record.sealed), shape, place)


def add(model: type[R], keyring: Keyring, document: Shape, record_id: UUID) -> R:
    """Write a new record. Raise Changed when this person already has one of that id: the form was sent twice."""
    private = keyring.secrets.private
    place = keyring.place(model._meta.db_table, record_id, 1)
    record = model(
        id=record_id, owner_id=keyring.account, key=private.id, version=1, sealed=seal(private.secret, document, place)
    )
    try:
        with transaction.atomic():
            take_turn(keyring)
            record.save(force_insert=True)
    except IntegrityError as error:
        find(model, keyring, record_id)
        raise Changed from error
    return record


def add_many(model: type[R], keyring: Keyring, documents: Sequence[tuple[UUID, Shape]]) -> list[R]:
    """Write many new records inside the caller's transaction and return them.

    What this person already has under an id stays as it is and is not returned. Raise Http404 for an id of somebody
    else's; then none is written.
    """
    take_turn(keyring)
    here = set(
        owned(model, keyring).filter(id__in=[record_id for record_id, _ in documents]).values_list("id", flat=True)
    )
    private, table = keyring.secrets.private, model._meta.db_table
    new = {
        record_id: model(
            id=record_id,
            owner_id=keyring.account,
            key=private.id,
            version=1,
            sealed=seal(private.secret, document, keyring.place(table, record_id, 1)),
        )
        for record_id, document in documents
        if record_id not in here
    }
    try:
        with transaction.atomic():
            model._default_manager.bulk_create(new.values())
    except IntegrityError as error:
        raise Http404 from error
    return list(new.values())


def rewrite(record: R, keyring: Keyring, document: Shape, version: int) -> R:
    """Write a record's next version over exactly `version`, or raise Changed and leave it as it is."""
    private = keyring.secrets.private
    sealed = seal(private.secret, document, keyring.place(record._meta.db_table, record.id, version + 1))
    rows = owned(type(record), keyring).filter(id=record.id, version=version)
    with transaction.atomic():
        take_turn(keyring)
        if not rows.update(version=version + 1, key=private.id, sealed=sealed):
            raise Changed
    record.version, record.key, record.sealed = version + 1, private.id, sealed
    return record


def remove(record: SealedRecord, keyring: Keyring) -> None:
    """Delete a record for good."""
    with transaction.atomic():
        take_turn(keyring)
        owned(type(record), keyring).filter(id=record.id).delete()


def remove_all(model: type[SealedRecord], keyring: Keyring) -> None:
    """Delete every record of this person in a table for good."""
    with transaction.atomic():
        take_turn(keyring)
        owned(model, keyring).delete()


def each_opened(model: type[SealedRecord], keyring: Keyring, shape: type[S]) -> Iterator[tuple[UUID, int, S]]:
    """Yield id, version and document of every record of this person."""
    for record_id, version, schema, plain in each_plain(model, keyring):
        yield record_id, version, parsed(plain, shape, schema)


def each_plain(model: type[SealedRecord], keyring: Keyring) -> Iterator[tuple[UUID, int, int, bytes]]:
    """Yield id, version, schema and the JSON of every record: for searching, which parses only what matches."""
    secret, table = keyring.secrets.private.secret, model._meta.db_table
    rows = owned(model, keyring).values_list("id", "version", "key", "sealed")
    for record_id, version, key, sealed in rows.iterator(chunk_size=500):
        schema, plain = unsealed(secret, bytes(sealed), keyring.place(table, record_id, version, key))
        yield record_id, version, schema, plain
