"""T9: the power goes. Whatever of the unsynced writes the disk kept, every acknowledged entry is there and opens.

A real server runs under strace while people write. Every call on its database is a moment in which the power may go;
for each, several disks are made that may be left then, and looked at.
"""

import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from random import Random
from time import monotonic
from uuid import UUID

import pytest

from tests.faults.ledger import Ledger, listed
from tests.faults.power import DATABASE, Call, Disk, calls
from tests.faults.traced import kill, needs_strace, recorded
from tests.serving import Server, serving
from tests.size import FULL, chance, tell
from tests.visitor import Visitor

pytestmark = [pytest.mark.faults, needs_strace]

WRITES = 400 if FULL else 130  # enough for the log to be brought into the database meanwhile
MOMENTS = 100_000 if FULL else 60  # at which the power goes, at most
SERVED = 25 if FULL else 1  # disks from which the real server starts
SHARES = (0, 0.5, 0.9, 1)  # of what was not synced and came through all the same
WRITERS = 4
# The same server, except that it does not wait for the disk.
CARELESS = """
import sys, kindline.settings as configured
options = configured.DATABASES["default"]["OPTIONS"]
assert "synchronous=FULL" in options["init_command"]
options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=NORMAL")
from kindline.cli import main
sys.exit(main(["serve"]))
"""


@dataclass
class Story:
    """What was on the disk at first, what the server did then, and what the ledger says about it."""

    before: Path
    calls: list[Call]
    ledger: Ledger

    def disk(self) -> Disk:
        """Return the disk as it was at first."""
        return Disk({DATABASE: bytearray((self.before / DATABASE).read_bytes())})


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which Alice has joined, without a log."""
    folder = tmp_path_factory.mktemp("power") / "before"
    with serving(folder) as server:
        Visitor(server.url).join().close()
        server.stop()
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert not (folder / f"{DATABASE}-wal").exists()
    return folder


def story(joined: Path, place: Path, *command: str) -> Story:
    """Let four windows write, and return what the server did."""
    folder, log = place / "data", place / "calls"
    shutil.copytree(joined, folder)
    server = Server(folder, command=recorded(log, *([command] if command else [])))
    try:
        server.start()
        ledger = Ledger(Visitor(server.url))
        assert ledger.writer.unlock().status == HTTPStatus.FOUND
        with ledger.writing(WRITERS):
            ledger.wait_for(WRITES)
        kill(server)
    finally:
        server.kill()
        server.log.unlink()
    return Story(joined, list(calls(log, folder)), ledger)


@pytest.fixture
def shelf() -> Iterator[Path]:
    """Return a folder for disks to lie in, in memory where there is one: nothing here needs to last."""
    memory = Path("/dev/shm")  # noqa: S108
    with tempfile.TemporaryDirectory(prefix="kindline-power-", dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def lay_down(files: dict[str, bytearray], folder: Path) -> Path:
    """Write files into a folder and return it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def entries(folder: Path) -> tuple[dict[UUID, bytes], int]:
    """Return the sealed entries of a database, and how often a line was put into the table of contents."""
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = {UUID(one): sealed for one, sealed in database.execute("SELECT id, sealed FROM journal_entry")}
        lines = database.execute("SELECT coalesce(sum(version), 0) FROM journal_contentspage").fetchone()[0]
    return found, lines


def images(told: Story, drawn: Random) -> Iterator[tuple[set[UUID], dict[str, bytearray]]]:
    """Yield, for each moment, what was acknowledged until then and a disk that may be left."""
    moments = set(drawn.sample(range(len(told.calls)), min(MOMENTS, len(told.calls))))
    disk, acknowledged = told.disk(), set()
    for number, call in enumerate(told.calls):
        disk.take(call)
        if call.entry:
            acknowledged.add(call.entry)
        if number in moments:
            for share in SHARES:
                yield set(acknowledged), disk.after_power_loss(drawn, share)


def test_no_acknowledged_entry_is_lost_when_the_power_goes(joined: Path, tmp_path: Path, shelf: Path) -> None:
    began, drawn = monotonic(), chance("T9")
    told = story(joined, tmp_path)
    acknowledged = {call.entry for call in told.calls if call.entry}
    assert acknowledged >= set(told.ledger.kept), "every answer a window got was seen"
    assert any(call.kind == "write" and call.file == DATABASE for call in told.calls), "the log was brought home"
    whole = told.disk()
    for call in told.calls:
        whole.take(call)
    final, _ = entries(lay_down(whole.after_power_loss(drawn, 1), shelf / "whole"))

    count = served = 0
    disks = len(SHARES) * min(MOMENTS, len(told.calls))
    to_serve = set(drawn.sample(range(disks // 2, disks), SERVED))
    for count, (by_then, files) in enumerate(images(told, drawn), start=1):
        found, lines = entries(lay_down(files, shelf / "disk"))
        assert by_then <= found.keys(), f"{len(by_then - found.keys())} lost at disk {count}, {drawn.begun_with}"
        assert all(final[one] == sealed for one, sealed in found.items()), drawn.begun_with
        assert lines == len(found), f"an entry without its line, or a line without its entry: seed {drawn.begun_with}"
        if count in to_serve:
            starts_and_opens(told, lay_down(files, shelf / "served"), by_then)
            served += 1
    tell(
        "T9",
        f"{len(told.calls):,} calls by the server during {len(acknowledged)} acknowledged writes; power lost after "
        f"{count // len(SHARES):,} of them, {count:,} disks left: 0 acknowledged entries lost, 0 damaged databases, "
        f"0 half transactions; {served} of the disks served, listed whole and read from ({monotonic() - began:.0f} s)",
    )


def starts_and_opens(told: Story, folder: Path, acknowledged: set[UUID]) -> None:
    """Start the real server on what is left, and read every acknowledged entry."""
    shutil.copy(told.before / "secret", folder)
    with serving(folder) as server, closing(Visitor(server.url)) as alice:
        assert alice.unlock().status == HTTPStatus.FOUND
        on_pages = listed(alice)
        assert acknowledged <= on_pages.keys()
        assert all(said == [told.ledger.sent[one]] for one, said in on_pages.items())
        some = sorted(acknowledged)[:20]
        assert [one for one in some if told.ledger.sent[one] not in alice.get(f"/mine/journal/{one}/").text] == []


def test_a_server_that_did_not_wait_for_the_disk_would_lose_entries(joined: Path, tmp_path: Path, shelf: Path) -> None:
    told = story(joined, tmp_path, sys.executable, "-c", CARELESS)
    lost = count = 0
    for by_then, files in images(told, chance("T9, careless")):
        count += 1
        lost += len(by_then - entries(lay_down(files, shelf / "disk"))[0].keys())
    assert lost > 0
    tell("T9, with synchronous=NORMAL", f"{count:,} disks: {lost:,} acknowledged entries lost (the test can fail)")
