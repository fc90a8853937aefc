"""What `kindline doctor` says about a database, on SQLite and on PostgreSQL."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from kindline.ground.storage.folder import COLLECTED, DATABASE
from kindline.ground.vault.actions import installation
from kindline.operating.checks import database
from kindline.operating.checks.finding import Finding

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.storage]
BOTH = {"database", "durability", "version", "stretching"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a file where SQLite's database would be; the tests' own database is elsewhere."""
    if connection.vendor == "sqlite":
        (tmp_path / DATABASE).touch()
    return tmp_path


def examined(folder: Path) -> dict[str, Finding]:
    return {one.about: one for one in database.findings(folder)}


def test_a_database_of_this_version_is_good_and_left_as_it_is(folder: Path) -> None:
    found = examined(folder)
    assert set(found) == BOTH
    # The tests' own SQLite lives in memory, which has no log to write ahead; the next start would set a real one right.
    states = {one.about: one.state for one in found.values() if one.state != "good"}
    assert states == ({"durability": "look at this"} if connection.vendor == "sqlite" else {})


def test_a_database_that_is_gone_where_kindline_served_is_found(folder: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("with PostgreSQL there is no file")
    (folder / COLLECTED).parent.mkdir()
    (folder / COLLECTED).touch()
    for spoil in ((folder / DATABASE).touch, (folder / DATABASE).unlink):
        spoil()
        found = examined(folder)["database"]
        assert (found.state, "gone or empty" in found.says) == ("broken", True)


def test_an_older_and_a_newer_database_are_found(folder: Path) -> None:
    call_command("migrate", "people", "zero", verbosity=0)
    try:
        assert examined(folder)["version"].state == "look at this"
    finally:
        call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('vault', '0999_later', '2031-01-01')"
        )
    try:
        assert examined(folder)["version"].state == "broken"
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE name = '0999_later'")


def test_a_lowered_cost_of_guessing_is_found(folder: Path) -> None:
    row = installation()
    row.stretch_memory = settings.STRETCH_LEAST_MEMORY // 2
    row.save()
    found = examined(folder)["stretching"]
    assert found.state == "look at this"


def test_a_file_left_over_from_sqlite_is_found(folder: Path) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("with SQLite it is the database")
    (folder / DATABASE).touch()
    assert examined(folder)["old database"].state == "look at this"


def test_postgresql_that_does_not_wait_for_its_disk_is_found(folder: Path) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("a setting of PostgreSQL")
    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {connection.ops.quote_name(name)} SET synchronous_commit = off")
    try:
        assert examined(folder)["durability"].state == "broken"
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {connection.ops.quote_name(name)} RESET synchronous_commit")


def test_before_the_first_start_no_database_is_made(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a file of SQLite")
    assert [one.state for one in database.findings(tmp_path)] == ["look at this"]
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_found_and_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a file of SQLite")
    file = tmp_path / DATABASE
    with closing(sqlite3.connect(file)) as made:
        made.execute("CREATE TABLE words (said TEXT)")
        made.executemany("INSERT INTO words VALUES (?)", [("x" * 500,)] * 200)
        made.commit()
    whole = bytearray(file.read_bytes())
    for at in range(4096, len(whole) - 4096, 4096):
        whole[at : at + 64] = b"\xff" * 64
    file.write_bytes(whole)
    monkeypatch.setitem(connection.settings_dict, "NAME", file)
    assert examined(tmp_path)["database"].state == "broken"
    assert file.read_bytes() == whole
    file.write_bytes(b"not a database, though it once was one" * 200)
    assert examined(tmp_path)["database"].state == "broken"
