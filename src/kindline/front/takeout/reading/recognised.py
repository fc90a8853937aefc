"""What kind of file it is, told by what is in it and never by its name."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from kindline.front.takeout.reading import dailytxt, day_one, journiv, own, table, walk
from kindline.front.takeout.reading.own import Knows
from kindline.front.takeout.reading.texts import text_of
from kindline.front.takeout.reading.told import MOST_THINGS, Own, Plain, Refused
from kindline.front.takeout.reading.unpacked import is_packed, unpacked


def read(raw: bytes, rooms: Mapping[str, Knows], zone: ZoneInfo, now: datetime, *, most: int) -> Own | Plain:
    """Return what a file holds, or raise Refused. `most` is how many bytes a zip may hold; `zone` is the reader's."""
    if not raw.strip():
        raise Refused("nothing")
    found = _packed(unpacked(raw, most), rooms, zone, now) if is_packed(raw) else _one(raw, rooms, zone, now)
    things = found.documents if isinstance(found, Own) else found.entries
    if not things:
        raise Refused("nothing")
    if len(things) > MOST_THINGS:
        raise Refused("much")
    if isinstance(found, Plain):
        if sum(len(entry.text) for entry in found.entries) > most:
            raise Refused("large")
        for number, entry in enumerate(found.entries, 1):
            if "\0" in entry.text:
                raise Refused("nul", entry=number)
    return found


def _packed(files: Mapping[str, bytes], rooms: Mapping[str, Knows], zone: ZoneInfo, now: datetime) -> Own | Plain:
    walk.check_amount(files.values())
    if dailytxt.is_one(files):
        return dailytxt.read(files, zone, now)
    readable: list[Own | Plain] = []
    for path in sorted(files):
        try:
            readable.append(_json(text_of(files[path]), rooms, zone, now))
        except Refused as refused:
            if refused.why != "foreign":
                refused.what = path[-40:]
                raise
    plain = [one for one in readable if isinstance(one, Plain)]
    if len(readable) == 1:
        return readable[0]
    if not plain or len(plain) != len(readable):
        raise Refused("foreign")
    # Day One writes a file for each of its journals.
    entries = [entry for one in plain for entry in one.entries]
    return Plain(plain[0].source, entries, sum(one.media for one in plain), sum(one.empty for one in plain))


def _one(raw: bytes, rooms: Mapping[str, Knows], zone: ZoneInfo, now: datetime) -> Own | Plain:
    text = text_of(raw, may_be_old=True)
    begins = text.lstrip()[:1]
    if begins == "{":
        return _json(text, rooms, zone, now)
    if begins in {"[", "<"}:
        raise Refused("foreign")
    return table.read(text, zone, now)


def _json(text: str, rooms: Mapping[str, Knows], zone: ZoneInfo, now: datetime) -> Own | Plain:
    names = walk.names_at_the_top(text)
    if "format" in names and "rooms" in names:
        return own.read(text, rooms, now)
    if "export_version" in names or names >= {"journals", "app_version"}:
        return journiv.read(text, zone, now)
    if "entries" in names:
        return day_one.read(text, zone, now)
    if "days" in names:
        raise Refused("one-month")
    # Something else, or one of these that breaks off before it says so.
    walk.decoded(text, msgspec.Raw)
    raise Refused("foreign")
