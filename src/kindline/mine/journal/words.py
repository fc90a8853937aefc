"""How the journal's stored choices are said on a page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kindline.mine.journal import rules
from kindline.mine.needs import queries as needs

Said = str | Promise

# The words for needs are the same in every room.
NEEDS, NEEDS_PLAINLY, FINER, finer_said = needs.NEEDS, needs.NEEDS_PLAINLY, needs.FINER, needs.finer_said

FEELINGS: dict[str, Said] = {
    "hurt": _("hurt"),
    "alone": _("alone"),
    "angry": _("angry"),
    "sad": _("sad"),
    "afraid": _("afraid"),
    "ashamed": _("ashamed"),
    "tired": _("tired"),
    "overwhelmed": _("overwhelmed"),
    "numb": _("numb"),
    "glad": _("glad"),
    "calm": _("calm"),
    "grateful": _("grateful"),
    "close": _("close"),
    "safe": _("safe"),
    "seen": _("seen"),
    "proud": _("proud"),
    "hopeful": _("hopeful"),
    "playful": _("playful"),
}

# A depth belongs to one feeling and is said before it: "very hurt".
DEPTHS: dict[int, Said] = {1: _("a little %(feeling)s"), 2: _("quite %(feeling)s"), 3: _("very %(feeling)s")}

DID: dict[str, Said] = {
    "closer": _("Move closer"),
    "protest": _("Protest"),
    "quiet": _("Go quiet"),
    "freeze": _("Freeze"),
    "present": _("Stay present"),
}


def feelings_said(feelings: Mapping[str, int]) -> list[str]:
    """Return feelings as a person would say them, the strongest first: "very hurt"; one's own words as they are."""
    strongest_first = sorted(feelings.items(), key=lambda marked: -marked[1])
    return [str(DEPTHS[depth]) % {"feeling": FEELINGS.get(name, name)} for name, depth in strongest_first]


def did_said(did: Iterable[str]) -> list[str]:
    """Return what somebody did or wanted to do, in words."""
    return [str(DID[name]) for name in did if name in DID]


def choices(said: Mapping[str, Said], among: Iterable[str] = ()) -> tuple[tuple[str, Any], ...]:
    """Return stored choices with their words, for a form's field."""
    return tuple((name, said[name]) for name in (tuple(among) or said))


KINDS: tuple[tuple[str, Said], ...] = (
    (rules.FRICTION, _("What rubbed")),
    (rules.GOOD, _("Good moments")),
    (rules.NOTE, _("Neither of the two")),
)
KIND_OF_ONE: dict[str, Said] = {
    rules.FRICTION: _("What happened"),
    rules.GOOD: _("A good moment"),
    rules.NOTE: _("An entry"),
}
# What stands over each part of an entry where it is read whole.
PARTS: dict[str, Said] = {
    "feelings": _("What you felt"),
    "did": _("What you did, or wanted to do"),
    "wanted": _("What you would have wanted"),
    "need": _("What you need"),
    "fear": _("What you were afraid of"),
    "other": _("What the other may have needed"),
    "step": _("What you will do"),
}
HARD = choices(FEELINGS, rules.HARD)
WARM = choices(FEELINGS, rules.WARM)
