"""How long 10,000 reminders due in one minute take: python benchmarks/reminders.py [--people 10000] [--postgresql].

Everything is real but the people: rows of accounts without keys, each with one device at a push service on this machine
that checks every signature and opens every message.
"""

import argparse
import multiprocessing
import os
import platform
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.postgres import cluster

KEYS = 50  # the service's devices share so many keys; making ten thousand would take longer than all the rest
AT_A_TIME = 1000


def serve(line: Connection, people: int) -> None:
    """Be the push service, in a process of its own; tell at the end how often each device was told."""
    from kindline.ground.post.tests.devices import Device  # noqa: PLC0415
    from tests.push_service import push_service  # noqa: PLC0415

    with push_service() as service:
        keys = [Device.new() for _ in range(min(KEYS, people))]
        for number in range(people):
            service.devices[f"{number}"] = keys[number % len(keys)]
        line.send((service.url, [(one.public, one.auth) for one in keys]))
        line.recv()
        line.send(Counter(one.name for one in service.arrived))


def settle_in(people: int, url: str, keys: list[tuple[bytes, bytes]]) -> list[Any]:
    """Write people, each with a device; return their ids."""
    from django.utils import timezone  # noqa: PLC0415

    from kindline.ground.post.models import Channel, Preferences  # noqa: PLC0415
    from kindline.ground.vault.models import Account  # noqa: PLC0415

    today, always = timezone.now().date(), {"quiet_from": "00:00", "quiet_until": "00:00"}
    accounts = [Account(sealed=b"") for _ in range(people)]
    for at in range(0, people, AT_A_TIME):
        some = list(enumerate(accounts))[at : at + AT_A_TIME]
        Account.objects.bulk_create(one for _number, one in some)
        Preferences.objects.bulk_create(
            Preferences(owner=one, language="en", zone="Europe/Berlin", **always) for _number, one in some
        )
        Channel.objects.bulk_create(
            Channel(
                owner=one,
                kind="push",
                target=f"{url}/to/{number}",
                public=keys[number % len(keys)][0],
                auth=keys[number % len(keys)][1],
                added_on=today,
                is_confirmed=True,
            )
            for number, one in some
        )
    return [one.id for one in accounts]


def measure(people: int) -> None:
    """Let something begin for everybody in the same minute, hand it over, deliver it, and say how it went."""
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    os.environ["DJANGO_SETTINGS_MODULE"] = "kindline.settings"
    django.setup(set_prefix=False)
    from django.db import connection, connections  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from kindline.ground.post import delivering, outbox  # noqa: PLC0415
    from kindline.ground.post.models import Notice, Round  # noqa: PLC0415
    from kindline.ground.post.rules import Due, mark_of  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    here, there = multiprocessing.Pipe()
    service = multiprocessing.get_context("spawn").Process(target=serve, args=(there, people), daemon=True)
    service.start()
    url, keys = here.recv()
    ids = settle_in(people, url, keys)
    now = timezone.now()
    at = mark_of(now) + timedelta(minutes=30)
    Round.objects.update_or_create(id=1, defaults={"at": mark_of(now) - timedelta(minutes=5)})
    before = memory()
    began = perf_counter()

    def between(_start: datetime, _end: datetime, some: Collection[UUID] | None = None) -> Iterator[Due]:
        return (Due(one, at, "rhythm", f"one {at:%H%M}") for one in (ids if some is None else some))

    outbox.hand_over(between, now)
    handed = perf_counter() - began
    held = memory() - before
    assert Notice.objects.count() == people
    began = perf_counter()
    reached = delivering.deliver(timezone.now, between)
    delivered = perf_counter() - began
    here.send("done")
    told: Counter[str] = here.recv()
    doubles, missed = sum(told.values()) - len(told), people - len(told)
    assert reached == people
    took = f"handed over {handed:.2f} s, delivered {delivered:.1f} s ({people / delivered:,.0f} a second)"
    size = f"{held:+.0f} MB handing over, {memory() - before:+.0f} MB in all"
    print(f"| {connection.vendor}, {people:,} in one minute | {took} | {size} | {missed} missed, {doubles} doubled |")
    connections.close_all()
    getattr(connection, "close_pool", lambda: None)()


def memory() -> float:
    """Return the most memory this process held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Read what was asked for, and measure in a folder or cluster of its own."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--people", type=int, default=10_000)
    said.add_argument("--postgresql", action="store_true")
    asked = said.parse_args()
    with ExitStack() as stack:
        os.environ["KINDLINE_DATA"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="kindline-bench-"))
        os.environ["KINDLINE_PUSH_LOOPBACK"] = "allow"
        if asked.postgresql:
            os.environ["KINDLINE_DATABASE_URL"] = stack.enter_context(cluster())
        print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
        measure(asked.people)


if __name__ == "__main__":
    main()
