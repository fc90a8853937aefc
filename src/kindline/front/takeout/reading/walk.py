"""A look over a JSON text before it is taken apart: how deep, how much, and no name twice in one place.

A reader that takes the last of two equal names would lose what stood under the first without a word.
"""

import json
import re
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from kindline.front.takeout.reading.told import Refused

DEEPEST = 24
MOST_MARKS = 3_000_000

# The last quote may be missing. Otherwise each escaped one in a text that breaks off would be tried as the first.
_MARK = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[{}\[\]:,]', re.DOTALL)
_NUMBER = re.compile(r"\[(\d+)\]")
_BYTE = re.compile(r"\(byte (\d+)\)")

T = TypeVar("T")


def names_at_the_top(text: str) -> frozenset[str]:
    """Return the names in the outermost object; raise Refused for what is too deep, too much or named twice."""
    open_places: list[set[str] | None] = []
    top: set[str] = set()
    word = ""
    for number, found in enumerate(_MARK.finditer(text)):
        mark = found[0]
        if number > MOST_MARKS:
            raise Refused("much")
        if mark[0] == '"':
            word = mark
        elif mark == ":":
            if open_places and open_places[-1] is not None:
                name = _said(word)
                if name in open_places[-1]:
                    raise Refused("twice", line=line_of(text, found.start()), what=name[:40])
                open_places[-1].add(name)
        elif mark in "{[":
            if len(open_places) >= DEEPEST:
                raise Refused("deep", line=line_of(text, found.start()))
            place = (top if not open_places else set()) if mark == "{" else None
            open_places.append(place)
        elif mark in "}]" and open_places:
            open_places.pop()
    return frozenset(top)


def decoded(text: str, kind: type[T]) -> T:
    """Return a JSON text as `kind`, or raise Refused with the place where it is something else."""
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError as error:
        raise Refused("wrong", **place_in(str(error))) from error
    except msgspec.DecodeError as error:
        if "truncated" in str(error):
            raise Refused("cut") from error
        at = _BYTE.search(str(error))
        raise Refused("malformed", line=line_of(text.encode(), int(at[1])) if at else 0) from error
    except (RecursionError, ValueError, OverflowError) as error:
        raise Refused("wrong") from error


def place_in(message: str) -> dict[str, Any]:
    """Return the number of the entry and the name of the field that a decoder's message speaks of."""
    path = message.rpartition(" - at `$")[2].rstrip("`") if " - at `" in message else ""
    numbers = _NUMBER.findall(path)
    field = path.rpartition(".")[2] if "." in path else ""
    return {"entry": int(numbers[0]) + 1 if numbers else 0, "what": _NUMBER.sub("", field)[:40]}


def line_of(text: str | bytes, at: int) -> int:
    """Return the number of the line that a place in a text is on."""
    return text.count("\n" if isinstance(text, str) else b"\n", 0, at) + 1  # type: ignore[arg-type]


def check_amount(texts: Iterable[bytes]) -> None:
    """Refuse texts that together hold more than one may; counted roughly, since it has to be quick."""
    left = MOST_MARKS
    for text in texts:
        left -= sum(map(text.count, (b"{", b"[", b":", b",")))
        if left < 0:
            raise Refused("much")


def _said(word: str) -> str:
    if "\\" not in word:
        return word[1:-1]
    try:
        return str(json.loads(word))
    except ValueError:
        return word
