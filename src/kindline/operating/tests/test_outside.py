"""What `kindline doctor` says about settings, clock and lists: good when it is, and each other finding provoked."""

import os
import sys
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from kindline.operating.checks import outside
from kindline.operating.checks.finding import Finding

LINE = """[[helpline]]
country = "Ruritania"
kind = "crisis"
name = "Somebody who listens"
number = "000 111"
source = "https://example.org/"
verified_on = {day}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    (tmp_path / "helplines.toml").write_text(LINE.format(day=datetime.now(UTC).date()))
    return tmp_path


def examined(folder: Path, now: datetime | None = None, **environment: str) -> dict[str, Finding]:
    return {one.about: one for one in outside.findings(folder, now or datetime.now(UTC), environment)}


def test_a_first_try_on_loopback_is_good(folder: Path) -> None:
    assert {one.about: one.state for one in examined(folder).values() if one.state != "good"} == {}


SAFE = {"ON_LOOPBACK": False, "SECURE": True, "URL": "https://kind.example", "JOIN": "invited", "OPERATOR": "Kim"}


def test_a_public_address_behind_a_proxy_is_good(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SAFE.items():
        monkeypatch.setattr(settings, name, value)
    assert {one.state for one in examined(folder).values()} == {"good"}


WRONG: list[tuple[dict[str, Any], tuple[str, str], str]] = [
    ({"SECURE": False, "URL": "http://box.lan:8000"}, ("address", "broken"), "https"),
    ({"URL": "https://kindline.example.org"}, ("address", "broken"), "your own"),
    ({"TRUSTED_PROXY": "*"}, ("proxy", "look at this"), "everybody"),
    ({"HOST": "0.0.0.0"}, ("proxy", "look at this"), "KINDLINE_PROXY"),  # noqa: S104 - said, not bound
    ({"OPERATOR": ""}, ("operator", "look at this"), "KINDLINE_OPERATOR"),
    ({"OPERATOR": "Your name, as they know you"}, ("operator", "look at this"), "KINDLINE_OPERATOR"),
    ({"JOIN": "open"}, ("joining", "look at this"), "invited"),
    ({"JOIN": "nobody"}, ("joining", "broken"), "nobody"),
]


@pytest.mark.parametrize(("said", "stands", "says"), WRONG, ids=[str(said) for said, _, _ in WRONG])
def test_what_is_wrong_with_settings_is_found(
    said: dict[str, Any], stands: tuple[str, str], says: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {**SAFE, **said}.items():
        monkeypatch.setattr(settings, name, value)
    found = examined(folder)[stands[0]]
    assert found.state == stands[1]
    assert says in found.says


def test_a_misspelt_setting_is_found(folder: Path) -> None:
    found = examined(folder, KINDLINE_JION="invited", HOME="/")["settings"]
    assert found.state == "look at this"
    assert "KINDLINE_JION" in found.says


def test_a_clock_before_what_was_written_is_found(folder: Path) -> None:
    assert examined(folder, datetime(2020, 1, 1, tzinfo=UTC))["clock"].state == "broken"
    later = (datetime.now(UTC) + timedelta(days=400)).timestamp()
    os.utime(folder / "helplines.toml", (later, later))
    assert examined(folder)["clock"].state == "broken"


@pytest.mark.parametrize(("written", "says"), [
    (LINE.format(day="2024-01-01"), "Somebody who listens"),
    ("[[helpline]\n", "TOML"),
], ids=["old", "unreadable"])  # fmt: skip
def test_helplines_that_are_old_or_unreadable_are_found(written: str, says: str, folder: Path) -> None:
    (folder / "helplines.toml").write_text(written)
    found = examined(folder)["helplines"]
    assert found.state == "look at this"
    assert says in found.says


def test_an_instrument_that_cannot_be_used_is_found(folder: Path) -> None:
    (folder / "instruments").mkdir()
    (folder / "instruments/own.toml").write_text("title = [")
    found = examined(folder)["instruments"]
    assert found.state == "look at this"
    assert "own.toml" in found.says


def test_a_python_nobody_tried_is_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", namedtuple("Version", "major minor")(3, 19))
    assert examined(folder)["Python"].state == "look at this"
