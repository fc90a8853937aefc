"""docs/run-your-own.md and deploy/ name nothing that is not there: no file, setting, command, option or sentence."""

import os
import re
import shlex
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from kindline.cli import COMMANDS
from kindline.operating import cli as operating
from kindline.operating.checks.outside import NAMES
from tests.house.tree import ROOT, SOURCE

PAGE = ROOT / "docs/run-your-own.md"
DEPLOY = ROOT / "deploy"
FOR_PEOPLE = (PAGE, ROOT / "README.md", *sorted(DEPLOY.iterdir()))
FENCE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
SAID = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)
FOUND_IN = ("cli.py", "serve.py", "settings.py", "ground/storage", "operating")
UNITS = ("kindline.service", "kindline-backup.service", "kindline-backup.timer")


def settings_in(text: str) -> set[str]:
    return set(re.findall(r"\bKINDLINE_[A-Z_]+", text)) - {"KINDLINE_TEST_SIZE"}


def test_the_settings_that_are_read_are_the_ones_the_doctor_knows_and_the_readme_lists() -> None:
    read = settings_in((SOURCE / "settings.py").read_text())
    assert read == NAMES
    assert set(re.findall(r"`(KINDLINE_\w+)`", (ROOT / "README.md").read_text())) == NAMES


@pytest.mark.parametrize("file", FOR_PEOPLE, ids=lambda file: file.name)
def test_every_setting_that_is_named_is_read(file: Path) -> None:
    assert settings_in(file.read_text()) - NAMES == set()


def lines() -> list[str]:
    """Return every command line of the page, and those of the units and the crontab."""
    found = [line for block in FENCE.findall(PAGE.read_text()) for line in block.splitlines()]
    found += re.findall(r"`((?:sudo |docker compose exec )?kindline [^`…]+)`", PAGE.read_text())
    for unit in UNITS:
        found += re.findall(r"^ExecStart=(.+)$", (DEPLOY / unit).read_text(), re.MULTILINE)
    return found


def commands() -> list[list[str]]:
    """Return the words after `kindline` in each line that gives one of its commands."""
    found = []
    for line in lines():
        words = shlex.split(line.partition("|")[0], comments=True)
        for word, then in pairwise(words):
            if word.rpartition("/")[2] == "kindline" and re.fullmatch(r"[a-z]+", then) and then != "kindline":
                found.append(words[words.index(then) :])
                break
    return found


def test_every_command_that_is_named_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    given = commands()
    assert {words[0] for words in given} >= {"serve", "backup", "restore", "move", "doctor", "people"}
    for name, *words in given:
        assert name in COMMANDS, name
        options = {word for word in words if word.startswith("--")}
        if options:
            with pytest.raises(SystemExit):
                operating.main(name, ["--help"])
            helped = capsys.readouterr().out
            assert {option for option in options if option not in helped} == set(), name


def test_every_file_that_is_named_is_there() -> None:
    text = PAGE.read_text()
    linked = [target.partition("#")[0] for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target]
    assert [target for target in linked if target and not (PAGE.parent / target).exists()] == []
    named = re.findall(r"(?<![\w./])((?:deploy|requirements|docs|src)/[\w./-]+\w)", text)
    assert len(named) > 8
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_place_in_a_unit_is_made_on_the_page() -> None:
    made = PAGE.read_text()
    for unit in UNITS[:2]:
        text = (DEPLOY / unit).read_text()
        for place in re.findall(r"/(?:var|etc|opt)/[\w./-]+\w", text):
            base = re.sub(r"^(/opt/kindline)/.*", r"\1", place)
            assert base in made, f"{unit} needs {place}"


AS_THE_SERVICE = "-u kindline -- /opt/kindline/bin/kindline doctor in /trial"


@pytest.mark.parametrize(("account", "says"), [("0", AS_THE_SERVICE), ("7", "")], ids=["root", "somebody else"])
def test_the_command_leaves_the_services_settings_alone_in_another_folder(
    account: str, says: str, tmp_path: Path
) -> None:
    for name, line in {"id": f"echo {account}", "runuser": 'echo "$@" in "$KINDLINE_DATA"'}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{line}\n")
        (tmp_path / name).chmod(0o755)
    around = {"PATH": f"{tmp_path}:{os.defpath}", "KINDLINE_DATA": "/trial"}
    told = subprocess.run([DEPLOY / "kindline", "doctor"], env=around, capture_output=True, text=True, check=False)
    assert told.stdout.strip() == says
    assert told.stderr == ("" if says else "kindline: say: sudo kindline doctor\n")


def test_every_sentence_of_the_table_is_said() -> None:
    code = " ".join(
        re.sub(r'"\s*\n\s*f?"', "", file.read_text())
        for place in FOUND_IN
        for file in ([SOURCE / place] if place.endswith(".py") else sorted((SOURCE / place).rglob("*.py")))
    )
    told = SAID.findall(PAGE.read_text())
    assert len(told) > 12
    assert [sentence for sentence in told if sentence not in code] == []


def test_the_image_is_made_of_what_is_there() -> None:
    text = (DEPLOY / "Dockerfile").read_text()
    sources = [word for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE) for word in line.split()[:-1]]
    assert sources
    assert [name for name in sources if not (ROOT / name).exists()] == []
    assert "--require-hashes" in text
    assert re.search(r"^USER kindline$", text, re.MULTILINE)
    health = re.search(r'"(from http.client .+?)"\]', text)
    assert health
    compile(health[1], "healthcheck", "exec")


def test_the_compose_file_names_what_is_there() -> None:
    text = (DEPLOY / "compose.yml").read_text()
    assert "\t" not in text
    for named in ("deploy/Dockerfile",):
        assert named in text
        assert (ROOT / named).exists()
    assert (DEPLOY / "Caddyfile").exists()
    declared = set(re.findall(r"^  (\w+):$", text.partition("\nvolumes:\n")[2], re.MULTILINE))
    assert set(re.findall(r"^      - (\w+):/", text, re.MULTILINE)) == declared
    assert set(re.findall(r"\$\{(\w+)", text)) == {"DOMAIN", "OPERATOR", "JOIN"}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd's own checker")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        # The program is not installed where tests run; any other will do in its place.
        text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", (DEPLOY / unit).read_text(), flags=re.MULTILINE)
        (tmp_path / unit).write_text(text)
    told = subprocess.run(
        ["systemd-analyze", "verify", *(tmp_path / unit for unit in UNITS)], capture_output=True, text=True, check=False
    )
    said = [line for line in told.stderr.splitlines() if "kindline" in line]
    assert said == []
    assert told.returncode == 0, told.stderr


def test_the_script_for_operators_is_a_shell_script_that_parses() -> None:
    assert subprocess.run(["sh", "-n", DEPLOY / "kindline"], check=False).returncode == 0
    assert (DEPLOY / "kindline").stat().st_mode & 0o111
