"""A real server of its own for a test: its own process, folder, database and temporary folder, its log in a file."""

import os
import socket
import sqlite3
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests.house.browsing import OverHttp
from tests.serving import SERVE, free_port, furnish

HOST = "127.0.0.1"
STARTS_WITHIN = 180  # seconds, on a very crowded machine
Rows = dict[str, list[tuple[object, ...]]]


@dataclass
class Server:
    """A server that runs, and every place where it could leave something."""

    process: subprocess.Popen[bytes]
    port: int
    data: Path
    temporary: Path
    log: Path
    database: str  # a PostgreSQL address, or "" for the file in `data`

    def browser(self) -> OverHttp:
        """Return a new browser at this server's address."""
        return OverHttp(HOST, self.port)

    def rows(self) -> Rows:
        """Return all rows of all tables, as the database itself hands them out."""
        if self.database:
            with psycopg.connect(self.database) as line:
                tables = line.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
                ask = sql.SQL("SELECT * FROM {}")
                return {name: line.execute(ask.format(sql.Identifier(name))).fetchall() for (name,) in tables}
        with closing(sqlite3.connect(self.data / "kindline.sqlite3")) as line:
            tables = line.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return {name: line.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in tables}  # noqa: S608

    def run(self, statement: str, *values: object) -> None:
        """Run one statement in the database, with %s for each value."""
        if self.database:
            with psycopg.connect(self.database, autocommit=True) as line:
                line.execute(statement.encode(), values)
            return
        with closing(sqlite3.connect(self.data / "kindline.sqlite3")) as line, line:
            line.execute(statement.replace("%s", "?"), values)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield (name, content) of every file the server has written, its log included; static files are ours."""
        for folder in (self.data, self.temporary):
            for file in folder.rglob("*"):
                if file.name.endswith(".tar.gz"):
                    yield from _members(file)
                elif file.is_file() and "static" not in file.parts:
                    yield str(file), file.read_bytes()
        yield str(self.log), self.log.read_bytes()

    def back_up(self, name: str) -> None:
        """Write a backup into the temporary folder, as an operator would."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("KINDLINE_", "DJANGO_"))}
        settings = {"KINDLINE_DATA": str(self.data), "KINDLINE_DATABASE_URL": self.database}
        command = [sys.executable, "-m", "kindline.cli", "backup", str(self.temporary / name)]
        subprocess.run(command, env={**kept, **settings}, check=True, stdout=subprocess.DEVNULL)

    def stop(self) -> None:
        """Stop the server as an operator would."""
        self.process.terminate()
        self.process.wait(timeout=60)


def _members(file: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what a backup holds, unpacked: as one stream it would be too long to be searched whole."""
    with tarfile.open(file) as tar:
        for about in tar:
            held = tar.extractfile(about)
            assert held is not None
            yield f"{file} {about.name}", held.read()


@contextmanager
def server(folder: Path, command: Sequence[str] = SERVE) -> Iterator[Server]:
    """Start `kindline serve` with nothing but a folder, beside the database that the tests run on."""
    (folder / "temporary").mkdir()
    furnish(folder / "data")
    port = free_port()
    with _database() as address:
        settings = {
            "KINDLINE_DATA": str(folder / "data"),
            "KINDLINE_PORT": str(port),
            "TMPDIR": str(folder / "temporary"),
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("KINDLINE_", "DJANGO_"))}
        if address:
            settings["KINDLINE_DATABASE_URL"] = address
        log = folder / "log"
        with log.open("wb") as out:
            process = subprocess.Popen(command, env={**kept, **settings}, stdout=out, stderr=out)
        one = Server(process, port, folder / "data", folder / "temporary", log, address)
        try:
            _wait(one)
            yield one
        finally:
            if process.poll() is None:
                one.stop()


@contextmanager
def _database() -> Iterator[str]:
    """Make a database of its own on the PostgreSQL of the tests, or yield "" when they run on SQLite."""
    address = os.environ.get("KINDLINE_DATABASE_URL", "")
    if not address:
        yield ""
        return
    with psycopg.connect(address, autocommit=True) as line:
        line.execute("CREATE DATABASE house")
    try:
        yield make_conninfo(address, dbname="house")
    finally:
        with psycopg.connect(address, autocommit=True) as line:
            line.execute("DROP DATABASE house WITH (FORCE)")


def _wait(one: Server) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and one.process.poll() is None:
        with closing(socket.socket()) as probe:
            if probe.connect_ex((HOST, one.port)) == 0 and b"Kindline is at" in one.log.read_bytes():
                return
        time.sleep(0.05)
    raise AssertionError(f"the server did not start: {one.log.read_text()}")
