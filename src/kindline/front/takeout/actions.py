"""What a person does here: put a file down, bring it in step by step, let it go, delete what they wrote."""

from datetime import datetime
from itertools import groupby
from uuid import uuid4

import msgspec
from django.db import transaction

from kindline.front.takeout import arriving, queries
from kindline.front.takeout.reading.told import Carried, Own, Plain
from kindline.front.takeout.rooms import JOURNAL, ROOMS, room_named
from kindline.front.takeout.shapes import Part, Plan, Waiting
from kindline.ground.people.models import Person
from kindline.ground.vault import records
from kindline.ground.vault.models import Arrival, ArrivalPart, Unsaved
from kindline.ground.vault.sealing import Shape, parsed

A_PART = 500  # documents that come in together


def put_down(*, person: Person, found: Own | Plain, now: datetime) -> Plan:
    """Keep what a file holds, sealed, until its person says whether it comes in. One that waited before is let go."""
    here = queries.documents(person)
    if isinstance(found, Own):
        order = tuple(room.name for room in ROOMS)
        coming, source = arriving.of_own(found.documents, here, person.id, order), "kindline"
    else:
        [shape] = JOURNAL.shapes
        coming, source = arriving.of_plain(found.entries, shape, here[JOURNAL.name], person.id), found.source
    parts = [coming.documents[start : start + A_PART] for start in range(0, len(coming.documents), A_PART)]
    rows = [(uuid4(), _part(part)) for part in parts]
    moments = [at for one in coming.documents if (at := arriving.moment_of(one.document))]
    plan = Plan(
        at=now,
        source=source,
        parts=tuple((row, len(part.documents)) for row, part in rows),
        counts=queries.counts((one.room, one.kind) for one in coming.documents),
        here=coming.here,
        first=min(moments, default=None),
        last=max(moments, default=None),
        media=found.media if isinstance(found, Plain) else 0,
        empty=found.empty if isinstance(found, Plain) else 0,
        divided=coming.divided,
    )
    with transaction.atomic():
        let_go(person=person)
        records.add(Arrival, person.keyring, plan, uuid4())
        records.add_many(ArrivalPart, person.keyring, rows)
    return plan


def begin(*, person: Person, kind: str) -> None:
    """Say that the file that waits comes in, and as what kind of entries when it is a plain journal."""
    with transaction.atomic():
        records.take_turn(person.keyring)
        waiting = queries.waiting(person)
        if waiting is not None and not waiting.plan.begun:
            plan = msgspec.structs.replace(waiting.plan, begun=True, kind=kind)
            records.rewrite(waiting.row, person.keyring, plan, waiting.row.version)


def bring_some(*, person: Person) -> int:
    """Bring the next part of a begun arrival in, whole or not at all; return how many documents came."""
    with transaction.atomic():
        records.take_turn(person.keyring)
        waiting = queries.waiting(person)
        if waiting is None or not waiting.plan.begun or not waiting.left:
            return 0
        row = records.find(ArrivalPart, person.keyring, waiting.left[0])
        part = records.opened(row, person.keyring, Part)
        came = 0
        for name, some in groupby(part.documents, key=lambda one: one.room):
            room = room_named(name)
            if room is not None:
                came += room.bring(person, [(one.id, _document(one, waiting.plan.kind)) for one in some])
        records.remove(row, person.keyring)
    return came


def let_go(*, person: Person) -> None:
    """Forget a file that was put down; what of it is in stays."""
    with transaction.atomic():
        for model in (ArrivalPart, Arrival):
            records.remove_all(model, person.keyring)


def delete_everything(*, person: Person) -> None:
    """Delete all that a person wrote in every room, words not saved yet and a file that waits; the place stays."""
    with transaction.atomic():
        records.take_turn(person.keyring)
        for room in reversed(ROOMS):
            room.empty(person)
        records.remove_all(Unsaved, person.keyring)
        let_go(person=person)


def _part(documents: list[Carried]) -> Part:
    return Part(
        documents=tuple(
            Waiting(one.room, one.kind, one.id, one.document.schema(), msgspec.Raw(msgspec.json.encode(one.document)))
            for one in documents
        )
    )


def _document(one: Waiting, kind: str) -> Shape:
    room = room_named(one.room)
    shape = room.shape(one.kind) if room else None
    assert shape is not None, "a kind that was known when the file was put down"
    document = parsed(bytes(one.holds), shape, one.schema)
    return msgspec.structs.replace(document, kind=kind) if kind else document
