"""Which documents of a file come in, and under which ids. Pure.

An id out of a file is never looked for among other people's rows: whoever wrote it down would learn whether it is
there. What this person has already stays as it is; everything else gets an id made of its old one and a key of this
person's own, so that the same file brought twice brings nothing twice, and what pointed at each other still does.
Without that key nobody who reads the database can tell where something came from, or guess at its words.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from kindline.front.takeout.reading.told import Carried, Told, divided
from kindline.ground.vault.sealing import Shape

DIGEST = 16  # bytes, for what a document says
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Here = Mapping[str, Mapping[UUID, Shape]]


class Coming(NamedTuple):
    """What of a file comes in, how many of its things are here already, and how many long ones became several."""

    documents: list[Carried]
    here: int
    divided: int = 0


def of_own(documents: Iterable[Carried], here: Here, key: bytes, order: tuple[str, ...]) -> Coming:
    """Return the documents of our own file that come in, with their ids as this person has or gets them.

    `order` names the rooms so that one comes after those it may point at.
    """
    ids: dict[UUID, UUID] = {}
    coming: list[Carried] = []
    known = 0
    by_room: dict[str, list[Carried]] = {name: [] for name in order}
    for one in documents:
        by_room[one.room].append(one)
    for name in order:
        mine = here.get(name, {})
        same = {_digest(document): found for found, document in mine.items()}
        for one in by_room[name]:
            ids[one.id] = one.id if one.id in mine else _new_id(key, one.id.bytes)
        # What others point at comes first: once it is known to be here already, they point at it here.
        for one in _pointed_at_first(by_room[name]):
            document = _pointing(one.document, ids)
            if ids[one.id] not in mine:
                ids[one.id] = same.get(_digest(document), ids[one.id])
            if ids[one.id] in mine:
                known += 1
            else:
                coming.append(Carried(name, one.kind, ids[one.id], document))
    return Coming(coming, known)


def of_plain(entries: Iterable[Told], shape: type[Shape], here: Mapping[UUID, Shape], key: bytes) -> Coming:
    """Return the entries of a plain journal as documents of ours; a long one becomes several, none is here twice."""
    coming: dict[UUID, Carried] = {}
    same = {(entry.happened_at, entry.what) for entry in map(_as_any, here.values())}
    known = long_ones = 0
    for told in entries:
        parts = divided(told.text)
        long_ones += len(parts) > 1
        for number, text in enumerate(parts):
            entry_id = _new_id(key, f"{number} {told.at.isoformat()} {text}".encode())
            if entry_id in here or entry_id in coming or (told.at, text) in same:
                known += number == 0
                continue
            entry = _as_any(shape)(what=text, happened_at=told.at, written_at=told.written_at, timed=told.timed)
            coming[entry_id] = Carried("journal", shape.__name__.lower(), entry_id, entry)
    return Coming(list(coming.values()), known, long_ones)


def moment_of(document: Shape) -> datetime | None:
    """Return when a document is from, if it says so."""
    names = ("happened_at", "begun_at", "at", "added_at")
    found = next((getattr(document, name) for name in names if hasattr(document, name)), None)
    return found if isinstance(found, datetime) else None


def _new_id(key: bytes, old: bytes) -> UUID:
    return UUID(bytes=blake2b(old, key=key, digest_size=16).digest(), version=4)


def _digest(document: Shape) -> bytes:
    said = type(document).__name__.encode() + msgspec.json.encode(document, order="deterministic")
    return blake2b(said, digest_size=DIGEST).digest()


def _pointed_at_first(documents: list[Carried]) -> list[Carried]:
    nowhere = {one.id: UUID(int=0) for one in documents}
    return sorted(documents, key=lambda one: _pointing(one.document, nowhere) != one.document)


def _pointing(value: Any, ids: Mapping[UUID, UUID]) -> Any:
    """Return a document with the ids in it that come in with it as they will be. Some stand there as text."""
    if isinstance(value, UUID):
        return ids.get(value, value)
    if isinstance(value, str):
        return str(ids.get(UUID(value), value)) if _ID.fullmatch(value) else value
    if isinstance(value, msgspec.Struct):
        return type(value)(**{name: _pointing(getattr(value, name), ids) for name in value.__struct_fields__})
    if isinstance(value, dict):
        return {_pointing(name, ids): _pointing(part, ids) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_pointing(part, ids) for part in value)
    return value


def _as_any(value: Any) -> Any:
    return value
