"""What a person does here: put a file down, bring it in step by step, let it go, delete what they wrote."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID, uuid4

import msgspec
from django.db import transaction

from kindline.front.takeout import arriving, queries
from kindline.front.takeout.reading.told import Carried, Own, Plain
from kindline.front.takeout.rooms import JOURNAL, ROOMS, room_named
from kindline.front.takeout.shapes import Part, Plan, Waiting
from kindline.ground.people.models import Person
from kindline.ground.vault import records
from kindline.ground.vault.models import Arrival, ArrivalPart, Unsaved
from kindline.ground.vault.primitives import Unopened
from kindline.ground.vault.sealing import Shape, parsed
from kindline.ours.agreements import actions as agreements
from kindline.ours.pauses import actions as pauses
from kindline.ours.rhythms import actions as rhythms
from kindline.ours.thanks import actions as thanks

A_PART = 500  # documents that come in together
LARGEST_PART = 1_000_000  # bytes of them, unless one alone is more
WAITS_FOR = timedelta(days=7)  # for somebody to have a hand in it again
NOTED_EVERY = timedelta(days=1)


def put_down(*, person: Person, found: Own | Plain, now: datetime) -> Plan:
    """Keep what a file holds, sealed, until its person says whether it comes in. One that waited before is let go."""
    here, key = queries.documents(person), person.keyring.naming_key
    if isinstance(found, Own):
        order = tuple(room.name for room in ROOMS)
        coming, source = arriving.of_own(found.documents, here, key, order), "kindline"
    else:
        [shape] = JOURNAL.shapes
        coming, source = (
            arriving.of_plain(found.entries, shape, here[JOURNAL.name], key),
            found.source,
        )
    moments = [at for one in coming.documents if (at := arriving.moment_of(one.document))]
    parts: list[tuple[UUID, int]] = []
    with transaction.atomic():
        let_go(person=person)
        for part in _parts(coming.documents):  # one after the other: never all of it in memory once more
            parts.append((uuid4(), len(part.documents)))
            records.add_many(ArrivalPart, person.keyring, [(parts[-1][0], part)])
        plan = Plan(
            at=now,
            source=source,
            parts=tuple(parts),
            counts=queries.counts((one.room, one.kind) for one in coming.documents),
            here=coming.here,
            first=min(moments, default=None),
            last=max(moments, default=None),
            media=found.media if isinstance(found, Plain) else 0,
            empty=found.empty if isinstance(found, Plain) else 0,
            divided=coming.divided,
        )
        records.add(Arrival, person.keyring, plan, uuid4())
    return plan


def begin(*, person: Person, arrival: UUID, kind: str, now: datetime) -> None:
    """Say that a file that waits comes in, and as what kind of entries when it is a plain journal.

    One that was begun goes on as what it was begun as; it is noted once a day that somebody still cares. Raise Changed
    when it is another file by now that waits.
    """
    with transaction.atomic():
        records.take_turn(person.keyring)
        waiting = queries.waiting(person)
        if waiting is not None and waiting.row.id != arrival:
            raise records.Changed
        if waiting is None or (waiting.plan.begun and now - waiting.plan.at < NOTED_EVERY):
            return
        kind = waiting.plan.kind if waiting.plan.begun else kind
        plan = msgspec.structs.replace(waiting.plan, begun=True, kind=kind, at=now)
        records.rewrite(waiting.row, person.keyring, plan, waiting.row.version)


def bring_some(*, person: Person, arrival: UUID) -> int:
    """Bring the next part of a begun arrival in, whole or not at all; return how many documents came."""
    with transaction.atomic():
        records.take_turn(person.keyring)
        waiting = queries.waiting(person)
        if waiting is None or waiting.row.id != arrival or not waiting.plan.begun or not waiting.left:
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


def let_go(*, person: Person, arrival: UUID | None = None) -> None:
    """Forget the file that was put down, or only a certain one; what of it is in stays.

    Raise Changed when it is another file by now that waits.
    """
    with transaction.atomic():
        records.take_turn(person.keyring)
        waits = records.owned(Arrival, person.keyring)
        if arrival is not None and waits.exists() and not waits.filter(id=arrival).exists():
            raise records.Changed
        for model in (ArrivalPart, Arrival):
            records.remove_all(model, person.keyring)


def let_go_if_abandoned(*, person: Person, now: datetime) -> None:
    """Forget a file that nobody has had a hand in for a week. For unlocking: then the keys are there, and often enough.

    One that doesn't open any more could never come in, and goes too.
    """
    try:
        waiting = queries.waiting(person)
        is_abandoned = waiting is not None and now - waiting.plan.at > WAITS_FOR
    except Unopened:
        is_abandoned = True
    if is_abandoned:
        let_go(person=person)


def delete_everything(*, person: Person) -> None:
    """Delete all that a person wrote in every room, words not saved yet and a file that waits; the place stays."""
    with transaction.atomic():
        records.take_turn(person.keyring)
        for room in reversed(ROOMS):
            room.empty(person)
        for shared in (thanks, pauses, rhythms, agreements):  # what in them is nobody else's
            shared.delete_everything(person=person)
        records.remove_all(Unsaved, person.keyring)
        let_go(person=person)


def _parts(documents: Iterable[Carried]) -> Iterator[Part]:
    """Yield documents in parts that are neither many things nor large."""
    held: list[Waiting] = []
    size = 0
    for one in documents:
        holds = msgspec.json.encode(one.document)
        if held and (len(held) == A_PART or size + len(holds) > LARGEST_PART):
            yield Part(documents=tuple(held))
            held, size = [], 0
        held.append(Waiting(one.room, one.kind, one.id, one.document.schema(), msgspec.Raw(holds)))
        size += len(holds)
    if held:
        yield Part(documents=tuple(held))


def _document(one: Waiting, kind: str) -> Shape:
    room = room_named(one.room)
    shape = room.shape(one.kind) if room else None
    assert shape is not None, "a kind that was known when the file was put down"
    document = parsed(bytes(one.holds), shape, one.schema)
    return msgspec.structs.replace(document, kind=kind) if kind else document
