"""A restore that is killed, at whichever step, leaves the old or the new, whole; the next command says which."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.operating.commands import Databases, copied, done, kindline, state
from tests.operating.conftest import Lived
from tests.serving import environment, free_port, serving
from tests.size import FULL, chance

pytestmark = pytest.mark.faults

MOST_STEPS = 200
STRIDE = 1 if FULL else 5
# Runs a command and kills itself with the Nth thing it asks of the disk, as `kill -9` would.
KILLED_AT = """
import os, signal, sys
left = int(sys.argv.pop(1))
def counted(call):
    def asked(*given, **named):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*given, **named)
    return asked
for name in ("mkdir", "rename", "unlink", "rmdir", "fsync"):
    setattr(os, name, counted(getattr(os, name)))
from kindline.cli import main
sys.exit(main(sys.argv[1:]))
"""


def killed_at(step: int, data: Path, *words: object, **more: str) -> bool:
    """Run a command that is killed at a step; say whether it was, or came to its end before."""
    ended = subprocess.run(
        [sys.executable, "-c", KILLED_AT, str(step), *map(str, words)],
        env=environment(data, free_port(), **more),
        capture_output=True,
        check=False,
        cwd="/",
    )
    assert ended.returncode in {0, -signal.SIGKILL}, ended.stderr
    return ended.returncode != 0


def people_in(data: Path) -> list[bytes]:
    with closing(sqlite3.connect(data / "kindline.sqlite3")) as line:
        assert line.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [bytes(sealed) for (sealed,) in line.execute("SELECT sealed FROM vault_account")]


def what_is_there(data: Path) -> tuple[object, ...]:
    files = {name: digest for name, digest in state(data).items() if name in {"secret", "push-key", "helplines.toml"}}
    return people_in(data), files


def test_whichever_step_a_restore_is_killed_at_either_the_old_or_the_new_is_there(lived: Lived, tmp_path: Path) -> None:
    old = tmp_path / "old"
    with serving(old) as server:
        server.stop()
    (old / "helplines.toml").write_text("# the old list")
    before, after = what_is_there(old), None
    seen = set()
    for step in range(chance("restoring").randrange(STRIDE), MOST_STEPS, STRIDE):
        data = copied(old, tmp_path / f"at-{step}")
        killed = killed_at(step, data, "restore", lived.backup)
        # Any command that holds the folder first says what became of it; this one then finds no file to restore.
        said = kindline(data, "restore", tmp_path / "no-such-file").stderr
        found = what_is_there(data)
        if not killed:
            after = found
            assert "interrupted" not in said
            break
        is_old = found == before
        assert is_old or found == what_is_there_after(lived, found), step
        seen.add(is_old)
        assert not [file.name for file in data.iterdir() if file.name.startswith("restor")], step
        if not is_old and "interrupted" in said:
            assert "finished now" in said
            (aside,) = (data / "before-restore").iterdir()
            assert people_in(aside) == before[0]
    assert after is not None, "it never came to its end"
    assert seen == {True, False}


def what_is_there_after(lived: Lived, found: tuple[object, ...]) -> tuple[object, ...]:
    """Return what a finished restore leaves; the database's own account row proves that its rows are the backup's."""
    files = {
        name: digest for name, digest in state(lived.data).items() if name in {"secret", "push-key", "helplines.toml"}
    }
    return people_in(lived.data), files


def test_a_restore_into_postgresql_is_finished_or_taken_back_with_its_files(
    lived: Lived, databases: Databases, tmp_path: Path
) -> None:
    seen = set()
    for step in range(chance("restoring into PostgreSQL").randrange(STRIDE), MOST_STEPS, STRIDE):
        data, address = tmp_path / f"at-{step}", databases.new()
        killed = killed_at(step, data, "restore", lived.backup, KINDLINE_DATABASE_URL=address)
        kindline(data, "restore", tmp_path / "no-such-file", KINDLINE_DATABASE_URL=address)
        with psycopg.connect(address) as line:
            (table,) = line.execute("SELECT to_regclass('vault_account')").fetchone()
        assert (data / "secret").exists() == bool(table), step
        seen.add(bool(table))
        if not killed:
            break
    assert seen == {True, False}


def test_a_server_finishes_what_a_killed_restore_began(lived: Lived, tmp_path: Path) -> None:
    data = tmp_path / "data"
    done(kindline(data, "restore", lived.backup))
    # As it stands right after the decision: everything made, nothing in its place yet.
    made = data / "restoring"
    made.mkdir()
    for name in ("secret", "push-key", "kindline.sqlite3", "helplines.toml", "instruments"):
        (data / name).rename(made / name)
    (made / "about").write_text("2026-11-22-200000 0123456789abcdef")
    with serving(data) as server:
        assert "finished now" in server.stderr
        lived.opens_at(server.url)
