"""Data folders as released versions left them; freezing.py makes them, test_upgrading.py opens them."""

import gzip
import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.faults.opening import Held

RELEASED = Path(__file__).parent / "released"


@dataclass
class Release:
    """A data folder as one version left it, and everything in it as that version read it."""

    name: str
    passphrase: str
    recovery_code: str
    secret: str
    database: str  # in SQL
    held: Held

    def unpack(self, folder: Path) -> None:
        """Write the data folder."""
        folder.mkdir(mode=0o700)
        (folder / "secret").write_text(self.secret)
        with closing(sqlite3.connect(folder / "kindline.sqlite3")) as database:
            database.executescript(self.database)

    def keep(self, file: Path) -> None:
        """Write the release itself, the same bytes for the same release."""
        file.write_bytes(gzip.compress(json.dumps(asdict(self), sort_keys=True).encode(), mtime=0))


def read(file: Path) -> Release:
    """Return a release that was kept."""
    return Release(**json.loads(gzip.decompress(file.read_bytes())))
