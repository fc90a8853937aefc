"""Before an update the database is copied, on SQLite and on PostgreSQL; afterwards it is of this version."""

import sqlite3
import stat
from base64 import b64encode
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection

from kindline.ground.storage import archive, database
from kindline.ground.storage.database import KEPT_BACKUPS, bring_up_to_date
from kindline.ground.storage.folder import Unusable

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.storage]
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A data folder whose database lacks the last migration of the people."""
    call_command("migrate", "people", "zero", verbosity=0)
    yield tmp_path
    call_command("migrate", verbosity=0)


def test_an_older_database_is_copied_and_brought_up_to_date(older: Path) -> None:
    told = bring_up_to_date(older, NOW)
    (copy,) = (older / "before-update").iterdir()
    assert told == copy
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert ("vault", "0001_initial") in archive.checked(copy).migrations
    assert "people_person" in connection.introspection.table_names()


def test_a_database_of_this_version_is_left_alone(tmp_path: Path) -> None:
    assert bring_up_to_date(tmp_path, NOW) is None
    assert list(tmp_path.iterdir()) == []


def test_only_the_last_copies_are_kept(older: Path) -> None:
    place = older / "before-update"
    place.mkdir()
    for year in range(2010, 2020):
        (place / f"{year}-01-01-000000.tar.gz").touch()
    bring_up_to_date(older, NOW)
    assert len(list(place.iterdir())) == KEPT_BACKUPS
    assert min(place.iterdir()).name.startswith("2016")


def test_without_room_for_a_copy_nothing_is_changed(older: Path) -> None:
    (older / "before-update").touch()
    with pytest.raises(Unusable, match="Nothing was changed"):
        bring_up_to_date(older, NOW)
    assert "people_person" not in connection.introspection.table_names()


def test_a_copy_holds_no_rows_of_unlocked_devices(older: Path) -> None:
    alice = "0123456789abcdef0123456789abcdef"
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO vault_account (id, version, sealed) VALUES (%s, 1, %s)", [alice, b"keys"])
        cursor.execute(
            "INSERT INTO vault_session (id, account_id, started_at, used_at, idle_minutes, sealed) "
            "VALUES (%s, %s, %s, %s, 10, %s)",
            ["opened-device", alice, NOW, NOW, b"opens-with-a-cookie"],
        )
    told = bring_up_to_date(older, NOW)
    (copy,) = (older / "before-update").iterdir()
    assert told == copy
    written = b"".join(content for _, content in archive.members(copy))
    assert b"vault_account" in written
    assert b"opened-device" not in written
    assert b64encode(b"opens-with-a-cookie") not in written


def test_what_was_deleted_does_not_linger_in_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = sqlite3.connect(tmp_path / "one.sqlite3", isolation_level=None)
    for said in ("PRAGMA journal_mode=WAL", "PRAGMA secure_delete=ON", "CREATE TABLE words (said TEXT)"):
        kept.execute(said)
    kept.execute("INSERT INTO words VALUES ('nobody-reads-this')")
    kept.execute("DELETE FROM words")
    files = [tmp_path / "one.sqlite3", tmp_path / "one.sqlite3-wal"]
    assert any(b"nobody-reads-this" in file.read_bytes() for file in files)
    monkeypatch.setattr(database, "connection", SimpleNamespace(vendor="sqlite", cursor=lambda: closing(kept.cursor())))
    database.empty_log()
    assert not any(b"nobody-reads-this" in file.read_bytes() for file in files)
    kept.close()


def test_emptying_the_log_waits_for_no_long_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits there keeps everybody from writing, for as long as a backup takes."""
    file = tmp_path / "one.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as kept, closing(sqlite3.connect(file)) as reader:
        kept.execute("PRAGMA journal_mode=WAL")
        kept.execute("PRAGMA busy_timeout=60000")
        kept.execute("CREATE TABLE words (said TEXT)")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM words").fetchall()
        kept.execute("INSERT INTO words VALUES ('meanwhile')")
        held = SimpleNamespace(vendor="sqlite", cursor=lambda: closing(kept.cursor()))
        monkeypatch.setattr(database, "connection", held)
        began = monotonic()
        database.empty_log()
        assert monotonic() - began < 30
        assert kept.execute("PRAGMA busy_timeout").fetchone() == (60000,)
        assert reader.execute("SELECT * FROM words").fetchall() == []
