"""Helplines from a dated file: read, checked entry by entry, and how old each one's last check is. Pure."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from kindline.ground.storage import toml

KINDS = ("emergency", "partner violence", "own behaviour", "crisis")
OLD_AFTER = timedelta(days=365)
MOST = 500  # entries
LONGEST = 200  # characters of one field
DIALLED = re.compile(r"[+*#]?[0-9][0-9 ()*#/-]{0,30}")


@dataclass(frozen=True, slots=True)
class Helpline:
    """One helpline: where, for what, and when somebody last called it or read its own page to check."""

    country: str
    kinds: tuple[str, ...]
    name: str
    number: str
    hours: str
    source: str
    verified_on: date | None

    @property
    def dialled(self) -> str:
        """Return the number as a telephone takes it."""
        return re.sub(r"[^0-9+*#]", "", self.number)

    def age(self, today: date) -> str:
        """Say how its last check stands today: `never`, `old` (over twelve months) or `fresh`."""
        if self.verified_on is None or self.verified_on > today:
            return "never"
        return "old" if today - self.verified_on > OLD_AFTER else "fresh"


@dataclass(frozen=True, slots=True)
class List:
    """The entries that can be shown, and a sentence for each that can't."""

    entries: tuple[Helpline, ...]
    problems: tuple[str, ...]

    def of_kind(self, kind: str) -> tuple[Helpline, ...]:
        """Return the entries of one kind, in the order of the file."""
        return tuple(entry for entry in self.entries if kind in entry.kinds)


class _Unfit(Exception):  # noqa: N818 - what is the case
    """A field of an entry cannot be used."""


def read(text: str) -> List:
    """Read a helpline file; an entry with a wrong field is left out and named, the others stay."""
    try:
        tables = toml.tables(text).get("helpline", [])
    except tomllib.TOMLDecodeError as error:
        return List((), (f"helplines.toml can't be read as TOML: {error}",))
    if not isinstance(tables, list):
        return List((), ("helplines.toml: write each entry under [[helpline]], with double brackets.",))
    entries: list[Helpline] = []
    problems = [f"helplines.toml: only the first {MOST} entries are used."] if len(tables) > MOST else []
    for number, table in enumerate(tables[:MOST], start=1):
        try:
            entries.append(_entry(table))
        except _Unfit as unfit:
            problems.append(f"helplines.toml, entry {number}: {unfit}")
    return List(tuple(entries), tuple(problems))


def by_country(entries: Iterable[Helpline]) -> list[tuple[str, list[Helpline]]]:
    """Return the entries gathered under their countries, in the order of the file."""
    gathered: dict[str, list[Helpline]] = {}
    for entry in entries:
        gathered.setdefault(entry.country, []).append(entry)
    return list(gathered.items())


def _entry(table: Any) -> Helpline:
    if not isinstance(table, dict):
        raise _Unfit("it should be a table of fields.")
    return Helpline(
        country=_text(table, "country"),
        kinds=_kinds(table),
        name=_text(table, "name"),
        number=_number(table),
        hours=_text(table, "hours", required=False),
        source=_source(table),
        verified_on=_day(table),
    )


def _text(table: dict[str, Any], field: str, *, required: bool = True) -> str:
    value = table.get(field, "")
    if not isinstance(value, str) or len(value) > LONGEST:
        raise _Unfit(f"“{field}” should be words in quotation marks, at most {LONGEST} characters.")
    tidy = " ".join(value.split())
    if required and not tidy:
        raise _Unfit(f"“{field}” is missing.")
    return tidy


def _kinds(table: dict[str, Any]) -> tuple[str, ...]:
    value = table.get("kind")
    kinds = [value] if isinstance(value, str) else value
    if not isinstance(kinds, list) or not kinds or any(kind not in KINDS for kind in kinds):
        raise _Unfit(f"“kind” should be one or several of: {', '.join(KINDS)}.")
    return tuple(dict.fromkeys(kinds))


def _number(table: dict[str, Any]) -> str:
    number = _text(table, "number")
    if not DIALLED.fullmatch(number):
        raise _Unfit("“number” should be the digits as they are dialled, in quotation marks.")
    return number


def _source(table: dict[str, Any]) -> str:
    source = _text(table, "source")
    try:
        parts = urlsplit(source)
    except ValueError:
        parts = None
    if parts is None or parts.scheme != "https" or not parts.netloc:
        raise _Unfit("“source” should be the https address of the helpline's own page.")
    return source


def _day(table: dict[str, Any]) -> date | None:
    value = table.get("verified_on")
    if value is None:
        return None
    if type(value) is not date:
        raise _Unfit("“verified_on” should be a day such as 2026-05-03, without quotation marks.")
    return value
