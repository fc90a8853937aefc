"""A server under strace: its system calls written down in the order they happened, or made to go wrong."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.machine import strace
from tests.serving import LONGEST_STOP, SERVE, Server

# Opening, writing, cutting, syncing and deleting of files; and what is said to browsers.
CALLS = "openat,write,writev,pwrite64,pwritev,ftruncate,fallocate,fsync,fdatasync,unlink,rename,sendto"


@cache
def can_trace() -> bool:
    """Say whether this machine has strace and lets us use it."""
    if not strace():
        return False
    tried = subprocess.run(
        [strace(), "-f", "--seccomp-bpf", "-o", "/dev/null", "true"], check=False, capture_output=True
    )
    return tried.returncode == 0


needs_strace = pytest.mark.skipif(not can_trace(), reason="needs strace and the right to use it")


def recorded(log: Path, command: tuple[str, ...] = SERVE) -> tuple[str, ...]:
    """Return the command of a server whose calls are written to a file, with every byte and every path in hex."""
    # -D: the server is our own child and strace its grandchild, so that a kill meets the server.
    how = ("-D", "-f", "--seccomp-bpf", "-xx", "-s", "1000000", "-y", "-e", f"trace={CALLS}")
    return (strace(), *how, "-o", str(log), *command)


def kill(server: Server) -> None:
    """End a recorded server in the middle of whatever it does, and wait until all it did is written down."""
    assert server.process is not None
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    tracer = Path("/proc") / status.partition("TracerPid:")[2].split()[0]
    server.kill()
    end = monotonic() + LONGEST_STOP
    while tracer.exists():
        assert monotonic() < end, "strace outlived the server"
        sleep(0.02)


@contextmanager
def failing(server: Server, calls: str, error: str, *, every: str = "1+") -> Iterator[None]:
    """Let system calls on the files of a server's database go wrong with an error such as EIO, inside the block."""
    assert server.process is not None
    files = [server.database, *(Path(f"{server.database}-{end}") for end in ("wal", "shm"))]
    paths = [word for file in files for word in ("-P", str(file))]
    tampering = ["-f", "-o", "/dev/null", *paths, "-e", f"inject={calls}:error={error}:when={every}"]
    with subprocess.Popen(
        [strace(), *tampering, "-p", str(server.process.pid)], stderr=subprocess.PIPE, text=True
    ) as tracer:
        assert tracer.stderr is not None
        assert "attached" in tracer.stderr.readline()
        try:
            yield
        finally:
            tracer.terminate()
            tracer.wait(LONGEST_STOP)
