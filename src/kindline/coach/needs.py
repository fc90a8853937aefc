"""The need that may lie under somebody's words, named before anything is said about how they are put."""

import re
import tomllib
from functools import cache
from typing import NamedTuple

from kindline.coach.book import RULES

_WORD = re.compile(r"[^\W\d_]+")


class Need(NamedTuple):
    """One need: a warm sentence, and the words it is heard by; a hyphen joins words that stand side by side."""

    says: str
    words: frozenset[str]


@cache
def needs(language: str = "en") -> tuple[Need, ...]:
    """Return the needs of one language, in the order in which they are preferred."""
    file = RULES / language / "needs" / "under.toml"
    with file.open("rb") as opened:
        return tuple(Need(one["says"], frozenset(one["words"].split())) for one in tomllib.load(opened)["need"])


def need_under(text: str, language: str = "en") -> str:
    """Return the sentence for the need that most of a text's words speak of, or "" where none does."""
    words = _WORD.findall(text.casefold())
    there = {"-".join(words[at : at + long]) for long in (1, 2, 3) for at in range(len(words) - long + 1)}
    best = max(needs(language), key=lambda need: len(need.words & there))
    return best.says if best.words & there else ""
