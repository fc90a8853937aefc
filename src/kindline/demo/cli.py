"""`kindline demo [FOLDER] [--json]`: write six months of two people into a folder, say what opens them, and end."""

import argparse
import json
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kindline.demo.folder import made_anew
from kindline.ground.storage.folder import prepare

if TYPE_CHECKING:
    from kindline.demo.lives import Shown

FOLDER = "kindline-demo"
ELSEWHERE = bool(os.environ.get("KINDLINE_DATABASE_URL"))


def main(words: list[str]) -> int:
    """Make the demo and print what is in it; return the exit code, or raise Unusable."""
    asked = argparse.ArgumentParser(prog="kindline demo", description=__doc__)
    asked.add_argument("folder", nargs="?", type=Path, default=Path(FOLDER), metavar="FOLDER")
    asked.add_argument("--json", action="store_true", help="print the folder and the people as JSON")
    wanted = asked.parse_args(words)
    folder = wanted.folder.expanduser().absolute()
    with made_anew(folder) as draft:
        people = _write(draft)
    if wanted.json:
        print(json.dumps({"data": str(folder), "people": [one._asdict() for one in people]}, ensure_ascii=False))
    else:
        print(_told(folder, people))
    return 0


def _write(draft: Path) -> "list[Shown]":
    """Fill a folder through the rooms' own actions, as if two people had been here for half a year."""
    os.environ["KINDLINE_DATA"] = str(draft)
    os.environ["KINDLINE_DATABASE_URL"] = ""
    prepare(draft)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kindline.settings"
    import django  # noqa: PLC0415 - Django reads its settings from the lines above

    django.setup(set_prefix=False)
    from django.db import connections  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from kindline.demo.lives import lives  # noqa: PLC0415
    from kindline.ground.storage.database import bring_up_to_date  # noqa: PLC0415

    now = timezone.now()
    bring_up_to_date(draft, now)
    people = lives(now)
    connections.close_all()  # moves what stands in the write-ahead log into the database file
    return people


def _told(folder: Path, people: "list[Shown]") -> str:
    lines = [f"A demo is in {folder}. It is invented, all of it, and can be thrown away.", ""]
    for one in people:
        lines += [one.name, f"  passphrase     {one.passphrase}", f"  recovery code  {one.recovery_code}", ""]
    lines += ["Serve it, then unlock with one of the names and its passphrase:", "", _command(folder)]
    return "\n".join(lines)


def _command(folder: Path) -> str:
    """Return the command that serves a folder, whatever directory it is run in."""
    program = Path(sys.argv[0]).absolute()
    runs = [str(program)] if os.access(program, os.X_OK) else [sys.executable, "-m", "kindline.cli"]
    # A demo is a folder, also where another database is set for everything else.
    settings = "KINDLINE_DATABASE_URL= " if ELSEWHERE else ""
    return f"{settings}KINDLINE_DATA={shlex.quote(str(folder))} {shlex.join([*runs, 'serve'])}"
