"""A tick of the worker: ask every room what falls due, hand it to the post, deliver what waits. It holds no keys."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from itertools import chain
from uuid import UUID

from kindline.ground.post import delivering, outbox
from kindline.ground.post.delivering import Clock, never
from kindline.ground.post.rules import Between, Due
from kindline.ours.rhythms import due as rhythms

# What each shared room says falls due.
DUE: tuple[Between, ...] = (rhythms.between,)


def hand_over(now: datetime, rooms: tuple[Between, ...] = DUE) -> None:
    """Ask every room what falls due, and lay it into the outbox."""
    outbox.hand_over(_all_of(rooms), now)


def deliver(clock: Clock, rooms: tuple[Between, ...] | None, *, stopped: Callable[[], bool] = never) -> int:
    """Deliver what waits and, as its room says, still stands; all of it when the rooms, None, can't be asked."""
    return delivering.deliver(clock, _all_of(rooms) if rooms is not None else None, stopped=stopped)


def tick(clock: Clock, rooms: tuple[Between, ...] = DUE) -> int:
    """Hand over what is due by now and deliver what waits; return how many devices and addresses got something."""
    hand_over(clock(), rooms)
    return deliver(clock, rooms)


def _all_of(rooms: tuple[Between, ...]) -> Between:
    def between(start: datetime, end: datetime, people: Collection[UUID] | None = None) -> Iterator[Due]:
        return chain.from_iterable(room(start, end, people) for room in rooms)

    return between
