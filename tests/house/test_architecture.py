"""The layout holds: the arrow, the furniture of rooms, and the few doors between them."""

import ast
import configparser
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignObject

from kindline import rooms
from tests.house.tree import (
    ROOT,
    SOURCE,
    front_rooms,
    imported,
    modules,
    of_kind,
    place,
    private_rooms,
    shared_rooms,
    tree,
    walked,
)

FURNITURE = {"urls", "views", "forms", "actions", "queries", "due", "models", "rules", "shapes", "apps", "__init__"}
FURNITURE |= {"ledger"}  # from rows to facts whose signatures were checked, for queries and actions alike
WRITING = {
    "add",
    "rewrite",
    "remove",
    "put",
    "drop",
    "forget",
    "keep",
    "bulk_create",
    "create",
    "save",
    "delete",
    "update",
    "get_or_create",
}
WRITING_MODULES = ("kindline.ground.vault.records.", "kindline.ground.vault.unsaved.")
# An operator's `kindline verify` reads a copy that somebody took along; no person is there to ask a query for.
CHECKS_THE_OPERATOR_NEEDS = {"kindline.ours.agreements.verifying"}
OPEN_TO_OTHERS = ("actions", "queries", "due", "urls", "apps", "__init__")
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "misc"}
PURE_LIBRARIES = {
    "__future__",
    "bisect",
    "collections",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "itertools",
    "math",
    "msgspec",
    "re",
    "statistics",
    "string",
    "typing",
    "unicodedata",
    "uuid",
    "zoneinfo",
}
MAKES_MARKUP = {"mark_safe", "format_html", "format_html_join", "SafeString", "SafeText", "SafeData", "html_safe"}
MAY_PRINT = {"cli.py", "coach/cli.py", "coach/__main__.py", "demo/cli.py", "operating/cli.py", "serve.py"}
SPEAKS_TO_THE_COACH = ("cli.py", "coach/", "ground/coaching/", "mine/drafts/")


def named(file: Path) -> str:
    return str(file.relative_to(SOURCE))


# The arrow.


def test_every_import_contract_holds() -> None:
    # In a process of its own: it switches off every logger that is there already.
    linter = Path(sys.executable).with_name("lint-imports")
    checked = [linter, "--config", ROOT / ".importlinter", "--no-cache"]
    said = subprocess.run(
        checked,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(SOURCE.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stdout


def contracts() -> configparser.ConfigParser:
    found = configparser.ConfigParser()
    found.read(ROOT / ".importlinter")
    return found


def test_every_layer_contract_is_exhaustive_so_that_a_new_folder_has_to_be_placed() -> None:
    layers = [part for part in map(contracts().__getitem__, contracts().sections()) if part.get("type") == "layers"]
    assert {part["containers"].strip() for part in layers} >= {"kindline", *(f"kindline.{hall}" for hall in halls())}
    assert [part.name for part in layers if part.get("exhaustive") != "True"] == []


def halls() -> list[str]:
    return [hall for hall in ("front", "mine", "ours", "ground") if (SOURCE / hall).is_dir()]


def test_every_room_has_a_door_contract() -> None:
    doors = {
        part["allowed_importers"].strip(): set(part["protected_modules"].split())
        for part in map(contracts().__getitem__, contracts().sections())
        if part.get("type") == "protected"
    }
    for room in private_rooms() + shared_rooms():
        name = f"kindline.{room.parent.name}.{room.name}"
        inner = {f"{name}.{file.stem}" for file in room.glob("*.py")}
        open_to_others = {f"{name}.{furniture}" for furniture in OPEN_TO_OTHERS}
        unprotected = sorted(inner - open_to_others - CHECKS_THE_OPERATOR_NEEDS - doors.get(name, set()))
        assert not unprotected, f"add to the {room.name}-door contract in .importlinter: {', '.join(unprotected)}"


def test_every_folder_of_a_hall_is_a_room_named_in_rooms_py() -> None:
    known = {"front": rooms.FRONT, "mine": rooms.MINE, "ours": rooms.OURS, "ground": rooms.GROUND}
    for hall, names in known.items():
        found = {file.parent.name for file in (SOURCE / hall).glob("*/__init__.py")}
        assert found == set(names), f"kindline/rooms.py and src/kindline/{hall} differ"


# The furniture.


def views_named_in(room: Path) -> set[tuple[str, str]]:
    """Return (module, view) for every view that the room's urls.py leads to."""
    return {
        (node.value.id, node.attr)
        for node in walked(room / "urls.py", ast.Attribute)
        if isinstance(node.value, ast.Name)
    }


def is_a_further_sheet_of_views(file: Path) -> bool:
    """Say whether a module holds views and nothing else that others could use."""
    led_to = {view for module, view in views_named_in(file.parent) if module == file.stem}
    return bool(led_to) and {function.name for function in public_functions(file)} == led_to


def lays_out_pages(file: Path) -> bool:
    """Say whether a module only prepares what views show: it reads no rows and writes none."""
    needed = imported(file)
    reaches = (
        "django.db",
        "kindline.ground.vault.records",
        "kindline.ground.vault.unsaved",
        "kindline.ground.vault.models",
    )
    own = f"kindline.{file.parent.parent.name}.{file.parent.name}."
    return not any(name.startswith((*reaches, f"{own}models", f"{own}actions", f"{own}views")) for name in needed)


def is_pure(file: Path) -> bool:
    own = f"kindline.{file.parent.parent.name}.{file.parent.name}"
    allowed = ("django.utils.translation", "django.utils.functional", "kindline.coach", f"{own}.rules", f"{own}.shapes")
    return all(
        name.partition(".")[0] in PURE_LIBRARIES
        or name.startswith(allowed)
        or name in {own, "kindline", "kindline.ground.vault.sealing", "kindline.ground.vault.sealing.Shape"}
        for name in imported(file)
    )


@pytest.mark.parametrize("room", private_rooms() + shared_rooms(), ids=lambda room: room.name)
def test_a_room_holds_its_furniture(room: Path) -> None:
    """Besides it: pure modules, further sheets of views, and what lays out their pages."""
    for file in room.glob("*.py"):
        fits = file.stem in FURNITURE or is_pure(file) or is_a_further_sheet_of_views(file) or lays_out_pages(file)
        assert fits, f"{place(file)} is neither furniture, nor pure, nor views alone, nor the layout of pages"


@pytest.mark.parametrize("room", front_rooms(), ids=lambda room: room.name)
def test_the_front_owns_no_data(room: Path) -> None:
    assert not (room / "models.py").exists()
    assert not (room / "migrations").exists()
    assert list(apps.get_app_config(room.name).get_models()) == []


def test_rules_and_shapes_are_pure() -> None:
    for file in modules():
        if file.stem not in {"rules", "shapes"}:
            continue
        impure = {name for name in imported(file) if name.startswith(("django", "kindline.ground.vault.records", "os"))}
        assert not impure, f"{place(file)} imports {', '.join(sorted(impure))}"
        clocks = [node.lineno for node in walked(file, ast.Attribute) if node.attr in {"now", "today", "utcnow"}]
        assert not clocks, f"{place(file, clocks[0])} reads a clock; take `now` from the caller"


def test_rooms_write_only_in_actions() -> None:
    """Views, forms and queries call nothing that writes a record."""
    for room in private_rooms() + shared_rooms():
        for file in room.glob("*.py"):
            if file.stem == "actions":
                continue
            written = {name.rpartition(".")[2] for name in imported(file) if name.startswith(WRITING_MODULES)} & WRITING
            assert not written, f"{place(file)} imports {written} to write; only actions.py writes"
            for call in walked(file, ast.Call):
                if isinstance(call.func, ast.Attribute) and call.func.attr in WRITING:
                    of = getattr(call.func.value, "id", getattr(call.func.value, "attr", ""))
                    writes = of in {"records", "unsaved", "CONTENTS", "objects"}
                    assert not writes, f"{place(file, call.lineno)} calls {of}.{call.func.attr}; only actions.py writes"


# The doors.


def test_no_private_row_hangs_on_another_room() -> None:
    """A private row knows its owner only: no key from private to shared, none between rooms."""
    for label in rooms.MINE:
        for model in apps.get_app_config(label).get_models():
            aims = {
                field.related_model._meta.label
                for field in model._meta.get_fields()
                if isinstance(field, ForeignObject)
            }
            assert aims <= {"vault.Account"}, f"{model._meta.label} points at {aims}"


def doors_to(file: Path, name: str) -> set[str]:
    """Return the public functions of a module that lead to a function: itself, or what calls it."""
    if not name.startswith("_"):
        return {name}
    calling = {
        function.name
        for function in walked(file, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == name
    }
    return {door for one in calling - {name} for door in doors_to(file, one)}


def crossings(file: Path) -> set[tuple[str, str]]:
    """Return (function, other room's action) for every call of another room's actions in a room's module."""
    own, aliases = file.parent.name, {}
    for node in walked(file, ast.ImportFrom):
        hall, _, room = (node.module or "").removeprefix("kindline.").partition(".")
        if hall in {"mine", "ours"} and room != own:
            aliases |= {one.asname or one.name: room for one in node.names if one.name == "actions"}
    found = set()
    for function in walked(file, ast.FunctionDef):
        for call in ast.walk(function):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            of = call.func.value
            if isinstance(of, ast.Name) and of.id in aliases and call.func.attr.islower():
                crosses = f"{aliases[of.id]}.actions.{call.func.attr}"
                found |= {(f"{own}.{file.stem}.{name}", crosses) for name in doors_to(file, function.name)}
    return found


def test_rooms_write_into_other_rooms_only_where_the_architecture_says_so() -> None:
    written = (ROOT / "ARCHITECTURE.md").read_text().partition("## Writing from room to room")[2].partition("##")[0]
    said = {
        (found[1], action)
        for found in re.finditer(r"^- `([\w.]+)` → (.*?): ", written, re.MULTILINE)
        for action in re.findall(r"`([\w.]+)`", found[2])
    }
    done = {one for room in private_rooms() + shared_rooms() for file in room.glob("*.py") for one in crossings(file)}
    assert done == said, "ARCHITECTURE.md, Writing from room to room, and the code differ"


def test_only_the_page_makes_markup() -> None:
    for file in modules():
        if file.is_relative_to(SOURCE / "ground/page"):
            continue
        made = {name for name in imported(file) if name.rpartition(".")[2] in MAKES_MARKUP}
        assert not made, f"{place(file)} imports {', '.join(made)}; only ground/page may"
        asked = [node.lineno for node in walked(file, ast.Attribute) if node.attr in MAKES_MARKUP | {"__html__"}]
        assert not asked, f"{place(file, asked[0])} makes markup; only ground/page may"


def test_only_the_adapter_the_composer_and_the_command_speak_to_the_coach() -> None:
    composing = set()
    for file in modules():
        if any(name == "kindline.coach" or name.startswith("kindline.coach.") for name in imported(file)):
            assert named(file).startswith(SPEAKS_TO_THE_COACH), f"{place(file)} imports the coach"
            if named(file).startswith("mine/drafts/"):
                composing.add(file.name)
    assert len(composing) <= 1, f"one module of drafts composes, not {sorted(composing)}"


def test_one_module_speaks_to_libsodium() -> None:
    speaks = {
        (named(file), library)
        for file in modules()
        for library in {name.partition(".")[0] for name in imported(file)} & {"nacl", "cryptography"}
    }
    # Web Push wants a curve that libsodium has not; nothing anybody wrote passes there.
    assert speaks == {("ground/vault/primitives.py", "nacl"), ("ground/post/webpush.py", "cryptography")}


def test_there_are_no_signals_and_no_event_bus() -> None:
    for file in modules(tests=True):
        heard = {name for name in imported(file) if "signals" in name.split(".") or name.startswith("django.dispatch")}
        assert not heard, f"{place(file)} imports {', '.join(heard)}; state is derived, never triggered"


def test_django_auth_admin_and_sessions_are_not_installed() -> None:
    assert not [app.name for app in apps.get_app_configs() if app.name.startswith("django.contrib.")
                and app.name != "django.contrib.staticfiles"]  # fmt: skip


# The style of the code.


def test_nothing_prints_but_the_commands() -> None:
    for file in modules():
        if named(file) in MAY_PRINT:
            continue
        printed = [node.lineno for node in walked(file, ast.Call) if isinstance(node.func, ast.Name)
                   and node.func.id in {"print", "pprint", "breakpoint"}]  # fmt: skip
        assert not printed, f"{place(file, printed[0])} prints"


def test_no_except_catches_everything() -> None:
    for file in modules(tests=True):
        for node in walked(file, ast.ExceptHandler):
            caught = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)} if node.type else {""}
            assert not caught & {"", "BaseException", "Exception"}, f"{place(file, node.lineno)} catches everything"


def test_no_name_says_that_nobody_knew_what_it_is() -> None:
    bad = [
        place(file)
        for file in of_kind(".py", ".html", ".js", ".css")
        if {part.partition(".")[0].lstrip("_") for part in file.relative_to(ROOT).parts} & FORBIDDEN_NAMES
        or file.stem.rpartition("_")[2] in FORBIDDEN_NAMES
    ]
    assert bad == []


def public_functions(file: Path) -> list[ast.FunctionDef]:
    return [node for node in tree(file).body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def methods_too(file: Path) -> list[ast.FunctionDef]:
    found = public_functions(file)
    for kind in tree(file).body:
        if isinstance(kind, ast.ClassDef) and not kind.name.startswith("_"):
            found += [node for node in kind.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    return found


SPOKEN = [file for file in modules() if file.stem in {"rules", "actions", "queries", "due"}]


@pytest.mark.parametrize("file", SPOKEN, ids=named)
def test_rules_actions_and_queries_say_what_they_do(file: Path) -> None:
    for function in methods_too(file):
        where = f"{place(file, function.lineno)} {function.name}"
        said = ast.get_docstring(function) or ""
        assert said, f"{where} has no docstring"
        assert said.partition("\n")[0].endswith((".", ":", "?")), f"{where}: the docstring's first line is no sentence"
        taken = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        untyped = [one.arg for one in taken if one.annotation is None and one.arg not in {"self", "cls"}]
        assert not untyped, f"{where}: no type for {', '.join(untyped)}"
        assert function.returns is not None, f"{where}: no return type"


ACTIONS = [file for file in modules() if file.stem == "actions" and not file.is_relative_to(SOURCE / "ground/vault")]


@pytest.mark.parametrize("file", ACTIONS, ids=named)
def test_actions_take_keywords_only_and_never_look_at_the_clock(file: Path) -> None:
    for function in public_functions(file):
        positional = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
        assert not positional, f"{place(file, function.lineno)} {function.name} takes {positional} by position"
    clocks = [
        node.lineno for node in walked(file, ast.Attribute) if node.attr in {"now", "utcnow", "today", "localtime"}
    ]
    assert not clocks, f"{place(file, clocks[0])} looks at the clock; take `now` from the caller"
