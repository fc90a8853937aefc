"""Questionnaires as data: how a file is read, and how answers become numbers. docs/instruments.md describes the file.

Nothing here knows a particular questionnaire, holds a norm or a cut, or says what a number means for a person.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kindline.ground.storage.toml import tables

MEAN, SUM = "mean", "sum"
MOST_ITEMS = 100
MOST_STEPS = 12  # from the lowest answer to the highest
LONGEST = 2_000  # characters of one text
MOST_ORDINARY = 10_000
SHOWS = ("line", "course")


class Unfit(Exception):  # noqa: N818 - what is the case
    """A field of an instrument's file cannot be used; the sentence names it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One statement with its answers, whole numbers from `low` to `high`, each in words where the file has them."""

    number: int
    text: str
    low: int
    high: int
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the name under which its answer is stored."""
        return str(self.number)

    @property
    def steps(self) -> range:
        """Return every possible answer, the lowest first."""
        return range(self.low, self.high + 1)


@dataclass(frozen=True, slots=True)
class Scale:
    """One number made of some items: their mean or their sum, some of them read backwards."""

    name: str
    says: str
    low: str
    high: str
    items: tuple[int, ...]
    reverse: frozenset[int]
    how: str
    least: int  # how many of the items have to be answered


@dataclass(frozen=True, slots=True)
class Instrument:
    """One questionnaire."""

    id: str
    name: str
    asks: str
    about: str  # the question about whom one answers, or "" when it is about nobody in particular
    low: str
    high: str
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    source: str
    terms: str
    again_after_days: int
    ordinary: float
    shows: str

    def item(self, number: int) -> Item:
        """Return the item of a number."""
        return next(item for item in self.items if item.number == number)

    def ends(self, scale: Scale) -> tuple[float, float]:
        """Return the lowest and the highest number that a scale can give."""
        items = [self.item(number) for number in scale.items]
        low, high = sum(item.low for item in items), sum(item.high for item in items)
        return (low, high) if scale.how == SUM else (low / len(items), high / len(items))

    def numbers(self, answers: Mapping[str, int]) -> dict[str, float]:
        """Return each scale's number out of the answers; a scale with too few answers gives none."""
        found = ((scale.name, self._number(scale, answers)) for scale in self.scales)
        return {name: number for name, number in found if number is not None}

    def _number(self, scale: Scale, answers: Mapping[str, int]) -> float | None:
        told = []
        for number in scale.items:
            item, answer = self.item(number), answers.get(str(number))
            if answer is not None and answer in item.steps:
                told.append(item.low + item.high - answer if number in scale.reverse else answer)
        if len(told) < max(1, scale.least):
            return None
        return float(sum(told)) if scale.how == SUM else sum(told) / len(told)


def read(text: str, instrument_id: str) -> Instrument:
    """Read an instrument's file, or raise Unfit with a sentence that names the field."""
    try:
        table = tables(text)
    except tomllib.TOMLDecodeError as error:
        raise Unfit(f"it can't be read as TOML: {error}") from None
    items = _items(table)
    return Instrument(
        id=instrument_id,
        name=_text(table, "name"),
        asks=_text(table, "asks", required=False),
        about=_text(table, "about", required=False),
        low=_text(_table(table, "answers"), "low", required=False, of="answers."),
        high=_text(_table(table, "answers"), "high", required=False, of="answers."),
        items=items,
        scales=_scales(table, {item.number: item for item in items}),
        source=_text(table, "source"),
        terms=_text(table, "terms"),
        again_after_days=_whole(table, "again_after_days", 1, 3650),
        ordinary=_figure(table, "ordinary"),
        shows=_one_of(table, "shows", SHOWS, "line"),
    )


def _items(table: dict[str, Any]) -> tuple[Item, ...]:
    rows = _rows(table, "item", MOST_ITEMS)
    answers = _table(table, "answers")
    items = tuple(_item(row, at, answers) for at, row in enumerate(rows, start=1))
    numbers = [item.number for item in items]
    doubled = next((number for number in numbers if numbers.count(number) > 1), None)
    if doubled is not None:
        raise Unfit(f"“item.number”: {doubled} stands there twice.")
    return items


def _item(row: dict[str, Any], at: int, answers: dict[str, Any]) -> Item:
    of = f"item {at}: "
    given = {**answers, **row}
    low, high = _whole(given, "from", 0, 100, of=of), _whole(given, "to", 0, 100, of=of)
    if not 1 <= high - low < MOST_STEPS:
        raise Unfit(f"{of}“to” should be above “from”, with at most {MOST_STEPS} answers.")
    words = given.get("words", [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise Unfit(f"{of}“words” should be a list of words in quotation marks.")
    if words and len(words) != high - low + 1:
        raise Unfit(f"{of}“words” should have {high - low + 1} entries, one for each answer, and has {len(words)}.")
    number = _whole(row, "number", 1, 999, of=of) if "number" in row else at
    return Item(number, _text(row, "text", of=of), low, high, tuple(words))


def _scales(table: dict[str, Any], items: dict[int, Item]) -> tuple[Scale, ...]:
    scales = tuple(_scale(row, at, items) for at, row in enumerate(_rows(table, "scale", MOST_ITEMS), start=1))
    if len({scale.name for scale in scales}) != len(scales):
        raise Unfit("“scale.name”: two scales have the same name.")
    return scales


def _scale(row: dict[str, Any], at: int, items: dict[int, Item]) -> Scale:
    of = f"scale {at}: "
    numbers, reverse = _numbers(row, "items", items, of), _numbers(row, "reverse", items, of, required=False)
    if not set(reverse) <= set(numbers):
        raise Unfit(f"{of}“reverse” names items that are not among its “items”.")
    how = _one_of(row, "how", (MEAN, SUM), "", of=of)
    # A mean of two thirds still says something; a sum with a gap would look like a change.
    usual = -(-2 * len(numbers) // 3) if how == MEAN else len(numbers)
    least = _whole(row, "least", 1, len(numbers), of=of) if "least" in row else usual
    if how == SUM and least != len(numbers):
        raise Unfit(f"{of}“least”: a sum needs all of its items.")
    return Scale(
        name=_text(row, "name", of=of),
        says=_text(row, "says", of=of),
        low=_text(row, "low", of=of, required=False),
        high=_text(row, "high", of=of, required=False),
        items=numbers,
        reverse=frozenset(reverse),
        how=how,
        least=least,
    )


def _numbers(
    row: dict[str, Any], field: str, items: dict[int, Item], of: str, *, required: bool = True
) -> tuple[int, ...]:
    value = row.get(field, [])
    if not isinstance(value, list) or not all(type(one) is int for one in value) or (required and not value):
        raise Unfit(f"{of}“{field}” should be a list of item numbers, such as [1, 2, 3].")
    unknown = next((one for one in value if one not in items), None)
    if unknown is not None:
        raise Unfit(f"{of}“{field}” names item {unknown}, which is not in the file.")
    if len(set(value)) != len(value):
        raise Unfit(f"{of}“{field}” names an item twice.")
    return tuple(value)


def _rows(table: dict[str, Any], field: str, most: int) -> list[dict[str, Any]]:
    rows = table.get(field)
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise Unfit(f"“{field}” is missing: write each one under [[{field}]], with double brackets.")
    if len(rows) > most:
        raise Unfit(f"“{field}”: at most {most} of them.")
    return rows


def _table(table: dict[str, Any], field: str) -> dict[str, Any]:
    value = table.get(field, {})
    if not isinstance(value, dict):
        raise Unfit(f"“{field}” should be a table: write [{field}].")
    return value


def _text(table: dict[str, Any], field: str, *, required: bool = True, of: str = "") -> str:
    value = table.get(field, "")
    if not isinstance(value, str) or len(value) > LONGEST:
        raise Unfit(f"{of}“{field}” should be words in quotation marks, at most {LONGEST} characters.")
    tidy = " ".join(value.split())
    if required and not tidy:
        raise Unfit(f"{of}“{field}” is missing.")
    return tidy


def _whole(table: dict[str, Any], field: str, least: int, most: int, *, of: str = "") -> int:
    value = table.get(field)
    if type(value) is not int or not least <= value <= most:
        raise Unfit(f"{of}“{field}” should be a whole number from {least} to {most}.")
    return value


def _figure(table: dict[str, Any], field: str) -> float:
    value = table.get(field)
    if type(value) not in (int, float) or not 0 < value < MOST_ORDINARY:  # type: ignore[operator]
        raise Unfit(f"“{field}” should be a number above 0: how large a change has to be to mean anything.")
    return float(value)  # type: ignore[arg-type]


def _one_of(table: dict[str, Any], field: str, among: tuple[str, ...], usual: str, *, of: str = "") -> str:
    value = table.get(field, usual)
    if value not in among:
        raise Unfit(f"{of}“{field}” should be one of: {', '.join(among)}.")
    return str(value)
