"""T8 and T13: the server, or its PostgreSQL, is killed while people write. What was acknowledged is there, once."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from time import monotonic

import pytest

from tests.faults.ledger import Ledger, rhythms, rows
from tests.machine import postgresql
from tests.postgres import Cluster, own_cluster
from tests.serving import Server, serving
from tests.size import FULL, chance, tell
from tests.visitor import Visitor

pytestmark = pytest.mark.faults

ROUNDS = {"sqlite": 200 if FULL else 3, "postgresql": 200 if FULL else 1}
WRITES = range(90, 140) if FULL else range(10, 60)  # acknowledged before the kill
WRITERS = 4
OUTAGES = 60 if FULL else 2
COMES_BACK = 60  # seconds after the database, at most, until writes go through again


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """Start a PostgreSQL to hurt."""
    if not postgresql():
        pytest.skip("PostgreSQL is missing: install it with your system's packages")
    with own_cluster() as one:
        yield one


@contextmanager
def on_sqlite(_cluster: Cluster | None) -> Iterator[Server]:
    with serving() as server:
        yield server


@contextmanager
def on_postgresql(cluster: Cluster) -> Iterator[Server]:
    with serving(KINDLINE_DATABASE_URL=cluster.address) as server:
        yield server


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_killing_the_server_under_load_loses_and_doubles_nothing(database: str, request: pytest.FixtureRequest) -> None:
    serve = {"sqlite": on_sqlite, "postgresql": on_postgresql}[database]
    cluster = request.getfixturevalue("cluster") if database == "postgresql" else None
    began, drawn = monotonic(), chance("T8")
    with serve(cluster) as server, closing(Visitor(server.url)) as alice:
        ledger = Ledger(alice.join())
        unanswered = 0
        for _ in range(ROUNDS[database]):
            before = set(ledger.kept)
            with ledger.writing(WRITERS):
                ledger.wait_for(drawn.choice(WRITES))
                server.kill()
            assert ledger.faults == 0, server.stderr
            server.start()
            unanswered += len(ledger.sent) - len(ledger.kept)
            assert set(rows(server)) >= set(ledger.kept), drawn.begun_with
            ledger.send_again()
            assert sorted(rows(server)) == sorted(ledger.kept), drawn.begun_with
            assert ledger.unreadable(ledger.kept.keys() - before) == [], drawn.begun_with
        ledger.check_list()
    tell(
        f"T8 on {database}",
        f"{ROUNDS[database]} kills, {len(ledger.kept):,} acknowledged writes, {unanswered} forms cut off and sent "
        f"again: 0 lost, 0 doubled ({monotonic() - began:.0f} s)",
    )


def fast(cluster: Cluster) -> None:
    cluster.stop("fast")


WAYS: dict[str, Callable[[Cluster], None]] = {"killed": Cluster.kill, "stopped": fast, "cut off": Cluster.stop}


@pytest.mark.parametrize("shared", [False, True], ids=["for oneself", "for two"])
def test_killing_postgresql_under_load_loses_and_doubles_nothing(cluster: Cluster, shared: bool) -> None:  # noqa: FBT001
    began, drawn = monotonic(), chance("T13")
    with (
        serving(KINDLINE_DATABASE_URL=cluster.address) as server,
        closing(Visitor(server.url)) as alice,
        closing(Visitor(server.url, name="Bob")) as bob,
    ):
        ledger, slowest = of_two(alice, bob) if shared else Ledger(alice.join()), 0.0
        table = ledger.room.table
        for outage in range(OUTAGES):
            before = set(ledger.kept)
            with ledger.writing(WRITERS):
                ledger.wait_for(drawn.choice(WRITES))
                list(WAYS.values())[outage % len(WAYS)](cluster)
                cluster.start()
                back = monotonic()
                ledger.wait_for(WRITERS * 5)
                slowest = max(slowest, monotonic() - back)
            ledger.send_again()
            assert sorted(rows(server, table)) == sorted(ledger.kept), drawn.begun_with
            assert ledger.unreadable(ledger.kept.keys() - before) == [], drawn.begun_with
        if not shared:
            ledger.check_list()
        assert slowest < COMES_BACK, f"writing took {slowest:.1f} s to come back"
    tell(
        f"T13, {'a shared' if shared else 'a private'} room",
        f"PostgreSQL {', '.join(WAYS)} in turn, {OUTAGES} times, {len(ledger.kept):,} acknowledged writes: 0 lost, "
        f"0 doubled; {ledger.faults} honest refusals meanwhile, writing again within {slowest:.1f} s "
        f"({monotonic() - began:.0f} s)",
    )


def of_two(alice: Visitor, bob: Visitor) -> Ledger:
    """Let two people share a space, where one plans and both read."""
    alice.join().share_with(bob.join())
    circle = alice.get("/ours/rhythms/new/").hidden["circle"]
    return Ledger(alice, rhythms(circle), bob)
