"""A new installation stretches passphrases with Argon2id at 64 MiB and three passes; nothing turns that down."""

import ast
import importlib

import pytest

from kindline.ground.vault import primitives
from tests.house.tree import SOURCE, walked

real = importlib.import_module("kindline.settings")


def test_the_real_settings_ask_for_64_mebibytes_and_three_passes() -> None:
    assert real.STRETCH_MEMORY == 64 * 1024 * 1024
    assert real.STRETCH_PASSES == 3


def test_no_environment_turns_the_cost_down() -> None:
    for node in walked(SOURCE / "settings.py", (ast.Assign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(isinstance(name, ast.Name) and name.id.startswith("STRETCH") for name in targets):
            parts = {type(part) for part in ast.walk(node.value)}
            assert parts <= {ast.Constant, ast.BinOp, ast.Mult}, "the cost is a plain number, read from nowhere"


def test_the_function_is_argon2id() -> None:
    """The vector is computed by the library's own Argon2id; another function would not agree."""
    nacl = pytest.importorskip("nacl.pwhash")
    cost = primitives.Cost(8192, 1)
    expected = nacl.argon2id.kdf(32, b"plainly copper otter", b"s" * 16, opslimit=1, memlimit=8192)
    assert primitives.stretch(b"plainly copper otter", b"s" * 16, cost) == expected
    assert primitives.stretch(b"plainly copper otter", b"s" * 16, primitives.Cost(8192, 2)) != expected
