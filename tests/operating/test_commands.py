"""The operator's commands from outside: what they print, ask, and end with."""

import gzip
import json
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from kindline.ground.storage import archive
from tests.operating.commands import KINDLINE, done, kindline, refusal, state
from tests.operating.conftest import Lived
from tests.serving import environment, free_port

pytestmark = pytest.mark.faults


def typed(data: Path, text: str, *words: str) -> "subprocess.CompletedProcess[str]":
    """Give a command and type into it."""
    return subprocess.run(
        [*KINDLINE, *words],
        env=environment(data, free_port()),
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )


def test_help_has_a_line_for_every_command_and_an_unknown_one_gets_it_too(tmp_path: Path) -> None:
    helped = done(kindline(tmp_path, "help"))
    for name in ("serve", "backup", "restore", "move", "doctor", "people", "check"):
        assert f"kindline {name}" in helped
        assert max(map(len, helped.splitlines())) < 120
    wrong = kindline(tmp_path, "bakcup")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    first, _, rest = wrong.stderr.partition("\n\n")
    assert first == "kindline: there is no command 'bakcup'. Did you mean `kindline backup`?"
    assert rest == helped
    assert done(kindline(tmp_path, "--version")).startswith("Kindline 0.")
    assert list(tmp_path.iterdir()) == []


def test_a_backup_goes_to_another_program(data: Path, tmp_path: Path) -> None:
    piped = tmp_path / "piped.tar.gz"
    with piped.open("wb") as out:
        told = subprocess.run(
            [*KINDLINE, "backup", "-"],
            env=environment(data, free_port()),
            stdout=out,
            stderr=subprocess.PIPE,
            check=True,
        )
    assert b"1 place" in told.stderr
    assert archive.checked(piped).tables["vault_account"].rows == 1


def test_a_full_disk_leaves_no_half_backup(data: Path, tmp_path: Path) -> None:
    place = tmp_path / "no-folder" / "one.tar.gz"
    assert "No such file" in refusal(kindline(data, "backup", place))
    assert "can't be written" in refusal(kindline(data, "backup", "/dev/full/one.tar.gz"))


def test_stopping_a_command_by_hand_and_reading_half_of_it_are_no_faults(data: Path) -> None:
    (one,) = [line.split()[0] for line in done(kindline(data, "people", "--list")).splitlines()]
    before, around = state(data), environment(data, free_port())
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    # A shell that puts something in the background lets it ignore Ctrl and C, and that is handed down.
    asking = ["env", "--default-signal=INT", *KINDLINE, "people", "--remove", one]
    with subprocess.Popen(asking, env=around, text=True, **pipes) as asked:
        assert asked.stdout
        assert asked.stderr
        said = ""
        while not said.endswith("of the id: ") and (more := asked.stdout.read(1)):
            said += more
        press_until_it_ends(asked)
        assert asked.returncode == 130
        assert asked.stderr.read() == "kindline: stopped.\n"
    piped = ["sh", "-c", '"$@" | true', "sh", *KINDLINE, "doctor"]
    assert subprocess.run(piped, env=around, capture_output=True, check=True).stderr == b""
    nobody_there = kindline(data, "move", "-")
    assert nobody_there.returncode == 1
    assert nobody_there.stderr.endswith("kindline: No address was given. Nothing was changed.\n")
    assert state(data) == before


def press_until_it_ends(asked: "subprocess.Popen[str]") -> None:
    """Press Ctrl and C as somebody would: once more when nothing happens.

    A press between the question and the waiting for its answer is heard by Python only after that answer.
    """
    for _press in range(20):
        asked.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            asked.wait(1)
            return


def test_a_place_that_may_not_be_looked_into_is_one_sentence(data: Path) -> None:
    # A name that is too long fails where a folder fails that another account keeps to itself.
    assert "can't be written" in refusal(kindline(data, "backup", f"/{'x' * 300}/one.tar.gz"))


def test_a_spoilt_secret_is_not_backed_up(data: Path, tmp_path: Path) -> None:
    (data / "secret").write_text("short")
    assert "is damaged" in refusal(kindline(data, "backup", tmp_path / "one.tar.gz"))
    (data / "secret").unlink()
    assert "is missing. Put it back from your backup" in refusal(kindline(data, "backup", tmp_path / "one.tar.gz"))
    assert not list(tmp_path.glob("one*"))


def test_a_restore_for_which_there_is_no_room_changes_nothing(lived: Lived, data: Path) -> None:
    before = state(data)
    full = ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh", *KINDLINE, "restore", str(lived.backup)]
    told = subprocess.run(full, env=environment(data, free_port()), capture_output=True, text=True, check=False)
    assert "can't be written" in refusal(told)
    assert state(data) == before
    assert not list(data.glob("restor*"))


def test_a_backup_cut_off_in_the_middle_leaves_the_old_one(data: Path, tmp_path: Path) -> None:
    kept = tmp_path / "one.tar.gz"
    kept.write_bytes(gzip.compress(b"the one of yesterday"))
    (data / "kindline.sqlite3").write_bytes(b"not a database, though it once was one" * 200)
    before = kept.read_bytes()
    refusal(kindline(data, "backup", kept, "--replace"))
    assert kept.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir() if "one" in file.name] == ["one.tar.gz"]


def test_removing_somebody_asks_for_the_beginning_of_the_id(data: Path) -> None:
    (one,) = [line.split()[0] for line in done(kindline(data, "people", "--list")).splitlines()]
    before = state(data)
    wrong = typed(data, "00000000\n", "people", "--remove", one)
    assert wrong.returncode == 1
    assert "Nothing was changed" in wrong.stderr
    assert "Nobody here" in refusal(kindline(data, "people", "--remove", "no-such-id"))
    assert state(data) == before
    right = typed(data, f"{one[:8]}\n", "people", "--remove", one)
    assert right.returncode == 0, right.stderr
    assert "Nobody has a place" in done(kindline(data, "people", "--list"))
    held = (data / "kindline.sqlite3").read_bytes()
    assert one.replace("-", "").encode() not in held


def test_the_doctor_ends_with_1_when_something_is_broken_and_speaks_to_programs(data: Path) -> None:
    found = json.loads(done(kindline(data, "doctor", "--json")))
    assert {one["state"] for one in found} <= {"good", "look at this"}
    assert {"folder", "secret", "room", "backup", "database", "address", "clock"} <= {one["about"] for one in found}
    (data / "secret").unlink()
    before = state(data)
    told = kindline(data, "doctor")
    assert told.returncode == 1
    assert "broken        secret: " in told.stdout
    assert told.stdout.splitlines()[-1].startswith("Broken: 1. ")
    assert told.stderr == ""
    assert state(data) == before
