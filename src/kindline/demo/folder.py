"""The folder of a demo: made anew beside the old one and then put in its place; nothing else is ever touched."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from kindline.ground.storage.folder import DATABASE, PUSH_KEY, SECRET, Unusable, occupied

MARK = "this-is-a-demo"
SAID = "Made by `kindline demo`. Making it again replaces everything in this folder.\n"
OURS = {MARK, SECRET, PUSH_KEY, DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", "static", "before-update"}


def _check(folder: Path) -> None:
    """Raise Unusable when there is anything at `folder` but a demo that was made by this command, or nothing."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise Unusable(f"{folder} is no folder. Name another one; nothing was changed.")
    found = {file.name for file in folder.iterdir()} if folder.exists() else set()
    if found and (MARK not in found or found - OURS):
        raise Unusable(f"The folder {folder} holds something else than a demo. Name another one; nothing was changed.")


@contextmanager
def made_anew(folder: Path) -> Iterator[Path]:
    """Yield an empty folder to make a demo in, and put it in the place of `folder` once that went well.

    Raise Unusable when that can't be done. Whatever goes wrong, an older demo stays as it was.
    """
    try:
        _check(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise Unusable(f"A demo can't be written to {folder}: {error.strerror}.") from error
    try:
        (draft / MARK).write_text(SAID)
        yield draft
        with occupied(folder) if folder.exists() else nullcontext():
            _put_in_place(draft, folder)
    except OSError as error:
        raise Unusable(f"A demo can't be written to {folder}: {error.strerror}.") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _put_in_place(draft: Path, folder: Path) -> None:
    _check(folder)  # somebody may have put something there meanwhile
    if folder.exists():
        shutil.rmtree(folder)
    draft.rename(folder)
