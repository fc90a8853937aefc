"""The operator's commands: what they take, and what they print. What they do stands in a module each."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from kindline.ground.storage import swapping
from kindline.ground.storage.folder import Unusable, make, occupied


def main(command: str, words: list[str]) -> int:
    """Run one of the operator's commands and return its exit code; raise Unusable with a sentence when it can't."""
    try:
        return COMMANDS[command](words)
    except DatabaseError as error:
        said = str(error).strip().partition("\n")[0].rstrip(".")
        raise Unusable(f"The database can't be used: {said}.") from error


def _backup(words: list[str]) -> int:
    from kindline.operating.backup import back_up  # noqa: PLC0415 - each command loads what it needs

    said = _parser("backup", "Write everything into one file, while the server goes on serving.")
    said.add_argument("file", help="the file; or a folder, in which it gets a name with its date; or - for stdout")
    said.add_argument("--replace", action="store_true", help="overwrite the file if it is there")
    said.add_argument(
        "--keep", type=int, default=0, metavar="N", help="in a folder: keep the last N, delete older ones"
    )
    asked = said.parse_args(words)
    line = back_up(asked.file, timezone.now(), replace=asked.replace, keep=max(asked.keep, 0))
    print(line, file=sys.stderr if asked.file == "-" else sys.stdout)
    return 0


def _restore(words: list[str]) -> int:
    from kindline.operating.restore import restore  # noqa: PLC0415

    said = _parser("restore", "Put a backup in the place of what is there; what is there is kept aside.")
    said.add_argument("file", type=Path, help="a file that `kindline backup` wrote")
    asked = said.parse_args(words)
    with _alone():
        print(*restore(asked.file.expanduser().absolute(), timezone.now()), sep="\n")
    return 0


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the data folder, so that no server uses it meanwhile."""
    make(settings.DATA)
    with occupied(settings.DATA):
        if sentence := swapping.finish(settings.DATA, settings.DATABASES["default"]):
            print(sentence, file=sys.stderr)
        yield


def _parser(command: str, says: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(prog=f"kindline {command}", description=says)


COMMANDS: dict[str, Callable[[list[str]], int]] = {"backup": _backup, "restore": _restore}
