"""A file that was taken along shows by itself what two people signed, and what somebody changed in it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kindline.cli import main
from kindline.front.takeout.queries import takeout
from kindline.ours.agreements.tests.living import NOW, agreed, proposed, says_yes, steps_back, text, worded
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture
def file(alice: Somebody, bob: Somebody, tmp_path: Path) -> Path:
    """What Bob takes along: one agreement over a counter-wording, one that Alice stepped back from."""
    pair(alice, bob)
    one = proposed(alice)
    worded(bob, one, text(offer="I ask about your day first, and listen, without my phone."))
    says_yes(alice, one)
    steps_back(alice, agreed(bob, alice, text(ask="Would you text me when you leave?")))
    file = tmp_path / "taken.json"
    file.write_bytes(takeout(bob.person, NOW))
    return file


def changed(file: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    whole = json.loads(file.read_text(encoding="utf-8"))
    change(whole["circles"][0])
    file.write_text(json.dumps(whole), encoding="utf-8")
    return file


def signed(circle: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in circle["rooms"]["agreements"] if one["kind"] == "stated"]


def worded_in(circle: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in circle["rooms"]["agreements"] if one["kind"] == "wording"]


def test_what_was_signed_holds(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(file)]) == 0
    told = capsys.readouterr().out
    assert "What Bob and Alice share:" in told
    assert "stands since 03 May 2026; 2 wordings and 3 signed answers hold" in told
    assert "ended" in told
    assert "WRONG" not in told


def swap_words(circle: dict[str, Any]) -> None:
    one = worded_in(circle)[0]["holds"]
    one["exact"] = one["exact"].replace("shower", "drink")


def turn_a_no_into_a_yes(circle: dict[str, Any]) -> None:
    one = next(one["holds"] for one in signed(circle) if '"withdraw"' in one["holds"]["exact"])
    one["exact"] = one["exact"].replace('"withdraw"', '"yes"')


def leave_a_word_out(circle: dict[str, Any]) -> None:
    circle["rooms"]["agreements"].remove(signed(circle)[0])


def move_a_signature(circle: dict[str, Any]) -> None:
    one, other = signed(circle)[:2]
    one["holds"]["signature"] = other["holds"]["signature"]


def put_in_another_key(circle: dict[str, Any]) -> None:
    circle["members"][1]["key"] = "00" * 32


def put_into_another_circle(circle: dict[str, Any]) -> None:
    circle["circle"] = "0" * 8 + circle["circle"][8:]


def put_in_another_row(circle: dict[str, Any]) -> None:
    one = signed(circle)[0]
    one["id"] = "0" * 8 + one["id"][8:]


@pytest.mark.parametrize(
    "change",
    [
        swap_words,
        turn_a_no_into_a_yes,
        leave_a_word_out,
        move_a_signature,
        put_in_another_key,
        put_into_another_circle,
        put_in_another_row,
    ],
)
def test_what_somebody_changed_is_told(
    file: Path, capsys: pytest.CaptureFixture[str], change: Callable[[dict[str, Any]], object]
) -> None:
    assert main(["verify", str(changed(file, change))]) == 1
    told = capsys.readouterr().out
    assert "WRONG" in told
    assert "CAN'T BE VERIFIED" in told


@pytest.mark.parametrize("content", [b"", b"{}", b"not json", b'{"format": "other", "version": 1}', b"\xff\xfe\x00"])
def test_another_file_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    file = tmp_path / "other.json"
    file.write_bytes(content)
    assert main(["verify", str(file)]) == 1
    assert "Kindline made for taking along" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(tmp_path / "none.json")]) == 1
    assert "can't be read" in capsys.readouterr().err


def test_somebody_alone_shares_nothing(dana: Somebody, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "taken.json"
    file.write_bytes(takeout(dana.person, NOW))
    assert main(["verify", str(file)]) == 0
    assert "Nothing in it is shared" in capsys.readouterr().out
