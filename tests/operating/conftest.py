"""A place somebody has lived in, its backup, and a PostgreSQL, made once for all tests of the operator's commands."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from html import escape
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tests.machine import postgresql as has_postgresql
from tests.operating.commands import Databases, copied, done, kindline, postgresql
from tests.serving import serving
from tests.visitor import Visitor

HELPLINES = """[[helpline]]
country = "Ruritania"
kind = "crisis"
name = "A line of this operator's own"
number = "000 111"
hours = "always"
source = "https://example.org/line"
verified_on = 2026-11-01
"""


@dataclass
class Lived:
    """A data folder that somebody has lived in, a backup of it, and what they wrote."""

    data: Path
    backup: Path
    entries: dict[UUID, str]

    def opens_at(self, url: str) -> None:
        """Check that everything opens on a server, and that writing goes on."""
        alice = Visitor(url)
        assert alice.unlock().status == 302
        for entry_id, words in self.entries.items():
            assert escape(words) in alice.get(f"/mine/journal/{entry_id}/").text
        listed = alice.get("/mine/journal/").text
        assert [words for words in self.entries.values() if escape(words) not in listed] == []
        assert alice.write("And it goes on.").status == 302
        alice.close()


@pytest.fixture(scope="package")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """Serve, join, write, back up while serving, stop."""
    place = tmp_path_factory.mktemp("lived")
    with serving(place / "data") as server:
        alice = Visitor(server.url).join()
        entries = {uuid4(): f"What was said on day {day}, ünd how; <b>it</b> landed." for day in range(8)}
        for entry_id, words in entries.items():
            assert alice.write(words, entry_id).status == 302
        (server.data / "helplines.toml").write_text(HELPLINES)
        (server.data / "instruments").mkdir()
        (server.data / "instruments/own-words.toml").write_text('title = "Kept as it is"\n')
        done(kindline(server.data, "backup", place / "backup.tar.gz"))
        alice.close()
        server.stop()
    # The last one to close the file brings the log home into it; from here on reading changes nothing in it.
    with closing(sqlite3.connect(place / "data/kindline.sqlite3")) as database:
        database.execute("SELECT count(*) FROM django_migrations")
    return Lived(place / "data", place / "backup.tar.gz", entries)


@pytest.fixture
def data(lived: Lived, tmp_path: Path) -> Path:
    """Return a copy of the lived-in data folder."""
    return copied(lived.data, tmp_path / "data")


@pytest.fixture(scope="package")
def databases() -> Iterator[Databases]:
    """Yield a maker of empty PostgreSQL databases, or leave the test out where there is no PostgreSQL."""
    if not has_postgresql():
        pytest.skip("needs PostgreSQL's server programs")
    with postgresql() as one:
        yield one
