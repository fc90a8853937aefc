"""Journiv's export: entries inside `journals`, in newer versions inside `moments`."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from kindline.front.takeout.reading import moments, walk
from kindline.front.takeout.reading.told import Plain, Refused, Told, folded

SOURCE = "journiv"


class Piece(msgspec.Struct):
    """A piece of a text; a picture is one too, and no words."""

    insert: Any = ""


class Delta(msgspec.Struct):
    """A text in pieces with their looks."""

    ops: list[Piece] = []


class Mood(msgspec.Struct):
    mood_name: str | None = None
    note: str | None = None


class Moment(msgspec.Struct):
    """When something was, how it felt, and perhaps the entry about it."""

    logged_at_utc: str | None = None
    logged_at: str | None = None
    note: str | None = None
    primary_mood_name: str | None = None
    tags: list[str] | None = None
    media: list[Any] | None = None
    entry: "Entry | None" = None


class Entry(msgspec.Struct):
    """What is read of an entry; the rest of it is passed over."""

    title: str | None = None
    content: str | None = None
    content_plain_text: str | None = None
    content_delta: Delta | None = None
    entry_datetime_utc: str | None = None
    entry_date: str | None = None
    tags: list[str] | None = None
    media: list[Any] | None = None
    mood_log: Mood | None = None
    moment: Moment | None = None
    created_at: str | None = None


class Journal(msgspec.Struct):
    entries: list[Entry] = []


class Export(msgspec.Struct):
    """The whole file."""

    journals: list[Journal] = []
    moments: list[Moment] = []


def read(text: str, zone: ZoneInfo, now: datetime) -> Plain:
    """Return the entries of a Journiv file, or raise Refused."""
    export = walk.decoded(text, Export)
    told, media, empty = [], 0, 0
    found = [(entry, entry.moment or Moment()) for journal in export.journals for entry in journal.entries]
    found += [(moment.entry or Entry(), moment) for moment in export.moments]
    for number, (entry, moment) in enumerate(found, 1):
        when = entry.entry_datetime_utc or moment.logged_at_utc or moment.logged_at or entry.entry_date or ""
        try:
            at, timed = _utc(when, zone, now)
            written_at = _utc(entry.created_at, zone, now).at if entry.created_at else at
        except (ValueError, OverflowError) as error:
            raise Refused("date", entry=number) from error
        media += len(entry.media or ()) + len(moment.media or ())
        words = _words(entry, moment)
        if words:
            told.append(Told(at, words, written_at, timed))
        else:
            empty += 1
    return Plain(SOURCE, told, media, empty)


def _utc(text: str, zone: ZoneInfo, now: datetime) -> moments.Moment:
    """Return a moment; Journiv writes those of the whole world with or without their zone, a bare day is a day."""
    if len(text) <= len("2024-05-01"):
        return moments.program_time(text, zone, now)
    moment = datetime.fromisoformat(text)
    return moments.Moment(moments.settled(moment if moment.tzinfo else moment.replace(tzinfo=UTC), now))


def _words(entry: Entry, moment: Moment) -> str:
    text = entry.content_plain_text or entry.content
    if text is None and entry.content_delta is not None:
        text = "".join(piece.insert for piece in entry.content_delta.ops if isinstance(piece.insert, str))
    mood = entry.mood_log or Mood()
    name = mood.mood_name or moment.primary_mood_name or ""
    tags = tuple(dict.fromkeys([*(entry.tags or ()), *(moment.tags or ())]))
    notes = "\n\n".join(filter(None, (text, moment.note, mood.note)))
    if not (entry.title or notes.strip()):
        return ""
    return folded(entry.title or "", notes, name, tags)
