"""A topic set aside: which time stands for it, and where that leaves each of the two. Pure.

Setting it aside is the first thing said: this time suits me. Everybody's newest word counts. A time that was named last
is the one that stands; "not now" rests it until whoever said so says something else.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

# What somebody says of a time.
SUITS, ANOTHER, NOT_NOW = "suits", "another", "not-now"

# Where it stands for one of the two: it suits both; I am asked, or they are; I said not now, or they did.
State = Literal["both", "asked", "theirs", "i-rest", "they-rest"]


class Said(NamedTuple):
    """One person's newest word on a topic: that a time suits them, or that it is not now."""

    by: UUID
    at: datetime
    suits: bool
    said_at: datetime


def standing(said: Sequence[Said]) -> datetime:
    """Return the time that stands: the one that was spoken of last."""
    return max(said, key=lambda one: one.said_at).at


def state(said: Sequence[Said], me: UUID) -> State:
    """Return where a topic stands for one of the two."""
    at, by_whom = standing(said), {one.by: one for one in said}
    mine, others = by_whom.get(me), [one for one in said if one.by != me]
    if mine is not None and not mine.suits:
        return "i-rest"
    if any(not one.suits for one in others):
        return "they-rest"
    if mine is None or mine.at != at:
        return "asked"
    return "both" if any(one.at == at for one in others) else "theirs"


def may_say(state_now: State, way: str) -> bool:
    """Say whether a word is open to somebody: a no always, a time unless the other said not now."""
    return way == NOT_NOW or state_now != "they-rest"


def says(said: Sequence[Said], word: Said) -> bool:
    """Say whether somebody's newest word is this one already."""
    return any((one.by, one.at, one.suits) == (word.by, word.at, word.suits) for one in said)
