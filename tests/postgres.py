"""Run a command beside a PostgreSQL of its own: `python -m tests.postgres COMMAND …`. It leaves nothing behind."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.machine import postgresql


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server that listens on a socket in a temporary folder only, and yield its address."""
    programs, folder = Path(postgresql()), Path(tempfile.mkdtemp(prefix="kindline-pg-"))
    # PostgreSQL refuses to run as root.
    account = "postgres" if os.geteuid() == 0 else None
    if account:
        shutil.chown(folder, account)
    data = folder / "data"
    options = f"-k {folder} -c listen_addresses='' -c fsync=on -c max_connections=60"
    _quietly([programs / "initdb", "-D", data, "-U", "kindline", "-A", "trust", "-E", "UTF8", "--no-locale"], account)
    _quietly([programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], account)
    try:
        yield f"postgresql://kindline@/postgres?host={folder}"
    finally:
        _quietly([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], account)
        shutil.rmtree(folder, ignore_errors=True)


def _quietly(command: list[object], account: str | None) -> None:
    subprocess.run([str(part) for part in command], check=True, user=account, stdout=subprocess.DEVNULL, cwd="/")


if __name__ == "__main__":
    with cluster() as address:
        beside = {**os.environ, "KINDLINE_DATABASE_URL": address}
        sys.exit(subprocess.run(sys.argv[1:], env=beside, check=False).returncode)
