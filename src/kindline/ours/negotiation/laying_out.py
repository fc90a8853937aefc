"""How options are laid out fairly for two people, and whether they guessed each other. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kindline.ours.negotiation.rules import COULD, NOT, WORKS

WORTH = {WORKS: 2, COULD: 1, NOT: 0}


@dataclass(frozen=True, slots=True)
class Answers:
    """What one person said to the options: a tap for each, finer numbers where they liked, one guess or ""."""

    taps: Mapping[str, str]
    finer: Mapping[str, int]
    guess: str = ""


def fair_order(options: Sequence[str], one: Answers, other: Answers) -> list[list[str]]:
    """Return the options in places, the fairest first; those that stand level share a place.

    First comes what is best for the person it serves least, then what is best for both together. So nothing that is
    not for one of them stands above what both could live with. Finer numbers only order what is level by the taps, and
    only where both gave one for each of these: nobody's numbers count while the other has none.
    """

    def by_taps(option: str) -> tuple[int, int]:
        worth = WORTH[one.taps[option]], WORTH[other.taps[option]]
        return min(worth), sum(worth)

    def by_numbers(option: str) -> tuple[int, int]:
        numbers = one.finer[option], other.finer[option]
        return min(numbers), sum(numbers)

    places = []
    for level in _places(options, by_taps):
        numbered = all(option in one.finer and option in other.finer for option in level)
        places += _places(level, by_numbers) if numbered else [level]
    return places


def liked_best(options: Sequence[str], by: Answers) -> set[str]:
    """Return what somebody likes best; several when they stand level, none when nothing is for them."""
    if all(by.taps[option] == NOT for option in options):
        return set()
    top = max(WORTH[by.taps[option]] for option in options)
    best = [option for option in options if WORTH[by.taps[option]] == top]
    if all(option in by.finer for option in best):
        most = max(by.finer[option] for option in best)
        best = [option for option in best if by.finer[option] == most]
    return set(best)


def guessed(options: Sequence[str], by: Answers, of: Answers) -> bool:
    """Say whether one person's guess is among what the other likes best."""
    return by.guess in liked_best(options, of)


def _places(options: Sequence[str], key: Callable[[str], tuple[int, int]]) -> list[list[str]]:
    ordered = sorted(options, key=key, reverse=True)
    return [list(level) for _worth, level in groupby(ordered, key)]
