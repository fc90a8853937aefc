"""How fast pages are after ten years of writing: python benchmarks/pages.py [--entries 3650] [--rounds 150]."""

import argparse
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.timing import Took, machine, show, timed
from tests.serving import Server
from tests.visitor import Answer, Visitor

WORDS_AN_ENTRY = 120
A_COMMIT = 100  # entries written in one go while the journal is filled
MOMENTS, CHECKS = 1000, 520  # of calm, and of how it is: over the same ten years
UNLOCKS = 20
AIMS = {
    "list": 20.0, "search over all": 100.0, "look back, all": 150.0, "needs, all": 150.0, "write": 15.0,
    "coach, a draft": 100.0, "coach, longest": 100.0,
}  # fmt: skip  # ms, p50
MEMORY_AIM = 110e6  # bytes at rest
START_AIM = 3.0  # seconds
SAID = (
    "the a and then again when after before because while about dinner kitchen phone morning evening train rain "
    "Jonas mother brother friend school work money sleep door window coffee garden list plan promise question answer "
    "said asked heard felt wanted needed waited left came looked forgot remembered laughed cried stayed shouted "
    "tired sad angry glad afraid calm close far alone together early late quiet loud small long warm cold"
)
VOCABULARY = SAID.split()
SAYING = (  # 300 characters of a draft, with something to soften in it
    "I came home at seven and the kitchen was dark. You never listen to me when I say that evenings matter. I felt "
    "hurt and quite alone with it, and I went to bed early. I need half an hour with you after work, without phones. "
    "Would you sit down with me tonight, once the children sleep? I'll make us a pot of tea."
)
LONGEST_SAYING = 20_000  # characters the coach takes from a page
RARE = "lantern"  # in one entry of fifty
FEELINGS = ("hurt", "angry", "sad", "tired", "afraid")


def fill(data: Path, visitor: Visitor, entries: int) -> list[UUID]:
    """Write so many entries, one a day up to yesterday, through the journal's own actions; return their ids."""
    os.environ |= {"KINDLINE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "kindline.settings"}
    import django  # noqa: PLC0415 - Django reads its settings from the lines above

    django.setup(set_prefix=False)
    from django.db import connection, transaction  # noqa: PLC0415

    from kindline.ground.people.queries import person_of  # noqa: PLC0415
    from kindline.ground.vault import sessions  # noqa: PLC0415
    from kindline.mine.journal import actions, shapes  # noqa: PLC0415

    opened = sessions.opened(visitor.cookies["kindline"], datetime.now(UTC))
    assert opened is not None
    person, chance, ids = person_of(opened), random.Random(2), []  # noqa: S311
    day = datetime.now(UTC) - timedelta(days=entries)
    for start in range(0, entries, A_COMMIT):
        with transaction.atomic():
            for at in range(start, min(start + A_COMMIT, entries)):
                words = chance.choices(VOCABULARY, k=WORDS_AN_ENTRY)
                if at % 50 == 0:
                    words[chance.randrange(len(words))] = RARE
                ids.append(uuid4())
                now = day + timedelta(days=at, minutes=chance.randrange(900))
                entry = shapes.Entry(
                    what=" ".join(words),
                    written_at=now,
                    happened_at=now,
                    feelings={feeling: chance.randint(1, 3) for feeling in chance.sample(FEELINGS, 2)},
                )
                actions.keep(person=person, entry_id=ids[-1], entry=entry, now=now)
    with transaction.atomic():
        _calm_and_checks(person, chance, day, entries)
    connection.close()
    return ids


def _calm_and_checks(person: Any, chance: random.Random, day: datetime, days: int) -> None:
    """Tell moments of calm and small checks over the same days, for looking back."""
    from kindline.mine.calm import actions as calm  # noqa: PLC0415
    from kindline.mine.calm.queries import SHAPES  # noqa: PLC0415
    from kindline.mine.needs import actions as needs  # noqa: PLC0415
    from kindline.mine.needs.queries import NEEDS  # noqa: PLC0415

    _practice, _arrangement, moment = SHAPES
    for at in range(MOMENTS):
        before = chance.randint(2, 5)
        one = moment(
            at=day + timedelta(days=days * at / MOMENTS),
            practice=chance.choice(("breathe", "walk", "water", "far", "rest")),
            before=before,
            after=before - 1,
        )
        calm.tell(person=person, moment_id=uuid4(), moment=one)
    for at in range(CHECKS):
        met = {need: chance.randint(1, 4) for need in NEEDS}
        now = day + timedelta(days=days * at / CHECKS)
        needs.check(person=person, check_id=uuid4(), met=met, free=chance.randint(1, 4), now=now)


def measure(server: Server, visitor: Visitor, ids: list[UUID], rounds: int) -> dict[str, list[Took]]:
    """Return the time of every answer, by name; each round asks for everything once, in another order."""
    chance = random.Random(3)  # noqa: S311
    text = " ".join(chance.choices(VOCABULARY, k=WORDS_AN_ENTRY))

    def search() -> Answer:
        return visitor.post("/mine/journal/search/", {"asked": RARE})

    def listen(words: str) -> Answer:
        return visitor.post("/listen/", {"text": words, "lens": "any"})

    def unlock() -> Answer:
        return visitor.post("/unlock/", {"name": visitor.name, "passphrase": visitor.passphrase})

    asks: dict[str, tuple[Callable[[], Answer], int]] = {
        "trivial": (lambda: visitor.get("/help/"), HTTPStatus.OK),
        "today": (lambda: visitor.get("/today/"), HTTPStatus.OK),
        "list": (lambda: visitor.get("/mine/journal/"), HTTPStatus.OK),
        "list, page 60": (lambda: visitor.get("/mine/journal/?page=60"), HTTPStatus.OK),
        "one entry": (lambda: visitor.get(f"/mine/journal/{chance.choice(ids)}/"), HTTPStatus.OK),
        "search over all": (search, HTTPStatus.OK),
        "look back, all": (lambda: visitor.get("/back/?range=all"), HTTPStatus.OK),
        "needs, all": (lambda: visitor.get("/back/saying/?range=all"), HTTPStatus.OK),
        "patterns": (lambda: visitor.get("/mine/journal/back/"), HTTPStatus.OK),
        "write": (lambda: visitor.write(text), HTTPStatus.FOUND),
        "coach, a draft": (lambda: listen(SAYING), HTTPStatus.OK),
        "coach, longest": (lambda: listen((SAYING * 100)[:LONGEST_SAYING]), HTTPStatus.OK),
    }
    assert "listen to me" in listen(SAYING).text, "the coach says something about it"
    assert search().text.count("/mine/journal/") > 30, "the search finds what is there"
    took: dict[str, list[Took]] = {name: [] for name in asks}
    for turn in range(rounds + 5):
        for name in chance.sample(sorted(asks), len(asks)):
            ask, status = asks[name]
            one = timed(server, ask, status)
            if turn >= 5:  # the first ones warm up
                took[name].append(one)
    took["unlock"] = [timed(server, unlock, HTTPStatus.FOUND) for _ in range(UNLOCKS)]
    return took


def aim(name: str, value: float, most: float, unit: str) -> None:
    """Print one figure beside its aim."""
    print(f"{name:34} {value:6.1f} {unit}   aim {most:.0f}  {'met' if value <= most else 'MISSED'}")


def main() -> None:
    """Fill a journal, start a real server on it, ask, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--entries", type=int, default=3650)
    options.add_argument("--rounds", type=int, default=150)
    wanted = options.parse_args()
    print(
        f"{machine()}; {wanted.entries} entries of {WORDS_AN_ENTRY} words, {wanted.rounds} rounds; "
        "the client is on the same machine"
    )
    with tempfile.TemporaryDirectory(prefix="kindline-bench-") as folder:
        server = Server(Path(folder) / "data")
        try:
            first = server.start()
            visitor = Visitor(server.url).join()
            ids = fill(server.data, visitor, wanted.entries)
            visitor.close()
            server.stop()
            again = [_started_again(server) for _ in range(3)]
            visitor.get("/today/")
            rest = server.memory
            took = measure(server, visitor, ids, wanted.rounds)
            visitor.close()
            after = server.memory
        finally:
            server.kill()
            server.log.unlink()
    show(took, AIMS)
    aim("first start, everything made", first, START_AIM, "s ")
    aim("second start, median of 3", statistics.median(again), START_AIM, "s ")
    aim("resident at rest", rest / 1e6, MEMORY_AIM / 1e6, "MB")
    print(f"{'resident after all of this':34} {after / 1e6:6.1f} MB")


def _started_again(server: Server) -> float:
    if server.process is not None and server.process.poll() is None:
        server.stop()
    return server.start()


if __name__ == "__main__":
    main()
