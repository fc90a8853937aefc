"""How this room's stored choices are said on a page."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Said = str | Promise

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

# The small check: a statement for each need, and one that matters as much as all of them.
MET: dict[str, Said] = {
    "safety": _("I have been at ease, body and heart."),
    "predictability": _("I have known what to count on."),
    "autonomy": _("I have decided about what is mine."),
    "emotional-regulation": _("I have found my way back to calm."),
}
FREE: Said = _("Where I am, I can say no.")
HOW_MET: dict[int, Said] = {1: _("hardly"), 2: _("partly"), 3: _("mostly"), 4: _("fully")}
HOW_FREE: dict[int, Said] = {1: _("hardly"), 2: _("with effort"), 3: _("mostly"), 4: _("freely")}


class Idea(NamedTuple):
    """A small routine that suits one way of leaning, and the lines a draft of it begins with."""

    title: Said
    says: Said
    lines: dict[str, Said]


IDEAS: dict[str, Idea] = {
    "a-hello": Idea(
        _("Arrive and check in"),
        _("Two minutes when you meet again, before bags and phones. A sure hello lets the hours before it rest."),
        {
            "need": _("a real hello when we see each other again"),
            "ask": _("take two minutes with me first, before bags and phones"),
            "give": _("Then I leave you your time to land."),
        },
    ),
    "a-set-hour": Idea(
        _("A set hour for what is open"),
        _("What is open has a time, so it can be put down until then."),
        {
            "need": _("to know when we will talk about it"),
            "ask": _("choose an hour with me for what is open between us"),
            "give": _("I leave the topic alone until then."),
        },
    ),
    "one-line": Idea(
        _("One line first"),
        _("Coming back can begin with one line. The rest has time."),
        {
            "need": _("to come back in small steps"),
            "ask": _("take one line from me for tonight, and the rest tomorrow"),
            "give": _("I tell you when I’m ready for more."),
        },
    ),
    "same-room": Idea(
        _("The same room, no talk"),
        _("A quarter of an hour side by side, each with something of one’s own. Nearness without having to talk."),
        {
            "need": _("nearness without having to talk"),
            "ask": _("sit in the same room with me for a quarter of an hour, each with our own thing"),
            "give": _("I stay the whole time."),
        },
    ),
    "ten-minutes": Idea(
        _("Ten minutes with an end"),
        _("A talk is easier to begin when both know when it ends."),
        {
            "need": _("to know that a talk has an end"),
            "ask": _("talk with me for ten minutes, with a clock we both see"),
            "give": _("I listen for half of it."),
        },
    ),
}

# What a page calls a rhythm that may suit; the room of rhythms has the rest, and never learns why it was chosen.
RHYTHMS: dict[str, Said] = {
    "arriving": _("Arriving and checking in"),
    "check-in": _("Twenty minutes with an end"),
    "small-steps": _("Small steps back to each other"),
    "alone": _("Time alone, with a time of return"),
}

READY: dict[str, Said] = {
    "i-go-quiet": _("When it gets too much, I go quiet. It isn’t about you."),
    "i-ask-twice": _("When I ask twice, I’m looking for a sign that we are all right."),
    "i-come-back": _("I need a while before I can talk. I do come back."),
    "a-hello-first": _("A hello before anything else does me a lot of good."),
    "slow-helps": _("When it gets loud I stop hearing words. Slow and low reaches me."),
    "ask-me-tomorrow": _("I say yes too fast. Ask me again tomorrow."),
}

# What a change since the last time says; a small one is the weather.
CHANGES: dict[str, Said] = {
    "same": _("About as last time; a difference this small is ordinary wobble."),
    "up": _("Higher than last time, by more than ordinary wobble."),
    "down": _("Lower than last time, by more than ordinary wobble."),
}


def finer_said(finer: Iterable[str]) -> list[str]:
    """Return finer needs in words that go on from "I need"."""
    return [str(FINER[name]) for name in finer if name in FINER]
