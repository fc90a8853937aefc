"""What `kindline doctor` says about a data folder: good when it is, and each other finding provoked."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from kindline.ground.storage.folder import DATABASE, PUSH_KEY, SECRET, occupied
from kindline.operating.backup import STAMP
from kindline.operating.checks import place
from kindline.operating.checks.finding import Finding

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder in good order."""
    made = tmp_path / "data"
    made.mkdir(mode=0o700)
    stamp = (NOW - timedelta(days=1)).isoformat()
    for name, text in {SECRET: "0" * 64, PUSH_KEY: "0" * 64, DATABASE: "rows", STAMP: stamp}.items():
        (made / name).write_text(text)
        (made / name).chmod(0o600)
    return made


def examined(folder: Path, *, keeps_database: bool = True) -> dict[str, Finding]:
    return {one.about: one for one in place.findings(folder, NOW, keeps_database=keeps_database)}


def test_a_folder_in_good_order_is_good(folder: Path) -> None:
    assert {one.state for one in examined(folder).values()} == {"good"}


def no_folder(folder: Path) -> None:
    shutil.rmtree(folder)


def open_folder(folder: Path) -> None:
    folder.chmod(0o755)


def open_database(folder: Path) -> None:
    (folder / DATABASE).chmod(0o644)


def open_copy(folder: Path) -> None:
    (folder / "before-restore/one").mkdir(parents=True)
    (folder / "before-restore/one" / SECRET).write_text("old")
    (folder / "before-restore/one" / SECRET).chmod(0o644)


def no_secret(folder: Path) -> None:
    (folder / SECRET).unlink()


def short_secret(folder: Path) -> None:
    (folder / SECRET).write_text("short")


def no_push_key(folder: Path) -> None:
    (folder / PUSH_KEY).unlink()


def damaged_push_key(folder: Path) -> None:
    (folder / PUSH_KEY).write_text("x" * 64)


def nothing_yet(folder: Path) -> None:
    (folder / SECRET).unlink()
    (folder / DATABASE).unlink()


def interrupted(folder: Path) -> None:
    (folder / "restoring").mkdir()


def no_backup(folder: Path) -> None:
    (folder / STAMP).unlink()


def old_backup(folder: Path) -> None:
    (folder / STAMP).write_text((NOW - timedelta(days=9)).isoformat())


def unreadable_stamp(folder: Path) -> None:
    (folder / STAMP).write_text("yesterday")


def put_aside(folder: Path) -> None:
    (folder / "before-restore").mkdir()


HARM: list[tuple[Callable[[Path], None], str, str, str]] = [
    (no_folder, "folder", "broken", "is not there"),
    (open_folder, "folder", "look at this", "chmod 700"),
    (open_database, "files", "look at this", f"{DATABASE}"),
    (open_copy, "files", "look at this", "before-restore"),
    (no_secret, "secret", "broken", "missing"),
    (short_secret, "secret", "broken", "damaged"),
    (nothing_yet, "secret", "look at this", "first start"),
    (no_push_key, "push key", "look at this", "next start"),
    (damaged_push_key, "push key", "broken", "damaged"),
    (interrupted, "restore", "look at this", "next start"),
    (put_aside, "old data", "look at this", "delete that folder"),
    (no_backup, "backup", "look at this", "kindline backup"),
    (old_backup, "backup", "look at this", "9 days"),
    (unreadable_stamp, "backup", "look at this", "No backup"),
]


@pytest.mark.parametrize(("harm", "about", "state", "says"), HARM, ids=lambda one: getattr(one, "__name__", ""))
def test_what_is_wrong_with_a_folder_is_found(
    harm: Callable[[Path], None], about: str, state: str, says: str, folder: Path
) -> None:
    harm(folder)
    found = examined(folder)[about]
    assert found.state == state
    assert says in found.says


def test_a_server_at_work_is_seen(folder: Path) -> None:
    assert "not running" in examined(folder)["server"].says
    with occupied(folder):
        assert examined(folder)["server"].says == "Kindline is running."


def test_a_restore_that_is_at_work_is_not_called_interrupted(folder: Path) -> None:
    interrupted(folder)
    with occupied(folder):
        assert "at work right now" in examined(folder)["restore"].says


@pytest.mark.parametrize(
    ("free", "files", "state"),
    [
        (50_000_000, 10**6, "broken"),
        (500_000_000, 10**6, "look at this"),
        (10**11, 10, "broken"),
        (10**11, 10**6, "good"),
    ],
)
def test_little_room_is_found(free: int, files: int, state: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_files=10**6, f_favail=files))
    assert examined(folder)["room"].state == state


def test_a_folder_that_may_not_be_written_or_is_somebody_elses_is_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    assert "another account" in examined(folder)["folder"].says
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert examined(folder)["folder"].state == "broken"


NETWORKED = {"nfs4": ("broken", "look at this"), "cifs": ("broken", "look at this"), "ext4": ("good", "good")}


@pytest.mark.parametrize("kind", NETWORKED)
def test_a_network_file_system_is_found(
    kind: str, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"disk / ext4 rw 0 0\nhome:/x {tmp_path} {kind} rw 0 0\nother {tmp_path}/dat btrfs rw 0 0\n")
    monkeypatch.setattr(place, "MOUNTS", mounts)
    with_sqlite, with_postgresql = NETWORKED[kind]
    assert examined(folder)["file system"].state == with_sqlite
    assert examined(folder, keeps_database=False)["file system"].state == with_postgresql


def test_a_machine_that_does_not_list_its_mounts_is_no_reason_to_worry(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "MOUNTS", folder / "no-such-list")
    assert examined(folder)["file system"].state == "good"
