"""Open everything somebody wrote: `python -m tests.faults.opening NAME PASSPHRASE` prints it as JSON, room by room.

It runs in a process of its own, with the real settings and the data folder in KINDLINE_DATA, and without any page: what
it prints is what the rooms' own queries make of what stands in the database.
"""

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.serving import environment, free_port

Held = dict[str, dict[str, Any]]  # room -> id -> document


def everything_in(folder: Path, name: str, passphrase: str) -> Held:
    """Return everything somebody wrote into the database of a data folder; raise when it does not open."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.opening", name, passphrase],
        env=environment(folder, free_port(), DJANGO_SETTINGS_MODULE="kindline.settings"),
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise AssertionError(ended.stderr.strip().splitlines()[-1])
    held: Held = json.loads(ended.stdout)
    return held


def main(name: str, passphrase: str) -> None:
    """Print everything."""
    import django  # noqa: PLC0415 - only the process of its own has these settings

    django.setup()
    import msgspec  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from kindline import rooms  # noqa: PLC0415
    from kindline.ground.people.queries import person_of  # noqa: PLC0415
    from kindline.ground.vault import actions, sessions  # noqa: PLC0415

    now = timezone.now()
    unlocked = sessions.opened(sessions.start(actions.found(actions.passphrase_root(name, passphrase)), now), now)
    assert unlocked is not None
    person = person_of(unlocked)
    held = {}
    for room in rooms.MINE:
        everything = import_module(f"kindline.mine.{room}.queries").everything
        held[room] = {str(one): msgspec.to_builtins(document) for one, document in everything(person)}
    sys.stdout.write(json.dumps(held))


if __name__ == "__main__":
    assert os.environ["DJANGO_SETTINGS_MODULE"] == "kindline.settings"
    main(*sys.argv[1:])
