"""A file that Kindline made: checked to the last word before anything of it comes in."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import msgspec

from kindline.front.takeout.reading import walk
from kindline.front.takeout.reading.moments import settled
from kindline.front.takeout.reading.told import MOST_CHARACTERS, MOST_THINGS, Carried, Own, Refused
from kindline.front.takeout.shapes import FORMAT, VERSION, Heading, Takeout
from kindline.ground.vault.primitives import Unopened
from kindline.ground.vault.sealing import Shape, parsed

MOST_PARTS = 500  # of a list or a table of names inside one document
LARGEST = 1_000_000  # of a number


class Knows(Protocol):
    """A room, as far as reading needs it."""

    @property
    def name(self) -> str: ...
    @property
    def is_sound(self) -> Callable[[Shape], bool]: ...
    def shape(self, kind: str) -> type[Shape] | None: ...


def read(text: str, rooms: Mapping[str, Knows], now: datetime) -> Own:
    """Return the documents of a file, or raise Refused."""
    heading = walk.decoded(text, Heading)
    if heading.format != FORMAT or heading.version < 1:
        raise Refused("foreign")
    if heading.version > VERSION:
        raise Refused("newer")
    takeout = walk.decoded(text, Takeout)
    found: list[Carried] = []
    seen: set[UUID] = set()
    for name, documents in takeout.rooms.items():
        room = rooms.get(name)
        if room is None:
            raise Refused("newer", what=name[:40])
        for number, one in enumerate(documents, 1):
            if len(found) >= MOST_THINGS:
                raise Refused("much")
            shape = room.shape(one.kind)
            if shape is None or one.schema > shape.schema():
                raise Refused("newer", entry=number, what=name)
            if one.id in seen:
                raise Refused("same-id", entry=number, what=name)
            seen.add(one.id)
            with _naming(name, number):
                document = _checked(parsed(bytes(one.holds), shape, one.schema), now)
                if not room.is_sound(document):
                    raise _Unfit("wrong")
            found.append(Carried(name, one.kind, one.id, document))
    return Own(found, takeout.made_at)


@contextmanager
def _naming(room: str, number: int) -> Iterator[None]:
    """Name the document in which something is wrong."""
    try:
        yield
    except Unopened as error:
        field = walk.place_in(str(error.__cause__))["what"]
        raise Refused("wrong", entry=number, what=f"{room} {field}".strip()) from error
    except _Unfit as unfit:
        raise Refused(str(unfit), entry=number, what=room) from unfit
    except (ValueError, OverflowError, RecursionError) as error:
        raise Refused("wrong", entry=number, what=room) from error


class _Unfit(Exception):  # noqa: N818
    """A value that no page here could have written."""


def _checked(value: Any, now: datetime) -> Any:
    """Return a value with its moments in UTC, or raise _Unfit."""
    if isinstance(value, datetime):
        return _moment(value, now)
    if isinstance(value, msgspec.Struct):
        return type(value)(**{name: _checked(getattr(value, name), now) for name in value.__struct_fields__})
    if isinstance(value, list | tuple | dict):
        if len(value) > MOST_PARTS:
            raise _Unfit("long")
        if isinstance(value, dict):
            return {_checked(name, now): _checked(part, now) for name, part in value.items()}
        return type(value)(_checked(part, now) for part in value)
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, int | float) and not abs(value) <= LARGEST:
        raise _Unfit("wrong")
    return value


def _check_text(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise _Unfit("long")
    if "\0" in text:
        raise _Unfit("nul")


def _moment(moment: datetime, now: datetime) -> datetime:
    if moment.tzinfo is None:
        raise _Unfit("date")
    try:
        return settled(moment, now)
    except (ValueError, OverflowError):
        raise _Unfit("date") from None
