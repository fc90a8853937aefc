"""A backup that is cut, spoilt, newer or somebody else's is refused in a sentence, and what is there stays."""

import gzip
import io
import json
import re
import tarfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from kindline.ground.storage import archive
from kindline.ground.storage.folder import Unusable
from tests.operating.commands import kindline, refusal, state
from tests.operating.conftest import Lived
from tests.size import FULL, chance

pytestmark = pytest.mark.faults

Members = dict[str, bytes]
FLIPS = 20_000 if FULL else 150


def packed(file: Path, members: Members) -> Path:
    """Write members as a backup is written."""
    with gzip.open(file, "wb") as out, tarfile.open(fileobj=out, mode="w") as tar:
        for name, content in members.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            tar.addfile(about, io.BytesIO(content))
    return file


def unpacked(file: Path) -> Members:
    """Return a backup's members."""
    return dict(archive.members(file))


def listed_again(members: Members, change: Callable[[dict[str, object]], None] = lambda _: None) -> Members:
    """Let the list say what the members are now, as somebody would who wants a changed backup to pass."""
    told = json.loads(members[archive.LIST])
    told["members"] = {name: sha256(held).hexdigest() for name, held in members.items() if name != archive.LIST}
    change(told)
    return {**{name: held for name, held in members.items() if name != archive.LIST},
            archive.LIST: json.dumps(told).encode()}  # fmt: skip


def newer_format(members: Members) -> Members:
    return listed_again(members, lambda told: told.update(format=2, migrations="told otherwise by then"))


def newer_migrations(members: Members) -> Members:
    return listed_again(members, lambda told: told["migrations"].append(["vault", "0999_later"]))


def without_a_table(members: Members) -> Members:
    return listed_again({name: held for name, held in members.items() if "vault_slot" not in name})


def without_its_list(members: Members) -> Members:
    return {name: held for name, held in members.items() if name != archive.LIST}


def with_a_way_out(members: Members) -> Members:
    return listed_again({"../outside": b"words", **members})


def with_another_file(members: Members) -> Members:
    return listed_again({"instruments/../../outside.toml": b"words", **members})


def with_a_row_twice(members: Members) -> Members:
    name = "tables/vault_account/000000.jsonl"
    return listed_again({**members, name: members[name] * 2})


def with_rows(members: Members, table: str, change: Callable[[bytes], bytes]) -> Members:
    """A row that does not fit, in a backup whose every sum agrees."""
    name = f"tables/{table}/000000.jsonl"
    changed = change(members.get(name, b""))
    lines = changed.splitlines()
    told = sum(int.from_bytes(sha256(line).digest()) for line in lines) % (1 << 256)

    def listed(found: dict[str, object]) -> None:
        found["tables"][table] = {"rows": len(lines), "digest": f"{told:064x}"}

    return listed_again({**members, name: changed}, listed)


def with_a_row_of_other_columns(members: Members) -> Members:
    return with_rows(members, "vault_account", lambda rows: rows.replace(b'"version":', b'"edition":'))


def with_a_column_that_is_sql(members: Members) -> Members:
    return with_rows(members, "vault_account", lambda rows: rows.replace(b'"version":', b'"version\\") --":'))


def with_a_number_beyond_all_numbers(members: Members) -> Members:
    return with_rows(members, "vault_account", lambda rows: re.sub(rb'"version":\d+', b'"version":' + b"9" * 40, rows))


def with_a_moment_before_all_time(members: Members) -> Members:
    row = b'{"bucket":"a","tries":1,"tried_at":"0001-01-01T00:00:00+14:00"}\n'
    return with_rows(members, "vault_throttle", lambda _: row)


def with_a_number_for_bytes(members: Members) -> Members:
    return with_rows(members, "vault_slot", lambda rows: re.sub(rb'"sealed":"[^"]*"', b'"sealed":10000000000', rows))


def with_an_unlocked_device(members: Members) -> Members:
    account = json.loads(members["tables/vault_account/000000.jsonl"].splitlines()[0])["id"]
    row = {"id": "0" * 64, "account_id": account, "started_at": "2026-11-22T10:00:00Z", "idle_minutes": 60}
    row |= {"used_at": "2026-11-22T10:00:00Z", "sealed": ""}

    def nothing_left_out(told: dict[str, object]) -> None:
        told["left_out"] = []

    changed = with_rows(members, "vault_session", lambda _: json.dumps(row).encode() + b"\n")
    return listed_again(changed, nothing_left_out)


BAD = {
    newer_format: "newer",
    newer_migrations: "newer",
    without_a_table: "damaged",
    without_its_list: "no backup",
    with_a_way_out: "no backup",
    with_another_file: "no backup",
    with_a_row_twice: "damaged",
    with_a_row_of_other_columns: "other columns",
    with_a_column_that_is_sql: "other columns",
    with_a_number_beyond_all_numbers: "does not fit",
    with_a_moment_before_all_time: "does not fit",
    with_a_number_for_bytes: "does not fit",
    with_an_unlocked_device: "damaged",
}


@pytest.mark.parametrize("spoilt", BAD, ids=lambda spoilt: spoilt.__name__)
def test_a_backup_that_is_not_right_is_refused_and_nothing_changes(
    spoilt: Callable[[Members], Members], data: Path, lived: Lived, tmp_path: Path
) -> None:
    before = state(data)
    bad = packed(tmp_path / "bad.tar.gz", spoilt(unpacked(lived.backup)))
    assert BAD[spoilt] in refusal(kindline(data, "restore", bad))
    assert state(data) == before
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("content", [b"", b"not a backup at all", gzip.compress(b"nor is this", mtime=0)], ids=repr)
def test_a_file_that_is_no_backup_is_refused(content: bytes, data: Path, tmp_path: Path) -> None:
    before = state(data)
    (tmp_path / "bad").write_bytes(content)
    assert str(tmp_path / "bad") in refusal(kindline(data, "restore", tmp_path / "bad"))
    assert "No such file" in refusal(kindline(data, "restore", tmp_path / "nowhere"))
    assert state(data) == before


def test_a_backup_that_was_cut_anywhere_is_refused(lived: Lived, tmp_path: Path) -> None:
    whole = lived.backup.read_bytes()
    cut = tmp_path / "cut.tar.gz"
    for length in {*range(0, len(whole), len(whole) // 60), len(whole) - 1}:
        cut.write_bytes(whole[:length])
        with pytest.raises(Unusable, match="damaged"):
            archive.checked(cut)


def test_a_backup_with_a_flipped_bit_is_refused_or_holds_exactly_the_same(lived: Lived, tmp_path: Path) -> None:
    whole, right = lived.backup.read_bytes(), accepted(lived.backup)
    drawn = chance("a flipped bit")
    spoilt = tmp_path / "spoilt.tar.gz"
    refused = 0
    for _ in range(FLIPS):
        at = drawn.randrange(len(whole) * 8)
        spoilt.write_bytes(whole[: at // 8] + bytes([whole[at // 8] ^ 1 << at % 8]) + whole[at // 8 + 1 :])
        found = accepted(spoilt)
        assert found is None or found == right, (drawn.begun_with, at)
        refused += found is None
    # About one bit in two hundred says nothing or says the same: a time and a system in the head of gzip's own, and
    # where bytes came before in two places, deflate may point at either. So nearly all are refused, never all of them.
    assert right is not None
    assert refused > FLIPS * 0.9, drawn.begun_with


def accepted(file: Path) -> tuple[archive.Listed, list[tuple[str, bytes]]] | None:
    """Return a backup's list and all it holds, or None for one that is refused."""
    try:
        return archive.checked(file), list(archive.members(file))
    except Unusable:
        return None
