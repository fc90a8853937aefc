"""`kindline restore`: everything from a backup, in the place of what is there, which is kept aside."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from kindline.ground.storage import archive, postgresql, swapping
from kindline.ground.storage.elsewhere import another
from kindline.ground.storage.filling import fill
from kindline.ground.storage.folder import DATABASE, Unusable, settle


def restore(file: Path, now: datetime) -> list[str]:
    """Restore a backup and return lines about it; raise Unusable and change nothing when that can't be done.

    The caller holds the data folder.
    """
    folder = settings.DATA
    listed = archive.checked(file)
    schema = ""
    try:
        draft = swapping.begin(folder, now)
        _unpack(file, draft)
        if connection.vendor == "sqlite":
            _make_beside(draft, file, listed)
        else:
            schema = _put_into_postgresql(draft, file, listed, now)
    except (Unusable, DatabaseError):
        swapping.drop(folder)
        raise
    except OSError as error:
        swapping.drop(folder)
        raise Unusable(f"{folder} can't be written: {error.strerror}. Nothing was changed.") from error
    swapping.decide(folder)
    aside = swapping.go_on(folder)
    lines = [
        f"Restored {listed.holding} as of {listed.written_at:%Y-%m-%d %H:%M} UTC. Every device has to unlock again."
    ]
    lines += [f"What was here before is in {aside}."] if aside else []
    lines += [f"The tables that were here before are in the schema {schema}."] if schema else []
    return lines


def _unpack(file: Path, draft: Path) -> None:
    """Lay the operator's own files into a draft."""
    for name, content in archive.members(file):
        if archive.table_of(name) or name == archive.LIST:
            continue
        place = draft / name
        place.parent.mkdir(mode=0o700, exist_ok=True)
        place.touch(mode=0o600)
        place.write_bytes(content)


def _make_beside(draft: Path, file: Path, listed: archive.Listed) -> None:
    parts = {**connection.settings_dict, "NAME": draft / DATABASE}
    (draft / DATABASE).touch(mode=0o600)
    with another("beside", parts) as line:
        fill(line, listed.migrations, _rows(file))
    settle(draft / DATABASE)


def _put_into_postgresql(draft: Path, file: Path, listed: archive.Listed, now: datetime) -> str:
    """Fill the database in one transaction and return the schema in which the old tables are now, or ""."""
    schema = f"before_restore_{now:%Y_%m_%d_%H%M%S}"
    with another("beside", connection.settings_dict) as line, transaction.atomic(using=line.alias):
        postgresql.refuse_while_served(line)
        had_tables = postgresql.set_aside(line, schema)
        fill(line, listed.migrations, _rows(file))
        postgresql.mark(line, swapping.mark(draft))
    return schema if had_tables else ""


def _rows(file: Path) -> Iterator[tuple[str, list[bytes]]]:
    for name, content in archive.members(file):
        if table := archive.table_of(name):
            yield table, content.splitlines()
