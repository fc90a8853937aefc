"""The operator's commands as an operator gives them, and what a data folder then holds."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.postgres import cluster
from tests.serving import environment, free_port

KINDLINE = (sys.executable, "-m", "kindline.cli")


def kindline(data: Path, *words: object, **more: str) -> "subprocess.CompletedProcess[str]":
    """Give one command and return what came of it; `more` are settings in the environment."""
    return subprocess.run(
        [*KINDLINE, *map(str, words)],
        env=environment(data, free_port(), **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        cwd="/",
    )


def done(ended: "subprocess.CompletedProcess[str]") -> str:
    """Return what a command printed, having checked that it went well."""
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def refusal(ended: "subprocess.CompletedProcess[str]") -> str:
    """Return the one sentence (or two) a command refused with, having checked that it is a line for a person."""
    assert ended.returncode == 1, ended
    assert ended.stdout == ""
    (line,) = ended.stderr.strip().splitlines()
    assert line.startswith("kindline: "), line
    assert line.endswith("."), line
    return line


def state(folder: Path) -> dict[str, str]:
    """Return what is in a folder but for static files, and the two files SQLite keeps beside an open database."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and "static" not in file.parts and not file.name.endswith(("-wal", "-shm"))
    }


def copied(data: Path, place: Path) -> Path:
    """Return a copy of a data folder that nothing serves from, for a test to hurt."""
    shutil.copytree(data, place, ignore=shutil.ignore_patterns("static"))
    return place


@contextmanager
def postgresql() -> Iterator["Databases"]:
    """Start a PostgreSQL and yield a maker of empty databases in it."""
    with cluster() as address:
        yield Databases(address)


class Databases:
    """Empty databases, as many as are asked for."""

    def __init__(self, address: str) -> None:
        self.address = address

    def new(self) -> str:
        """Make an empty database and return its address."""
        name = f"kindline_{uuid4().hex[:8]}"
        with psycopg.connect(self.address, autocommit=True) as line:
            line.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.address.replace("/postgres?", f"/{name}?")
