"""The database before anything uses it: is it whole, is it ours, is it of this version; then brought up to date."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from kindline.ground.storage.folder import DATABASE, Unusable

KEPT_BACKUPS = 5
SERVING = "kindline serve"  # what a server calls itself when it connects to PostgreSQL
SHORT_WAIT = 200  # milliseconds
OPEN_DEVICES = "vault_session"  # the table of unlocked devices


def bring_up_to_date(folder: Path, now: datetime) -> None:
    """Apply what is new in this version, after a backup of its own; raise Unusable when that can't be done."""
    try:
        if connection.vendor == "postgresql":
            _check_reachable()
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            _check_whole(folder / DATABASE)
        loader = MigrationLoader(connection)
        _refuse_newer(loader)
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not plan:
            return
        if loader.applied_migrations:
            _back_up(folder, now)
        executor.migrate(executor.loader.graph.leaf_nodes(), plan)
    except DatabaseError as error:
        where = folder / DATABASE if connection.vendor == "sqlite" else "KINDLINE_DATABASE_URL"
        raise Unusable(f"The database ({where}) can't be used: {_first_line(error)}.") from error


def _check_reachable() -> None:
    """Connect once without the pool, which would try for ten seconds and then not say why."""
    driver: Any = connection
    with connection.wrap_database_errors:
        driver.Database.connect(**connection.get_connection_params()).close()


def _check_whole(file: Path) -> None:
    with connection.cursor() as cursor:
        found = cursor.execute("PRAGMA quick_check(1)").fetchone()
    if found != ("ok",):
        raise Unusable(f"The database file {file} is damaged. Put back your last backup; nothing was changed.")


def _refuse_newer(loader: MigrationLoader) -> None:
    unknown = sorted(set(loader.applied_migrations) - set(loader.disk_migrations))
    if unknown:
        raise Unusable("This database was used with a newer Kindline. Please start that version; nothing was changed.")


def _back_up(folder: Path, now: datetime) -> None:
    """Copy the database into the data folder, readable by its owner only, and keep the last five copies."""
    place = folder / "before-update"
    target = place / f"{now:%Y-%m-%d-%H%M%S}.{'sqlite3' if connection.vendor == 'sqlite' else 'dump'}"
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        target.touch(mode=0o600)
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(target)) as copy:
                connection.connection.backup(copy)
                _leave_out_open_devices(copy)
        else:
            _dump(target)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            target.unlink()
        raise Unusable(f"The backup before the update failed ({error}). Nothing was changed.") from error
    for old in sorted(place.iterdir())[:-KEPT_BACKUPS]:
        old.unlink()


def _leave_out_open_devices(copy: sqlite3.Connection) -> None:
    """Take the rows of unlocked devices out of a copy: together with a cookie kept somewhere they open a place."""
    copy.execute("PRAGMA secure_delete=ON")
    if copy.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (OPEN_DEVICES,)).fetchone():
        copy.execute(f"DELETE FROM {OPEN_DEVICES}")  # noqa: S608 - a constant
        copy.commit()


def empty_log() -> None:
    """Move what stands in SQLite's write-ahead log into the database and empty it: what was deleted lingers there."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
            # Whoever waits here for a long reader (a backup) keeps everybody from writing: better a minute later.
            cursor.execute(f"PRAGMA busy_timeout={SHORT_WAIT}")
            try:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                cursor.execute(f"PRAGMA busy_timeout={patience}")


def _dump(target: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise Unusable(
            "Before the update the database is copied with pg_dump, which is not installed here. "
            "Install PostgreSQL's client programs; nothing was changed."
        )
    # In the environment and not among the arguments: those can be read by everybody on this machine.
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    where = {name: str(connection.settings_dict[key]) for name, key in names.items() if connection.settings_dict[key]}
    command = [program, "--format=custom", f"--exclude-table-data={OPEN_DEVICES}", f"--file={target}"]
    dump = subprocess.run(command, env={**os.environ, **where}, capture_output=True, text=True, check=False)  # noqa: S603
    if dump.returncode:
        raise OSError(dump.stderr.strip().splitlines()[0] if dump.stderr.strip() else "pg_dump said nothing")


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".")
