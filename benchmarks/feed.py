"""How fast a calendar feed of years is: python benchmarks/feed.py [--rhythms 20] [--years 5] [--rounds 100]."""

import argparse
import os
import random
import re
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.timing import Took, machine, show, timed
from tests.serving import Server
from tests.visitor import Answer, Visitor

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Australia/Sydney", "Africa/Casablanca")
CHANGED = 0.2  # of all times so far: moved or left out, in turn
AIMS = {"feed": 60.0}  # ms, p50
ADDRESS = re.compile(r"/calendar/[\w-]{43}\.ics")


def fill(data: Path, one: Visitor, other: Visitor, rhythms: int, years: int) -> int:
    """Let two people keep so many weekly rhythms for so many years; return how many times were moved or left out."""
    os.environ |= {"KINDLINE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "kindline.settings"}
    import django  # noqa: PLC0415 - Django reads its settings from the lines above

    django.setup(set_prefix=False)
    from django.db import connection, transaction  # noqa: PLC0415

    from kindline.ground.clock.recurrence import Recurrence  # noqa: PLC0415
    from kindline.ground.people.inviting import pair_of  # noqa: PLC0415
    from kindline.ground.people.queries import person_of  # noqa: PLC0415
    from kindline.ground.vault import sessions  # noqa: PLC0415
    from kindline.ours.rhythms import actions, queries, rules, shapes  # noqa: PLC0415

    opened = sessions.opened(one.cookies["kindline"], datetime.now(UTC))
    assert opened is not None
    person, chance, changed = person_of(opened), random.Random(5), 0  # noqa: S311
    circle = pair_of(person)
    assert circle is not None
    del other
    begun = datetime.now(UTC) - timedelta(days=365 * years)
    day = begun.replace(tzinfo=None, hour=19, minute=0, second=0, microsecond=0)
    for number in range(rhythms):
        first, rhythm_id = day + timedelta(days=number % 7), uuid4()
        words = shapes.Rhythm(by=person.keyring.account, kind=rules.CHECK_IN, title=f"Evening {number}", made_at=begun)
        when = rules.Timing(first, ZONES[number % len(ZONES)], 20, Recurrence("week"))
        with transaction.atomic():
            actions.plan(person=person, circle=circle, rhythm_id=rhythm_id, rhythm=words, timing=when, now=begun)
            kept = queries.kept(person, rhythm_id)
            for week in range(1, 52 * years):
                at = first + timedelta(weeks=week)
                if chance.random() >= CHANGED:
                    continue
                changed += 1
                if changed % 2:
                    actions.skip(kept=kept, original=at, over=at)
                else:
                    to, now = at + timedelta(days=1), (at - timedelta(days=2)).replace(tzinfo=UTC)
                    actions.move(kept=kept, original=at, over=at, to=to, now=now)
    connection.close()
    return changed


def measure(server: Server, one: Visitor, rhythms: int, rounds: int) -> dict[str, list[Took]]:
    """Return the time of every answer, by name; a calendar app asks for the feed without a cookie."""
    one.post("/calendar/own/", {})
    found = ADDRESS.search(one.get("/calendar/").text)
    assert found is not None
    app, chance = Visitor(server.url), random.Random(3)  # noqa: S311
    asks: dict[str, Callable[[], Answer]] = {
        "trivial": lambda: one.get("/help/"),
        "what is ahead": lambda: one.get("/calendar/"),
        "feed": lambda: app.get(found.group()),
    }
    text = app.get(found.group()).text
    assert text.count("RRULE:FREQ=WEEKLY") == rhythms, "the feed holds every rhythm"
    print(
        f"the feed: {len(text) / 1000:.0f} kB, {text.count('BEGIN:VEVENT')} entries, "
        f"{text.count('BEGIN:VTIMEZONE')} zones"
    )
    took: dict[str, list[Took]] = {name: [] for name in asks}
    for turn in range(rounds + 3):
        for name in chance.sample(sorted(asks), len(asks)):
            answered = timed(server, asks[name])
            if turn >= 3:  # the first ones warm up
                took[name].append(answered)
    app.close()
    return took


def main() -> None:
    """Let two people keep rhythms for years, start a real server on them, ask, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rhythms", type=int, default=20)
    options.add_argument("--years", type=int, default=5)
    options.add_argument("--rounds", type=int, default=100)
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="kindline-bench-") as folder:
        server = Server(Path(folder) / "data", more={"KINDLINE_WORKER": "off"})
        try:
            server.start()
            one, other = Visitor(server.url, name="Mia").join(), Visitor(server.url, name="Jonas").join()
            one.share_with(other)
            changed = fill(server.data, one, other, wanted.rhythms, wanted.years)
            print(
                f"{machine()}; {wanted.rhythms} weekly rhythms over {wanted.years} years, "
                f"{changed} times moved or left out, {wanted.rounds} rounds; the client is here too"
            )
            for visitor in (one, other):
                visitor.close()
            took = measure(server, one, wanted.rhythms, wanted.rounds)
        finally:
            server.kill()
            server.log.unlink()
    show(took, AIMS)


if __name__ == "__main__":
    main()
