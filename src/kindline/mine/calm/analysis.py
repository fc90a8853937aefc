"""What shows in moments that were told before and after: what calmed, how often. Pure; silent below three."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

LEAST = 3  # moments with a practice before anything is said of it
MOST_ROWS = 8


class Told(Protocol):
    """What analysis needs of a moment; steps are 1 (calm) to 5, 0 when not said."""

    @property
    def practice(self) -> str: ...
    @property
    def said(self) -> str: ...
    @property
    def before(self) -> int: ...
    @property
    def after(self) -> int: ...


class Helped(NamedTuple):
    """How often somebody was calmer after a practice than before it, with the steps in the middle of both."""

    practice: str
    said: str
    calmer: int
    times: int
    before: float
    after: float


def whole(moments: Iterable[Told]) -> list[Told]:
    """Return the moments that tell both, before and after."""
    return [one for one in moments if one.before and one.after]


def what_helped(moments: Iterable[Told]) -> list[Helped]:
    """Return each practice told of at least three times, the one that calmed most often, and then most tried, first.

    Somebody who was calm already cannot become calmer: such a moment says nothing here.
    """
    by_practice: dict[str, list[Told]] = {}
    for one in whole(moments):
        if one.before > 1:
            by_practice.setdefault(one.practice, []).append(one)
    found = [
        Helped(
            practice=practice,
            said=told[0].said,
            calmer=sum(one.after < one.before for one in told),
            times=len(told),
            before=_middle([one.before for one in told]),
            after=_middle([one.after for one in told]),
        )
        for practice, told in by_practice.items()
        if len(told) >= LEAST
    ]
    return sorted(found, key=lambda one: (-one.calmer / one.times, -one.times, one.said))[:MOST_ROWS]


def _middle(steps: list[int]) -> float:
    """Return the middle step. Steps are in order and not measured, so no average."""
    ordered, half = sorted(steps), len(steps) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
