"""The whole database as the server holds it: every table, every column, every row, as plain values."""

from django.db import connection

Dump = dict[str, list[tuple[object, ...]]]


def dump() -> Dump:
    """Return every table's rows, first the columns' names; two dumps are equal when nothing was written between."""
    found: Dump = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table's own name
            columns = tuple(column[0] for column in cursor.description)
            rows = [tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row) for row in cursor]
            found[table] = [columns, *sorted(rows, key=repr)]
    return found


def without(found: Dump, table: str, column: str) -> Dump:
    """Return a dump with one column of one table left out."""
    rows = found[table]
    at = rows[0].index(column)
    return {**found, table: [row[:at] + row[at + 1 :] for row in rows]}
