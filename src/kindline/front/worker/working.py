"""The worker's life: a tick now and then, whatever the last one came to, until it is asked to stop."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from django.db import connections
from django.utils import timezone

from kindline.front.worker import ticking

LOOKS_EVERY = 15.0  # seconds; rooms are asked on marks of five minutes, what was laid ready goes out in its own minute
log = logging.getLogger(__name__)


def work(stopped: Event) -> None:
    """Tick until stopped. A step that breaks off is told in the log once, and tried again all the same."""

    def hand_over() -> None:
        ticking.hand_over(timezone.now())

    def deliver() -> None:
        # Late rather than lost: a room that can't be asked keeps no notice that waits from going out.
        rooms = None if told.get(hand_over) else ticking.DUE
        ticking.deliver(timezone.now, rooms, stopped=stopped.is_set)

    told: dict[Callable[[], None], type[BaseException] | None] = {}
    # On a thread of its own a fault ends nothing but the step it happened in; it comes back as a value.
    with ThreadPoolExecutor(1, "tick") as hand:
        while not stopped.is_set():
            for step in (hand_over, deliver):
                broken = hand.submit(_in_a_connection, step).exception()
                if broken is not None and told.get(step) is not type(broken):
                    log.error("The worker could not take a step; it goes on trying.", exc_info=broken)
                told[step] = type(broken) if broken is not None else None
            stopped.wait(LOOKS_EVERY)


def _in_a_connection(step: Callable[[], None]) -> None:
    """Do a step, and keep no connection: by the next one a restore may have put another database there."""
    try:
        step()
    finally:
        connections.close_all()
