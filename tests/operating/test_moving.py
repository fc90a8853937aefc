"""From SQLite to PostgreSQL and back: everything opens there, and what is here stays as it is."""

from pathlib import Path

import psycopg
import pytest

from tests.operating.commands import Databases, done, kindline, refusal, state
from tests.operating.conftest import Lived
from tests.serving import free_port, serving

pytestmark = pytest.mark.faults


def test_everything_opens_after_moving_to_postgresql_and_back(
    data: Path, lived: Lived, databases: Databases, tmp_path: Path
) -> None:
    address, before = databases.new(), state(data)
    said = done(kindline(data, "move", address))
    assert "KINDLINE_DATABASE_URL" in said
    assert state(data) == before
    with serving(data, KINDLINE_DATABASE_URL=address) as server:
        lived.opens_at(server.url)
        assert "at work" in refusal(kindline(data, "move", "sqlite", KINDLINE_DATABASE_URL=address))
    assert "already" in refusal(kindline(data, "move", "sqlite", KINDLINE_DATABASE_URL=address))
    (data / "kindline.sqlite3").rename(tmp_path / "old")
    assert "take KINDLINE_DATABASE_URL out" in done(kindline(data, "move", "sqlite", KINDLINE_DATABASE_URL=address))
    with serving(data) as server:
        lived.opens_at(server.url)
    with psycopg.connect(address) as line:
        assert line.execute("SELECT count(*) FROM journal_entry").fetchone() == (len(lived.entries) + 1,)


def test_a_database_that_is_not_empty_is_refused(data: Path, databases: Databases) -> None:
    address = databases.new()
    with psycopg.connect(address) as line:
        line.execute("CREATE TABLE somebody_elses (id int)")
    before = state(data)
    assert "not empty" in refusal(kindline(data, "move", address))
    assert state(data) == before
    with psycopg.connect(address) as line:
        found = line.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert found == [("somebody_elses",)]


def test_a_database_that_cannot_be_reached_is_named_without_its_password(data: Path) -> None:
    said = refusal(kindline(data, "move", f"postgresql://kindline:hidden-word@127.0.0.1:{free_port()}/kindline"))
    assert "can't be reached" in said
    assert "hidden-word" not in said


def test_an_address_that_is_none_and_a_folder_that_holds_nothing_are_refused(data: Path, tmp_path: Path) -> None:
    assert "no address" in refusal(kindline(data, "move", "mysql://somewhere/else"))
    assert "already" in refusal(kindline(data, "move", "sqlite"))
    assert "nothing to move" in refusal(kindline(tmp_path / "new", "move", "postgresql://nowhere/x"))


def test_nothing_is_moved_while_a_server_runs(data: Path) -> None:
    with serving(data):
        assert "at work" in refusal(kindline(data, "move", "postgresql://nowhere/x"))
