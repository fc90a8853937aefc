"""How clock times are written: 21:15 or 9:15 PM, as the person who is asking chose."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, time

from django.utils import timezone
from django.utils.dateformat import time_format

FACES = {24: "H:i", 12: "g:i A"}

_hours: ContextVar[int] = ContextVar("hours", default=24)


@contextmanager
def clock_face(hours: int) -> Iterator[None]:
    """Write times with a clock of 12 or 24 hours for the length of a request."""
    token = _hours.set(hours)
    try:
        yield
    finally:
        _hours.reset(token)


def clock(when: datetime | time) -> str:
    """Return the clock time of a moment, in the zone of the person who is asking."""
    local = timezone.localtime(when).time() if isinstance(when, datetime) else when
    return time_format(local, FACES[_hours.get()])
