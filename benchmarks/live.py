"""How soon open pages hear of a shared act, and what they weigh: benchmarks/live.py [--pages 500] [--pairs 50]."""

import argparse
import asyncio
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from time import perf_counter
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.timing import machine
from tests.serving import Server
from tests.visitor import Visitor

ACTS = 30  # one after another
SLOWEST = 1.0  # seconds until every page of those two has heard
MEMORY_AIM = 60e3  # bytes a stream
STILL = 1.5  # seconds in which whoever hears nothing by then doesn't hear it
Pair = tuple[list[str], list[str]]  # the session tokens of one and of the other


@dataclass(slots=True)
class Stream:
    """One open page."""

    pair: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    heard: list[float] = field(default_factory=list)  # when each mark came

    async def listen(self) -> None:
        """Note when marks come until the stream ends."""
        with suppress(OSError):
            while line := await self.reader.readline():
                if line.startswith(b"data: "):
                    self.heard.append(perf_counter())


def fill(data: Path, pairs: int, pages: int) -> list[Pair]:
    """Let pairs of people come together through the rooms' own actions, and unlock so many devices of theirs."""
    os.environ |= {"KINDLINE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "kindline.settings"}
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from kindline.ground.vault import sessions  # noqa: PLC0415
    from tests.people import pair, somebody  # noqa: PLC0415

    made = []
    for number in range(pairs):
        two = somebody(f"Alice {number}"), somebody(f"Bob {number}")
        pair(*two)
        share = pages // pairs + (number < pages % pairs)
        counts = (share - share // 2, share // 2)
        tokens = [
            [sessions.start(one.person.keyring, timezone.now(), 60) for _ in range(max(1, count))]
            for one, count in zip(two, counts, strict=True)
        ]
        made.append((tokens[0], tokens[1]))
    connection.close()
    return made


async def opened(server: Server, pairs: list[Pair], pages: int) -> list[Stream]:
    """Open every page's stream, and wait until each has its first mark."""
    streams, listening = [], []
    for number, (hers, his) in enumerate(pairs):
        for token in [*hers, *his]:
            if len(streams) == pages:
                break
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            head = f"GET /wake/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nCookie: kindline={token}\r\n\r\n"
            writer.write(head.encode())
            stream = Stream(number, reader, writer)
            streams.append(stream)
            listening.append(asyncio.create_task(stream.listen()))
    await until(lambda: all(one.heard for one in streams), "every page listens")
    return streams


async def until(holds: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Wait until something holds."""
    end = perf_counter() + seconds
    while not holds():
        if perf_counter() > end:
            raise TimeoutError(what)
        await asyncio.sleep(0.005)


def giver(server: Server, token: str) -> tuple[Visitor, dict[str, str]]:
    """Return somebody with the page open on which they thank the other."""
    visitor = Visitor(server.url, cookies={"kindline": token})
    return visitor, visitor.get("/ours/thanks/thank/").hidden


def give(giving: tuple[Visitor, dict[str, str]]) -> tuple[float, float]:
    """Thank the other; return when it was sent and when it was answered."""
    visitor, hidden = giving
    visitor.close()  # the server hangs up on whoever rests; dialling anew is part of it
    began = perf_counter()
    told = visitor.post("/ours/thanks/thank/", {**hidden, "text": "Thanks for the tea.", "form_id": str(uuid4())})
    assert told.status == HTTPStatus.FOUND, told.text
    answered = perf_counter()
    visitor.close()
    return began, answered


async def delays(streams: list[Stream], acts: dict[int, float], before: dict[int, int]) -> list[float]:
    """Return, for every page of the pairs that acted, how many seconds after that moment it heard."""
    theirs = [one for one in streams if one.pair in acts]
    await until(lambda: all(len(one.heard) > before[id(one)] for one in theirs), "every page of those two heard")
    return [one.heard[before[id(one)]] - acts[one.pair] for one in theirs]


async def one_after_another(server: Server, pairs: list[Pair], streams: list[Stream]) -> list[float]:
    """Let one after another thank; nobody else's pages may hear of it."""
    took, chance, off = [], random.Random(5), asyncio.to_thread  # noqa: S311
    for number in range(min(ACTS, len(pairs))):
        giving = await off(giver, server, pairs[number][0][0])
        await asyncio.sleep(chance.random())  # at any moment between two looks at the database
        before = {id(one): len(one.heard) for one in streams}
        sent, _answered = await off(give, giving)
        took += await delays(streams, {number: sent}, before)
    await asyncio.sleep(STILL)
    assert all(len(one.heard) == 1 + (one.pair < ACTS) for one in streams), "whoever it doesn't concern heard nothing"
    return took


async def all_at_once(server: Server, pairs: list[Pair], streams: list[Stream]) -> list[float]:
    """Let one of each pair thank in the same moment; each act waits its turn, so time counts from its own answer."""
    loop, before = asyncio.get_running_loop(), {id(one): len(one.heard) for one in streams}
    with ThreadPoolExecutor(len(pairs)) as pool:
        ready = [await loop.run_in_executor(pool, giver, server, his[0]) for _hers, his in pairs]
        sent: list[Awaitable[tuple[float, float]]] = [loop.run_in_executor(pool, give, one) for one in ready]
        answered = [at for _sent, at in await asyncio.gather(*sent)]
    return [max(0, late) for late in await delays(streams, dict(enumerate(answered)), before)]


async def close(streams: list[Stream]) -> None:
    """Close every page."""
    for one in streams:
        one.writer.close()
    await asyncio.sleep(STILL)


async def measure(server: Server, pairs: list[Pair], pages: int) -> None:
    """Open, close, open again, act, and print."""
    await close(await opened(server, pairs, pages // 10))  # threads and caches are there before anything is weighed
    rest = server.memory
    first = await opened(server, pairs, pages)
    await asyncio.sleep(STILL)
    line("memory a stream", (server.memory - rest) / pages / 1e3, "kB", MEMORY_AIM / 1e3)
    await close(first)
    streams = await opened(server, pairs, pages)
    await asyncio.sleep(STILL)
    line("memory a stream, opened once more", (server.memory - rest) / pages / 1e3, "kB", MEMORY_AIM / 1e3)
    began, worked = perf_counter(), server.worked
    await asyncio.sleep(5)
    print(f"{'a core, while nothing happens':36} {(server.worked - worked) / (perf_counter() - began) * 100:6.1f} %")
    show("one after another", await one_after_another(server, pairs, streams))
    show("one of each pair at once", await all_at_once(server, pairs, streams))


def show(name: str, took: list[float]) -> None:
    """Print how long it took until the mark was there."""
    middle, late = statistics.median(took) * 1000, statistics.quantiles(took, n=20)[-1] * 1000
    print(f"{name:36} {len(took):5} marks   p50 {middle:6.0f} ms   p95 {late:6.0f} ms")
    line(f"{name}, slowest", max(took) * 1000, "ms", SLOWEST * 1000)


def line(name: str, value: float, unit: str, most: float) -> None:
    """Print one figure beside its aim."""
    print(f"{name:36} {value:6.1f} {unit}   aim {most:.0f}  {'met' if value <= most else 'MISSED'}")


def main() -> None:
    """Fill a house with pairs, serve it, open pages, act, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, default=500)
    options.add_argument("--pairs", type=int, default=50)
    wanted = options.parse_args()
    print(
        f"{machine()}; {wanted.pages} open pages of {wanted.pairs} pairs on one process; "
        "the clients are on the same machine"
    )
    with tempfile.TemporaryDirectory(prefix="kindline-bench-") as folder:
        server = Server(Path(folder) / "data")
        try:
            server.start()
            server.stop()
            pairs = fill(server.data, wanted.pairs, wanted.pages)
            server.start()
            Visitor(server.url).get("/help/")
            asyncio.run(measure(server, pairs, wanted.pages))
        finally:
            server.kill()
            server.log.unlink()


if __name__ == "__main__":
    main()
