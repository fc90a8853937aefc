"""The file one takes along (docs/takeout.md), and what waits of a file that is being brought in."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

import msgspec

from kindline.ground.people.shapes import Profile
from kindline.ground.vault.sealing import Shape

FORMAT: Final = "kindline"
VERSION = 1


class Document(msgspec.Struct, frozen=True):
    """One thing somebody wrote. `kind` names the shape of what it holds, `schema` the version of that shape."""

    id: UUID
    kind: str
    schema: int
    holds: msgspec.Raw


class Member(msgspec.Struct, frozen=True):
    """Somebody in a circle: what they are called there, and the public keys they sign or once signed with, in hex."""

    account: UUID
    name: str
    key: str
    former: list[str] = []


class Space(msgspec.Struct, frozen=True, kw_only=True):
    """One circle, open or closed, and every document of it that its person can open."""

    circle: UUID
    closed_at: datetime | None
    members: list[Member]
    rooms: dict[str, list[Document]]


class Takeout(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of one person, each room's documents under its name, and what they share.

    What is shared is for reading and checking: bringing the file in leaves it where it is.
    """

    format: Literal["kindline"] = FORMAT
    version: int = VERSION
    made_at: datetime
    made_by: str
    person: Profile
    rooms: dict[str, list[Document]]
    circles: list[Space] = []


class Heading(msgspec.Struct, frozen=True):
    """What tells whether a file is ours, and whether this version of Kindline can read it."""

    format: str
    version: int


class Waiting(msgspec.Struct, frozen=True, array_like=True):
    """A document on its way in."""

    room: str
    kind: str
    id: UUID
    schema: int
    holds: msgspec.Raw


class Part(Shape, frozen=True, kw_only=True):
    """Some of the documents of an arrival."""

    documents: tuple[Waiting, ...]


class Plan(Shape, frozen=True, kw_only=True):
    """What an arrival holds. `parts` are the rows of its documents and how many each has; `counts` are by kind.

    `at` is when its person last had a hand in it.
    """

    at: datetime
    source: str
    parts: tuple[tuple[UUID, int], ...]
    counts: dict[str, int] = {}
    here: int = 0
    first: datetime | None = None
    last: datetime | None = None
    media: int = 0
    empty: int = 0
    divided: int = 0
    begun: bool = False
    kind: str = ""

    @property
    def total(self) -> int:
        """Return how many documents come in."""
        return sum(count for _, count in self.parts)
