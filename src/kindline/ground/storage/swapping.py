"""Putting a restored installation in the place of the present one, so that being killed leaves one of them whole.

What is new is made in a folder that counts for nothing. Renaming that folder decides; from then on every start of
Kindline goes on with what is left to do: what is old moves aside, then what is new moves in.
"""

import secrets
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from kindline.ground.storage.folder import DATABASE, FILES, FOLDERS, settle

DRAFT = "restoring.draft"
DECIDED = "restoring"
CLEARED = "restored"
ASIDE = "before-restore"
ABOUT = "about"


def begin(folder: Path, now: datetime) -> Path:
    """Return a new folder to make the restored installation in."""
    draft = folder / DRAFT
    draft.mkdir(mode=0o700)
    (draft / ABOUT).write_text(f"{now:%Y-%m-%d-%H%M%S} {secrets.token_hex(8)}")
    return draft


def mark(draft: Path) -> str:
    """Return what a PostgreSQL database that was restored together with a draft is marked with."""
    return f"restored {(draft / ABOUT).read_text()}"


def drop(folder: Path) -> None:
    """Give up a draft."""
    shutil.rmtree(folder / DRAFT, ignore_errors=True)


def decide(folder: Path) -> None:
    """Let the draft count: from here on there is only a way forward."""
    for file in (folder / DRAFT).rglob("*"):
        settle(file)
    settle(folder / DRAFT)
    (folder / DRAFT).rename(folder / DECIDED)
    settle(folder)


def go_on(folder: Path) -> Path | None:
    """Do what is left to do after deciding, and return where the old things are, if there were any."""
    decided, cleared = folder / DECIDED, folder / CLEARED
    if decided.exists():
        aside = _aside(folder, decided)
        aside.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in _replaced(decided):
            if (folder / name).exists():
                (folder / name).rename(aside / name)
        settle(aside)
        settle(folder)
        decided.rename(cleared)
    if not (cleared / ABOUT).exists():  # the very last step was reached, and nothing else is left to do
        shutil.rmtree(cleared)
        return None
    aside = _aside(folder, cleared)
    for held in sorted(cleared.iterdir()):
        if held.name != ABOUT:
            held.rename(folder / held.name)
    settle(folder)
    _lock_devices(aside / DATABASE)
    (cleared / ABOUT).unlink()
    cleared.rmdir()
    if any(aside.iterdir()):
        return aside
    aside.rmdir()
    with suppress(OSError):  # not when it holds what an earlier restore put aside
        aside.parent.rmdir()
    return None


def _aside(folder: Path, made: Path) -> Path:
    return folder / ASIDE / (made / ABOUT).read_text().partition(" ")[0]


def _lock_devices(database: Path) -> None:
    """Delete the rows of unlocked devices from what was put aside: with a cookie kept somewhere they would open it.

    One that is damaged stays as it is.
    """
    if database.exists():
        with suppress(sqlite3.Error), closing(sqlite3.connect(database, isolation_level=None)) as line:
            line.execute("PRAGMA secure_delete=ON")
            line.execute("DELETE FROM vault_session")
            line.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _replaced(made: Path) -> list[str]:
    """Name what moves aside: whatever a backup can hold, and the database file if a new one is there for it."""
    database = [DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"] if (made / DATABASE).exists() else []
    return [*FILES, *FOLDERS, *database]


def finish(folder: Path, parts: dict[str, Any]) -> str:
    """Finish or give up a restore that was interrupted, and return a sentence about it, or "" when there was none.

    `parts` is the database as settings have it. The caller holds the folder. Raises Unusable when the database that
    would know can't be asked.
    """
    draft = folder / DRAFT
    if draft.exists():
        if not _was_committed(draft, parts):
            drop(folder)
            return "A restore was interrupted before it changed anything. Restore again if you still want to."
        decide(folder)
    if not (folder / DECIDED).exists() and not (folder / CLEARED).exists():
        return ""
    aside = go_on(folder)
    return "A restore that was interrupted is finished now." + (
        f" What was here before is in {aside}." if aside else ""
    )


def _was_committed(draft: Path, parts: dict[str, Any]) -> bool:
    """Say whether the rows of a draft are in PostgreSQL already; those of SQLite lie in the draft itself."""
    if "postgresql" not in str(parts["ENGINE"]) or not (draft / ABOUT).exists():
        return False
    from kindline.ground.storage.postgresql import is_marked  # noqa: PLC0415 - with SQLite it need not be installed

    return is_marked(parts, mark(draft))
