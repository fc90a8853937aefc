"""A server that is stopped, or replaced by a newer one: what was there is there, once."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import tarfile
from base64 import b64encode
from contextlib import closing
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest

from tests.faults.disks import disk, fill
from tests.serving import Server, environment, free_port, furnish, refused
from tests.visitor import Visitor

pytestmark = pytest.mark.faults


def test_somebody_stays_unlocked_when_the_server_starts_again(server: Server, alice: Visitor) -> None:
    entry_id = uuid4()
    alice.write("Before the restart.", entry_id)
    alice.close()
    assert server.stop() in {0, -signal.SIGTERM}
    server.start()
    assert "Before the restart." in alice.get(f"/mine/journal/{entry_id}/").text


def test_an_older_database_is_copied_before_it_is_brought_up_to_date(server: Server, alice: Visitor) -> None:
    alice.close()
    server.stop()
    _as_before_the_journal(server)
    server.start()

    place = server.data / "before-update"
    (copy,) = place.iterdir()
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert "journal_entry" in _tables(server.database)
    with tarfile.open(copy) as tar:
        held = {name: (tar.extractfile(name) or BytesIO()).read() for name in tar.getnames()}
    assert not [name for name in held if "journal" in name]
    (sealed,) = _accounts(server.database)
    assert b64encode(sealed) in held["tables/vault_account/000000.jsonl"]
    assert alice.write("It still opens.").status == HTTPStatus.FOUND, server.stderr


def test_without_room_for_the_copy_nothing_is_brought_up_to_date() -> None:
    with disk("8m") as place:
        server = Server(place / "data")
        furnish(server.data)
        server.start()
        server.stop()
        _as_before_the_journal(server)
        (server.data / "helplines.toml").write_bytes(os.urandom(200_000))  # belongs to the copy, which it makes large
        ballast = fill(place)
        os.truncate(ballast, ballast.stat().st_size - 120_000)
        code, said = refused(server.data)
        assert code == 1
        assert "backup" in said
        assert len(said.strip().splitlines()) == 1
        assert "journal_entry" not in _tables(server.database)
        assert list((server.data / "before-update").iterdir()) == []
        server.log.unlink()


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
