"""Full-text search in words: which entries hold all of them, and where. Pure."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from kindline.mine.journal.shapes import Entry

MOST_WORDS = 12
AROUND = 60  # characters shown on each side of the words found

_WORD = re.compile(r"[^\s'’\"“”„‘«»<>|\\]+")


class Place(NamedTuple):
    """Where words were found: what stands before them, they themselves, what stands after."""

    before: str
    words: str
    after: str


class Needles:
    """The words somebody looks for, ready to be looked for in many entries."""

    def __init__(self, asked: str) -> None:
        self.words = tuple(dict.fromkeys(_WORD.findall(asked.lower())))[:MOST_WORDS]
        self._bytes = tuple(word.encode() for word in self.words)
        self._plain = all(word.isascii() for word in self.words)

    def may_be_in(self, document: bytes) -> bool:
        """Say whether a sealed document's JSON could hold every word; without parsing it, so a few may not."""
        if self._plain:
            lowered = document.lower()
            return all(word in lowered for word in self._bytes)
        text = document.decode().lower()
        return all(word in text for word in self.words)

    def are_in(self, entry: Entry) -> bool:
        """Say whether an entry holds every word, in whatever part of it."""
        text = "\n".join(written(entry)).lower()
        return bool(self.words) and all(word in text for word in self.words)

    def place_in(self, entry: Entry) -> Place:
        """Return the first place of a word in an entry, with the words around it."""
        for part in written(entry):
            lowered = part.lower()
            found = [(lowered.find(word), word) for word in self.words if word in lowered]
            if found and len(lowered) == len(part):
                start, word = min(found)
                end = start + len(word)
                return Place(_before(part, start), part[start:end], _after(part, end))
        return Place("", "", _after(entry.what, 0))


def written(entry: Entry) -> Iterator[str]:
    """Yield every text of an entry."""
    yield entry.what
    yield entry.wanted
    yield from entry.feelings
    if entry.insight:
        yield from (text for text in msgspec.structs.astuple(entry.insight) if isinstance(text, str))


def _before(text: str, at: int) -> str:
    if at <= AROUND:
        return text[:at]
    return "… " + text[at - AROUND : at].partition(" ")[2]


def _after(text: str, at: int) -> str:
    rest = text[at : at + AROUND * 2]
    return rest if at + AROUND * 2 >= len(text) else rest.rpartition(" ")[0] + " …"
