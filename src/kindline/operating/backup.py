"""`kindline backup`: one file that everything can be put back from, written while the server goes on serving."""

import sys
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from kindline.ground.storage import archive
from kindline.ground.storage.folder import (
    DATABASE,
    SECRET,
    Unusable,
    as_account,
    secret_is_whole,
    written_whole,
)

STAMP = "last-backup"
NAMED = "kindline-{:%Y-%m-%d-%H%M%S}.tar.gz"
PATTERN = "kindline-????-??-??-??????.tar.gz"


def back_up(target: str, now: datetime, *, replace: bool = False, keep: int = 0) -> str:
    """Write a backup to a file, into a folder, or to standard output for "-"; return one line about it."""
    if target == "-":
        listed = _write(sys.stdout.buffer, now)
        return f"Backed up {_holding(listed)}."
    file = Path(target).expanduser().absolute()
    try:
        folder = file if file.is_dir() else None
    except OSError as error:
        raise _unwritable(file, error) from error
    if keep and folder is None:
        raise Unusable("--keep goes with a folder, in which every backup gets a name of its own.")
    if folder:
        file = folder / NAMED.format(now)
    if file.exists() and not replace:
        raise Unusable(f"{file} is there already. Choose another name, or say --replace.")
    try:
        with written_whole(file) as out:
            listed = _write(out, now)
    except OSError as error:
        raise _unwritable(file, error) from error
    _leave_stamp(now)
    gone = _forget_older(folder, keep) if folder and keep else 0
    more = f" {gone} older backup{'s' if gone > 1 else ''} deleted." if gone else ""
    return f"{file} holds {_holding(listed)}: {filesizeformat(file.stat().st_size)}.{more}"


def _write(out: BinaryIO, now: datetime) -> archive.Listed:
    secret = settings.DATA / SECRET
    if not secret.is_file():
        if (settings.DATA / DATABASE).exists():
            raise Unusable(f"{secret} is missing. Put it back from your backup; nothing was backed up.")
        raise Unusable(f"There is nothing to back up in {settings.DATA}: Kindline was not started there.")
    # A backup that holds a spoilt one could not be started from, and would in time push out those that can.
    if not secret_is_whole(secret):
        raise Unusable(f"The file {secret} is damaged. Put back the one from your backup; nothing was backed up.")
    return archive.write(out, settings.DATA, now)


def _unwritable(file: Path, error: OSError) -> Unusable:
    return Unusable(f"{file} can't be written{as_account(error)}: {error.strerror}. Nothing was backed up.")


def _holding(listed: archive.Listed) -> str:
    files = ", ".join(name for name in listed.members if not archive.table_of(name))
    return f"{listed.holding}, {files}"


def _leave_stamp(now: datetime) -> None:
    """Note when, for `kindline doctor`."""
    try:
        with written_whole(settings.DATA / STAMP) as out:
            out.write(now.isoformat().encode())
    except OSError:
        pass  # the backup itself is written; doctor will say that it knows of none


def _forget_older(folder: Path, keep: int) -> int:
    older = sorted(folder.glob(PATTERN))[:-keep]
    for file in older:
        file.unlink()
    return len(older)
