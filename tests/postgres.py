"""Run a command beside a PostgreSQL of its own: `python -m tests.postgres COMMAND …`. It leaves nothing behind."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep

from tests.machine import postgresql

# PostgreSQL refuses to run as root.
ACCOUNT = "postgres" if os.geteuid() == 0 else None


@dataclass
class Cluster:
    """A server that listens on a socket in its own folder only."""

    folder: Path

    @property
    def address(self) -> str:
        """Return the address of its database, as KINDLINE_DATABASE_URL takes it."""
        return f"postgresql://kindline@/postgres?host={self.folder}"

    @property
    def data(self) -> Path:
        """Return the folder of its database."""
        return self.folder / "data"

    def make(self) -> None:
        """Make an empty database."""
        owner = ("-U", "kindline", "-A", "trust", "-E", "UTF8", "--no-locale")
        _quietly(["initdb", "-D", self.data, *owner])

    def start(self) -> None:
        """Start, and wait until it takes connections; what was cut off is repaired by itself before that."""
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=on -c max_connections=60"
        _quietly(["pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "-o", options, "start"])

    def stop(self, mode: str = "immediate") -> None:
        """Stop in one of pg_ctl's modes: "fast" ends every connection first, "immediate" leaves a mess to repair."""
        _quietly(["pg_ctl", "-D", self.data, "-w", "-m", mode, "stop"])

    def kill(self) -> None:
        """End all of its processes where they stand, as a machine out of memory would."""
        main = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(main, signal.SIGSTOP)  # it must not bear another one meanwhile
        processes = [main, *map(int, Path(f"/proc/{main}/task/{main}/children").read_text().split())]
        for process in processes:
            os.kill(process, signal.SIGKILL)
        while any(_runs(process) for process in processes):
            sleep(0.01)
        for left in (self.data / "postmaster.pid", *self.folder.glob(".s.PGSQL.*.lock")):
            left.unlink()


@contextmanager
def own_cluster() -> Iterator[Cluster]:
    """Start a server in a temporary folder."""
    one = Cluster(Path(tempfile.mkdtemp(prefix="kindline-pg-")))
    if ACCOUNT:
        shutil.chown(one.folder, ACCOUNT)
    one.make()
    one.start()
    try:
        yield one
    finally:
        if (one.data / "postmaster.pid").exists():
            one.stop()
        shutil.rmtree(one.folder, ignore_errors=True)


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server in a temporary folder and yield its address."""
    with own_cluster() as one:
        yield one.address


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _quietly(command: list[object]) -> None:
    command[0] = Path(postgresql()) / str(command[0])
    subprocess.run([str(part) for part in command], check=True, user=ACCOUNT, stdout=subprocess.DEVNULL, cwd="/")


if __name__ == "__main__":
    with cluster() as address:
        beside = {**os.environ, "KINDLINE_DATABASE_URL": address}
        sys.exit(subprocess.run(sys.argv[1:], env=beside, check=False).returncode)
