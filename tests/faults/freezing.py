"""Freeze what a release leaves in a data folder, for every later one to open: `python -m tests.faults.freezing 0.1.0`.

What is in it is the demo's half year, made by the rooms' own actions. Do this once for each release, from its tag, and
keep the file as it is from then on. Until the tag is there it may be made anew.
"""

import json
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from tests.faults.opening import everything_in
from tests.faults.releases import RELEASED, Release
from tests.serving import environment, free_port


def freeze() -> Release:
    """Return the half year that `kindline demo` writes."""
    with tempfile.TemporaryDirectory() as new:
        folder = Path(new) / "data"
        said = subprocess.run(
            [sys.executable, "-m", "kindline.cli", "demo", str(folder), "--json"],
            env=environment(folder, free_port()),
            capture_output=True,
            check=True,
        )
        person, *_others = json.loads(said.stdout)["people"]
        with closing(sqlite3.connect(folder / "kindline.sqlite3")) as database:
            sql = "\n".join(database.iterdump())
        held = everything_in(folder, person["name"], person["passphrase"])
        return Release(**person, secret=(folder / "secret").read_text(), database=sql, held=held)


if __name__ == "__main__":
    RELEASED.mkdir(exist_ok=True)
    freeze().keep(RELEASED / f"{sys.argv[1]}.json.gz")
