"""Tables: CSV with a line of names above, whatever divides the columns."""

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from kindline.front.takeout.reading.moments import day_comes_first, written
from kindline.front.takeout.reading.told import MOST_THINGS, Plain, Refused, Told, folded

SOURCE = "table"
_LINE = re.compile(r"[^\r\n]*+(?:\r\n?|\n)|[^\r\n]++")
LONGEST_HEAD = 10_000  # characters
LONGEST_ROW = 1_000_000
DIVIDERS = (",", ";", "\t", "|")
NAMES = {
    "date": {"date", "full date", "day", "datetime", "date time", "created", "created at", "creation date"}
    | {"timestamp", "when", "entry date", "datum", "fecha"},
    "time": {"time", "clock", "hour", "entry time", "uhrzeit", "zeit"},
    "text": {"text", "entry", "content", "body", "note", "notes", "entry text", "journal", "diary", "description"}
    | {"what happened", "details", "message", "eintrag", "inhalt"},
    "title": {"title", "note title", "subject", "headline", "heading", "titel"},
    "mood": {"mood", "feeling", "emotion", "stimmung"},
    "tags": {"tags", "tag", "activities", "labels", "categories", "category", "schlagworte"},
}


def read(text: str, zone: ZoneInfo, now: datetime) -> Plain:
    """Return the entries of a table, or raise Refused with the line."""
    head = next(iter(text.lstrip("\r\n")[: LONGEST_HEAD + 1].splitlines()), "")
    if len(head) > LONGEST_HEAD:
        raise Refused("columns", line=1)
    divider = max(DIVIDERS, key=lambda mark: len(_columns(_first_row(head, mark))))
    rows = _rows(text, divider)
    columns = _columns(next(rows, (0, []))[1])
    if "date" not in columns or not columns.keys() & {"text", "title"}:
        raise Refused("columns", line=1)
    found = [(line, _known(row, columns)) for line, row in rows]
    day_first = day_comes_first((line, row.get("date", "")) for line, row in found)
    told, empty = [], 0
    for line, row in found:
        tags = tuple(tag.strip() for tag in row.get("tags", "").replace("|", ",").replace(";", ",").split(","))
        title, words = row.get("title", ""), row.get("text", "")
        if not (title.strip() or words.strip()):
            empty += 1
            continue
        try:
            day, clock = row.get("date", ""), row.get("time", "")
            at, timed = written(day, clock, zone, now, day_first=day_first)
        except (ValueError, OverflowError) as error:
            raise Refused("date", line=line) from error
        told.append(Told(at, folded(title, words, row.get("mood", ""), tags), at, timed))
    return Plain(SOURCE, told, empty=empty)


def _rows(text: str, divider: str) -> Iterator[tuple[int, list[str]]]:
    """Yield every row that is not empty with the number of its last line."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=divider, strict=True)
    count = 0
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise Refused("cut" if "end of data" in str(error) else "row", line=reader.line_num) from error
        if row is None:
            return
        lines.of_row = 0
        if any(cell.strip() for cell in row):
            count += 1
            if count > MOST_THINGS:
                raise Refused("much", line=reader.line_num)
            yield reader.line_num, row


class _Lines:
    """The lines of a text, as long as none of its rows grows beyond all measure."""

    def __init__(self, text: str) -> None:
        self.lines = enumerate(_LINE.finditer(text), 1)  # a StringIO would take four bytes for each letter
        self.of_row = 0  # characters since a row began

    def __iter__(self) -> Iterator[str]:
        for number, found in self.lines:
            line = found[0]
            self.of_row += len(line)
            if self.of_row > LONGEST_ROW:
                raise Refused("row", line=number)
            yield line


def _first_row(head: str, divider: str) -> list[str]:
    try:
        return next(csv.reader([head], delimiter=divider), [])
    except csv.Error:
        return []


def _columns(head: list[str]) -> dict[str, int]:
    """Return at which place each column that is known stands; the first of two stays."""
    known: dict[str, int] = {}
    for at, cell in enumerate(head):
        name = " ".join(cell.strip().lower().replace("_", " ").replace("-", " ").split())
        for meaning, names in NAMES.items():
            if name in names:
                known.setdefault(meaning, at)
    return known


def _known(row: list[str], columns: dict[str, int]) -> dict[str, str]:
    """Return what stands in the columns that are known; the rest of a row need not be held."""
    return {name: row[at] for name, at in columns.items() if at < len(row)}
