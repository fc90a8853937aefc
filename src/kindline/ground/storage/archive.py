"""A backup: one file with every row, the operator's own files, and a list of it all at the end.

Any program that reads tar and gzip opens it. docs/decisions/backup.md says why it looks like this.
"""

import gzip
import io
import re
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

import msgspec
from django.db import connection

from kindline.ground.storage import rows
from kindline.ground.storage.elsewhere import Migration, held_still
from kindline.ground.storage.folder import FILES, FOLDERS, Unusable, as_account

FORMAT = 1
LIST = "kindline.json"
PIECE = 1 << 20  # bytes of rows that go into one member, about
MOST_IN_A_MEMBER = 1 << 28  # bytes; a larger one was not written by us
NAMES = re.compile(
    r"secret|push-key|helplines\.toml|instruments/[\w-][\w.-]*\.toml|tables/(\w+)/\d{6}\.jsonl|kindline\.json"
)


class Table(msgspec.Struct, frozen=True):
    """What a table's rows come to."""

    rows: int
    digest: str


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """The list at the end of a backup: what it holds, and from which state of which version."""

    format: int
    kindline: str
    written_at: datetime
    database: str
    migrations: list[Migration]
    tables: dict[str, Table]
    left_out: list[str]
    members: dict[str, str]  # name → SHA-256

    @property
    def holding(self) -> str:
        """Return how many places and rows there are, for a person."""
        people = self.tables["vault_account"].rows if "vault_account" in self.tables else 0
        count = sum(table.rows for table in self.tables.values())
        return f"{people} {'place' if people == 1 else 'places'}, {count:,} rows"


def write(out: BinaryIO, folder: Path, now: datetime) -> Listed:
    """Write a backup of one moment, however much is being written meanwhile; raise Unusable when there is nothing."""
    with (
        gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1, filename="", mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.USTAR_FORMAT) as tar,
        held_still() as still,
    ):
        if not still.applied:
            raise Unusable("There is nothing to back up yet: Kindline was not started here.")
        members: dict[str, str] = {}
        counted: dict[str, Table] = {}

        def add(name: str, content: bytes) -> None:
            if len(content) > MOST_IN_A_MEMBER:
                raise Unusable(f"{name} is larger than anything a backup can be restored from. Nothing was backed up.")
            about = tarfile.TarInfo(name)
            about.size, about.mode, about.mtime = len(content), 0o600, int(now.timestamp())
            tar.addfile(about, io.BytesIO(content))
            members[name] = sha256(content).hexdigest()

        for file in operators_files(folder):
            add(str(file.relative_to(folder)), file.read_bytes())
        for table, model in rows.tables(still.applied).items():
            if table == rows.OPEN_DEVICES:
                continue
            tally = rows.Tally()
            for number, piece in enumerate(_pieces(rows.lines(model, still.alias), tally)):
                add(f"tables/{table}/{number:06}.jsonl", piece)
            counted[table] = Table(tally.rows, tally.digest)
        listed = Listed(
            format=FORMAT,
            kindline=version("kindline"),
            written_at=now,
            database=connection.vendor,
            migrations=still.applied,
            tables=counted,
            left_out=[rows.OPEN_DEVICES],
            members=dict(members),
        )
        add(LIST, msgspec.json.format(msgspec.json.encode(listed)))
    return listed


def operators_files(folder: Path) -> list[Path]:
    """Return what belongs to a backup beside the database and is there."""
    inside = [file for name in FOLDERS for file in sorted((folder / name).glob("*.toml"))]
    return [file for file in [*(folder / name for name in FILES), *inside] if file.is_file()]


def checked(file: Path) -> Listed:
    """Read a whole backup and return its list, or raise Unusable: foreign, cut, damaged or newer."""
    digests: dict[str, str] = {}
    tallies: dict[str, rows.Tally] = {}
    last = ("", b"")
    for name, content in members(file):
        if name in digests or last[0] == LIST:
            raise _damaged(file)
        if last[0]:
            digests[last[0]] = sha256(last[1]).hexdigest()
        last = (name, content)
        if table := table_of(name):
            counted = tallies.setdefault(table, rows.Tally())
            for line in content.splitlines():
                counted.add(line)
    if last[0] != LIST:
        raise _foreign(file)
    listed = _list(file, last[1])
    counted_rows = {table: Table(one.rows, one.digest) for table, one in tallies.items()}
    if digests != listed.members or counted_rows != {name: one for name, one in listed.tables.items() if one.rows}:
        raise _damaged(file)
    known = set(rows.tables(listed.migrations)) - {rows.OPEN_DEVICES}  # whatever the list says it left out
    if known != set(listed.tables):
        raise _damaged(file)
    return listed


def members(file: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each member in order; raise Unusable for what no backup of ours holds."""
    try:
        with gzip.open(file) as packed:
            if packed.peek(1)[:1] == b"":
                raise _damaged(file)
            with tarfile.open(fileobj=packed, mode="r|") as tar:
                for about in tar:
                    if not about.isreg() or not NAMES.fullmatch(about.name):
                        raise _foreign(file)
                    held = tar.extractfile(about) if about.size <= MOST_IN_A_MEMBER else None
                    if held is None:
                        raise _damaged(file)
                    yield about.name, held.read()
            while packed.read(PIECE):  # to the end, where the sum of everything stands
                pass
    except gzip.BadGzipFile as error:
        raise (_foreign(file) if "Not a gzipped" in str(error) else _damaged(file)) from error
    except (EOFError, tarfile.TarError, zlib.error, UnicodeError) as error:
        raise _damaged(file) from error
    except OSError as error:
        raise Unusable(f"{file} can't be read{as_account(error)}: {error.strerror}. Nothing was changed.") from error


def table_of(name: str) -> str:
    """Return the table whose rows a member holds, or ""."""
    found = NAMES.fullmatch(name)
    return (found[1] if found else "") or ""


def _pieces(lines: Iterable[bytes], tally: rows.Tally) -> Iterator[bytes]:
    held = bytearray()
    for line in lines:
        tally.add(line)
        held += line + b"\n"
        if len(held) >= PIECE:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


def _list(file: Path, content: bytes) -> Listed:
    try:
        found = msgspec.json.decode(content, type=dict[str, object]).get("format")
        if isinstance(found, int) and found > FORMAT:
            raise Unusable(f"{file} comes from a newer Kindline. Please use that version; nothing was changed.")
        return msgspec.json.decode(content, type=Listed)
    except msgspec.DecodeError as error:
        raise _damaged(file) from error


def _damaged(file: Path) -> Unusable:
    return Unusable(f"{file} is damaged or cut off. Take another backup; nothing was changed.")


def _foreign(file: Path) -> Unusable:
    return Unusable(f"{file} is no backup of Kindline. Nothing was changed.")
