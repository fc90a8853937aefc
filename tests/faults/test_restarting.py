"""A server that is stopped, killed or replaced by a newer one: what was acknowledged is there, once."""

import os
import random
import re
import signal
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from queue import SimpleQueue
from uuid import UUID, uuid4

import pytest

from tests.faults.disks import disk, fill
from tests.serving import Server, environment, free_port, refused
from tests.visitor import Visitor

pytestmark = pytest.mark.faults

FULL = os.environ.get("KINDLINE_TEST_SIZE") == "full"
ROUNDS = 200 if FULL else 3
WRITERS = 4
WRITTEN = re.compile(r"Written as [0-9a-f]{32}\.")
ENTRY = re.compile(r"/mine/journal/([0-9a-f-]{36})/")


def test_somebody_stays_unlocked_when_the_server_starts_again(server: Server, alice: Visitor) -> None:
    entry_id = uuid4()
    alice.write("Before the restart.", entry_id)
    alice.close()
    assert server.stop() in {0, -signal.SIGTERM}
    server.start()
    assert "Before the restart." in alice.get(f"/mine/journal/{entry_id}/").text


def test_killing_the_server_under_load_loses_and_doubles_nothing(server: Server, alice: Visitor) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    chance = random.Random(seed)  # noqa: S311
    ledger: dict[UUID, str] = {}
    sent: dict[UUID, str] = {}
    for _ in range(ROUNDS):
        kept: SimpleQueue[UUID] = SimpleQueue()
        with ThreadPoolExecutor(WRITERS) as pool:
            writers = [pool.submit(_write_until_killed, alice.twin(), sent, kept) for _ in range(WRITERS)]
            acknowledged = [kept.get(timeout=30) for _ in range(chance.randrange(10, 60))]
            server.kill()
        for writer in writers:
            writer.result()
        while not kept.empty():
            acknowledged.append(kept.get())
        ledger.update((entry_id, sent[entry_id]) for entry_id in acknowledged)
        alice.close()
        server.start()
        # Whoever got no answer sends the same form again.
        for entry_id in sent.keys() - ledger.keys():
            assert alice.write(sent[entry_id], entry_id).status == HTTPStatus.FOUND, seed
            ledger[entry_id] = sent[entry_id]

        assert _listed(alice) == {entry_id: [words] for entry_id, words in ledger.items()}, seed
        with closing(sqlite3.connect(server.database)) as database:
            assert database.execute("SELECT count(*) FROM journal_entry").fetchone() == (len(ledger),)
    lost = [entry_id for entry_id, words in ledger.items() if words not in _entry(alice, entry_id)]
    assert lost == [], seed


def test_an_older_database_is_copied_before_it_is_brought_up_to_date(server: Server, alice: Visitor) -> None:
    alice.close()
    server.stop()
    _as_before_the_journal(server)
    server.start()

    place = server.data / "before-update"
    (copy,) = place.iterdir()
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert "journal_entry" not in _tables(copy)
    assert "journal_entry" in _tables(server.database)
    assert _accounts(copy) == _accounts(server.database)
    assert alice.write("It still opens.").status == HTTPStatus.FOUND, server.stderr


def test_without_room_for_the_copy_nothing_is_brought_up_to_date() -> None:
    with disk("8m") as place:
        server = Server(place / "data")
        server.start()
        server.stop()
        _as_before_the_journal(server)
        ballast = fill(place)
        os.truncate(ballast, ballast.stat().st_size - 120_000)
        code, said = refused(server.data)
        assert code == 1
        assert "backup" in said
        assert len(said.strip().splitlines()) == 1
        assert "journal_entry" not in _tables(server.database)
        assert list((server.data / "before-update").iterdir()) == []
        server.log.unlink()


def _write_until_killed(writer: Visitor, sent: dict[UUID, str], kept: "SimpleQueue[UUID]") -> None:
    """Write as fast as answers come, noting what is sent and what was acknowledged."""
    with closing(writer):
        while True:
            entry_id = uuid4()
            sent[entry_id] = f"Written as {entry_id.hex}."
            try:
                told = writer.write(sent[entry_id], entry_id)
            except (OSError, HTTPException):
                return
            assert told.status == HTTPStatus.FOUND, told.text
            kept.put(entry_id)


def _entry(reader: Visitor, entry_id: UUID) -> str:
    return reader.get(f"/mine/journal/{entry_id}/").text


def _listed(reader: Visitor) -> dict[UUID, list[str]]:
    """Return the words of every entry as often as the pages of the list name it."""
    found: dict[UUID, list[str]] = {}
    for page in range(1, 10_000):
        text = reader.get(f"/mine/journal/?page={page}").text
        on_page = [UUID(one) for one in ENTRY.findall(text)]
        words = WRITTEN.findall(text)
        assert len(on_page) == len(words)
        for entry_id, said in zip(on_page, words, strict=True):
            found.setdefault(entry_id, []).append(said)
        if f"page={page + 1}" not in text:
            return found
    raise AssertionError("the list has no end")


def _as_before_the_journal(server: Server) -> None:
    """Bring a database back to what it was for a version that had no journal and no drafts."""
    for room in ("drafts", "journal"):
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", room, "zero", "--verbosity", "0"],
            env=environment(server.data, free_port(), DJANGO_SETTINGS_MODULE="kindline.settings"),
            check=True,
            cwd="/",
        )


def _tables(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as opened:
        return {name for (name,) in opened.execute("SELECT name FROM sqlite_master")}


def _accounts(database: Path) -> list[bytes]:
    with closing(sqlite3.connect(database)) as opened:
        return [sealed for (sealed,) in opened.execute("SELECT sealed FROM vault_account")]
