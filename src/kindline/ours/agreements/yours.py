"""Whether words of somebody's would give them a say over something that is the other's own.

Said only to the one who reads them to answer, and kept nowhere. It hears words, not meanings: it is meant to be there
once too often rather than once too seldom, and it forbids nothing.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("yours")
UNSEEN = ("Cf", "Mn")  # signs that show nothing, and marks on letters: neither makes it another word
TURNED = {
    "i": "you",
    "i'm": "you're",
    "i've": "you've",
    "i'll": "you'll",
    "i'd": "you'd",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
}
TURNED |= {other: one for one, other in TURNED.items() if other != "you"} | {"you": "me"}
IN_VOICE = re.compile(r"\b(?:i (?:am|was)|(?:i|you)'\w+|\w+)\b")


def asks_for_a_say(asked: str) -> str:
    """Return what kind of thing a say is asked over ("body", "phone", "whereabouts", …), or ""."""
    folded = _folded(asked)
    return next((kind for kind, forms in _forms() if forms.search(folded)), "")


def asks_in_my_voice(words: str, before: str) -> bool:
    """Say whether words put into my mouth give a say over what is mine, and what I had said myself before did not."""
    return bool(_heard(_turned(_folded(words))) - _heard(_turned(_folded(before))))


def _heard(folded: str) -> set[str]:
    return {found.group() for _kind, forms in _forms() for found in forms.finditer(folded)}


def _folded(words: str) -> str:
    """Return words as they are compared: small, without what shows nothing, with plain apostrophes and spaces."""
    letters = (sign for sign in unicodedata.normalize("NFKD", words) if unicodedata.category(sign) not in UNSEEN)
    return " ".join("".join(letters).casefold().replace("’", "'").split())


def _turned(folded: str) -> str:
    """Return what I say as the other would say it to me: "my phone" as "your phone", "I am" as "you are"."""
    whole = {"i am": "you are", "i was": "you were"}
    return IN_VOICE.sub(lambda word: (whole | TURNED).get(word.group(), word.group()), folded)


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
    parts = [part if part == "…" else re.escape(_folded(part)).replace(r"\*", r"\w*") for part in words.split()]
    between = " ".join(parts).replace(" … ", r" (?:\S+ ){0,3}?")
    return rf"\b{between}\b"
