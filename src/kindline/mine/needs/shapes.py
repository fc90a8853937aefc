"""What lies inside this room's sealed documents.

One table holds all four kinds, so that its rows do not tell who walked, who checked and who answered a questionnaire.
"""

from datetime import datetime
from textwrap import shorten
from uuid import UUID

import msgspec

from kindline.ground.vault.contents import Line
from kindline.ground.vault.sealing import Shape

WALK, CHECK, READING, SENTENCE = "walk", "check", "reading", "sentence"
FIRST_WORDS = 120  # characters


class Walk(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag=WALK):
    """One walk through what a person needs; any part may be empty. Every `at` here is aware and in UTC."""

    at: datetime
    secure: str = ""
    accept: str = ""
    refuse: str = ""
    need: str = ""
    finer: tuple[str, ...] = ()
    need_words: str = ""
    ask: str = ""
    origin: str = ""


class Check(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag=CHECK):
    """How it is these weeks: for each need how far it was met, and how freely a no could be said; 1 to 4, 0 skipped."""

    at: datetime
    met: dict[str, int] = {}
    free: int = 0


class Reading(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag=READING):
    """A questionnaire answered, or a leaning set by hand (then `instrument` is empty), with the numbers it gave."""

    at: datetime
    instrument: str = ""
    called: str = ""  # the instrument's name as it was then: its file may be gone one day
    about: str = ""
    answers: dict[str, int] = {}
    numbers: dict[str, float] = {}


class Sentence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag=SENTENCE):
    """A sentence about oneself, to be said or handed to somebody as text."""

    at: datetime
    text: str


Kept = Walk | Check | Reading | Sentence


class Paper(Shape, frozen=True, kw_only=True):
    """Whatever this room keeps, one thing each."""

    holds: Kept


class PaperLine(Line, frozen=True, array_like=True):
    """A paper in the table of contents; which fields are filled depends on its kind. A sentence stands there whole."""

    kind: str
    at: datetime
    first: str = ""
    need: str = ""
    met: dict[str, int] = {}
    free: int = 0
    instrument: str = ""
    about: str = ""
    numbers: dict[str, float] = {}


def outline(paper_id: UUID, version: int, paper: Paper) -> PaperLine:
    """Return a paper's line for the table of contents."""
    held = paper.holds
    if isinstance(held, Walk):
        first = first_words(held.need_words or held.secure or held.ask or held.refuse or held.accept or held.origin)
        return PaperLine(id=paper_id, version=version, kind=WALK, at=held.at, first=first, need=held.need)
    if isinstance(held, Check):
        return PaperLine(id=paper_id, version=version, kind=CHECK, at=held.at, met=held.met, free=held.free)
    if isinstance(held, Reading):
        return PaperLine(
            id=paper_id,
            version=version,
            kind=READING,
            at=held.at,
            first=held.called,
            instrument=held.instrument,
            about=held.about,
            numbers=held.numbers,
        )
    return PaperLine(id=paper_id, version=version, kind=SENTENCE, at=held.at, first=held.text)


def first_words(text: str) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(text[: FIRST_WORDS * 3].split())
    return line if len(line) <= FIRST_WORDS else shorten(line, FIRST_WORDS, placeholder="…")
