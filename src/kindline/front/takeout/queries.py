"""What can be asked here: everything of one person as a file or as a page, and what waits to come in."""

from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from typing import NamedTuple
from uuid import UUID

import msgspec

from kindline.front.takeout import sharing
from kindline.front.takeout.rooms import ROOMS, kind_of
from kindline.front.takeout.shapes import Document, Plan, Takeout
from kindline.ground.page.readable import Readable
from kindline.ground.people.models import Person
from kindline.ground.vault import records
from kindline.ground.vault.models import Arrival, ArrivalPart
from kindline.ground.vault.sealing import Shape


class Waiting(NamedTuple):
    """An arrival: its row, what it holds, and which of its parts are not in yet."""

    row: Arrival
    plan: Plan
    left: list[UUID]

    @property
    def brought(self) -> int:
        """Return how many of its documents are in."""
        return sum(count for part, count in self.plan.parts if part not in self.left)

    @property
    def is_done(self) -> bool:
        """Say whether all of it is in."""
        return not self.left


def takeout(person: Person, now: datetime) -> bytes:
    """Return everything of a person as the file they take along (docs/takeout.md)."""
    rooms = {
        room.name: [
            Document(one, kind_of(type(document)), document.schema(), msgspec.Raw(msgspec.json.encode(document)))
            for one, document in room.everything(person)
        ]
        for room in ROOMS
    }
    whole = Takeout(
        made_at=now, made_by=version("kindline"), person=person.profile, rooms=rooms, circles=sharing.spaces(person)
    )
    return msgspec.json.format(msgspec.json.encode(whole), indent=1)


def readable(person: Person) -> list[tuple[str, list[Readable]]]:
    """Return everything of a person room by room, the earliest first, as it is read on paper."""
    own = [
        (room.name, [read for _, document in room.everything(person) if (read := room.readable(document)) is not None])
        for room in ROOMS
    ]
    return [(name, _earliest_first(found)) for name, found in (*own, *sharing.readable(person))]


def _earliest_first(found: list[Readable]) -> list[Readable]:
    undated = [one for one in found if one.at is None]
    dated = sorted((one for one in found if one.at is not None), key=lambda one: one.at.timestamp())  # type: ignore[union-attr]
    return [*undated, *dated]


def documents(person: Person) -> dict[str, dict[UUID, Shape]]:
    """Return every document of a person by room and id."""
    return {room.name: dict(room.everything(person)) for room in ROOMS}


def counted(person: Person) -> dict[str, int]:
    """Return how many things of each kind a person has."""
    return counts((room.name, kind_of(type(one))) for room in ROOMS for _, one in room.everything(person))


def counts(kinds: Iterator[tuple[str, str]]) -> dict[str, int]:
    """Return how often each kind of document comes, named by its room and its kind."""
    found: dict[str, int] = {}
    for room, kind in kinds:
        found[f"{room}.{kind}"] = found.get(f"{room}.{kind}", 0) + 1
    return found


def waiting(person: Person) -> Waiting | None:
    """Return the arrival of this person, or None when no file waits."""
    row = records.owned(Arrival, person.keyring).first()
    if row is None:
        return None
    plan = records.opened(row, person.keyring, Plan)
    left = set(records.owned(ArrivalPart, person.keyring).values_list("id", flat=True))
    return Waiting(row, plan, [part for part, _ in plan.parts if part in left])
