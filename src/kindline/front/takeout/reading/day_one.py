"""Day One's JSON: one object with `entries`, each with a moment, a text in Markdown and its tags."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from kindline.front.takeout.reading import walk
from kindline.front.takeout.reading.moments import program_time, settled
from kindline.front.takeout.reading.told import Plain, Refused, Told, folded

SOURCE = "day-one"
_PICTURE = re.compile(r"!\[[^\]\n]*\]\(dayone-moment:[^)\n]*\)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_GAPS = re.compile(r"\n{3,}")


class Entry(msgspec.Struct, rename="camel"):
    """What is read of an entry; the rest of it is passed over."""

    creation_date: str
    modified_date: str | None = None
    text: str | None = None
    rich_text: str | None = None
    tags: list[str] | None = None
    photos: list[Any] | None = None
    videos: list[Any] | None = None
    audios: list[Any] | None = None
    pdf_attachments: list[Any] | None = None


class Piece(msgspec.Struct):
    """A piece of a text with its looks; a picture is one without words."""

    text: str = ""


class Rich(msgspec.Struct):
    """A text that is kept in pieces."""

    contents: list[Piece] = []


class Export(msgspec.Struct):
    """The whole file."""

    entries: list[Entry]


def read(text: str, zone: ZoneInfo, now: datetime) -> Plain:
    """Return the entries of a Day One file, or raise Refused."""
    told, media, empty = [], 0, 0
    for number, entry in enumerate(walk.decoded(text, Export).entries, 1):
        try:
            at, timed = program_time(entry.creation_date, zone, now)
            written_at = program_time(entry.modified_date or entry.creation_date, zone, now).at
        except (ValueError, OverflowError) as error:
            raise Refused("date", entry=number) from error
        media += sum(len(kind or ()) for kind in (entry.photos, entry.videos, entry.audios, entry.pdf_attachments))
        words = folded("", _plain(entry), tags=tuple(entry.tags or ()))
        if words:
            told.append(Told(at, words, settled(max(at, written_at), now), timed))
        else:
            empty += 1
    return Plain(SOURCE, told, media, empty)


def _plain(entry: Entry) -> str:
    text = entry.text if entry.text is not None else _from_rich(entry.rich_text or "")
    return _GAPS.sub("\n\n", _ESCAPED.sub(r"\1", _PICTURE.sub("", text))).strip()


def _from_rich(rich: str) -> str:
    """Return the words of a text that is kept in pieces with their looks."""
    try:
        return "".join(piece.text for piece in msgspec.json.decode(rich, type=Rich).contents)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return ""
