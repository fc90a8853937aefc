"""T16. The drill: back up, lose everything, restore; then everything opens, on either database and across them."""

import sqlite3
import stat
import tarfile
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from kindline.ground.storage.folder import DATABASE
from tests.operating.commands import Databases, done, kindline, refusal, state
from tests.operating.conftest import HELPLINES, Lived
from tests.serving import serving
from tests.visitor import Visitor

pytestmark = pytest.mark.faults


def test_everything_opens_after_a_restore_on_a_new_machine(lived: Lived, tmp_path: Path) -> None:
    data = tmp_path / "elsewhere" / "data"
    said = done(kindline(data, "restore", lived.backup))
    assert "before" not in said, "nothing was there to be kept aside"
    for name in ("secret", "push-key"):
        assert (data / name).read_text() == (lived.data / name).read_text()
        assert (data / name).stat().st_mode & 0o777 == 0o600
    assert (data / "helplines.toml").read_text() == HELPLINES
    assert (data / "instruments/own-words.toml").exists()
    assert {stat.S_IMODE(file.stat().st_mode) for file in data.rglob("*") if file.is_file()} == {0o600}
    held = {"secret", "push-key", "helplines.toml", "instruments", "kindline.sqlite3"}
    assert {file.name for file in data.iterdir()} == held
    with serving(data) as server:
        lived.opens_at(server.url)
        with closing(Visitor(server.url)) as anybody:
            assert "000 111" in anybody.get("/help/").text


def test_what_was_there_before_a_restore_is_kept_aside_and_can_be_restored_itself(data: Path, lived: Lived) -> None:
    before = {name: digest for name, digest in state(data).items() if name not in ("last-backup", DATABASE)}
    assert counted(data / DATABASE, "vault_session") > 0
    (data / "helplines.toml").write_text("# changed since")
    changed = state(data)["helplines.toml"]
    said = done(kindline(data, "restore", lived.backup))
    (aside,) = (data / "before-restore").iterdir()
    assert str(aside) in said
    assert stat.S_IMODE(aside.parent.stat().st_mode) == 0o700
    kept = {name: digest for name, digest in state(aside).items() if name != DATABASE}
    assert kept == {**before, "helplines.toml": changed}
    assert counted(aside / DATABASE, "journal_entry") == len(lived.entries)
    assert counted(aside / DATABASE, "vault_session") == 0, "with a cookie these rows would open all of it"
    assert (data / "helplines.toml").read_text() == HELPLINES
    with serving(data) as server:
        lived.opens_at(server.url)


def counted(database: Path, table: str) -> int:
    with closing(sqlite3.connect(database)) as line:
        return int(line.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


def test_a_backup_from_sqlite_is_restored_into_postgresql_and_back(
    lived: Lived, databases: Databases, tmp_path: Path
) -> None:
    address = databases.new()
    there, again = tmp_path / "there", tmp_path / "again"
    done(kindline(there, "restore", lived.backup, KINDLINE_DATABASE_URL=address))
    assert not (there / "kindline.sqlite3").exists()
    with serving(there, KINDLINE_DATABASE_URL=address) as server:
        lived.opens_at(server.url)
        backup = tmp_path / "second.tar.gz"
        done(kindline(there, "backup", backup, KINDLINE_DATABASE_URL=address))
        assert "at work" in refusal(kindline(there, "restore", backup, KINDLINE_DATABASE_URL=address))
        elsewhere = kindline(tmp_path / "third", "restore", backup, KINDLINE_DATABASE_URL=address)
        assert "serving from this database" in refusal(elsewhere)
    done(kindline(again, "restore", backup))
    with serving(again) as server:
        lived.opens_at(server.url)
    said = done(kindline(there, "restore", backup, KINDLINE_DATABASE_URL=address))
    assert "before_restore_" in said
    with psycopg.connect(address) as line:
        here = line.execute("SELECT count(*) FROM journal_entry").fetchone()
        (schema,) = line.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before_restore_%'").fetchone()
        kept = line.execute(sql.SQL("SELECT count(*) FROM {}.journal_entry").format(sql.Identifier(schema))).fetchone()
        open_devices = sql.SQL("SELECT count(*) FROM {}.vault_session").format(sql.Identifier(schema))
        assert line.execute(open_devices).fetchone() == (0,)
    assert here == kept == (len(lived.entries) + 1,)


def test_a_backup_holds_no_rows_of_unlocked_devices(lived: Lived) -> None:
    with tarfile.open(lived.backup) as tar:
        names = tar.getnames()
    assert not [name for name in names if "session" in name]
    assert [name for name in names if "vault_account" in name]
    assert stat.S_IMODE(lived.backup.stat().st_mode) == 0o600


def test_a_backup_says_what_it_holds_and_overwrites_nothing_unasked(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.tar.gz"
    said = done(kindline(data, "backup", file))
    assert "1 place" in said
    assert "secret" in said
    before = file.read_bytes()
    assert "--replace" in refusal(kindline(data, "backup", file))
    assert file.read_bytes() == before
    done(kindline(data, "backup", file, "--replace"))
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(("one", "."))] == ["one.tar.gz"]


def test_a_folder_gets_dated_backups_and_keeps_as_many_as_asked_for(data: Path, tmp_path: Path) -> None:
    place = tmp_path / "backups"
    place.mkdir()
    for day in range(1, 4):
        (place / f"kindline-2026-01-0{day}-030000.tar.gz").touch()
    (place / "notes.txt").touch()
    done(kindline(data, "backup", place, "--keep", 2))
    names = sorted(file.name for file in place.iterdir())
    assert names[0] == "kindline-2026-01-03-030000.tar.gz"
    assert names[1].startswith("kindline-20")
    assert names[2:] == ["notes.txt"]


def test_a_backup_where_nothing_was_kept_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    assert "nothing to back up" in refusal(kindline(tmp_path / "data", "backup", tmp_path / "one.tar.gz"))
    assert list(tmp_path.iterdir()) == []


def test_a_second_server_on_the_same_folder_is_refused_and_a_restore_too(data: Path, lived: Lived) -> None:
    with serving(data):
        for words in (["serve"], ["restore", lived.backup]):
            assert "already at work" in refusal(kindline(data, *words))


def test_a_backup_is_never_written_through_somebody_elses_link(data: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("words")
    for link, words in (("a.tar.gz", ["--replace"]), ("b.tar.gz.new", [])):
        (tmp_path / link).symlink_to(victim)
        file = tmp_path / link.removesuffix(".new")
        done(kindline(data, "backup", file, *words))
        assert victim.read_text() == "words"
        assert not file.is_symlink()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
