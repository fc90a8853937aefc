"""A tick of the worker: ask every room what falls due, hand it to the post, deliver what waits. It holds no keys."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from kindline.ground.post import delivering, outbox
from kindline.ground.post.delivering import Clock
from kindline.ground.post.rules import Between, Due
from kindline.ours.rhythms import due as rhythms

# What each shared room says falls due.
DUE: tuple[Between, ...] = (rhythms.between,)


def hand_over(now: datetime, rooms: tuple[Between, ...] = DUE) -> None:
    """Ask every room what falls due, and lay it into the outbox."""

    def between(start: datetime, end: datetime) -> Iterator[Due]:
        return chain.from_iterable(room(start, end) for room in rooms)

    outbox.hand_over(between, now)


def tick(clock: Clock, rooms: tuple[Between, ...] = DUE) -> int:
    """Hand over what is due by now and deliver what waits; return how many devices and addresses got something."""
    hand_over(clock(), rooms)
    return delivering.deliver(clock)
