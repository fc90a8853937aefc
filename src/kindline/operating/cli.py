"""The operator's commands: what they take, and what they print. What they do stands in a module each."""

import argparse
import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from kindline.ground.storage import swapping
from kindline.ground.storage.database import empty_log
from kindline.ground.storage.folder import Unusable, make, occupied, without_workers

RETYPED = 8  # characters


def main(command: str, words: list[str]) -> int:
    """Run one of the operator's commands and return its exit code; raise Unusable with a sentence when it can't."""
    try:
        return COMMANDS[command](words)
    except DatabaseError as error:
        said = str(error).strip().partition("\n")[0].rstrip(".")
        raise Unusable(f"The database can't be used: {said}. `kindline doctor` says more.") from error


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


def _verify(words: list[str]) -> int:
    from kindline.operating.verify import verify  # noqa: PLC0415

    said = _parser("verify", "Check every signature of the agreements in a file that somebody took along.")
    said.add_argument("file", type=Path, help="the JSON file of `Take it with you`")
    lines, fine = verify(said.parse_args(words).file)
    print(*lines, sep="\n")
    return 0 if fine else 1


def _move(words: list[str]) -> int:
    from kindline.operating.move import move  # noqa: PLC0415

    said = _parser("move", "Copy everything into another database and compare every row; the old one stays as it is.")
    said.add_argument(
        "address", help="postgresql://… of an empty database; or - to be asked for it; or sqlite to go back"
    )
    asked = said.parse_args(words)
    try:
        address = getpass("Address of the empty PostgreSQL database: ") if asked.address == "-" else asked.address
    except EOFError:
        raise Unusable("No address was given. Nothing was changed.") from None
    with _alone():
        print(*move(address), sep="\n")
    return 0


def _doctor(words: list[str]) -> int:
    from kindline.operating.doctor import examine, is_well, summary, told  # noqa: PLC0415

    said = _parser("doctor", "Say how everything stands, and what to do. Ends with 1 when something is broken.")
    said.add_argument("--json", action="store_true", help="say it for programs")
    asked = said.parse_args(words)
    logging.disable(logging.WARNING)  # what is worth a warning is among the findings
    try:
        found = examine(timezone.now())
    finally:
        logging.disable(logging.NOTSET)
    if asked.json:
        print(json.dumps([one._asdict() for one in found], indent=2))
    else:
        print(*told(found), summary(found), sep="\n")
    return 0 if is_well(found) else 1


def _worker(words: list[str]) -> int:
    from kindline.operating.worker import run  # noqa: PLC0415

    _parser("worker", "Send reminders, beside a server with KINDLINE_WORKER=off, until stopped.").parse_args(words)
    print("Reminders go out from here now. Ctrl and C stops it.", flush=True)
    run()
    return 0


def _people(words: list[str]) -> int:
    from kindline.operating import people  # noqa: PLC0415

    said = _parser("people", "List the places on this server (it knows no names), or remove one for good.")
    what = said.add_mutually_exclusive_group(required=True)
    what.add_argument("--list", action="store_true", help="list every place by its id")
    what.add_argument("--remove", metavar="ID", help="delete a place with everything in it, for good")
    said.add_argument("--yes", action="store_true", help="with --remove: don't ask")
    asked = said.parse_args(words)
    now = timezone.now()
    if asked.list:
        print(*people.told(people.places(now)), sep="\n")
        return 0
    one = people.place(asked.remove, now)
    if not asked.yes and not _is_meant(one.id.hex[:RETYPED], people.told([one])[0]):
        raise Unusable("That is not how the id begins. Nothing was changed.")
    people.remove(one, timezone.now())
    empty_log()
    print(f"{one.id} is gone, with {one.rows} rows. {people.WHAT_STAYS}")
    return 0


def _is_meant(begins: str, line: str) -> bool:
    print(line)
    try:
        typed = input(f"This deletes it for good. Type the first {RETYPED} characters of the id: ")
    except EOFError:
        return False
    return typed.strip().lower() == begins


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the data folder, so that no server uses it meanwhile."""
    make(settings.DATA)
    with occupied(settings.DATA), without_workers(settings.DATA):
        if sentence := swapping.finish(settings.DATA, settings.DATABASES["default"]):
            print(sentence, file=sys.stderr)
        yield


def _parser(command: str, says: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(prog=f"kindline {command}", description=says)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "backup": _backup,
    "restore": _restore,
    "move": _move,
    "verify": _verify,
    "doctor": _doctor,
    "worker": _worker,
    "people": _people,
}
