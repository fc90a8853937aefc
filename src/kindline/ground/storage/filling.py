"""Filling an empty database: migrated to where the rows come from, filled, compared, brought up to date."""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from kindline.ground.storage import rows
from kindline.ground.storage.elsewhere import Migration
from kindline.ground.storage.folder import Unusable


def fill(
    line: BaseDatabaseWrapper, applied: list[Migration], source: Iterable[tuple[str, Iterable[bytes]]]
) -> dict[str, rows.Tally]:
    """Fill an empty database with (table, rows) and return what was written; raise Unusable when it isn't all there.

    A table may come in several pieces. On PostgreSQL the caller's transaction takes it all back when something raises.
    """
    models = rows.tables(applied)
    executor = MigrationExecutor(line)
    executor.migrate(_last_of_each_app(executor, applied))
    written = {table: rows.Tally() for table in models}
    with transaction.atomic(using=line.alias):
        for model in models.values():
            rows.empty(model, line.alias)
        for table, lines in source:
            rows.put(models[table], line.alias, _tallied(lines, written[table]))
        rows.count_on(models.values(), line.alias)
        line.check_constraints()
        for table, model in models.items():
            if rows.tally(model, line.alias) != written[table]:
                raise Unusable(f"The rows of {table} did not arrive as they were sent. Nothing was changed.")
    newest = MigrationExecutor(line)
    newest.migrate(newest.loader.graph.leaf_nodes())
    return written


def _last_of_each_app(executor: MigrationExecutor, applied: list[Migration]) -> list[Migration]:
    # Naming an earlier one as well would be understood as: and then go back to it.
    nodes = executor.loader.graph.node_map
    return [
        one
        for one in applied
        if not any(child.key in applied and child.key[0] == one[0] for child in nodes[one].children)
    ]


def _tallied(lines: Iterable[bytes], tally: rows.Tally) -> Iterator[bytes]:
    for line in lines:
        tally.add(line)
        yield line
