"""What the tests of reminders share: a push service, a clock that stands, and a worker that has been here before."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from kindline.ground.post.tests.reminding import NOON, Clock, Planned, tick
from tests.push_service import PushService, push_service


@pytest.fixture
def service(settings: Any) -> Iterator[PushService]:
    settings.PUSH_LOOPBACK = True
    with push_service() as one:
        yield one


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel(NOON, tick=False):
        yield Clock(NOON)


@pytest.fixture
def planned(clock: Clock) -> Planned:
    """What is due, with a worker that has been here just now."""
    none = Planned()
    tick(none, clock)
    return none
