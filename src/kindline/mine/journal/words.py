"""How the journal's stored choices are said on a page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kindline.mine.journal import rules

Said = str | Promise

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
LOUDNESS: dict[int, Said] = {1: _("a little"), 2: _("quite"), 3: _("very")}

DID: dict[str, Said] = {
    "closer": _("Move closer"),
    "protest": _("Protest"),
    "quiet": _("Go quiet"),
    "freeze": _("Freeze"),
    "present": _("Stay present"),
}

NEEDS: dict[str, Said] = {
    "safety": _("Safety"),
    "predictability": _("Predictability"),
    "autonomy": _("Room of my own"),
    "emotional-regulation": _("Steadying"),
}

NEEDS_PLAINLY: dict[str, Said] = {
    "safety": _("to be at ease, body and heart"),
    "predictability": _("to know what to count on"),
    "autonomy": _("to decide about what is mine"),
    "emotional-regulation": _("to come back to calm, alone or with help"),
}

# Each goes on from "I need …".
FINER: dict[str, Said] = {
    "to-be-heard": _("to be heard"),
    "to-matter": _("to matter"),
    "closeness": _("closeness"),
    "gentleness": _("kindness"),
    "truth": _("honesty"),
    "protection": _("to be safe from harm"),
    "where-we-stand": _("to know where we stand"),
    "word-kept": _("reliability"),
    "fairness": _("fairness"),
    "told-before": _("to be told beforehand"),
    "known-return": _("a time of return"),
    "own-say": _("to decide for myself"),
    "time-alone": _("time alone"),
    "respect": _("respect"),
    "own-no": _("my no to count"),
    "own-pace": _("my own pace"),
    "own-people": _("my own people"),
    "help": _("help"),
    "to-calm": _("calm"),
    "comfort": _("comfort"),
    "rest": _("rest"),
}

RANGES: dict[str, Said] = {
    "4-weeks": _("4 weeks"),
    "3-months": _("3 months"),
    "year": _("A year"),
    "all": _("All"),
}


def feelings_said(feelings: Mapping[str, int]) -> list[str]:
    """Return feelings as a person would say them, the strongest first: "very hurt"; one's own words as they are."""
    strongest_first = sorted(feelings.items(), key=lambda marked: -marked[1])
    return [str(DEPTHS[depth]) % {"feeling": FEELINGS.get(name, name)} for name, depth in strongest_first]


def did_said(did: Iterable[str]) -> list[str]:
    """Return what somebody did or wanted to do, in words."""
    return [str(DID[name]) for name in did if name in DID]


def finer_said(finer: Iterable[str]) -> list[str]:
    """Return finer needs in words that go on from "I need"."""
    return [str(FINER[name]) for name in finer if name in FINER]


def choices(said: Mapping[str, Said], among: Iterable[str] = ()) -> tuple[tuple[str, Any], ...]:
    """Return stored choices with their words, for a form's field."""
    return tuple((name, said[name]) for name in (tuple(among) or said))


KINDS: tuple[tuple[str, Said], ...] = ((rules.FRICTION, _("What rubbed")), (rules.GOOD, _("Good moments")))
HARD = choices(FEELINGS, rules.HARD)
WARM = choices(FEELINGS, rules.WARM)
