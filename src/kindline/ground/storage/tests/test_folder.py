"""The data folder: made once, for its owner only, and never half."""

import stat
from pathlib import Path

import pytest

from kindline.ground.storage.folder import DATABASE, PUSH_KEY, SECRET, Unusable, prepare


def test_the_first_start_makes_a_folder_and_a_secret_for_its_owner_only(tmp_path: Path) -> None:
    prepare(tmp_path / "new" / "data")
    secret = tmp_path / "new" / "data" / SECRET
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert stat.S_IMODE(secret.parent.stat().st_mode) == 0o700
    assert len(secret.read_text()) == 64
    assert {file.name for file in secret.parent.iterdir()} == {SECRET, PUSH_KEY}
    assert stat.S_IMODE((secret.parent / PUSH_KEY).stat().st_mode) == 0o600
    assert len((secret.parent / PUSH_KEY).read_text()) == 64


@pytest.mark.parametrize("name", [SECRET, PUSH_KEY])
def test_later_starts_keep_the_secrets(tmp_path: Path, name: str) -> None:
    prepare(tmp_path)
    before = (tmp_path / name).read_text()
    prepare(tmp_path)
    assert (tmp_path / name).read_text() == before


def test_an_older_installation_gets_its_key_for_reminders_at_the_next_start(tmp_path: Path) -> None:
    prepare(tmp_path)
    before = (tmp_path / SECRET).read_text()
    (tmp_path / PUSH_KEY).unlink()
    prepare(tmp_path)
    assert (tmp_path / PUSH_KEY).exists()
    assert (tmp_path / SECRET).read_text() == before


@pytest.mark.parametrize("text", ["short", "z" * 64, "-" + "1" * 63, "0x" + "1" * 62])
def test_a_damaged_key_for_reminders_is_refused(tmp_path: Path, text: str) -> None:
    prepare(tmp_path)
    (tmp_path / PUSH_KEY).write_text(text)
    with pytest.raises(Unusable, match="damaged"):
        prepare(tmp_path)


def test_a_database_without_its_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / DATABASE).touch()
    with pytest.raises(Unusable, match="missing"):
        prepare(tmp_path)
    assert not (tmp_path / SECRET).exists()


def test_a_damaged_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / SECRET).write_text("short")
    with pytest.raises(Unusable, match="damaged"):
        prepare(tmp_path)


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(Unusable, match="can't be written"):
        prepare(tmp_path / "data")


def test_a_crash_while_writing_the_secret_leaves_the_next_start_free(tmp_path: Path) -> None:
    (tmp_path / "secret.new").write_text("half")
    prepare(tmp_path)
    assert len((tmp_path / SECRET).read_text()) == 64


def test_files_put_back_from_a_backup_become_their_owners_only_again(tmp_path: Path) -> None:
    prepare(tmp_path)
    (tmp_path / DATABASE).touch()
    names = (SECRET, PUSH_KEY, DATABASE)
    for name in names:
        (tmp_path / name).chmod(0o644)
    prepare(tmp_path)
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in names} == {0o600}
