"""An agreement on one page, to print and hang up: typst sets it, from data only."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import typst

TEMPLATE = Path(__file__).with_name("sheet.typ")
SIZES = (14, 12, 10.5, 9, 8)  # points; the largest in which everything fits on one page
SHORT = 16  # hexadecimal digits of a digest: enough to tell two versions apart by eye


class Part(NamedTuple):
    """One line of an agreement: what it is, and its words."""

    label: str
    words: str
    large: bool = False


class Sheet(NamedTuple):
    """All that stands on the page."""

    title: str
    parts: tuple[Part, ...]
    yeses: tuple[str, ...]
    reminder: str
    digest: str  # hexadecimal
    language: str = "en"
    paper: str = "a5"


def pdf(sheet: Sheet) -> bytes:
    """Return the page as PDF; words of more than a page at the smallest size go on to a second one."""
    data = json.dumps({**sheet._asdict(), "parts": [part._asdict() for part in sheet.parts], "digest": short(sheet)})
    template = TEMPLATE.read_bytes()
    size = next((size for size in SIZES if _pages(template, data, size) == 1), SIZES[-1])
    made: bytes = typst.compile(template, font_paths=_fonts(), sys_inputs=_inputs(data, size))
    return made


def short(sheet: Sheet) -> str:
    """Return the first digits of the digest in groups of four."""
    return " ".join(sheet.digest[start : start + 4] for start in range(0, SHORT, 4))


def _pages(template: bytes, data: str, size: float) -> int:
    inputs = _inputs(data, size)
    return int(typst.query(template, "<pages>", field="value", one=True, font_paths=_fonts(), sys_inputs=inputs))


def _inputs(data: str, size: float) -> dict[str, str]:
    return {"sheet": data, "size": str(size)}


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts there are. Looking for them takes a while, so it is done once."""
    return typst.Fonts()
