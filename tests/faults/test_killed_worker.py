"""T14: workers are killed while they deliver, two at a time. Everybody is told; a second copy replaces the first."""

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from time import monotonic, sleep
from uuid import uuid4

import pytest

from tests.machine import postgresql
from tests.postgres import Cluster, own_cluster
from tests.push_service import PushService, push_service
from tests.serving import Server, environment, serving
from tests.size import FULL, chance, tell
from tests.visitor import BY_DAY, Visitor

pytestmark = pytest.mark.faults

ROUNDS = 25 if FULL else 2
PEOPLE, DEVICES = 3, 8  # each
TAKES = 0.03  # seconds that the push service takes for a message
LONGEST = 180  # seconds until everything arrived, on a very crowded machine
AT_A_TIME = 40  # what one worker may have had in its hands
WORKER = (sys.executable, "-m", "kindline.cli", "worker")
DJANGO = """
import os
from datetime import timedelta
import django
from django.utils import timezone
os.environ["DJANGO_SETTINGS_MODULE"] = "kindline.settings"
django.setup(set_prefix=False)
from kindline.front.worker import ticking
from kindline.ground.post.models import Channel, Notice, Round
from kindline.ground.post.rules import mark_of
from kindline.ours.rhythms.models import Rhythm
now = timezone.now()
"""
# What everybody planned begins on the last mark; the last round was five minutes before it. Nothing of it was told yet.
LAY = f"""
from zoneinfo import ZoneInfo
Notice.objects.all().delete()
Round.objects.update_or_create(id=1, defaults={{"at": now - timedelta(minutes=7)}})
Rhythm.objects.update(first=mark_of(now).astimezone(ZoneInfo("{BY_DAY}")).strftime("%Y-%m-%dT%H:%M"))
ticking.hand_over(now)
print(Notice.objects.filter(settled_at=None).count())
"""
# What a killed worker held is free after some minutes: they have passed.
LATER = "Channel.objects.exclude(leased_until=None).update(leased_until=now - timedelta(seconds=1)); print(0)"
END = "Rhythm.objects.update(ended_at=now); print(0)"
LEFT = "print(Notice.objects.filter(settled_at=None).count())"


def asked(server: Server, script: str) -> int:
    """Run a few lines beside the server, with its database, and return the number they print."""
    ran = subprocess.run(
        [sys.executable, "-c", DJANGO + script],
        env=environment(server.data, server.port, **server.more),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return int(ran.stdout)


class Workers:
    """Processes of `kindline worker` beside one server."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start one more."""
        beside = environment(self.server.data, self.server.port, **self.server.more)
        self.running.append(subprocess.Popen(WORKER, env=beside, stdout=subprocess.DEVNULL, cwd="/"))

    def kill(self) -> None:
        """End the oldest one in the middle of whatever it does."""
        one = self.running.pop(0)
        one.kill()
        one.wait(60)

    def stop(self) -> None:
        """Ask all of them to end; one that has not begun yet ends at once, the others when their hands are empty."""
        for one in self.running:
            one.send_signal(signal.SIGTERM)
        assert {one.wait(60) for one in self.running} <= {0, -signal.SIGTERM}
        self.running.clear()


@contextmanager
def house(database: str, service: PushService) -> Iterator[Server]:
    """Serve without a worker of its own, for people whose reminders come to their devices."""
    with ExitStack() as stack:
        more = {"KINDLINE_WORKER": "off", "KINDLINE_PUSH_LOOPBACK": "allow"}
        if database == "postgresql":
            if not postgresql():
                pytest.skip("PostgreSQL is missing: install it with your system's packages")
            cluster: Cluster = stack.enter_context(own_cluster())
            more["KINDLINE_DATABASE_URL"] = cluster.address
        server = stack.enter_context(serving(**more))
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        always = {"when": "0", "daily": "09:00", "quiet_from": "00:00", "quiet_until": "00:00"}
        for number in range(PEOPLE):
            with closing(Visitor(server.url, name=f"Mo {number}").join()) as one:
                planned = {"kind": "alone", "title": "A walk", "often": "once", "whose": "me", "minutes": "20"}
                when = {"form_id": str(uuid4()), "day": f"{tomorrow:%Y-%m-%d}", "clock": "19:00"}
                assert one.post("/ours/rhythms/new/", planned | when).status == 302
                one.get("/settings/reminders/")
                for _ in range(DEVICES):
                    assert one.post("/settings/reminders/device/", dict(service.fields())).status == 302
                assert one.post("/settings/reminders/", dict(always)).status == 302
        yield server


def wait_for(service: PushService, copies: int) -> None:
    """Wait until so many messages have arrived in all."""
    end = monotonic() + LONGEST
    while len(service.arrived) < copies:
        assert monotonic() < end, f"{len(service.arrived)} of {copies} arrived"
        sleep(0.01)


def everybody_was_told(server: Server, service: PushService) -> None:
    """Wait until nothing waits any more, and see that it arrived everywhere."""
    end = monotonic() + LONGEST
    while left := asked(server, LEFT):
        assert monotonic() < end, f"{left} are left"
    assert {one.name for one in service.arrived} == set(service.devices)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_killed_workers_lose_nothing_and_what_comes_twice_replaces_the_first(database: str) -> None:
    drawn, began, copies = chance("T14"), monotonic(), 0
    with push_service() as service, house(database, service) as server:
        service.takes, workers = TAKES, Workers(server)
        for number in range(ROUNDS):
            service.arrived.clear()
            assert asked(server, LAY) == PEOPLE * DEVICES
            workers.start()
            workers.start()
            wait_for(service, drawn.randrange(1, PEOPLE * DEVICES - 1))
            workers.kill()
            asked(server, LATER)
            workers.start()
            everybody_was_told(server, service)
            workers.stop()
            told = Counter(one.name for one in service.arrived)
            copies += sum(told.values()) - len(told)
            assert max(told.values()) <= 2, drawn.begun_with
            # The same topic and the same words: what is still on its way, and what stands on the screen, is replaced.
            assert len({(one.topic, one.plain) for one in service.arrived}) == 1
            assert copies <= AT_A_TIME * (number + 1)
    tell(
        f"T14 on {database}",
        f"{ROUNDS} times two workers, one killed: {ROUNDS * PEOPLE * DEVICES} notices, 0 lost, {copies} sent again "
        f"under the same topic ({monotonic() - began:.0f} s)",
    )


def test_two_workers_that_nobody_kills_send_everything_once() -> None:
    with push_service() as service, house("sqlite", service) as server:
        workers = Workers(server)
        assert asked(server, LAY) == PEOPLE * DEVICES
        for _ in range(2):
            workers.start()
        everybody_was_told(server, service)
        workers.stop()
        assert len(service.arrived) == PEOPLE * DEVICES


def test_two_workers_send_nothing_of_what_ended_after_it_was_laid_ready() -> None:
    with push_service() as service, house("sqlite", service) as server:
        workers = Workers(server)
        assert asked(server, LAY) == PEOPLE * DEVICES
        asked(server, END)
        for _ in range(2):
            workers.start()
        end = monotonic() + LONGEST
        while left := asked(server, LEFT):
            assert monotonic() < end, f"{left} are left"
        workers.stop()
        assert service.arrived == []


def test_the_server_itself_sends_unless_it_is_told_not_to() -> None:
    with push_service() as service, house("sqlite", service) as server:
        assert asked(server, LAY) == PEOPLE * DEVICES
        server.stop()
        server.more["KINDLINE_WORKER"] = "on"
        server.start()
        everybody_was_told(server, service)
        assert len(service.arrived) == PEOPLE * DEVICES
