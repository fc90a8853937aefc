"""The page to read and print: everything of a person by room and month, with every date already in words."""

from base64 import b64encode
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.functional import Promise

from kindline.front.takeout import queries, words
from kindline.ground.page.clock_face import clock
from kindline.ground.page.readable import Readable
from kindline.ground.people.models import Person
from kindline.ground.vault.circles import circles_of

# A page of its own brings its style with it, as an address: it is opened without us.
STYLE = "data:text/css;base64," + b64encode((Path(__file__).parent / "paper.css").read_bytes()).decode()


class Thing(NamedTuple):
    """One thing on the page; `exactly` is its moment for machines."""

    what: str
    when: str
    exactly: str
    month: str
    parts: list[tuple[str, str]]


class Part(NamedTuple):
    """A room on the page: its things by month, "" for those without a time."""

    name: str | Promise
    things: int
    months: list[tuple[str, list[Thing]]]


def page(person: Person, now: datetime) -> str:
    """Return the whole page as HTML."""
    months = Months()
    parts = [_part(words.ROOMS[name], found, months) for name, found in queries.readable(person) if found]
    is_shared = any(circle.others for circle in circles_of(person.keyring))
    context = {"parts": parts, "made_at": now, "style": STYLE, "is_shared": is_shared}
    return render_to_string("takeout/paper.html", context)


class Months(dict[tuple[int, int], str]):
    """Months in words; ten years of writing every day need each of them thirty times."""

    def of(self, local: datetime) -> str:
        """Return the month that a moment is in, with its year."""
        key = local.year, local.month
        if key not in self:
            self[key] = formatted(local, "F Y")
        return self[key]


def _part(name: str | Promise, found: list[Readable], months: Months) -> Part:
    return Part(name, len(found), _by_month(_thing(one, months) for one in found))


def _by_month(things: Iterable[Thing]) -> list[tuple[str, list[Thing]]]:
    return [(month, list(some)) for month, some in groupby(things, key=lambda thing: thing.month)]


def _thing(one: Readable, months: Months) -> Thing:
    parts = [(name, text) for name, text in one.parts if text.strip()]
    if one.at is None:
        return Thing(one.what, "", "", "", parts)
    local = timezone.localtime(one.at)
    month = months.of(local)
    day = f"{local.day} {month}"
    if not one.timed:
        return Thing(one.what, day, local.date().isoformat(), month, parts)
    return Thing(one.what, f"{day}, {clock(one.at)}", local.isoformat(timespec="minutes"), month, parts)
