"""`kindline move`: everything into another database, the old one left untouched, every row compared."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from kindline import settings as configured
from kindline.ground.storage import postgresql, rows
from kindline.ground.storage.elsewhere import Snapshot, another, held_still
from kindline.ground.storage.filling import fill
from kindline.ground.storage.folder import DATABASE, Unusable, settle

TO_SQLITE = "sqlite"


def move(address: str) -> list[str]:
    """Copy everything to a PostgreSQL address, or to a file in the data folder for "sqlite"; return lines about it.

    The caller holds the data folder. Raises Unusable, and leaves the other database as empty as it was.
    """
    here = settings.DATA / DATABASE
    with held_still() as still:
        if not still.applied:
            raise Unusable("There is nothing to move yet: Kindline was not started here.")
        if connection.vendor == "postgresql":
            postgresql.refuse_while_served(connection)
        count = _into_file(still, here) if address == TO_SQLITE else _into_postgresql(still, address)
    lines = [f"{count:,} rows are there, each compared with the one here. Every device has to unlock again."]
    if address == TO_SQLITE:
        return [*lines, "Now take KINDLINE_DATABASE_URL out of the settings and start Kindline."]
    lines.append("Now set KINDLINE_DATABASE_URL to that address and start Kindline.")
    if connection.vendor == "sqlite":
        lines.append(f"{here} is as it was, and not used any more; delete it when all is well.")
    return lines


def _into_postgresql(still: Snapshot, address: str) -> int:
    try:
        parts = configured.postgresql(address)
    except ImproperlyConfigured:
        # What was given may hold a password: it is not repeated.
        raise Unusable(
            "That is no address of a PostgreSQL database. One looks like postgresql://kindline@localhost/kindline. "
            "Nothing was changed."
        ) from None
    with another("there", parts) as there:
        try:
            there.ensure_connection()
        except OperationalError as error:
            said = str(error).strip().partition("\n")[0].rstrip(".")
            raise Unusable(f"The other database can't be reached: {said}. Nothing was changed.") from error
        if postgresql.tables(there):
            raise Unusable("The other database is not empty. Make a new one; nothing was changed.")
        with transaction.atomic(using=there.alias):
            return _copy(still, there)


def _into_file(still: Snapshot, file: Path) -> int:
    if connection.vendor == "sqlite":
        raise Unusable(f"Everything is in {file} already. Nothing was changed.")
    if file.exists():
        raise Unusable(f"There is a database at {file} already. Put it somewhere else first; nothing was changed.")
    draft = file.with_name(f"{file.name}.new")
    _delete(draft)
    try:
        draft.touch(mode=0o600)
        with another("there", configured.sqlite(draft)) as there:
            count = _copy(still, there)
        settle(draft)
        draft.rename(file)
        settle(file.parent)
    except OSError as error:
        raise Unusable(f"{draft} can't be written: {error.strerror}. Nothing was changed.") from error
    finally:
        _delete(draft)
    return count


def _copy(still: Snapshot, there: BaseDatabaseWrapper) -> int:
    source = (
        (table, rows.lines(model, still.alias))
        for table, model in rows.tables(still.applied).items()
        if table != rows.OPEN_DEVICES
    )
    written = fill(there, still.applied, source)
    return sum(tally.rows for tally in written.values())


def _delete(draft: Path) -> None:
    for file in (draft, *(draft.with_name(draft.name + end) for end in ("-wal", "-shm"))):
        file.unlink(missing_ok=True)
