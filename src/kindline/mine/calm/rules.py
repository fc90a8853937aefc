"""What may calm: the practices everybody has, how stirred up one can be, and which practice stands first. Pure."""

import re
from collections.abc import Iterable, Sequence

# Built in, in the order they are offered to somebody who has chosen none. The pages know their words.
BUILT_IN = ("breathe", "five-things", "far", "feet", "walk", "shake", "wall", "water", "rest")
AWAY = ""  # only the time away, nothing in particular

# How stirred up somebody is: words on the page, steps here. 0 is not said.
CALM, MOST = 1, 5
STEPS = range(CALM, MOST + 1)

LONGEST_NAME = 60  # characters
LONGEST_PRACTICE = 180  # minutes
LONGEST_MOMENT = 24 * 60  # minutes, as long as a pause may be

FIRST, UP = "first", "up"


def in_order(known: Iterable[str], chosen: Sequence[str]) -> list[str]:
    """Return practices as somebody wants them: those they arranged as arranged, the others after them as they come."""
    there = list(known)
    arranged = [name for name in dict.fromkeys(chosen) if name in set(there)]
    return [*arranged, *(name for name in there if name not in set(arranged))]


def moved(order: Sequence[str], name: str, where: str) -> tuple[str, ...]:
    """Return an order with one practice put first, or one place further up; unchanged when it is not in there."""
    if name not in order:
        return tuple(order)
    at = 0 if where == FIRST else max(0, order.index(name) - 1)
    others = [one for one in order if one != name]
    return (*others[:at], name, *others[at:])


def read_step(text: str) -> int:
    """Return how stirred up somebody said they are, or 0 for anything that is no step."""
    return int(text) if text in {str(step) for step in STEPS} else 0


def read_minutes(text: str) -> int:
    """Return how many whole minutes a moment took, or 0 for anything that cannot be."""
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) and int(text) <= LONGEST_MOMENT else 0
