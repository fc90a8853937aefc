"""The database before anything uses it: is it whole, is it ours, is it of this version; then brought up to date."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from kindline.ground.storage.folder import DATABASE, Unusable

KEPT_BACKUPS = 5


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
        if connection.vendor == "sqlite" and loader.applied_migrations:
            _back_up(folder, now)
        executor.migrate(executor.loader.graph.leaf_nodes(), plan)
    except DatabaseError as error:
        where = folder / DATABASE if connection.vendor == "sqlite" else "KINDLINE_DATABASE_URL"
        raise Unusable(f"The database ({where}) can't be used: {_first_line(error)}.") from error


def _check_reachable() -> None:
    """Connect once without the pool, which would try for ten seconds and then not say why."""
    with connection.wrap_database_errors:
        connection.Database.connect(**connection.get_connection_params()).close()


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
    """Copy the database beside itself, readable by its owner only, and keep the last five copies."""
    place = folder / "before-update"
    place.mkdir(mode=0o700, exist_ok=True)
    target = place / f"{now:%Y-%m-%d-%H%M%S}.sqlite3"
    try:
        target.touch(mode=0o600)
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
    except (OSError, sqlite3.Error) as error:
        target.unlink(missing_ok=True)
        raise Unusable(f"There was no room for a backup before the update ({error}). Nothing was changed.") from error
    for old in sorted(place.glob("*.sqlite3"))[:-KEPT_BACKUPS]:
        old.unlink()


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".")
