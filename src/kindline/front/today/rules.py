"""What Today says first, and how much it may ask. Pure."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol, TypeVar

MOST_WAITING = 3
MOST_TOUCHSTONES = 12

MORNING, AFTERNOON, EVENING, NIGHT = "morning", "afternoon", "evening", "night"

# Until which hour each part lasts; the night goes over midnight.
_PARTS = ((5, NIGHT), (12, MORNING), (18, AFTERNOON), (22, EVENING), (24, NIGHT))

# What somebody else asks, then one tap, then a rested text, then what asks for quiet; last what they took time for.
SMALLEST_FIRST = ("asked", "reworded", "talk", "did-you-say-it", "morning", "look-again", "later")
NEWS_FOR = timedelta(days=1)


class OfAKind(Protocol):
    """Something that waits."""

    @property
    def kind(self) -> str:
        """Return what kind of thing it is, one of `SMALLEST_FIRST`."""
        ...


W = TypeVar("W", bound=OfAKind)


def part_of_day(hour: int) -> str:
    """Return which part of the day an hour of the person's own clock belongs to."""
    return next(part for until, part in _PARTS if hour < until)


def smallest_first(waiting: Sequence[W]) -> list[W]:
    """Return the three smallest steps of all that waits, one of each kind before a second of any."""
    seen: dict[str, int] = {}
    ranked = []
    for at, one in enumerate(waiting):
        turn = seen[one.kind] = seen.get(one.kind, -1) + 1
        ranked.append((turn, SMALLEST_FIRST.index(one.kind), at))
    chosen = sorted(ranked)[:MOST_WAITING]
    return [waiting[at] for _turn, _rank, at in sorted(chosen, key=lambda place: place[1:])]
