"""The quick reading of rule files says what TOML says, and leaves to TOML what it does not know."""

import subprocess
import sys
import tomllib

import pytest

from kindline.coach.book import RULES
from kindline.coach.heads import plain_head

HEADS = [
    pytest.param(file.read_text(encoding="utf-8").partition("\n[[")[0], id=file.stem)
    for folder in ("", "parts", "safety", "frames", "ear")
    for file in sorted((RULES / "en" / folder).glob("*.toml"))
]
LEFT_TO_TOML = [
    "key = words", 'key = "open', 'key = "a\\tb"', 'key = "a" # why', "# why", 'key = "a"\nkey = "b"', "key = 'a'",
    "key = '''a'''", "key = '''\na''''", "key = '''\na''b'''", 'key = ["a" "b"]', 'key = ["a",, "b"]', 'key = [1]',
    'key = ["a]', "key = 1.5", "key = 01", "key = True", "key.of = 1", '"key" = 1', "[table]", 'key="a"', 'key = "a" b',
    'key = "\x00"', "key = '''\n\x01'''", "key", "=", " ",
]  # fmt: skip
PLAIN = [
    "", 'a = "it\'s # no"', 'a = []\nb = ["x"]\nc = ["x", "y",]\nd = [\n  "x",\n  "]",\n]\n\n\ne = [ ]',
    "a = true\nb = false\nc = 120",
    "a = '''\n'''\nb = '''\n\nmummy's # all of it\n\n'''\n", 'a-b = "“é”"', "\na = 1\n\n",
]  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
def test_every_rule_is_read_quickly_and_as_toml_reads_it(head: str) -> None:
    assert plain_head(head) == tomllib.loads(head)


@pytest.mark.parametrize("head", PLAIN)
def test_plain_ways_of_writing_are_read_as_toml_reads_them(head: str) -> None:
    assert plain_head(head) == tomllib.loads(head)


@pytest.mark.parametrize("head", LEFT_TO_TOML)
def test_anything_else_is_left_to_toml(head: str) -> None:
    assert plain_head(head) is None


def test_a_start_brings_in_nothing_that_listening_does_without() -> None:
    asked = "import sys; from kindline.coach import listen; listen('You never listen.'); print(*sys.modules)"
    command, env = [sys.executable, "-S", "-c", asked], {"PYTHONPATH": str(RULES.parents[2])}
    ran = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
    loaded = set(ran.stdout.split())
    assert "kindline.coach.ear" in loaded
    assert loaded.isdisjoint(("dataclasses", "inspect", "tomllib", "kindline.coach.wordings", "kindline.coach.tries"))
