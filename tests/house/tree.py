"""The source as the tests of the house see it: its files, their syntax trees, the rooms."""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kindline import rooms

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/kindline"
SKIPPED = {"__pycache__", "node_modules", "data"}
NOT_OURS = {".git"}  # a file in a linked work tree, a folder elsewhere
BINARY = {".png", ".ico", ".woff2", ".gz", ".br", ".sqlite3", ".pyc"}


@cache
def files() -> tuple[Path, ...]:
    """Return every file of the project; what tools leave behind in hidden folders is no part of it."""
    found = []
    for folder, inner, names in os.walk(ROOT):
        here = Path(folder)
        inner[:] = [
            name for name in inner if name not in SKIPPED and (not name.startswith(".") or name in {".ci", ".github"})
        ]
        found += [here / name for name in names if name not in NOT_OURS and Path(name).suffix not in BINARY]
    return tuple(sorted(found))


def of_kind(*suffixes: str, under: Path = ROOT) -> list[Path]:
    """Return the project's files with one of these suffixes."""
    return [file for file in files() if file.suffix in suffixes and file.is_relative_to(under)]


def modules(*, tests: bool = False, migrations: bool = False) -> list[Path]:
    """Return the Python files of the source; its tests and migrations only when asked for."""
    return [
        file
        for file in of_kind(".py", under=SOURCE)
        if (tests or "tests" not in file.parts) and (migrations or "migrations" not in file.parts)
    ]


def templates() -> list[Path]:
    """Return every template."""
    return [file for file in files() if "templates" in file.parts and file.suffix in {".html", ".txt", ".svg"}]


@cache
def tree(file: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(file.read_text(), str(file))


def walked(file: Path, kind: type[ast.AST] | tuple[type[ast.AST], ...]) -> Iterator[ast.AST]:
    """Yield the nodes of one kind in a file."""
    return (node for node in ast.walk(tree(file)) if isinstance(node, kind))


def imported(file: Path) -> set[str]:
    """Return the dotted names a file imports, a module's names with the module before them."""
    found: set[str] = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def private_rooms() -> list[Path]:
    """Return the folders of the private rooms."""
    return [SOURCE / "mine" / name for name in rooms.MINE]


def shared_rooms() -> list[Path]:
    """Return the folders of the shared rooms."""
    return [SOURCE / "ours" / name for name in rooms.OURS]


def front_rooms() -> list[Path]:
    """Return the folders of the front's rooms."""
    return [SOURCE / "front" / name for name in rooms.FRONT]


def place(file: Path, line: int = 0) -> str:
    """Return a file and line as a person would look it up."""
    return f"{file.relative_to(ROOT)}:{line}" if line else str(file.relative_to(ROOT))
