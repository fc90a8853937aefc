"""A real `kindline serve` in a process and a data folder of its own, for the tests and benchmarks that need one."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from time import monotonic

LONGEST_START = 180  # seconds; a very crowded machine collecting its static files for the first time
LONGEST_STOP = 60  # seconds; likewise
SERVE = (sys.executable, "-m", "kindline.cli", "serve")


# Ports stay bound here, without listening, or the system might hand one out again before its server has come up: to
# another process of the tests, say. A server may have one all the same, since both say SO_REUSEADDR. The oldest go.
_handed_out: deque[socket.socket] = deque(maxlen=100)


def free_port() -> int:
    """Return a port on loopback that nothing listens on, and that nobody else is given for a while."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    if len(_handed_out) == _handed_out.maxlen:
        _handed_out[0].close()
    _handed_out.append(held)
    return int(held.getsockname()[1])


def environment(data: Path, port: int, **more: str) -> dict[str, str]:
    """Return the environment of a server: the machine's own, without settings that belong to somebody else's."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("KINDLINE_", "DJANGO_"))}
    return {**own, "KINDLINE_DATA": str(data), "KINDLINE_PORT": str(port), "PYTHONFAULTHANDLER": "1", **more}


@dataclass
class Server:
    """One server: where it is, where it keeps things, and what it has said."""

    data: Path
    port: int = field(default_factory=free_port)
    more: dict[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = SERVE
    process: "subprocess.Popen[bytes] | None" = None
    log: Path = field(default_factory=lambda: Path(tempfile.mkstemp(prefix="kindline-log-")[1]))

    @property
    def url(self) -> str:
        """Return the address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        """Return the database file."""
        return self.data / "kindline.sqlite3"

    @property
    def stderr(self) -> str:
        """Return what the server has said on stderr so far, over all its starts."""
        return self.log.read_text()

    @property
    def memory(self) -> int:
        """Return the resident memory of the process in bytes."""
        assert self.process is not None
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    @property
    def worked(self) -> float:
        """Return how many seconds the process has worked on any core so far, in steps of a clock tick."""
        assert self.process is not None
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def start(self) -> float:
        """Start it, wait until it answers a request, and return how many seconds that took."""
        began = monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=environment(self.data, self.port, **self.more),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd="/",
            )
        while not self._answers():
            if self._ended_within(0.02) or monotonic() - began > LONGEST_START:
                self.kill()
                raise RuntimeError(f"the server did not start: {self.stderr}")
        return monotonic() - began

    def stop(self) -> int:
        """Ask it to end, as a service manager would, and return its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(LONGEST_STOP)

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(LONGEST_STOP)

    def _ended_within(self, seconds: float) -> bool:
        assert self.process is not None
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=LONGEST_START) as line:
                line.sendall(b"HEAD /favicon.ico HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                return line.recv(12).startswith(b"HTTP/1.")
        except OSError:
            return False


def furnish(data: Path) -> None:
    """Lay the static files into a folder that has none yet: collecting and packing them takes a server seconds."""
    if not (data / "static").exists():
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copytree(_collected(), data / "static")


@cache
def _collected() -> Path:
    """Return the static files as a first server collected them, once for all that come after it."""
    folder = Path(tempfile.mkdtemp(prefix="kindline-static-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    first = Server(folder / "data")
    first.start()
    first.stop()
    first.log.unlink()
    return first.data / "static"


@contextmanager
def serving(data: Path | None = None, *, command: tuple[str, ...] = SERVE, **more: str) -> Iterator[Server]:
    """Serve from a folder, or from a new one that is gone afterwards; `more` are settings in the environment."""
    with tempfile.TemporaryDirectory(prefix="kindline-served-") as new:
        server = Server(data or Path(new) / "data", more=more, command=command)
        furnish(server.data)
        try:
            server.start()
            yield server
        finally:
            server.kill()
            server.log.unlink(missing_ok=True)


def refused(data: Path, port: int | None = None, **more: str) -> tuple[int, str]:
    """Start a server that is not expected to run; return its exit code and what it said on stderr."""
    ended = subprocess.run(
        SERVE,
        env=environment(data, port or free_port(), **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONGEST_START,
        check=False,
        cwd="/",
    )
    return ended.returncode, ended.stderr
