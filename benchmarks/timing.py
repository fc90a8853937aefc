"""How long a server takes to answer: as a client waits, and as it works."""

import os
import platform
import sqlite3
import statistics
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from time import perf_counter
from typing import NamedTuple

from tests.serving import Server
from tests.visitor import Answer


class Took(NamedTuple):
    """Milliseconds until the answer was there, and those of them that the server worked."""

    waited: float
    worked: float


def timed(server: Server, ask: Callable[[], Answer], status: int = HTTPStatus.OK) -> Took:
    """Return how long an answer took, having checked that it is one."""
    worked, began = server.worked, perf_counter()
    answer = ask()
    took = Took((perf_counter() - began) * 1000, (server.worked - worked) * 1000)
    assert answer.status == status, (answer.status, answer.text[:500])
    return took


def machine() -> str:
    """Return what the figures were taken on, for the line above them."""
    load, python = os.getloadavg()[0], platform.python_version()
    processors = f"{platform.machine()}, {os.cpu_count()} cores, load {load:.1f}"
    return f"{processors}, Python {python}, SQLite {sqlite3.sqlite_version}"


def show(took: Mapping[str, Sequence[Took]], aims: Mapping[str, float]) -> None:
    """Print one line for each kind of answer, beside the one called "trivial"."""
    trivial = statistics.median(one.waited for one in took["trivial"])
    print(f"{'':16} {'p50 ms':>8} {'p95 ms':>8} {'x trivial':>10} {'worked ms':>10} {'aim':>6}")
    for name, times in took.items():
        waited = [one.waited for one in times]
        middle, late = statistics.median(waited), statistics.quantiles(waited, n=20)[-1]
        worked = statistics.mean(one.worked for one in times)
        aim = aims.get(name)
        said = "" if aim is None else f"{aim:6.0f}  {'met' if middle <= aim else 'MISSED'}"
        print(f"{name:16} {middle:8.1f} {late:8.1f} {middle / trivial:10.1f} {worked:10.1f} {said}".rstrip())
    print("p50 and p95 are what somebody waits; worked is the mean of the server's own time on a core.")
