"""The command writes its own folder and nothing else, and its last line serves what it says."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import monotonic, sleep

import pytest

from tests.serving import free_port, serving
from tests.size import FULL
from tests.visitor import Visitor

pytestmark = pytest.mark.faults
LONGEST = 10 if FULL else 40  # seconds of work; the suite runs on slow machines, too


def demo(*words: str, cwd: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    own = {name: value for name, value in os.environ.items() if not name.startswith(("KINDLINE_", "DJANGO_"))}
    program = Path(sys.executable).with_name("kindline")
    return subprocess.run(
        [program, "demo", *words], cwd=cwd, env={**own, **more}, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Make one demo for all tests that only look at it."""
    place = tmp_path_factory.mktemp("demo place")  # with a space in it
    before = getrusage(RUSAGE_CHILDREN)
    ended = demo("a b", cwd=place)
    after = getrusage(RUSAGE_CHILDREN)
    # What it worked, for what it waits depends on what else this machine does.
    took = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    assert ended.returncode == 0, ended.stderr
    said = ended.stdout
    passphrases = re.findall(r"passphrase +(.+)", said)
    return {
        "folder": str(place / "a b"),
        "said": said,
        "last": said.rstrip("\n").splitlines()[-1],
        "passphrase": passphrases[0],
        "bobs": passphrases[1],
        "code": re.search(r"recovery code +(.+)", said)[1],
        "took": str(took),
    }


def wait_for(port: int) -> None:
    """Wait until something listens on a port; what is said before that is that it will."""
    end = monotonic() + 60
    while monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.02)
    raise AssertionError(f"nothing listens on {port}")


@contextmanager
def unlocked(url: str, made: dict[str, str], name: str = "Alice") -> Iterator[Visitor]:
    one = Visitor(url, name=name, passphrase=made["passphrase" if name == "Alice" else "bobs"])
    try:
        answer = one.unlock()
        assert answer.status == 302, answer.text
        yield one
    finally:
        one.close()


def test_it_takes_seconds(made: dict[str, str]) -> None:
    assert float(made["took"]) <= LONGEST


def test_the_last_line_serves_it_from_anywhere_and_the_passphrase_opens_it(made: dict[str, str]) -> None:
    port = free_port()
    server = subprocess.Popen(
        ["/bin/sh", "-c", made["last"]],  # as somebody would paste it
        cwd="/",
        env={"PATH": os.environ["PATH"], "KINDLINE_PORT": str(port)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert server.stdout.readline() == f"Kindline is at http://127.0.0.1:{port}\n"
        wait_for(port)
        with unlocked(f"http://127.0.0.1:{port}", made) as alice:
            assert alice.get("/today/").status == 200
    finally:
        os.killpg(server.pid, signal.SIGTERM)  # the shell and what it runs
        server.communicate(timeout=60)


def test_every_room_has_something_to_show(made: dict[str, str]) -> None:
    with serving(Path(made["folder"])) as server, unlocked(server.url, made) as alice:
        today = alice.get("/today/").text
        for sentence in (", Alice.", "From Bob", "Read and answer", "Your part", "Did you say it?", "Your touchstones"):
            assert sentence in today
        pages = ("/mine/journal/", "/mine/drafts/", "/mine/journal/back/", "/mine/needs/", "/back/", "/back/saying/")
        for path in pages:
            page = alice.get(path)
            assert page.status == 200
            assert 'class="empty' not in page.text, path
        assert "svg viewBox" in alice.get("/back/?range=all").text


def test_both_have_a_place_and_find_each_other_there(made: dict[str, str]) -> None:
    with serving(Path(made["folder"])) as server:
        for name, other in (("Alice", "Bob"), ("Bob", "Alice")):
            with unlocked(server.url, made, name) as one:
                today = one.get("/today/").text
                assert f", {name}." in today
                asked = "Bob would like to try something with you", "From Alice; you said you need time"
                assert [said in today for said in asked] == [name == "Alice", name == "Bob"]
                assert ("Read and answer" in today) == (name == "Alice")
                assert f"You and {other}" in one.get("/together/").text
                for path in ("/ours/agreements/", "/ours/thanks/", "/ours/negotiation/", "/mine/journal/"):
                    page = one.get(path)
                    assert page.status == 200
                    assert 'class="empty' not in page.text, path


def test_the_recovery_code_opens_it_too(made: dict[str, str], tmp_path: Path) -> None:
    copy = shutil.copytree(made["folder"], tmp_path / "copy")
    with serving(copy) as server:
        alice = Visitor(server.url, name="Alice")
        page = alice.get("/recover/")
        told = alice.post("/recover/", {**page.hidden, "code": made["code"]})
        alice.close()
        assert told.status == 302, told.text


def test_json_says_exactly_where_it_is_and_who_is_in_it(tmp_path: Path) -> None:
    ended = demo("there", "--json", cwd=tmp_path)
    said = json.loads(ended.stdout)
    assert ended.stdout.count("\n") == 1
    assert set(said) == {"data", "people"}
    assert said["data"] == str(tmp_path / "there")
    assert [set(one) for one in said["people"]] == [{"name", "passphrase", "recovery_code"}] * 2
    assert [one["name"] for one in said["people"]] == ["Alice", "Bob"]
    assert len(said["people"][0]["passphrase"].split()) == 6
    assert len(said["people"][0]["recovery_code"].split("-")) == 9


def test_without_a_name_it_is_kindline_demo_here_for_its_owner_only(tmp_path: Path) -> None:
    assert demo(cwd=tmp_path).returncode == 0
    assert [file.name for file in tmp_path.iterdir()] == ["kindline-demo"]
    assert (tmp_path / "kindline-demo").stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in (tmp_path / "kindline-demo").iterdir())


def test_a_demo_is_made_anew(made: dict[str, str], tmp_path: Path) -> None:
    folder = shutil.copytree(made["folder"], tmp_path / "there")
    secret = (folder / "secret").read_text()
    assert made["passphrase"] not in demo("there", cwd=tmp_path).stdout
    assert (folder / "secret").read_text() != secret


@pytest.mark.parametrize("beside", [False, True], ids=["a folder of somebody's", "a demo with something of theirs"])
def test_a_folder_with_anything_else_is_refused_and_stays(
    made: dict[str, str],
    tmp_path: Path,
    beside: bool,  # noqa: FBT001
) -> None:
    folder = tmp_path / "mine"
    if beside:
        shutil.copytree(made["folder"], folder)
    else:
        folder.mkdir()
    (folder / "letter").write_text("dear")
    before = {file: file.stat().st_mtime_ns for file in folder.iterdir()}
    ended = demo("mine", cwd=tmp_path)
    assert ended.returncode == 1
    assert str(folder) in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert {file: file.stat().st_mtime_ns for file in folder.iterdir()} == before
    assert [file.name for file in tmp_path.iterdir()] == ["mine"]


def test_it_is_a_folder_also_where_another_database_is_set(tmp_path: Path) -> None:
    ended = demo("there", cwd=tmp_path, KINDLINE_DATABASE_URL="postgresql://nowhere.invalid/kindline")
    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "there/kindline.sqlite3").exists()
    assert ended.stdout.splitlines()[-1].startswith("KINDLINE_DATABASE_URL= KINDLINE_DATA=")


def test_a_real_data_folder_is_refused(tmp_path: Path) -> None:
    with serving(tmp_path / "data"):
        pass
    assert demo("data", cwd=tmp_path).returncode == 1


def test_a_demo_that_is_being_served_is_left_alone(made: dict[str, str], tmp_path: Path) -> None:
    shutil.copytree(made["folder"], tmp_path / "there")
    with serving(tmp_path / "there") as server:
        secret = (tmp_path / "there/secret").read_text()
        ended = demo("there", cwd=tmp_path)
        assert ended.returncode == 1
        assert "already at work" in ended.stderr
        server.stop()
    assert (tmp_path / "there/secret").read_text() == secret
    assert [file.name for file in tmp_path.iterdir()] == ["there"]


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("a file")
    assert demo("there", cwd=tmp_path).returncode == 1
    assert (tmp_path / "there").read_text() == "a file"
