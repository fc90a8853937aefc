"""One passphrase is stretched at a time: 64 MiB and a tenth of a second each would otherwise fell a small server."""

import heapq
import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kindline.ground.vault.primitives import Cost, stretch

MOST_WAITING = 8


class Busy(Exception):  # noqa: N818 - what is the case, not what went wrong
    """Too many people are unlocking in this very moment."""


class _Turn:
    """A queue in which known devices go first, and in which strangers never take their places."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._order = itertools.count()
        self._waiting: list[tuple[bool, int]] = []
        self._busy = False

    @contextmanager
    def taken(self, *, first: bool) -> Iterator[None]:
        with self._condition:
            if sum(stranger != first for stranger, _ in self._waiting) >= MOST_WAITING:
                raise Busy
            place = (not first, next(self._order))
            heapq.heappush(self._waiting, place)
            self._condition.wait_for(lambda: not self._busy and self._waiting[0] == place)
            heapq.heappop(self._waiting)
            self._busy = True
        try:
            yield
        finally:
            with self._condition:
                self._busy = False
                self._condition.notify_all()


_turn = _Turn()


def stretched(secret: str, salt: bytes, cost: Cost, *, known_device: bool) -> bytes:
    """Return the root of a passphrase or recovery code, waiting for a turn; raise Busy when eight wait already."""
    with _turn.taken(first=known_device):
        return stretch(secret.encode(), salt, cost)
