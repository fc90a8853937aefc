"""Checks of the data folder: whose it is, what lies in it, and whether there is room."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from kindline.ground.storage import swapping
from kindline.ground.storage.folder import (
    DATABASE,
    OTHERS,
    PUSH_KEY,
    SECRET,
    Unusable,
    occupied,
    push_key_is_whole,
    secret_is_whole,
)
from kindline.operating.backup import STAMP
from kindline.operating.checks.finding import Finding, broken, good, look

LITTLE_ROOM = 1_000_000_000  # bytes
NO_ROOM = 100_000_000  # bytes
FEW_FILES = 1000
OLD_BACKUP = timedelta(days=8)
NETWORK = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "glusterfs",
    "fuse.sshfs",
    "fuse.rclone",
    "davfs",
}
MOUNTS = Path("/proc/mounts")


def shut(folder: Path) -> Finding | None:
    """Return what is wrong when this account can't use the folder: then nothing else can be looked at."""
    try:
        if not folder.is_dir() or os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            return None
    except OSError:  # not even the folder around it can be looked into
        pass
    return broken("folder", f"This account can't use {folder}. Run Kindline as the account that owns it.")


def findings(folder: Path, now: datetime, *, keeps_database: bool) -> Iterator[Finding]:
    """Look at a data folder; the later checks only make sense when it is there."""
    if found := shut(folder):
        yield found
        return
    if not folder.is_dir():
        yield broken("folder", f"{folder} is not there. Start Kindline once, or set KINDLINE_DATA to the right folder.")
        return
    yield _folder(folder)
    yield _private_files(folder)
    yield _secret(folder, keeps_database=keeps_database)
    yield _push_key(folder)
    yield _interrupted(folder)
    yield from _kept_aside(folder)
    yield _server(folder)
    yield _room(folder)
    yield _file_system(folder, keeps_database=keeps_database)
    yield _last_backup(folder, now)


def _folder(folder: Path) -> Finding:
    about = folder.stat()
    if about.st_mode & OTHERS:
        return look("folder", f"Other accounts of this machine can look into {folder}. Say: chmod 700 {folder}")
    if about.st_uid != os.geteuid():
        return look("folder", f"{folder} belongs to another account than the one you run this as.")
    return good("folder", f"{folder} is its owner's only.")


def _private_files(folder: Path) -> Finding:
    held = [folder / SECRET, folder / PUSH_KEY, *folder.glob(f"{DATABASE}*"), *folder.glob("before-*/**/*")]
    open_to_others = [file for file in held if file.is_file() and file.stat().st_mode & OTHERS]
    if open_to_others:
        return look("files", f"Other accounts can read {open_to_others[0]}. Say: chmod 600 {open_to_others[0]}")
    return good("files", "Nobody else can read what is kept there.")


def _secret(folder: Path, *, keeps_database: bool) -> Finding:
    secret = folder / SECRET
    if not secret.exists():
        if keeps_database and not (folder / DATABASE).exists():
            return look("secret", "There is no secret yet; the first start makes it.")
        return broken("secret", f"{secret} is missing. Put it back from your backup.")
    if not secret_is_whole(secret):
        return broken("secret", f"{secret} is damaged. Put it back from your backup.")
    return good("secret", "The secret is there and whole.")


def _push_key(folder: Path) -> Finding:
    key = folder / PUSH_KEY
    if not key.exists():
        return look("push key", "There is no key for reminders yet; the next start makes it.")
    if not push_key_is_whole(key):
        return broken("push key", f"{key} is damaged. Put it back from your backup, or delete it.")
    return good("push key", "The key for reminders is there and whole.")


def _interrupted(folder: Path) -> Finding:
    if any((folder / name).exists() for name in (swapping.DRAFT, swapping.DECIDED, swapping.CLEARED)):
        try:
            with occupied(folder):
                return look("restore", "A restore was interrupted. The next start finishes it or takes it back.")
        except Unusable:
            return look("restore", "A restore is at work right now.")
    return good("restore", "No restore was interrupted.")


def _kept_aside(folder: Path) -> Iterator[Finding]:
    """Speak of what a restore kept: it holds what people may have deleted since."""
    aside = folder / swapping.ASIDE
    if aside.is_dir():
        said = f"What was here before the last restore is still in {aside}."
        yield look("old data", f"{said} When all is well, delete that folder.")


def _server(folder: Path) -> Finding:
    try:
        with occupied(folder):
            return good("server", "Kindline is not running right now.")
    except Unusable:
        return good("server", "Kindline is running.")


def _room(folder: Path) -> Finding:
    free, inodes = shutil.disk_usage(folder).free, os.statvfs(folder)
    much = f"{free / 1e9:.1f} GB" if free >= LITTLE_ROOM else f"{free / 1e6:.0f} MB"
    said = f"{much} are free in {folder}"
    if inodes.f_files and inodes.f_favail < FEW_FILES:
        return broken(
            "room", f"No more than {inodes.f_favail} files can be made in {folder}. Delete some elsewhere on it."
        )
    if free < NO_ROOM:
        return broken("room", f"{said}: writing will soon be refused. Make room.")
    return look("room", f"{said}. Make room before it gets tight.") if free < LITTLE_ROOM else good("room", f"{said}.")


def _file_system(folder: Path, *, keeps_database: bool) -> Finding:
    kind = _kind_of_disk(folder)
    if kind not in NETWORK:
        return good("file system", f"The data folder is on a disk of this machine{f' ({kind})' if kind else ''}.")
    if keeps_database:
        said = f"The data folder is on a network file system ({kind}), on which SQLite can lose what was written."
        return broken("file system", f"{said} Keep it on this machine, or use PostgreSQL.")
    return look(
        "file system", f"The data folder is on a network file system ({kind}); two servers on it would not notice."
    )


def _kind_of_disk(folder: Path) -> str:
    """Return the kind of file system a folder is on, or "" where the machine does not say."""
    try:
        lines = MOUNTS.read_text().splitlines()
    except OSError:
        return ""
    here = folder.resolve()
    mounted = [(Path(words[1].replace("\\040", " ")), words[2]) for line in lines if len(words := line.split()) > 2]  # noqa: PLR2004
    under = [
        (len(place.parts), number, kind) for number, (place, kind) in enumerate(mounted) if here.is_relative_to(place)
    ]
    return max(under)[2] if under else ""


def _last_backup(folder: Path, now: datetime) -> Finding:
    try:
        made = datetime.fromisoformat((folder / STAMP).read_text())
        age = now - made
    except (OSError, ValueError, TypeError):
        return look(
            "backup", "No backup was made yet. Say: kindline backup FILE (docs/run-your-own.md has it every night)."
        )
    if age > OLD_BACKUP:
        return look("backup", f"The last backup is {age.days} days old. Make one now, and see why it stopped.")
    return good("backup", f"The last backup is of {made:%Y-%m-%d %H:%M} UTC.")
