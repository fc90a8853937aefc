"""Told plainly: verbs that judge are told by what was done, and words that judge stay out of what is retold."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kindline.coach.book import RULES
from kindline.coach.tries.spoken import find

FOLDER = RULES / "en" / "tries"
MOST_WORDS = 2  # that belong to a verb and stand after it
_NOBODY_AFTER = frozenset(
    (
        "about at on over off up in into out to for with around while when whenever because if after before until like "
        "through and here there all again"
    ).split()
)
_SOMEBODY = frozenset(("me", "us", "her", "him", "them", "my", "you"))
_TOUCHED = frozenset(("put", "throw"))  # "shoved me" was done to somebody, and is told as it was


class Plainer(NamedTuple):
    """A plain way to tell what a judging verb says."""

    alone: tuple[str, ...]
    with_object: tuple[str, ...]


@cache
def _plainer(folder: Path = FOLDER) -> dict[tuple[str, ...], Plainer]:
    found = {}
    for line in (folder / "plainer.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            verb, alone, *other = (tuple(part.split()) for part in line.split(" - "))
            found[verb] = Plainer(alone, other[0] if other else alone)
    return found


@cache
def _judging(folder: Path = FOLDER) -> tuple[tuple[str, ...], ...]:
    lines = (folder / "judging.txt").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(some.split("_")) for line in lines if not line.startswith("#") for some in line.split())


def judges(words: Sequence[str]) -> bool:
    """Tell whether a word that judges, or a turn of words that does, is among some words."""
    return any(some[0] in words if len(some) == 1 else find(words, *some) >= 0 for some in _judging())


def told_plainly(base: str, rest: Iterable[str]) -> tuple[str, list[str]] | None:
    """Return the plain verb for one that judges, and what follows it; None where the verb is plain already."""
    after = list(rest)
    for width in range(MOST_WORDS, -1, -1):
        plain = _plainer().get((base, *(word.lower() for word in after[:width]))) if width <= len(after) else None
        if plain is None:
            continue
        left = after[width:]
        follows = bool(left) and left[0].isalpha() and left[0].lower() not in _NOBODY_AFTER
        verb, *more = plain.with_object if follows else plain.alone
        if (verb in _TOUCHED and follows and left[0].lower() in _SOMEBODY) or "on me" in " ".join(left):
            return None
        return verb, [*more, *left]
    return None
