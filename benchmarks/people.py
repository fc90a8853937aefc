"""Ten people at work on one process, beside one alone: python benchmarks/people.py [--people 10] [--seconds 60]."""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.timing import machine
from tests.serving import Server
from tests.visitor import Answer, Visitor

ENTRIES = 60  # in each journal before the clock runs
THINKS_FOR = 1.0  # seconds between an answer and the next wish, on average: someone in a hurry
LONGEST_THOUGHT = 4.0  # seconds; after five the server hangs up, and dialling anew is not what is measured
MOST_TIMES = 3.0  # p95 of many may be so many times p50 of one
WORDS = "Nobody asked me, and then the plan was made. I went quiet. " * 8


def days_work(visitor: Visitor, ids: list[UUID], chance: random.Random) -> Callable[[], tuple[Answer, int]]:
    """Return what somebody may want next; reading comes before writing, and typing to the coach between them."""
    asks: list[tuple[int, Callable[[], Answer], int]] = [
        (4, lambda: visitor.get("/today/"), HTTPStatus.OK),
        (4, lambda: visitor.get("/mine/journal/"), HTTPStatus.OK),
        (4, lambda: visitor.get(f"/mine/journal/{chance.choice(ids)}/"), HTTPStatus.OK),
        (2, lambda: visitor.get("/back/"), HTTPStatus.OK),
        (2, lambda: visitor.get("/mine/needs/"), HTTPStatus.OK),
        (2, lambda: visitor.get("/moment/pause/?breathe=1"), HTTPStatus.OK),
        (3, lambda: visitor.post("/listen/", {"text": "You never listen to me.", "lens": "complaint"}), HTTPStatus.OK),
        (3, lambda: visitor.write(WORDS), HTTPStatus.FOUND),
    ]
    weights = [weight for weight, _ask, _status in asks]

    def one() -> tuple[Answer, int]:
        _weight, ask, status = chance.choices(asks, weights)[0]
        return ask(), status

    return one


def at_work(visitor: Visitor, ids: list[UUID], seed: int, until: float) -> list[float]:
    """Let one person work until then; return how long each answer took, in milliseconds."""
    chance = random.Random(seed)  # noqa: S311
    work, took = days_work(visitor, ids, chance), []
    visitor.close()  # what rested for long was hung up on
    while time.perf_counter() < until:
        time.sleep(min(chance.expovariate(1 / THINKS_FOR), LONGEST_THOUGHT))
        began = time.perf_counter()
        answer, status = work()
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status == status, (answer.status, answer.text[:300])
    return took


def together(people: list[tuple[Visitor, list[UUID]]], seconds: float) -> list[float]:
    """Let people work at the same time; return the time of every answer."""
    until = time.perf_counter() + seconds
    with ThreadPoolExecutor(len(people)) as pool:
        working = [pool.submit(at_work, *one, seed, until) for seed, one in enumerate(people)]
        return [time for one in working for time in one.result()]


def moved_in(url: str, number: int) -> tuple[Visitor, list[UUID]]:
    """Return somebody with a place and a journal."""
    visitor, ids = Visitor(url, name=f"Person {number}").join(), [uuid4() for _ in range(ENTRIES)]
    for entry_id in ids:
        assert visitor.write(WORDS, entry_id).status == HTTPStatus.FOUND
    return visitor, ids


def main() -> None:
    """Let one work alone, then all together, and print both."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=10)
    options.add_argument("--seconds", type=float, default=60)
    wanted = options.parse_args()
    print(
        f"{machine()}; each asks for something every {THINKS_FOR:.0f} s on average; the clients are on the same machine"
    )
    with tempfile.TemporaryDirectory(prefix="kindline-bench-") as folder:
        server = Server(Path(folder) / "data")
        try:
            server.start()
            people = [moved_in(server.url, number) for number in range(wanted.people)]
            together(people, 3)  # warms up
            alone, many = together(people[:1], wanted.seconds), together(people, wanted.seconds)
            for visitor, _ids in people:
                visitor.close()
        finally:
            server.kill()
            server.log.unlink()
    one = statistics.median(alone)
    for name, times in (("one person", alone), (f"{wanted.people} people", many)):
        late = statistics.quantiles(times, n=20)[-1]
        print(f"{name:12} {len(times):5} answers   p50 {statistics.median(times):6.1f} ms   p95 {late:6.1f} ms")
    ratio = statistics.quantiles(many, n=20)[-1] / one
    print(
        f"p95 of many is {ratio:.1f} x p50 of one   aim {MOST_TIMES:.0f}   {'met' if ratio <= MOST_TIMES else 'MISSED'}"
    )


if __name__ == "__main__":
    main()
