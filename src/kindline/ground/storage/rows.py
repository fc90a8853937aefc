"""Rows as one line of JSON each, the same for both databases, and what all rows of a table come to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from kindline.ground.storage.elsewhere import Migration
from kindline.ground.storage.folder import Unusable

OPEN_DEVICES = "vault_session"  # together with a cookie kept somewhere, these rows open a place
AT_A_TIME = 500
_ALL = 1 << 256


@dataclass
class Tally:
    """How many rows there are, and a sum of their digests: the same whatever order they come in."""

    rows: int = 0
    sum: int = 0

    def add(self, line: bytes) -> None:
        """Count one row."""
        self.rows += 1
        self.sum = (self.sum + int.from_bytes(sha256(line).digest())) % _ALL

    @property
    def digest(self) -> str:
        """Return the sum as text."""
        return f"{self.sum:064x}"


def tables(applied: Iterable[Migration]) -> dict[str, type[Model]]:
    """Return the tables of a database to which these migrations were applied; raise Unusable when one is unknown."""
    nodes = sorted(applied)
    loader = MigrationLoader(None)
    if not set(nodes) <= set(loader.disk_migrations):
        raise Unusable("This comes from a newer Kindline. Please use that version; nothing was changed.")
    models = loader.project_state(nodes).apps.get_models() if nodes else []
    return {model._meta.db_table: model for model in sorted(models, key=lambda model: model._meta.db_table)}


def lines(model: type[Model], alias: str) -> Iterator[bytes]:
    """Yield every row as JSON."""
    columns = [field.attname for field in model._meta.concrete_fields]
    for row in model._default_manager.using(alias).values(*columns).iterator(chunk_size=AT_A_TIME):
        yield msgspec.json.encode(row)


def put(model: type[Model], alias: str, rows: Iterable[bytes]) -> None:
    """Write rows as they stand; raise Unusable for one that does not fit its table."""
    coming = iter(rows)
    while some := list(islice(coming, AT_A_TIME)):
        try:
            model._default_manager.using(alias).bulk_create(_row(model, line) for line in some)
        except (OverflowError, TypeError, ValueError) as error:  # a number or day beyond what the database holds
            raise _unfit(model) from error


def empty(model: type[Model], alias: str) -> None:
    """Delete every row; what a migration may have put into a new table would stand in the way."""
    model._default_manager.using(alias).all()._raw_delete(alias)  # noqa: SLF001 - without looking for what hangs on it


def count_on(models: Iterable[type[Model]], alias: str) -> None:
    """Let running numbers go on after the rows that were written."""
    line = connections[alias]
    with line.cursor() as cursor:
        for statement in line.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


def tally(model: type[Model], alias: str) -> Tally:
    """Count a table's rows."""
    found = Tally()
    for line in lines(model, alias):
        found.add(line)
    return found


def _row(model: type[Model], line: bytes) -> Model:
    try:
        said: dict[str, Any] = msgspec.json.decode(line, type=dict[str, Any])
        fields = {field.attname: field for field in model._meta.concrete_fields}
        if said.keys() != fields.keys():
            raise Unusable(f"A row of {model._meta.db_table} has other columns than its table. Nothing was changed.")
        return model(**{name: fields[name].to_python(value) for name, value in said.items()})
    except (msgspec.DecodeError, ValidationError, TypeError, ValueError) as error:
        raise _unfit(model) from error


def _unfit(model: type[Model]) -> Unusable:
    return Unusable(f"A row of {model._meta.db_table} does not fit its table. Nothing was changed.")
