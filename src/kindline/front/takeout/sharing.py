"""What is taken along of shared rooms: each circle with its members' public keys, so that it can be checked."""

from collections.abc import Callable, Iterable
from uuid import UUID

import msgspec

from kindline.front.takeout.rooms import kind_of
from kindline.front.takeout.shapes import Document, Member, Space
from kindline.ground.page.readable import Readable
from kindline.ground.people.models import Person
from kindline.ground.vault.circles import CircleKeys, circles_of, known
from kindline.ground.vault.sealing import Shape
from kindline.ours.agreements import queries as agreements
from kindline.ours.negotiation import queries as negotiation
from kindline.ours.pauses import queries as pauses
from kindline.ours.rhythms import queries as rhythms
from kindline.ours.thanks import queries as thanks

Everything = Callable[[Person], Iterable[tuple[UUID, UUID, Shape]]]
SHARED_ROOMS: dict[str, Everything] = {
    "agreements": agreements.everything,
    "negotiation": negotiation.everything,
    "pauses": pauses.everything,
    "rhythms": rhythms.everything,
    "thanks": thanks.everything,
}


def shares(person: Person) -> bool:
    """Say whether anything lies in a circle of this person."""
    return any(True for everything in SHARED_ROOMS.values() for _one in everything(person))


def readable(person: Person) -> list[tuple[str, list[Readable]]]:
    """Return what a person shares room by room, as it is read on paper."""
    return [
        ("agreements", agreements.readable(person)),
        ("talks", negotiation.readable_talks(person)),
        ("pauses", pauses.readable(person)),
        ("rhythms", rhythms.readable(person)),
        ("thanks", thanks.readable(person)),
    ]


def spaces(person: Person) -> list[Space]:
    """Return every circle of a person with what is in it."""
    held: dict[UUID, dict[str, list[Document]]] = {}
    for room, everything in SHARED_ROOMS.items():
        for circle, row, document in everything(person):
            raw = msgspec.Raw(msgspec.json.encode(document))
            told = Document(row, kind_of(type(document)), document.schema(), raw)
            held.setdefault(circle, {}).setdefault(room, []).append(told)
    return [
        Space(
            circle=circle.circle,
            closed_at=circle.closed_at,
            members=_members(person, circle),
            rooms=held.get(circle.circle, {}),
        )
        for circle in circles_of(person.keyring)
    ]


def _members(person: Person, circle: CircleKeys) -> list[Member]:
    me = msgspec.structs.replace(known(person.keyring, person.name), former=person.keyring.secrets.former)
    return [
        Member(one.account, one.name, one.signing.hex(), [key.hex() for key in one.former])
        for one in (me, *circle.others)
    ]
