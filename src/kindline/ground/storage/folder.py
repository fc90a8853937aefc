"""The data folder: made for its owner only, with a secret, or one clear sentence about why it can't be used."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

SECRET_SIZE = 64  # characters
SECRET = "secret"  # noqa: S105 - the file's name
DATABASE = "kindline.sqlite3"
OTHERS = 0o077  # what a group and everybody else may do with a file


class Unusable(Exception):  # noqa: N818 - what is the case
    """The data folder or database can't be used; the message says why, to the person who runs this."""


def prepare(folder: Path, *, keeps_database: bool = True) -> None:
    """Make the folder and its secret at the first start, or raise Unusable and leave everything as it is."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Unusable(f"The data folder {folder} can't be written to: {error.strerror}.") from error
    secret = folder / SECRET
    for file in (secret, folder / DATABASE):
        _keep_to_owner(file)
    if secret.exists():
        if not _is_whole(secret):
            raise Unusable(f"The file {secret} is damaged. Put back the one from your backup.")
        return
    if keeps_database and (folder / DATABASE).exists():
        raise Unusable(
            f"There is a database in {folder}, but the file {secret} that belongs to it is missing. "
            "Put it back from your backup."
        )
    _write_once(secret, secrets.token_hex(32))


def _keep_to_owner(file: Path) -> None:
    """Take other accounts' rights away from a file that was put back from a backup. Where that can't be, it can't."""
    with suppress(OSError):
        if file.stat().st_mode & OTHERS:
            file.chmod(0o600)


def _is_whole(secret: Path) -> bool:
    try:
        return len(secret.read_text().strip()) >= SECRET_SIZE
    except (OSError, UnicodeDecodeError):
        return False


def _write_once(file: Path, text: str) -> None:
    # Written whole under another name first: a crash leaves either no secret or a whole one.
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        draft.rename(file)
    except OSError as error:
        raise Unusable(f"{file} could not be written: {error.strerror}.") from error
