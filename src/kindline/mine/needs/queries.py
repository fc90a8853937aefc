"""What this room can be asked. Everything about somebody starts at a person; lists read only the table of contents."""

from collections.abc import Iterator
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.utils.translation import get_language

from kindline.ground.coaching.hearing import hear
from kindline.ground.page.readable import Readable
from kindline.ground.people.models import Person
from kindline.ground.vault import records
from kindline.mine.needs import rules, shapes, taking, words
from kindline.mine.needs.models import CONTENTS, Paper
from kindline.mine.needs.shapes import PaperLine
from kindline.mine.needs.shelf import Shelf, shelf

# The words for needs, for the rooms above that speak of them too.
NEEDS, NEEDS_PLAINLY, FINER = words.NEEDS, words.NEEDS_PLAINLY, words.FINER
finer_said, nearest, as_offered = words.finer_said, rules.nearest, rules.as_offered

SHAPES = (shapes.Paper,)  # of what `everything` yields


class Kept(NamedTuple):
    """A paper as it is kept: its row (with its version) and what it holds."""

    record: Paper
    holds: Any  # one of shapes.Kept, of the kind that was asked for


class Checked(NamedTuple):
    """One small check: when, for each need that was answered how far it was met (1 to 4), how free a no was (or 0)."""

    at: datetime
    met: dict[str, int]
    free: int


def find(person: Person, paper_id: UUID, kind: str) -> Kept:
    """Return this person's paper of one kind, or raise Http404."""
    record = records.find(Paper, person.keyring, paper_id)
    holds = records.opened(record, person.keyring, shapes.Paper).holds
    if type(holds).__struct_config__.tag != kind:
        raise Http404
    return Kept(record, holds)


def lines(person: Person, *kinds: str) -> list[PaperLine]:
    """Return the lines of some kinds of papers (all when none is named), the newest first."""
    found = (line for line in CONTENTS.lines(person.keyring) if not kinds or line.kind in kinds)
    return sorted(found, key=attrgetter("at"), reverse=True)


def checks(person: Person) -> list[Checked]:
    """Return every small check, the oldest first."""
    return [Checked(line.at, line.met, line.free) for line in reversed(lines(person, shapes.CHECK))]


def leaning(person: Person) -> dict[str, float]:
    """Return the two numbers of the leaning that was found or set last, by name; either may be missing."""
    return leaning_in(lines(person, shapes.READING))


def leaning_in(readings: list[PaperLine]) -> dict[str, float]:
    """Return the leaning among readings that are given newest first."""
    found = ({name: line.numbers[name] for name in rules.LEANING if name in line.numbers} for line in readings)
    return next((numbers for numbers in found if numbers), {})


def before(readings: list[PaperLine], reading: PaperLine) -> PaperLine | None:
    """Return the reading of the same questionnaire about the same person that came before, or None."""
    earlier = [line for line in readings if line.at < reading.at and _is_like(line, reading.instrument, reading.about)]
    return max(earlier, key=attrgetter("at"), default=None)


def latest_of(readings: list[PaperLine], instrument: str) -> PaperLine | None:
    """Return the last reading of a questionnaire among readings that are given newest first, or None."""
    return next((line for line in readings if line.instrument == instrument), None)


def last_answered(person: Person, instrument: str, about: str) -> PaperLine | None:
    """Return the last time a questionnaire was answered about somebody, or None."""
    found = (line for line in lines(person, shapes.READING) if _is_like(line, instrument, about))
    return next(found, None)


def _is_like(line: PaperLine, instrument: str, about: str) -> bool:
    return line.instrument == instrument and line.about.casefold() == about.casefold()


def instruments() -> Shelf:
    """Return every questionnaire that can be used here, and what is wrong with the files that can't."""
    return shelf(settings.DATA / "instruments", (get_language() or "en").partition("-")[0])


def instrument_problems() -> list[str]:
    """Return a sentence for each of the operator's questionnaires that can't be used, for `kindline doctor`."""
    return list(instruments().problems)


def start_of(person: Person, start: str) -> dict[str, str]:
    """Return the lines a draft begins with, of a walk (its id) or an idea (its name); raise Http404 for neither."""
    if start in words.IDEAS:
        return {name: str(said) for name, said in words.IDEAS[start].lines.items()}
    try:
        walk = find(person, UUID(start), shapes.WALK).holds
    except ValueError:
        raise Http404 from None
    finer = words.finer_said(walk.finer)
    need = walk.need_words or (finer[0] if finer else str(words.NEEDS_PLAINLY.get(walk.need, ""))) or walk.secure
    # Where it may come from stays in the walk: a memory goes into words for somebody else by its person's hand only.
    begun = {"need": need, "limit": walk.refuse, "ask": walk.ask, "flexes": walk.accept}
    return {name: said for name, said in begun.items() if said}


def offered(need: str, finer: set[str]) -> list[dict[str, Any]]:
    """Return the four needs with the finer ones under each, as a page offers them, marked where they were chosen."""
    return [
        {
            "name": name,
            "word": words.NEEDS[name],
            "plainly": words.NEEDS_PLAINLY[name],
            "chosen": name == need,
            "finer": [{"name": fine, "word": words.FINER[fine], "chosen": fine in finer} for fine in below],
        }
        for name, below in rules.NEEDS.items()
    ]


def hears_safety(walk: shapes.Walk) -> bool:
    """Say whether a walk tells, by its form, of fear or harm."""
    written = (walk.secure, walk.accept, walk.refuse, walk.need_words, walk.ask, walk.origin)
    return hear("\n".join(written)).safety


def is_sound(document: shapes.Paper) -> bool:
    """Say whether a paper that was taken along could have been written here."""
    return taking.is_sound(document)


def readable(document: shapes.Paper) -> Readable:
    """Return a paper as it is read on its own."""
    return taking.readable(document)


def everything(person: Person) -> Iterator[tuple[UUID, shapes.Paper]]:
    """Yield every paper with its id, for taking along."""
    for paper_id, _version, paper in records.each_opened(Paper, person.keyring, shapes.Paper):
        yield paper_id, paper
