"""The database before anything uses it: is it whole, is it ours, is it of this version; then brought up to date."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from kindline.ground.storage import archive
from kindline.ground.storage.folder import DATABASE, Unusable, written_whole

KEPT_BACKUPS = 5
SERVING = "kindline serve"  # what a server calls itself when it connects to PostgreSQL
SHORT_WAIT = 200  # milliseconds
BEFORE_UPDATE = "before-update"
SPOILT = {"database disk image is malformed", "file is not a database"}  # how SQLite says so


def bring_up_to_date(folder: Path, now: datetime) -> Path | None:
    """Apply what is new in this version, after a backup of its own, and return where that is, if one was needed.

    Raise Unusable when it can't be done.
    """
    kept = None
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
            return None
        if loader.applied_migrations:
            kept = _back_up(folder, now)
        executor.migrate(executor.loader.graph.leaf_nodes(), plan)
    except DatabaseError as error:
        if connection.vendor == "sqlite" and str(error) in SPOILT:
            raise _damaged(folder / DATABASE) from error
        where = folder / DATABASE if connection.vendor == "sqlite" else "KINDLINE_DATABASE_URL"
        raise Unusable(f"The database ({where}) can't be used: {_first_line(error)}.") from error
    return kept


def _check_reachable() -> None:
    """Connect once without the pool, which would try for ten seconds and then not say why."""
    driver: Any = connection
    with connection.wrap_database_errors:
        driver.Database.connect(**connection.get_connection_params()).close()


def _check_whole(file: Path) -> None:
    with connection.cursor() as cursor:
        found = cursor.execute("PRAGMA quick_check(1)").fetchone()
    if found != ("ok",):
        raise _damaged(file)


def _damaged(file: Path) -> Unusable:
    return Unusable(
        f"The database file {file} is damaged. Put back your last backup: kindline restore FILE. Nothing was changed."
    )


def _refuse_newer(loader: MigrationLoader) -> None:
    unknown = sorted(set(loader.applied_migrations) - set(loader.disk_migrations))
    if unknown:
        raise Unusable("This database was used with a newer Kindline. Please start that version; nothing was changed.")


def _back_up(folder: Path, now: datetime) -> Path:
    """Write a backup into the data folder, as `kindline backup` would, keep the last five, and return where it is."""
    place = folder / BEFORE_UPDATE
    file = place / f"{now:%Y-%m-%d-%H%M%S}.tar.gz"
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        with written_whole(file) as out:
            archive.write(out, folder, now)
    except OSError as error:
        raise Unusable(f"The backup before the update failed ({error}). Nothing was changed.") from error
    for old in sorted(place.iterdir())[:-KEPT_BACKUPS]:
        old.unlink()
    return file


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


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".")
