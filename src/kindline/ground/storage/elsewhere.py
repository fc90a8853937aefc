"""Databases beside the one that is served from: the same one held still for reading, a new one being filled."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ConnectionHandler

Migration = tuple[str, str]  # of which app, and its name


class Snapshot(NamedTuple):
    """One moment of a database: under which alias it is read, and what has been applied to it."""

    alias: str
    applied: list[Migration]


@contextmanager
def another(alias: str, parts: dict[str, Any]) -> Iterator[BaseDatabaseWrapper]:
    """Open a further database under an alias, and close it in the end."""
    own = deepcopy(parts)
    own.get("OPTIONS", {}).pop("pool", None)  # a command needs one connection, and nobody would close the pool
    line = ConnectionHandler({DEFAULT_DB_ALIAS: {}, alias: own})[alias]
    connections[alias] = line
    try:
        yield line
    finally:
        line.close()
        del connections[alias]


@contextmanager
def held_still() -> Iterator[Snapshot]:
    """Hold one moment of the database for reading, while everybody else goes on writing."""
    parts = deepcopy(connection.settings_dict)
    if connection.vendor == "sqlite":
        # Not IMMEDIATE, as writing is: this must not keep anybody from writing.
        parts["OPTIONS"]["transaction_mode"] = "DEFERRED"
        parts["OPTIONS"]["init_command"] = "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY"
    with another("held_still", parts) as line, transaction.atomic(using=line.alias):
        if line.vendor == "postgresql":
            with line.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield Snapshot(line.alias, applied(line))


def applied(line: BaseDatabaseWrapper) -> list[Migration]:
    """Return what has been applied to a database, in order; nothing for an empty one."""
    return sorted(MigrationRecorder(line).applied_migrations())
