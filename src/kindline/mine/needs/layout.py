"""How what is kept here is laid out for its pages: needs in words, numbers on lines."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from kindline.ground.page.charts import on_a_line
from kindline.mine.needs import rules, shapes, words
from kindline.mine.needs.instruments import Instrument, Scale
from kindline.mine.needs.shapes import PaperLine


class Shown(NamedTuple):
    """One number of a reading, as a page shows it."""

    says: str
    number: str
    drawing: str
    low: str
    high: str
    change: str


def walk_said(walk: shapes.Walk) -> dict[str, Any]:
    """Return a walk with its stored choices in words."""
    return {
        "walk": walk,
        "need": words.NEEDS.get(walk.need, ""),
        "plainly": words.NEEDS_PLAINLY.get(walk.need, ""),
        "finer": words.finer_said(walk.finer),
    }


def check_said(line: PaperLine) -> list[tuple[str, str]]:
    """Return a small check as pairs of words: what, and how far."""
    said = [
        (str(words.NEEDS[need]), str(words.HOW_MET.get(line.met[need], ""))) for need in words.NEEDS if need in line.met
    ]
    return [*said, (_("Saying no"), str(words.HOW_FREE[line.free]))] if line.free in words.HOW_FREE else said


def reading_said(
    numbers: Mapping[str, float], instrument: Instrument, before: Mapping[str, float]
) -> tuple[list[Shown], list[str]]:
    """Return the numbers of a reading on their lines, and what too few answers were given for."""
    shown = [
        _shown(instrument, scale, numbers[scale.name], before.get(scale.name))
        for scale in instrument.scales
        if scale.name in numbers
    ]
    return shown, [scale.says for scale in instrument.scales if scale.name not in numbers]


def _shown(instrument: Instrument, scale: Scale, number: float, earlier: float | None) -> Shown:
    low, high = instrument.ends(scale)
    title = _("%(number)s on a line from %(low)s to %(high)s") % {
        "number": figure(number),
        "low": figure(low),
        "high": figure(high),
    }
    on_line = instrument.shows == "line"
    change = "" if earlier is None else str(words.CHANGES[rules.change(earlier, number, instrument.ordinary)])
    return Shown(
        says=scale.says,
        number=title,
        drawing=on_a_line(number, low=low, high=high, before=earlier, title=f"{scale.says}: {title}"),
        low=scale.low if on_line else "",
        high=scale.high if on_line else "",
        change=change,
    )


def figure(number: float) -> str:
    """Return a number with one decimal where it has any."""
    return f"{number:.1f}".removesuffix(".0")


def ideas_for(leaning: Mapping[str, float]) -> dict[str, list[dict[str, Any]]]:
    """Return small routines: `first` those that suit a leaning, `more` the others; `rhythms` could come round."""
    ways = rules.ways_leant(leaning)
    first = [name for way in ways for name in rules.IDEAS[way]]
    more = [name for names in rules.IDEAS.values() for name in names if name not in first]
    rhythms = [name for way in ways or rules.LEANING for name in rules.RHYTHMS[way]]
    return {
        "first": [_idea(name) for name in first],
        "more": [_idea(name) for name in more],
        "rhythms": [{"name": name, "title": words.RHYTHMS[name]} for name in rhythms],
    }


def _idea(name: str) -> dict[str, Any]:
    return {"name": name, "title": words.IDEAS[name].title, "says": words.IDEAS[name].says}
