"""What it is about: a thing named in the text ("your towel", "the laundry basket"), where no deed can be retold."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kindline.coach.book import RULES
from kindline.coach.tries.spoken import Spoken, joined

FOLDER = RULES / "en" / "tries"
_WHOSE = frozenset(("my", "our", "your", "the", "this", "that", "these", "those", "his", "her", "their"))
_ANY = frozenset(("a", "an", "one", "another", "some", "any", "no", "every", "each", "of"))
_BY_THE_WAY = frozenset(("before", "since", "after", "until", "till", "than", "like", "with", "by", "from", "for"))
MOST_WORDS = 3


@cache
def _things(folder: Path = FOLDER) -> tuple[frozenset[str], frozenset[str]]:
    """Return words that name things, and those that do so only behind an article or an owner."""
    sure: list[str] = []
    behind: list[str] = []
    into = sure
    for line in (folder / "things.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            into = behind
        elif not line.startswith("#"):
            into += line.split()
    return frozenset(sure), frozenset(behind)


def thing_in(texts: Iterable[tuple[Spoken, int, int]]) -> str:
    """Return the first thing named in some stretches of text, with whose it is; nothing where none is named."""
    for spoken, first, last in texts:
        for place in range(first, last):
            if _is_thing(spoken.words, place, first):
                return _named(spoken, place, first, last)
    return ""


def _one(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _is_thing(words: list[str], place: int, first: int) -> bool:
    sure, behind = _things()
    word, before = words[place], words[first:place][-2:]
    if not _BY_THE_WAY.isdisjoint(before):
        return False  # "six glasses before the cake"
    if word in sure or _one(word) in sure:
        return True
    led = place > first and (words[place - 1] in _WHOSE | _ANY or words[place - 1].endswith("'s"))
    return led and (word in behind or _one(word) in behind)


def _named(spoken: Spoken, place: int, first: int, last: int) -> str:
    """Put the thing together: two nouns that stand in a row are one thing ("the fishing rod")."""
    words, (sure, behind) = spoken.words, _things()
    end = place + 1
    while end < min(last, place + MOST_WORDS) and (
        words[end] in sure or _one(words[end]) in sure or words[end] in behind
    ):
        end += 1
    owner = spoken.written[place - 1] if place > first else ""
    if owner.lower() not in _WHOSE and not owner.endswith("'s"):
        owner = "" if spoken.written[place][0].isupper() else "the"  # "Easter" needs none
    return joined([owner, *spoken.written[place:end]])
