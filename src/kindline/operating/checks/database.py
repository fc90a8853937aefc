"""Checks of the database: reachable, whole, of this version, and set up so that nothing gets lost."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from kindline.ground.storage.elsewhere import held_still
from kindline.ground.storage.folder import DATABASE, LOST, has_lost_its_database
from kindline.ground.vault.models import Installation
from kindline.operating.checks.finding import Finding, broken, good, look

OLDEST_POSTGRESQL = 15
STEADY = {"fsync": "on", "full_page_writes": "on"}  # without these a power cut spoils a PostgreSQL


def findings(folder: Path) -> Iterator[Finding]:
    """Look at the database the settings name; a new one is not made."""
    if connection.vendor == "sqlite" and has_lost_its_database(folder):
        yield broken("database", LOST.format(folder / DATABASE))
        return
    if connection.vendor == "sqlite" and not (folder / DATABASE).exists():
        yield look("database", f"There is no database in {folder} yet; the first start makes it.")
        return
    try:
        with held_still() as still:
            line = connections[still.alias]
            yield from _sqlite(line, folder) if line.vendor == "sqlite" else _postgresql(line, folder)
            yield _version(line)
            yield _cost(still.alias) if still.applied else good("stretching", "Nobody has a place here yet.")
    except DatabaseError as error:
        said = str(error).strip().partition("\n")[0].rstrip(".")
        if connection.vendor == "sqlite":
            hint = f"The database {folder / DATABASE} can't be used: {said}. Restore your last backup if it stays so."
        else:
            hint = f"The database can't be used: {said}. See that it runs, and that KINDLINE_DATABASE_URL is right."
        yield broken("database", hint)


def _sqlite(line: BaseDatabaseWrapper, folder: Path) -> Iterator[Finding]:
    if _asked(line, "PRAGMA quick_check(1)") != "ok":
        yield broken("database", f"{folder / DATABASE} is damaged. Restore your last backup: kindline restore FILE")
        return
    size = (folder / DATABASE).stat().st_size
    yield good("database", f"SQLite, whole, {size / 1e6:.1f} MB.")
    journal = _asked(line, "PRAGMA journal_mode")
    if journal != "wal":
        yield look("durability", f"The database is in journal mode {journal}; the next start sets it to wal.")
    else:
        yield good("durability", "What was saved survives a power cut.")


def _postgresql(line: BaseDatabaseWrapper, folder: Path) -> Iterator[Finding]:
    version = int(_asked(line, "SHOW server_version_num")) // 10_000
    if version < OLDEST_POSTGRESQL:
        yield broken("database", f"PostgreSQL {version} is too old; {OLDEST_POSTGRESQL} or newer is needed.")
    else:
        yield good("database", f"PostgreSQL {version} answers.")
    loose = [name for name, right in STEADY.items() if _asked(line, f"SHOW {name}") != right]
    loose += ["synchronous_commit"] if _asked(line, "SHOW synchronous_commit") == "off" else []
    if loose:
        yield broken(
            "durability", f"PostgreSQL runs with {loose[0]} off: a power cut loses what was saved. Turn it on."
        )
    else:
        yield good("durability", "What was saved survives a power cut.")
    if (folder / DATABASE).exists():
        yield look(
            "old database", f"{folder / DATABASE} is not used any more. When all is well in PostgreSQL, delete it."
        )


def _version(line: BaseDatabaseWrapper) -> Finding:
    loader = MigrationLoader(line)
    applied, known = set(loader.applied_migrations), set(loader.disk_migrations)
    if applied - known:
        return broken("version", "This database was used with a newer Kindline. Start that version.")
    if known - applied:
        return look("version", "The database is older than this Kindline. The next start backs it up and updates it.")
    return good("version", "The database is of this version.")


def _cost(alias: str) -> Finding:
    row = Installation.objects.using(alias).first()
    if row is None:
        return good("stretching", "Nobody has a place here yet.")
    least = (settings.STRETCH_LEAST_MEMORY, settings.STRETCH_LEAST_PASSES)
    if row.stretch_memory < least[0] or row.stretch_passes < least[1]:
        return look(
            "stretching", "Somebody lowered what a guess costs in this database. Ask how; Kindline does not go along."
        )
    said = f"One guess at a passphrase costs {row.stretch_memory >> 20} MiB and {row.stretch_passes} passes."
    return good("stretching", said)


def _asked(line: BaseDatabaseWrapper, question: str) -> str:
    with line.cursor() as cursor:
        cursor.execute(question)
        return str(cursor.fetchone()[0])
