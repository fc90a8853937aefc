"""DailyTxT's readable copy: a zip with one JSON file for each month, at a path that ends in `2024/05.json`."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from kindline.front.takeout.reading import walk
from kindline.front.takeout.reading.moments import of_day, settled
from kindline.front.takeout.reading.texts import text_of
from kindline.front.takeout.reading.told import Plain, Refused, Told, folded

SOURCE = "dailytxt"
LONGEST_TAG = 60  # characters; a tag's name comes with every day that has it
_MONTH = re.compile(r"(?:.*/)?(\d{4})/(\d{1,2})\.json")


class Day(msgspec.Struct):
    """What is read of a day; older versions of its text are passed over."""

    day: int
    text: str = ""
    date_written: Any = ""
    tags: list[int] = []
    files: list[Any] = []


class Month(msgspec.Struct):
    days: list[Day]


class Tag(msgspec.Struct):
    id: int
    name: str = ""


class Tags(msgspec.Struct):
    tags: list[Tag] = []


def is_one(paths: Mapping[str, bytes]) -> bool:
    """Say whether the files of a zip are DailyTxT's."""
    return any(_MONTH.fullmatch(path) for path in paths)


def read(files: Mapping[str, bytes], zone: ZoneInfo, now: datetime) -> Plain:
    """Return the entries of a DailyTxT copy, or raise Refused."""
    if any(path.rpartition("/")[2] in {"user.json", "users.json"} for path in files):
        raise Refused("locked-copy")
    called = _tags(files)
    told, media, empty = [], 0, 0
    for path in sorted(files):
        month = _MONTH.fullmatch(path)
        if month is None:
            continue
        for number, day in enumerate(_decoded(files[path], path, Month).days, 1):
            try:
                on = date(int(month[1]), int(month[2]), day.day)
                at, _timed = of_day(on, None, zone, now)
            except (ValueError, OverflowError) as error:
                raise Refused("date", entry=number, what=path[-40:]) from error
            media += len(day.files)
            words = (
                folded("", day.text, tags=tuple(called.get(tag, "") for tag in day.tags)) if day.text.strip() else ""
            )
            if words:
                told.append(_at_the_time_written(Told(at, words, at, timed=False), day.date_written, on, zone, now))
            else:
                empty += 1
    return Plain(SOURCE, told, media, empty)


def _at_the_time_written(told: Told, written: object, on: date, zone: ZoneInfo, now: datetime) -> Told:
    """Take over when a day's text was written, where it says so; on the same day that is also when it was."""
    try:
        moment = datetime.fromisoformat(str(written))
        moment = settled(moment if moment.tzinfo else moment.replace(tzinfo=zone), now)
    except (ValueError, OverflowError):
        return told
    is_that_day = moment.astimezone(zone).date() == on
    return Told(moment if is_that_day else told.at, told.text, moment, is_that_day)


def _tags(files: Mapping[str, bytes]) -> dict[int, str]:
    path = next((path for path in files if path.rpartition("/")[2] == "tags.json"), "")
    called = {tag.id: tag.name for tag in _decoded(files[path], path, Tags).tags} if path else {}
    if any(len(name) > LONGEST_TAG for name in called.values()):
        raise Refused("long", what=path[-40:])
    return called


def _decoded(raw: bytes, path: str, kind: type[walk.T]) -> walk.T:
    text = text_of(raw)
    try:
        walk.names_at_the_top(text)
        return walk.decoded(text, kind)
    except Refused as refused:
        refused.what = path[-40:]
        raise
