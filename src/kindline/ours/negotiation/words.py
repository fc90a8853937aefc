"""How steps, taps and a fair lay-out are said on a page."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kindline.ours.negotiation.laying_out import Answers, fair_order, guessed, liked_best
from kindline.ours.negotiation.rules import COULD, NOT, STEPS, WORKS, Option, Step

TAPS: dict[str, str | Promise] = {
    WORKS: gettext_lazy("works"),
    COULD: gettext_lazy("could try"),
    NOT: gettext_lazy("not for me"),
}
STEP_NAMES: dict[Step, str | Promise] = {
    "needs": gettext_lazy("what each needs"),
    "sense": gettext_lazy("what makes sense"),
    "loop": gettext_lazy("our loop"),
    "options": gettext_lazy("options"),
    "taps": gettext_lazy("how each is for each of us"),
    "laid": gettext_lazy("laid out fairly"),
}


class Pair(NamedTuple):
    """What two people are called in a sentence; `one` is "" where it is the one who reads."""

    one: str
    other: str


class Shown(NamedTuple):
    """An option as it lies on the table: its words, how it is for both in one sentence, and their raw answers."""

    key: str
    words: str
    sentence: str
    taps: tuple[str, str]
    finer: tuple[int | None, int | None]
    may_be_asked: bool  # neither said that it is not for them
    agreement: UUID | None  # what came of it, once one of them gave it
    whose: str  # whose idea it is, or "" where two wrote the list together


class Place(NamedTuple):
    """Options that stand level."""

    options: list[Shown]

    @property
    def is_level(self) -> bool:
        """Say whether there is more than one."""
        return len(self.options) > 1


def still_to_come(step: Step) -> list[str]:
    """Return the names of the steps after this one."""
    return [str(STEP_NAMES[one]) for one in STEPS[STEPS.index(step) + 1 :]]


def places(
    options: Sequence[tuple[str, str]],
    one: Answers,
    other: Answers,
    pair: Pair,
    agreements: Mapping[str, UUID] | None = None,
    *,
    whose: Mapping[str, str] | None = None,
) -> list[Place]:
    """Return options (key and words) in their fair order, each with its sentence, its agreement, whose idea it is."""
    words = dict(options)
    return [
        Place(
            [
                Shown(
                    key,
                    words[key],
                    sentence(one.taps[key], other.taps[key], pair),
                    (str(TAPS[one.taps[key]]), str(TAPS[other.taps[key]])),
                    (one.finer.get(key), other.finer.get(key)),
                    NOT not in (one.taps[key], other.taps[key]),
                    (agreements or {}).get(key),
                    (whose or {}).get(key, ""),
                )
                for key in level
            ]
        )
        for level in fair_order(list(words), one, other)
    ]


def whose_ideas(options: Mapping[UUID, Option], me: UUID, name: str) -> dict[str, str]:
    """Say by option whose idea it is: what somebody wrote as "I" reads the wrong way round without a name."""
    theirs = _("%(name)s’s idea") % {"name": name}
    return {str(key): _("Your idea") if option.by == me else theirs for key, option in options.items()}


def sentence(one: str, other: str, pair: Pair) -> str:
    """Say in plain words how an option is for two people."""
    if one == other:
        together = {WORKS: _("Works for both of you."), COULD: _("Both of you could try it.")}
        return together.get(one, _("Not for either of you."))
    said = _yours(one, other) if not pair.one else _theirs(one, other)
    if not pair.one:
        return said % {"name": pair.other}
    one_is_first = (WORKS, COULD, NOT).index(one) < (WORKS, COULD, NOT).index(other)
    first, second = pair if one_is_first else (pair.other, pair.one)
    return said % {"one": first, "other": second}


def _yours(mine: str, theirs: str) -> str:
    return {
        (WORKS, COULD): _("Works for you; %(name)s could try it."),
        (COULD, WORKS): _("Works for %(name)s; you could try it."),
        (WORKS, NOT): _("Works for you, and it’s not for %(name)s."),
        (NOT, WORKS): _("Works for %(name)s, and it’s not for you."),
        (COULD, NOT): _("You could try it, and it’s not for %(name)s."),
        (NOT, COULD): _("%(name)s could try it, and it’s not for you."),
    }[mine, theirs]


def _theirs(one: str, other: str) -> str:
    return {
        frozenset((WORKS, COULD)): _("Works for %(one)s; %(other)s could try it."),
        frozenset((WORKS, NOT)): _("Works for %(one)s, and it’s not for %(other)s."),
        frozenset((COULD, NOT)): _("%(one)s could try it, and it’s not for %(other)s."),
    }[frozenset((one, other))]


def guesses(options: Sequence[tuple[str, str]], one: Answers, other: Answers, pair: Pair) -> list[str]:
    """Say what came of the guesses, each told as something learnt and nobody as wrong."""
    words, keys = dict(options), [key for key, _words in options]
    both = guessed(keys, one, other), guessed(keys, other, one)
    if all(both):
        return [_("Each of you guessed what the other likes best.")]
    said = []
    for by, of, was_right, is_mine in ((one, other, both[0], True), (other, one, both[1], False)):
        best = [words[key] for key in keys if key in liked_best(keys, of)]
        if by.guess in words and best:
            said.append(_guess(words[by.guess], best[0], pair, was_right=was_right, is_mine=is_mine))
    return said


def _guess(thought: str, best: str, pair: Pair, *, was_right: bool, is_mine: bool) -> str:
    by, of = (pair.one, pair.other) if is_mine else (pair.other, pair.one)
    facts = {"by": by, "of": of, "thought": thought, "best": best}
    if pair.one:
        right = _("%(by)s guessed what %(of)s likes best.")
        new = _("%(by)s thought of “%(thought)s” for %(of)s, who likes “%(best)s” best.")
    elif is_mine:
        right = _("You guessed what %(of)s likes best.")
        new = _("You thought %(of)s would like “%(thought)s” best. It is “%(best)s”.")
    else:
        right = _("%(by)s guessed what you like best.")
        new = _("%(by)s thought you would like “%(thought)s” best. Now you both know it is “%(best)s”.")
    return (right if was_right else new) % facts
