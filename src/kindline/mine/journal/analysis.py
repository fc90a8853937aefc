"""What keeps coming up in frictions: feelings, needs, what was done, when in the day. Pure; careful with few."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

LAST = 9  # frictions that "came up in … of the last …" counts in
LEAST = 3  # frictions before anything is said
LAST_TIMED = 30  # frictions that a time of day is looked for in
LEAST_FOR_A_TIME = 5
CLEAR_SHARE = 0.4

_PARTS = ((5, "night"), (12, "morning"), (18, "afternoon"), (22, "evening"), (24, "night"))


class Felt(NamedTuple):
    """One friction as it counts here; the moment in its person's own time, where more than its day is known."""

    at: datetime
    feelings: Mapping[str, int]
    did: Sequence[str] = ()
    need: str = ""
    timed: bool = True


def came_up(named: Iterable[Iterable[str]], most: int = 4) -> list[tuple[str, int]]:
    """Return what came up in the most of these, with in how many, the most frequent first.

    Where two came up as often, the one that was stronger goes first, if strengths are given with the names.
    """
    counted: Counter[str] = Counter()
    strength: Counter[str] = Counter()
    for names in named:
        counted.update({name for name in names if name})
        if isinstance(names, Mapping):
            strength.update(names)
    return sorted(counted.items(), key=lambda found: (-found[1], -strength[found[0]], found[0]))[:most]


def time_of_day(frictions: Sequence[Felt]) -> str:
    """Return the part of the day that clearly stands out, or "" when none does or there are too few with a time."""
    frictions = [one for one in frictions if one.timed]
    if len(frictions) < LEAST_FOR_A_TIME:
        return ""
    counted = Counter(next(part for until, part in _PARTS if one.at.hour < until) for one in frictions)
    (part, times), *others = counted.most_common(2)
    ties = bool(others) and others[0][1] == times
    return "" if ties or times < CLEAR_SHARE * len(frictions) else part
