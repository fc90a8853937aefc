"""What a file tells, and how it is refused."""

import re
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from kindline.ground.vault.sealing import Shape

MOST_THINGS = 50_000  # entries of one file: more than a hundred years of writing every day
MOST_CHARACTERS = 20_000  # of one field here

_BLANK = re.compile(r"\s*")


class Refused(Exception):  # noqa: N818 - what happened, not what went wrong
    """A file that is not taken, with the reason in one word and the place in it: a line, or the number of an entry."""

    def __init__(self, why: str, *, line: int = 0, entry: int = 0, what: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.line = line
        self.entry = entry
        self.what = what


class Told(NamedTuple):
    """One entry of a plain journal. Both times are aware and in UTC; one whose day alone was told is not `timed`."""

    at: datetime
    text: str
    written_at: datetime
    timed: bool = True


class Plain(NamedTuple):
    """A plain journal: its entries, and what of it does not come along."""

    source: str
    entries: list[Told]
    media: int = 0
    empty: int = 0


class Carried(NamedTuple):
    """One document of our own, out of a file."""

    room: str
    kind: str
    id: UUID
    document: Shape


class Own(NamedTuple):
    """A file that Kindline made."""

    documents: list[Carried]
    made_at: datetime


def folded(title: str, text: str, mood: str = "", tags: tuple[str, ...] = ()) -> str:
    """Return an entry's text with its title above it, and mood and tags in a line below; "" when it says nothing."""
    title, text = title.strip(), text.strip()
    if title and text.startswith(title):
        title = ""
    marks = " ".join("#" + "_".join(tag.split()) for tag in tags if tag.strip())
    below = " · ".join(filter(None, (mood.strip(), marks)))
    return "\n\n".join(filter(None, (title, text, below)))


def divided(text: str, most: int = MOST_CHARACTERS) -> list[str]:
    """Return a text in parts of at most `most` characters, cut at the end of a paragraph, a line or a word."""
    parts: list[str] = []
    begin = 0
    while len(text) - begin > most:
        earliest, latest = begin + most // 2, begin + most
        cuts = (text.rfind(mark, earliest, latest) for mark in ("\n\n", "\n", " "))
        end = next((cut for cut in cuts if cut > begin), latest)
        parts.append(text[begin:end].rstrip())
        begin = _BLANK.match(text, end).end()  # type: ignore[union-attr]
    return [*parts, text[begin:]] if begin < len(text) or not parts else parts
