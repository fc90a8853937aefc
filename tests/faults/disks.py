"""Small disks to fill up, and disks that cannot be written: real ones, where this machine lets us mount them."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def disk(size: str) -> Iterator[Path]:
    """Mount an empty disk in memory of that size (as mount says it, "4m"), or leave the test out."""
    with tempfile.TemporaryDirectory(prefix="kindline-disk-") as place:
        if os.geteuid() != 0 or _mount("-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", place):
            pytest.skip("needs the right to mount a small disk")
        try:
            yield Path(place)
        finally:
            subprocess.run(["umount", "-l", place], check=True)


def make_read_only(place: Path) -> None:
    """Let nothing be written to a mounted disk from now on."""
    assert _mount("-o", "remount,ro", str(place)) == 0


def fill(place: Path) -> Path:
    """Fill a disk to its last byte and return the file that does it."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as out:
        for size in (1 << 16, 1 << 9, 1):
            try:
                while True:
                    out.write(bytes(size))
            except OSError:
                continue
    return ballast


def _mount(*words: str) -> int:
    return subprocess.run(["mount", *words], check=False, capture_output=True).returncode
