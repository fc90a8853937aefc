"""Records, private and shared: written sealed, read by those whose they are, never overwritten unseen."""

from collections.abc import Iterator, Sequence
from typing import Protocol, Self, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404

from kindline.ground.vault.keyring import Key
from kindline.ground.vault.models import Sealed
from kindline.ground.vault.sealing import Place, S, Shape, open_sealed, parsed, seal, unsealed

R = TypeVar("R", bound=Sealed)
H = TypeVar("H", bound="Holder")


class Holder(Protocol):
    """Whose records they are, with the keys that open them: a person's keyring, or what a circle shares."""

    @property
    def key(self) -> Key:
        """Return the key that new records are sealed with."""

    @property
    def whose(self) -> dict[str, UUID]:
        """Return the column by which rows are theirs."""

    def secret(self, key: UUID, /) -> bytes:
        """Return what opens a record that names this key, or raise Unopened."""

    def place(self, table: str, row: UUID, version: int, key: UUID | None = None) -> Place:
        """Return the place of a record of theirs."""

    def in_turn(self) -> Self:
        """Wait for one's turn to write."""


class Changed(Exception):  # noqa: N818 - what happened, not what went wrong
    """The record has another version by now: somebody (the same person, elsewhere) wrote in between."""


def owned(model: type[R], holder: Holder) -> QuerySet[R]:
    """Return the rows of a table that are a person's, or a circle's."""
    return model._default_manager.filter(**holder.whose)


def take_turn(holder: H) -> H:
    """Wait until nobody else writes here, let others wait for us, and return the keys as they are now."""
    return holder.in_turn()


def find(model: type[R], holder: Holder, record_id: UUID) -> R:
    """Return a row of theirs. Somebody else's is not found, as if it were not there."""
    record = owned(model, holder).filter(id=record_id).first()
    if record is None:
        raise Http404
    return record


def opened(record: Sealed, holder: Holder, shape: type[S]) -> S:
    """Return what a record says, or raise Unopened when it was tampered with."""
    place = holder.place(record._meta.db_table, record.id, record.version, record.key)
    return open_sealed(holder.secret(record.key), bytes(record.sealed), shape, place)


def add(model: type[R], holder: Holder, document: Shape, record_id: UUID, **plain: object) -> R:
    """Write a new record, with what else its row shows.

    Raise Changed when they already have one of that id (the form was sent twice) or of that place in the room.
    """
    record = _sealed(model, holder, document, record_id, plain)
    try:
        with transaction.atomic():
            take_turn(holder)
            record.save(force_insert=True)
    except IntegrityError as error:
        if model._default_manager.filter(id=record_id).exists():
            find(model, holder, record_id)
        raise Changed from error
    return record


def add_many(model: type[R], holder: Holder, documents: Sequence[tuple[UUID, Shape]]) -> list[R]:
    """Write many new records inside the caller's transaction and return them.

    What they already have under an id stays as it is and is not returned. Raise Http404 for an id of somebody else's;
    then none is written.
    """
    take_turn(holder)
    here = set(
        owned(model, holder).filter(id__in=[record_id for record_id, _ in documents]).values_list("id", flat=True)
    )
    new = {
        record_id: _sealed(model, holder, document, record_id, {})
        for record_id, document in documents
        if record_id not in here
    }
    try:
        with transaction.atomic():
            model._default_manager.bulk_create(new.values())
    except IntegrityError as error:
        raise Http404 from error
    return list(new.values())


def rewrite(record: R, holder: Holder, document: Shape, version: int) -> R:
    """Write a record's next version over exactly `version`, or raise Changed and leave it as it is."""
    key = holder.key
    sealed = seal(key.secret, document, holder.place(record._meta.db_table, record.id, version + 1))
    rows = owned(type(record), holder).filter(id=record.id, version=version)
    with transaction.atomic():
        take_turn(holder)
        if not rows.update(version=version + 1, key=key.id, sealed=sealed):
            raise Changed
    record.version, record.key, record.sealed = version + 1, key.id, sealed
    return record


def remove(record: Sealed, holder: Holder) -> None:
    """Delete a record for good."""
    with transaction.atomic():
        take_turn(holder)
        owned(type(record), holder).filter(id=record.id).delete()


def remove_all(model: type[Sealed], holder: Holder) -> None:
    """Delete every record of theirs in a table for good."""
    with transaction.atomic():
        take_turn(holder)
        owned(model, holder).delete()


def each_opened(model: type[Sealed], holder: Holder, shape: type[S]) -> Iterator[tuple[UUID, int, S]]:
    """Yield id, version and document of every record of theirs."""
    for record_id, version, schema, plain in each_plain(model, holder):
        yield record_id, version, parsed(plain, shape, schema)


def each_plain(model: type[Sealed], holder: Holder) -> Iterator[tuple[UUID, int, int, bytes]]:
    """Yield id, version, schema and the JSON of every record: for searching, which parses only what matches."""
    table = model._meta.db_table
    rows = owned(model, holder).values_list("id", "version", "key", "sealed")
    for record_id, version, key, sealed in rows.iterator(chunk_size=500):
        schema, plain = unsealed(holder.secret(key), bytes(sealed), holder.place(table, record_id, version, key))
        yield record_id, version, schema, plain


def _sealed(model: type[R], holder: Holder, document: Shape, record_id: UUID, plain: dict[str, object]) -> R:
    key, place = holder.key, holder.place(model._meta.db_table, record_id, 1)
    sealed = seal(key.secret, document, place)
    return model(id=record_id, key=key.id, version=1, sealed=sealed, **holder.whose, **plain)
