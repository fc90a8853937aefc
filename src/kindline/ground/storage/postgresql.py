"""What only PostgreSQL needs: a look from outside, tables set aside, and a mark that a restore was committed."""

from typing import Any

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from kindline.ground.storage import rows
from kindline.ground.storage.database import SERVING
from kindline.ground.storage.folder import Unusable

MARKED = "SELECT obj_description(to_regclass('django_migrations'), 'pg_class')"


def tables(line: BaseDatabaseWrapper) -> list[str]:
    """Return the names of all tables where Kindline's own are or will be."""
    with line.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


def refuse_while_served(line: BaseDatabaseWrapper) -> None:
    """Raise Unusable when a server works with this database, from whichever folder or machine."""
    with line.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s", [SERVING]
        )
        if cursor.fetchone():
            raise Unusable("A Kindline is serving from this database. Stop it first; nothing was changed.")


def set_aside(line: BaseDatabaseWrapper, schema: str) -> bool:
    """Move every table into a schema of its own, inside the caller's transaction; say whether there was any."""
    found = tables(line)
    with line.cursor() as cursor:
        if rows.OPEN_DEVICES in found:  # with a cookie kept somewhere these rows would open what is put aside
            cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(rows.OPEN_DEVICES)))
        if found:
            cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
        for table in found:
            names = {"table": sql.Identifier(table), "schema": sql.Identifier(schema)}
            cursor.execute(sql.SQL("ALTER TABLE {table} SET SCHEMA {schema}").format(**names))
    return bool(found)


def mark(line: BaseDatabaseWrapper, text: str) -> None:
    """Leave a mark that is there when the caller's transaction was committed."""
    with line.cursor() as cursor:
        cursor.execute(sql.SQL("COMMENT ON TABLE django_migrations IS {}").format(sql.Literal(text)))


def is_marked(parts: dict[str, Any], text: str) -> bool:
    """Say whether a restore with this mark was committed; raise Unusable when the database can't be reached."""
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    where = {name: parts[key] for name, key in named.items() if parts.get(key)}
    more = {name: value for name, value in parts["OPTIONS"].items() if name != "pool"}
    try:
        with psycopg.connect(**where, **more) as line:
            found = line.execute(MARKED).fetchone()
    except psycopg.Error as error:
        said = str(error).strip().partition("\n")[0].rstrip(".")
        raise Unusable(f"The database (KINDLINE_DATABASE_URL) can't be used: {said}.") from error
    return found is not None and found[0] == text
