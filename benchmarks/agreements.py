"""How fast agreements are between two people who agreed a lot: python benchmarks/agreements.py [--agreements 200]."""

import argparse
import os
import random
import re
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from http import HTTPStatus
from pathlib import Path
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.timing import Took, machine, show, timed
from tests.serving import Server
from tests.visitor import Answer, Visitor

VERSIONS = 5  # of each agreement, every one said yes to by both
AIMS = {"list": 60.0, "one agreement": 60.0, "a yes": 400.0}  # ms, p50
YESES = 20
BASE = "/ours/agreements/"
WORDS = "half an hour to land when I come home, and then I come and find you and ask about your day first. " * 2
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
WRITTEN = re.compile(r'<textarea name="(\w+)"[^>]*>([^<]*)</textarea>')


def fill(data: Path, one: Visitor, other: Visitor, agreements: int) -> list[UUID]:
    """Let two people agree so often through the room's own actions, and return the agreements' ids."""
    os.environ |= {"KINDLINE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "kindline.settings"}
    import django  # noqa: PLC0415 - Django reads its settings from the lines above

    django.setup(set_prefix=False)
    from django.db import connection, transaction  # noqa: PLC0415

    from kindline.ground.people.inviting import pair_of  # noqa: PLC0415
    from kindline.ground.people.queries import person_of  # noqa: PLC0415
    from kindline.ground.vault import sessions  # noqa: PLC0415
    from kindline.ours.agreements import actions, queries  # noqa: PLC0415

    people = []
    for visitor in (one, other):
        opened = sessions.opened(visitor.cookies["kindline"], datetime.now(UTC))
        assert opened is not None
        people.append(person_of(opened))
    ids = [uuid4() for _ in range(agreements)]
    now = datetime.now(UTC) - timedelta(days=agreements)
    for at, agreement in enumerate(ids):
        with transaction.atomic():
            for over in range(VERSIONS):
                asks, answers = people[over % 2], people[(over + 1) % 2]
                need = WORDS if over == 0 else queries.agreement(asks, agreement).facts.versions[0].version.text.need
                words = actions.Text(need=need, ask=f"keep evening {at} free, {over} of {VERSIONS}?", offer=WORDS)
                circle = pair_of(asks)
                assert circle is not None
                actions.propose(circle=circle, agreement=agreement, text=words, over=over, nonce=uuid4(), now=now)
                meant = queries.agreement(answers, agreement).standing.open
                assert meant is not None
                yes = actions.Yes(agreement, meant.digest, uuid4())
                actions.say_yes(person=answers, to=[yes], now=now + timedelta(days=at))
    connection.close()
    return ids


def form(of: Visitor, path: str) -> dict[str, str]:
    """Return what a page's form holds."""
    text = of.get(path).text
    written = {name: words.strip() for name, words in WRITTEN.findall(text)}
    return {name: unescape(value) for name, value in {**written, **dict(HIDDEN.findall(text))}.items()}


def worded(of: Visitor, agreement: UUID, ask: str) -> None:
    """Let somebody give another wording of an agreement."""
    prepared = of.post(f"{BASE}{agreement}/wording/", {}).headers["location"]
    give = of.post(prepared, {**form(of, prepared), "ask": ask}).headers["location"]
    given = of.post(give, {**form(of, give), "passphrase": of.passphrase})
    assert given.status == HTTPStatus.FOUND, given.text[:500]


def measure(server: Server, one: Visitor, other: Visitor, ids: list[UUID], rounds: int) -> dict[str, list[Took]]:
    """Return the time of every answer, by name."""
    chance = random.Random(3)  # noqa: S311
    asks: dict[str, Callable[[], Answer]] = {
        "trivial": lambda: one.get("/help/"),
        "list": lambda: one.get(BASE),
        "one agreement": lambda: one.get(f"{BASE}{chance.choice(ids)}/"),
    }
    assert one.get(BASE).text.count(f'href="{BASE}') >= min(30, len(ids)), "the list shows agreements"
    took: dict[str, list[Took]] = {name: [] for name in (*asks, "a yes")}
    for turn in range(rounds + 3):
        for name in chance.sample(sorted(asks), len(asks)):
            answered = timed(server, asks[name])
            if turn >= 3:  # the first ones warm up
                took[name].append(answered)
    for number in range(YESES):
        for visitor in (one, other):
            visitor.close()
        worded(other, ids[number], f"keep evening {number} free once more?")
        path = f"{BASE}{ids[number]}/yes/"
        fields = {**form(one, path), "passphrase": one.passphrase}

        def say_yes(path: str = path, fields: dict[str, str] = fields) -> Answer:
            return one.post(path, fields)

        took["a yes"].append(timed(server, say_yes, HTTPStatus.FOUND))
    return took


def main() -> None:
    """Let two people agree a lot, start a real server on it, ask, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--agreements", type=int, default=200)
    options.add_argument("--rounds", type=int, default=60)
    wanted = options.parse_args()
    print(
        f"{machine()}; {wanted.agreements} agreements of {VERSIONS} versions, {wanted.rounds} rounds; "
        "the client is here too"
    )
    with tempfile.TemporaryDirectory(prefix="kindline-bench-") as folder:
        server = Server(Path(folder) / "data")
        try:
            server.start()
            one, other = Visitor(server.url, name="Mia").join(), Visitor(server.url, name="Jonas").join()
            one.share_with(other)
            ids = fill(server.data, one, other, wanted.agreements)
            for visitor in (one, other):
                visitor.close()
            took = measure(server, one, other, ids, wanted.rounds)
        finally:
            server.kill()
            server.log.unlink()
    show(took, AIMS)


if __name__ == "__main__":
    main()
