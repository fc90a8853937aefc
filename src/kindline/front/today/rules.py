"""What Today says first, and how much it may ask. Pure."""

from collections.abc import Sequence
from typing import TypeVar

MOST_WAITING = 3

MORNING, AFTERNOON, EVENING, NIGHT = "morning", "afternoon", "evening", "night"

T = TypeVar("T")


def part_of_day(hour: int) -> str:
    """Return which part of the day an hour of the person's own clock belongs to."""
    if 5 <= hour < 12:
        return MORNING
    if 12 <= hour < 18:
        return AFTERNOON
    return EVENING if 18 <= hour < 22 else NIGHT


def at_most(waiting: Sequence[T]) -> list[T]:
    """Return what is shown of all that waits: the first three."""
    return list(waiting[:MOST_WAITING])
