"""How long ten years take to go out and come in: python benchmarks/takeout.py [--entries 3650] [--rounds 5]."""

import argparse
import json
import random
import re
import statistics
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.pages import FEELINGS, VOCABULARY, WORDS_AN_ENTRY
from benchmarks.timing import machine
from tests.serving import Server
from tests.visitor import Answer, Visitor

AIMS = {"export, file": 5.0, "export, page": 5.0, "import, all of it": 10.0}  # seconds


def timed(say: dict[str, list[float]], what: str, act: Any) -> Answer:
    """Do something and note how many seconds it took."""
    began = perf_counter()
    answer: Answer = act()
    say.setdefault(what, []).append(perf_counter() - began)
    return answer


def bring_all(visitor: Visitor) -> int:
    """Press "Bring it in", and "Go on" until all is in; return how many times that was."""
    for pressed in range(1, 1000):
        shown = visitor.get("/takeout/arrival/").hidden["arrival"]
        visitor.post("/takeout/bring/", {"kind": "note", "arrival": shown})
        page = visitor.get("/takeout/arrival/?going=on")
        assert page.status == HTTPStatus.OK, page.text
        if "all in" in page.text:
            return pressed
        assert re.search(r"[\d,]+ of [\d,]+ are in", page.text), page.text
    raise AssertionError("it never ended")


def run(entries: int, rounds: int) -> None:
    """Bring ten years into new places, take them along from there, and say how long each took."""
    with tempfile.TemporaryDirectory(prefix="kindline-bench-") as folder:
        server = Server(Path(folder) / "data")
        try:
            server.start()
            took, size, presses = measure(server, entries, rounds)
        finally:
            server.kill()
            server.log.unlink()
    report(took, entries, size, presses)


def made(entries: int) -> bytes:
    """Return a file of ours with so many entries, one a day up to yesterday."""
    chance, day = random.Random(2), datetime.now(UTC) - timedelta(days=entries)  # noqa: S311
    documents = []
    for number in range(entries):
        at = (day + timedelta(days=number)).isoformat()
        words = " ".join(chance.choices(VOCABULARY, k=WORDS_AN_ENTRY))
        holds = {"what": words, "written_at": at, "happened_at": at, "feelings": {chance.choice(FEELINGS): 2}}
        documents.append({"id": str(UUID(int=chance.getrandbits(128))), "kind": "entry", "schema": 1, "holds": holds})
    head = {"format": "kindline", "version": 1, "made_at": datetime.now(UTC).isoformat(), "made_by": "benchmark"}
    return json.dumps({**head, "person": {"name": "Alice"}, "rooms": {"journal": documents}}).encode()


def measure(server: Server, entries: int, rounds: int) -> tuple[dict[str, list[float]], int, int]:
    """Return the seconds of each part, the size of the file, and how often somebody pressed."""
    took: dict[str, list[float]] = {}
    raw, presses = made(entries), 0
    for number in range(rounds):
        somebody = Visitor(server.url, name=f"Dana {number}").join()
        somebody.get("/takeout/")
        began = perf_counter()
        answer = timed(took, "import, looking into it", lambda who=somebody: who.choose(raw))
        assert answer.headers.get("location") == "/takeout/arrival/", (answer.status, answer.text)
        presses = bring_all(somebody)
        took.setdefault("import, all of it", []).append(perf_counter() - began)
        told = timed(took, "export, file", lambda who=somebody: who.post("/takeout/copy/", {"as": "file"}))
        assert len(json.loads(told.text)["rooms"]["journal"]) == entries
        timed(took, "export, page", lambda who=somebody: who.post("/takeout/copy/", {"as": "page"}))
        somebody.close()
    return took, len(raw), presses


def report(took: dict[str, list[float]], entries: int, size: int, presses: int) -> None:
    """Print the table of docs/benchmarks.md."""
    print(f"{entries:,} entries, a file of {size / 1e6:.1f} MB, brought in with {presses} presses.")
    print(machine())
    print("\n| | median s | slowest s | aim |\n|---|---|---|---|")
    for what, seconds in took.items():
        aim = AIMS.get(what)
        met = "" if aim is None else f"{aim:g} s, {'met' if statistics.median(seconds) <= aim else 'not met'}"
        print(f"| {what} | {statistics.median(seconds):.2f} | {max(seconds):.2f} | {met} |")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--entries", type=int, default=3650)
    asked.add_argument("--rounds", type=int, default=5)
    given = asked.parse_args()
    run(given.entries, given.rounds)
