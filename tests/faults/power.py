"""What a disk may hold after the power went: the calls a server made, replayed up to any point in any allowed way.

A disk keeps what was synced. Of what was written since, it may have kept all, nothing, or any part: any writes without
those before them, and of each any of its sectors. A new file may be missing until its folder was synced.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from uuid import UUID

DATABASE = "kindline.sqlite3"
FILES = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-journal")  # what is beside them is made anew from these
FOLDER = "."
SECTOR = 512  # bytes: what a disk writes whole
TORN = 0.3  # of the writes that were not synced
CALL = re.compile(r"^(\d+) +(\w+)\((.*)$")
RESUMED = re.compile(r"^(\d+) +<\.\.\. (\w+) resumed>.*= (-?\d+)")
RETURNED = re.compile(r"\) += (-?\d+)[^=]*$")
ON_FILE = re.compile(r"\d+<((?:\\x[0-9a-f]{2})+)>")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
TOLD = re.compile(rb"HTTP/1\.1 302 .*location: /mine/journal/([0-9a-f-]{36})/kept/", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Call:
    """One thing the server did: wrote, cut, synced or made a file, or told somebody that an entry is kept."""

    kind: str  # write, cut, sync, make, told
    file: str = ""
    at: int = 0
    data: bytes = b""
    entry: UUID | None = None


def calls(log: Path, folder: Path) -> Iterator[Call]:
    """Yield what strace saw a server do with the database in a folder, in order.

    A sync counts from its end, and only for what was written before it began: that is what `at` says, in calls.
    """
    count, begun = 0, {}
    with log.open(encoding="ascii") as lines:
        for line in lines:
            if found := RESUMED.match(line):
                call = begun.pop(found[1], None) if found[3] == "0" else None
            elif found := CALL.match(line):
                process, name, words = found.groups()
                call = _call(name, words, folder, count)
                returned = RETURNED.search(words)
                if call and call.kind == "sync" and not returned:
                    begun[process] = call
                if (returned and returned[1] == "-1") or (call and call.kind == "sync" and not returned):
                    call = None
            else:
                call = None
            if call:
                yield call
                count += 1


def _call(name: str, words: str, folder: Path, count: int) -> Call | None:
    if name == "sendto":
        told = TOLD.match(_bytes(TEXT.search(words)))
        return Call("told", entry=UUID(told[1].decode())) if told else None
    where = TEXT.search(words) if name in {"openat", "unlink"} else ON_FILE.match(words)
    path = Path(_bytes(where).decode(errors="replace"))
    if name in {"fsync", "fdatasync"} and path in (folder, *(folder / one for one in FILES)):
        return Call("sync", FOLDER if path == folder else path.name, count)
    if path.parent != folder or path.name not in FILES:
        return None
    if name == "openat":
        return Call("make", path.name) if "O_CREAT" in words else None
    numbers = [int(one) for one in re.findall(r", (\d+)", TEXT.sub("", words))]
    if name == "ftruncate":
        return Call("cut", path.name, numbers[0])
    assert name == "pwrite64", f"nothing here knows what {name} leaves on a disk"
    return Call("write", path.name, numbers[1], _bytes(TEXT.search(words)))


def _bytes(found: re.Match[str] | None) -> bytes:
    return bytes.fromhex(found[1].replace("\\x", "")) if found else b""


@dataclass
class Disk:
    """What is on the disk for certain, and what was given to it since."""

    kept: dict[str, bytearray]
    names: set[str] = field(default_factory=set)
    waiting: list[tuple[int, Call]] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        self.names = set(self.kept)

    def take(self, call: Call) -> None:
        """Let the server do one more thing."""
        if call.kind == "sync":
            still = []
            for number, earlier in self.waiting:
                on = FOLDER if earlier.kind == "make" else earlier.file
                if number < call.at and call.file == on:
                    self._keep(earlier)
                else:
                    still.append((number, earlier))
            self.waiting = still
        elif call.kind != "told" and not (call.kind == "make" and call.file in self.names):
            self.waiting.append((self.count, call))
        self.count += 1

    def _keep(self, call: Call) -> None:
        if call.kind == "make":
            self.names.add(call.file)
        else:
            change(self.kept.setdefault(call.file, bytearray()), call)

    def after_power_loss(self, chance: random.Random, share: float) -> dict[str, bytearray]:
        """Return the files as they may be when the power goes now; `share` of what was not synced came through."""
        files = {name: bytearray(data) for name, data in self.kept.items()}
        names = set(self.names)
        for _, call in self.waiting:
            if call.kind == "make":
                names |= {call.file} if chance.random() < share else set()
                continue
            data = files.setdefault(call.file, bytearray())
            for part in sectors(call) if 0 < share < 1 and chance.random() < TORN else [call]:
                if chance.random() < share:
                    change(data, part)
        return {name: data for name, data in files.items() if name in names}


def change(data: bytearray, call: Call) -> None:
    """Change a file as a call does."""
    if call.kind == "cut":
        del data[call.at :]
        data.extend(bytes(call.at - len(data)))
        return
    data.extend(bytes(max(0, call.at - len(data))))
    data[call.at : call.at + len(call.data)] = call.data


def sectors(call: Call) -> list[Call]:
    """Return a write as the writes of its sectors."""
    if call.kind != "write":
        return [call]
    edges = [0, *range(SECTOR - call.at % SECTOR, len(call.data), SECTOR), len(call.data)]
    return [Call("write", call.file, call.at + a, call.data[a:b]) for a, b in pairwise(edges)]
