"""What stands in the way of starting is said in one sentence, and whatever is there stays as it is."""

import hashlib
import os
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.disks import disk, fill, make_read_only
from tests.serving import free_port, refused, serving

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder that a server has used and left in good order."""
    folder = tmp_path_factory.mktemp("used") / "data"
    with serving(folder) as server:
        server.stop()
    # The last one to close the file brings the log home into it.
    with closing(sqlite3.connect(folder / "kindline.sqlite3")) as database:
        database.execute("SELECT count(*) FROM django_migrations")
    return folder


@pytest.fixture
def folder(used: Path, tmp_path: Path) -> Path:
    """Return a copy of the used folder, for one test to hurt; without static files, which are not data."""
    copy = tmp_path / "data"
    copy.mkdir(mode=0o700)
    for name in ("secret", "push-key", "kindline.sqlite3"):
        (copy / name).write_bytes((used / name).read_bytes())
    return copy


def state(folder: Path) -> dict[str, str]:
    """Return what is in a folder, except for the two files SQLite keeps beside an open database."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
        for file in sorted(folder.rglob("*"))
        if not file.name.endswith(("-wal", "-shm"))
    }


def one_sentence(said: tuple[int, str]) -> str:
    """Return the sentence somebody who runs a server reads, having checked that it is one line and an exit code."""
    code, stderr = said
    assert code not in {0, -6, -9, -11}, said
    lines = stderr.strip().splitlines()
    assert len(lines) == 1, stderr
    assert lines[0].startswith("kindline: "), stderr
    assert lines[0].endswith("."), stderr
    return lines[0]


@pytest.mark.parametrize("left", ["a name", "nothing"])
def test_a_database_that_is_gone_is_not_taken_for_a_first_start(left: str, folder: Path) -> None:
    database = folder / "kindline.sqlite3"
    (folder / "static").mkdir()
    (folder / "static/.collected").touch()
    database.unlink()
    if left == "a name":
        database.touch()
    before = state(folder)
    assert "gone or empty. Put back your last backup" in one_sentence(refused(folder))
    assert state(folder) == before


@pytest.mark.parametrize("url", ["kindline.example.org", "https://", "https://a b", "https://a.example/kindline"])
def test_an_address_browsers_cannot_open_is_named(url: str, folder: Path) -> None:
    assert "KINDLINE_URL is the address people open" in one_sentence(refused(folder, KINDLINE_URL=url))


def test_a_host_this_machine_does_not_have_is_named(folder: Path) -> None:
    assert "KINDLINE_HOST is an address of this machine" in one_sentence(refused(folder, KINDLINE_HOST="192.0.2.1"))


def test_a_taken_port_is_named(folder: Path) -> None:
    before = state(folder)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = one_sentence(refused(folder, port))
    assert f"127.0.0.1:{port}" in said
    assert "KINDLINE_PORT" in said
    assert state(folder) == before


def test_a_taken_port_leaves_a_new_folder_without_a_database(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        one_sentence(refused(tmp_path / "data", other.getsockname()[1]))
    assert not (tmp_path / "data/kindline.sqlite3").exists()


@pytest.mark.parametrize("port", ["http", "70000", "-1"])
def test_a_port_that_is_none_is_named(port: str, folder: Path) -> None:
    assert "KINDLINE_PORT" in one_sentence(refused(folder, KINDLINE_PORT=port))


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("somebody's notes")
    assert str(tmp_path / "data") in one_sentence(refused(tmp_path / "data"))
    assert (tmp_path / "data").read_text() == "somebody's notes"


def test_a_folder_below_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert str(tmp_path / "file/data") in one_sentence(refused(tmp_path / "file/data"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere; the next test has a disk instead")
def test_a_folder_that_may_not_be_written_is_named(folder: Path) -> None:
    folder.chmod(0o500)
    try:
        assert str(folder) in one_sentence(refused(folder))
    finally:
        folder.chmod(0o700)


def test_a_disk_that_cannot_be_written_is_named(folder: Path) -> None:
    with disk("4m") as place:
        for file in folder.iterdir():
            (place / file.name).write_bytes(file.read_bytes())
        before = state(place)
        make_read_only(place)
        assert "Read-only" in one_sentence(refused(place))
        assert state(place) == before


def test_a_database_from_a_newer_version_is_left_alone(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "kindline.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('vault', '0999_later', '2031-01-01')"
        )
    before = state(folder)
    assert "newer" in one_sentence(refused(folder))
    assert state(folder) == before


def test_a_database_file_that_is_none_is_named(folder: Path) -> None:
    (folder / "kindline.sqlite3").write_bytes(b"not a database, though it once was one" * 200)
    before = state(folder)
    assert str(folder / "kindline.sqlite3") in one_sentence(refused(folder))
    assert state(folder) == before


def test_a_database_with_a_spoilt_page_is_named(folder: Path) -> None:
    file = folder / "kindline.sqlite3"
    whole = bytearray(file.read_bytes())
    for at in range(4096, len(whole) - 4096, 4096):
        whole[at : at + 64] = b"\xff" * 64
    file.write_bytes(whole)
    before = state(folder)
    assert str(file) in one_sentence(refused(folder))
    assert state(folder) == before


def test_a_cut_off_database_is_named(folder: Path) -> None:
    file = folder / "kindline.sqlite3"
    file.write_bytes(file.read_bytes()[:10_000])
    before = state(folder)
    assert str(file) in one_sentence(refused(folder))
    assert state(folder) == before


def test_a_missing_secret_is_named_and_no_other_takes_its_place(folder: Path) -> None:
    (folder / "secret").unlink()
    assert str(folder / "secret") in one_sentence(refused(folder))
    assert not (folder / "secret").exists()


@pytest.mark.parametrize("damaged", [b"", b"0123456789", b"\xff\xfe\x00" * 40], ids=["empty", "short", "not text"])
def test_a_damaged_secret_is_named_and_stays(damaged: bytes, folder: Path) -> None:
    (folder / "secret").write_bytes(damaged)
    before = state(folder)
    assert str(folder / "secret") in one_sentence(refused(folder))
    assert state(folder) == before


def test_a_full_disk_is_named_at_the_first_start() -> None:
    with disk("1m") as place:
        fill(place)
        said = one_sentence(refused(place / "data"))
        assert str(place) in said
        assert not (place / "data/secret").exists()


def test_a_disk_that_fills_while_the_database_is_made_can_be_used_once_there_is_room() -> None:
    with disk("2m") as place:
        ballast = fill(place)
        os.truncate(ballast, ballast.stat().st_size - 90_000)
        one_sentence(refused(place / "data"))
        ballast.unlink()
        assert list((place / "data").glob("secret*")) == [place / "data/secret"]
        with closing(sqlite3.connect(place / "data/kindline.sqlite3")) as database:
            assert database.execute("PRAGMA quick_check").fetchone() == ("ok",)


def test_a_postgresql_that_cannot_be_reached_is_named(tmp_path: Path) -> None:
    address = f"postgresql://kindline:hidden-word@127.0.0.1:{free_port()}/kindline"
    said = one_sentence(refused(tmp_path / "data", KINDLINE_DATABASE_URL=address))
    assert "KINDLINE_DATABASE_URL" in said
    assert "hidden-word" not in said


def test_an_address_that_is_no_postgresql_is_named(tmp_path: Path) -> None:
    said = one_sentence(refused(tmp_path / "data", KINDLINE_DATABASE_URL="mysql://somewhere/else"))
    assert "KINDLINE_DATABASE_URL" in said
