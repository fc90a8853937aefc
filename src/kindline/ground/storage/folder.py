"""The data folder: made for its owner only, with a secret, or one clear sentence about why it can't be used."""

import errno
import fcntl
import os
import pwd
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from string import hexdigits
from typing import BinaryIO

SECRET_SIZE = 64  # characters
SECRET = "secret"  # noqa: S105 - the file's name
PUSH_KEY = "push-key"  # what reminders to devices are signed with
DATABASE = "kindline.sqlite3"
FILES = (SECRET, PUSH_KEY, "helplines.toml")  # what belongs to this installation beside its database
FOLDERS = ("instruments",)
COLLECTED = "static/.collected"  # there since the first time the database was ready
LOST = (
    "Kindline served from here before, but its database {} is gone or empty. Put back your last backup: "
    "kindline restore FILE. If everything is in PostgreSQL, set KINDLINE_DATABASE_URL again."
)
OTHERS = 0o077  # what a group and everybody else may do with a file


class Unusable(Exception):  # noqa: N818 - what is the case
    """The data folder or database can't be used; the message says why, to the person who runs this."""


def as_account(error: OSError) -> str:
    """Return " by the account …" where rights are what is missing: mostly it is another account than one thinks."""
    if error.errno not in {errno.EACCES, errno.EPERM}:
        return ""
    try:
        return f" by the account {pwd.getpwuid(os.geteuid()).pw_name}"
    except KeyError:  # in a container an account need not have a name
        return f" by the account {os.geteuid()}"


def make(folder: Path) -> None:
    """Make the folder when it is not there, or raise Unusable when nothing can be written in it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Unusable(f"The data folder {folder} can't be written to{as_account(error)}: {error.strerror}.") from error


@contextmanager
def occupied(folder: Path) -> Iterator[None]:
    """Hold the folder, as long as this process lives at most; raise Unusable when another Kindline does."""
    held = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems can't lock a folder; `kindline doctor` warns of them
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Unusable(
                    f"A Kindline is already at work in {folder}. Stop it first; nothing was changed."
                ) from error
        yield
    finally:
        os.close(held)


@contextmanager
def working(folder: Path) -> Iterator[None]:
    """Hold a place beside the server, together with other workers; raise Unusable where none ever served."""
    with _key_of(folder) as held:
        if held is None:
            raise Unusable(f"There is nothing to send from {folder} yet: start Kindline there first.")
        with suppress(OSError):
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        yield


@contextmanager
def without_workers(folder: Path) -> Iterator[None]:
    """Keep workers away from a folder; raise Unusable when one is at work there."""
    with _key_of(folder) as held:
        if held is not None:
            with suppress(OSError):
                try:
                    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError as error:
                    raise Unusable(
                        f"A `kindline worker` sends reminders from {folder}. Stop it first; nothing was changed."
                    ) from error
        yield


@contextmanager
def _key_of(folder: Path) -> Iterator[int | None]:
    try:
        held = os.open(folder / PUSH_KEY, os.O_RDONLY)
    except OSError:
        yield None
        return
    try:
        yield held
    finally:
        os.close(held)


def prepare(folder: Path, *, keeps_database: bool = True) -> None:
    """Make the folder and its secrets at the first start, or raise Unusable and leave everything as it is."""
    make(folder)
    for name in (SECRET, PUSH_KEY, DATABASE):
        _keep_to_owner(folder / name)
    _prepare_secret(folder, keeps_database=keeps_database)
    key = folder / PUSH_KEY
    if not key.exists():
        _write_once(key, secrets.token_hex(32))
    elif not push_key_is_whole(key):
        raise Unusable(
            f"The file {key} is damaged. Put back the one from your backup. Without one, delete it: "
            "then everybody turns reminders on anew."
        )


def _prepare_secret(folder: Path, *, keeps_database: bool) -> None:
    secret = folder / SECRET
    if secret.exists():
        if not secret_is_whole(secret):
            raise Unusable(f"The file {secret} is damaged. Put back the one from your backup.")
        if keeps_database and has_lost_its_database(folder):
            raise Unusable(LOST.format(folder / DATABASE))
        return
    if keeps_database and (folder / DATABASE).exists():
        raise Unusable(
            f"There is a database in {folder}, but the file {secret} that belongs to it is missing. "
            "Put it back from your backup."
        )
    _write_once(secret, secrets.token_hex(32))


def has_lost_its_database(folder: Path) -> bool:
    """Say whether Kindline served from here before, and now the file with everything in it is gone or empty."""
    file = folder / DATABASE
    return (folder / COLLECTED).exists() and not (file.exists() and file.stat().st_size)


def _keep_to_owner(file: Path) -> None:
    """Take other accounts' rights away from a file that was put back from a backup. Where that can't be, it can't."""
    with suppress(OSError):
        if file.stat().st_mode & OTHERS:
            file.chmod(0o600)


def secret_is_whole(secret: Path) -> bool:
    """Say whether a secret can be read and is as long as one."""
    try:
        return len(secret.read_text().strip()) >= SECRET_SIZE
    except (OSError, UnicodeDecodeError):
        return False


def push_key_is_whole(key: Path) -> bool:
    """Say whether the key of reminders can be read and is one."""
    try:
        text = key.read_text().strip()
    except (OSError, UnicodeDecodeError):
        return False
    return len(text) == SECRET_SIZE and set(text) <= set(hexdigits)


def _write_once(file: Path, text: str) -> None:
    try:
        with written_whole(file) as out:
            out.write(text.encode())
    except OSError as error:
        raise Unusable(f"{file} could not be written: {error.strerror}.") from error


@contextmanager
def written_whole(file: Path) -> Iterator[BinaryIO]:
    """Write a file for its owner only, under another name first: a crash leaves either the old one or a whole one."""
    draft = file.with_name(f"{file.name}.new")
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        draft.rename(file)
        settle(file.parent)
    finally:
        draft.unlink(missing_ok=True)


def settle(place: Path) -> None:
    """Wait until a file's content, or the names in a folder, are on the disk."""
    held = os.open(place, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
