"""How long a server takes to answer: as a client waits, and as it works."""

from collections.abc import Callable
from time import perf_counter
from typing import NamedTuple

from tests.serving import Server
from tests.visitor import Answer


class Took(NamedTuple):
    """Milliseconds until the answer was there, and those of them that the server worked."""

    waited: float
    worked: float


def timed(server: Server, ask: Callable[[], Answer], status: int) -> Took:
    """Return how long an answer took, having checked that it is one."""
    worked, began = server.worked, perf_counter()
    answer = ask()
    took = Took((perf_counter() - began) * 1000, (server.worked - worked) * 1000)
    assert answer.status == status, (answer.status, answer.text[:500])
    return took
