"""What somebody deletes is gone from the disk too: sealed bytes that linger would open with the keys of that day."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic, sleep
from uuid import uuid4

import pytest

from tests.house.serving import HOST, Server, server
from tests.house.traces import Traces
from tests.journeys.places import furnish
from tests.visitor import Visitor

pytestmark = [pytest.mark.storage, pytest.mark.walks]

SWEPT_WITHIN = 60  # seconds, at most: here it comes every second instead of once a minute
SWEEPING = """
import sys
from kindline import settings
settings.SWEEP_EVERY = 1
from kindline.cli import main
sys.exit(main(["serve"]))
"""
SLICE, EVERY = 32, 512  # bytes: a page of the database may hold a part of a row only
CANARY = "kanarienruf"
# Rooms where nobody but their person writes; in the others, what somebody shared with has to stay.
OF_ONE_ALONE = ("journal_", "drafts_", "needs_", "calm_", "vault_arrival")
Sealed = dict[bytes, str]  # what stands in a row -> its table


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Server]:
    with server(tmp_path, (sys.executable, "-c", SWEEPING)) as running:
        yield running


def somebody(house: Server, name: str) -> Visitor:
    """Let somebody join whose place has something of everything: also words not saved yet, and a file that waits."""
    visitor = Visitor(f"http://{HOST}:{house.port}", name=name).join()
    furnish(visitor)
    visitor.write(f"{CANARY}, and then the door.")
    typed = {"form_id": str(uuid4()), "page": "/mine/journal/write/", "what": f"{CANARY}, half a sentence"}
    assert visitor.post("/unsaved/", typed, {"X-Requested-With": "fetch"}).status == 204
    assert visitor.choose(f"date,text\n2024-05-03,{CANARY} in an old journal\n".encode()).status == 302
    return visitor


def sealed(house: Server) -> Sealed:
    """Return every sealed cell of the whole database."""
    return {
        bytes(cell): table
        for table, rows in house.rows().items()
        for row in rows
        for cell in row
        if isinstance(cell, bytes | memoryview) and len(bytes(cell)) >= SLICE
    }


def lingering(house: Server, gone: Sealed) -> set[str]:
    """Return the tables of which deleted rows, or parts of them, still stand in a file."""
    files = [content for _name, content in house.files()]
    return {
        table
        for cell, table in gone.items()
        for at in range(0, len(cell) - SLICE + 1, EVERY)
        if any(cell[at : at + SLICE] in content for content in files)
    }


def wait_for_the_sweep(house: Server) -> None:
    """Wait until the server has emptied its write-ahead log. PostgreSQL keeps its own house."""
    log, end = house.data / "kindline.sqlite3-wal", monotonic() + SWEPT_WITHIN
    while not house.database and log.exists() and log.stat().st_size:
        assert monotonic() < end, "nobody sweeps"
        sleep(0.2)


def empty(visitor: Visitor) -> None:
    told = visitor.post("/settings/empty/", {"passphrase": visitor.passphrase})
    assert "It’s gone" in told.text


def leave(visitor: Visitor) -> None:
    assert visitor.post("/settings/delete/", {"passphrase": visitor.passphrase}).status in {200, 302}


@pytest.mark.parametrize("delete", [empty, leave])
def test_what_was_deleted_stands_in_no_file_any_more(delete: Callable[[Visitor], None], house: Server) -> None:
    with closing(somebody(house, "Bob")) as bob:
        bobs = sealed(house)
        bob.close()
        with closing(somebody(house, "Alice")) as alice:
            before = sealed(house)
            tables = set(before.values())
            assert {"vault_unsaved", "vault_arrival", "vault_arrivalpart", "journal_entry"} <= tables
            if not house.database:
                assert lingering(house, before) == tables, "otherwise this test would look in the wrong place"
            alice.close()  # its line has been idle for too long by now
            delete(alice)
        left = sealed(house)
        assert bobs.keys() <= left.keys(), "of two people alike, one lost something"
        for table in (table for table in tables if table.startswith(OF_ONE_ALONE)):
            was, now = (list(found.values()).count(table) for found in (bobs, left))
            assert was == now, f"of two people alike, one is left in {table}"
        gone = {cell: table for cell, table in before.items() if cell not in left}
        wait_for_the_sweep(house)
        if not house.database:
            assert lingering(house, gone) == set()
        traces = Traces([CANARY])
        assert not any(traces.found(content) for _name, content in house.files())
        bob.close()
        assert CANARY in bob.get("/mine/journal/").text, "nothing of anybody else went with it"
