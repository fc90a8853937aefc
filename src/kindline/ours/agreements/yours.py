"""Whether what is asked would give somebody a say over something that is the other's own.

Said only to the one who is asked, when they open the page, and kept nowhere. It hears words, not meanings: it is meant
to be there once too often rather than once too seldom, and it forbids nothing.
"""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("yours")


def asks_for_a_say(asked: str) -> str:
    """Return what kind of thing a say is asked over ("body", "phone", "whereabouts", …), or ""."""
    folded = " ".join(asked.casefold().replace("’", "'").split())
    return next((kind for kind, forms in _forms() if forms.search(folded)), "")


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return for each kind what it is heard by; of every language, as nobody knows which one somebody asks in."""
    kinds: dict[str, list[str]] = {}
    for file in sorted(FOLDER.glob("*.txt")):
        kind = ""
        for line in file.read_text().splitlines():
            words = line.partition("#")[0].strip()
            if words.startswith("["):
                kind = words.strip("[]")
            elif words:
                kinds.setdefault(kind, []).append(_form(words))
    return tuple((kind, re.compile("|".join(forms))) for kind, forms in kinds.items())


def _form(words: str) -> str:
    """Return a pattern for a line of words: `*` stands for any ending, `…` for up to three words between."""
    parts = [re.escape(word).replace(r"\*", r"\w*") for word in words.casefold().split()]
    between = " ".join(parts).replace(" … ", r" (?:\S+ ){0,3}?")
    return rf"\b{between}\b"
