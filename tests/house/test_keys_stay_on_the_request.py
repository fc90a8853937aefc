"""Keys and opened words live as long as one request: in no cache, no global, no pickle, no thread's own store."""

import ast
import asyncio
import copy
import pickle
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import AsyncRequestFactory

from kindline.asgi import OneHopHandler
from kindline.ground.people.live import Wake
from kindline.ground.vault.keyring import Keyring
from tests.house.tree import SOURCE, modules, place, tree, walked
from tests.people import Somebody

REMEMBERS = {"cache", "lru_cache"}
STORES = ("pickle", "shelve", "marshal", "django.core.cache", "threading.local", "contextvars", "asgiref.local")
# What may outlive a request: locks, queues, and counts of addresses that are nobody's words.
MAY_KEEP_STATE = {"ground/vault/stretching.py", "front/door/asking.py", "asgi.py"}


# Ids of rows and keys, which every row shows; nothing that opens anything.
MAY_REMEMBER = {"_framed_once"}
# Reckons with zones and years, and has never heard of a person.
CLOCK = SOURCE / "ground/clock"
# How somebody reads a clock, 12 or 24, set anew with every request.
MAY_STORE = {"ground/page/clock_face.py": {"ContextVar"}}


def app_modules() -> list[Path]:
    return [file for file in modules() if not file.is_relative_to(SOURCE / "coach")]


def test_only_what_takes_nothing_is_remembered() -> None:
    """A function that remembers its answers and is handed something of a person would keep it for good."""
    for file in (file for file in app_modules() if not file.is_relative_to(CLOCK)):
        for function in walked(file, ast.FunctionDef):
            marks = [one for mark in function.decorator_list for one in ast.walk(mark)]
            names = {getattr(one, "id", getattr(one, "attr", "")) for one in marks}
            takes = [one.arg for one in (*function.args.args, *function.args.kwonlyargs)]
            assert not (names & REMEMBERS and takes), (
                f"{place(file, function.lineno)} remembers what it is given: {takes}"
            )


def test_nothing_is_put_into_a_store_that_outlives_the_request() -> None:
    for file in app_modules():
        for node in walked(file, (ast.Import, ast.ImportFrom)):
            names = [alias.name for alias in node.names]
            base = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            kept = {name for name in names if f"{base}{name}".startswith(STORES)}
            kept -= MAY_STORE.get(str(file.relative_to(SOURCE)), set())
            assert not kept, f"{place(file, node.lineno)} imports {kept}"
        assert not list(walked(file, ast.Global)), f"{place(file)} changes a global"


def test_no_module_holds_something_that_grows() -> None:
    """An empty list, dict or set at the top of a module is there to be filled, by whoever comes along."""
    for file in app_modules():
        if str(file.relative_to(SOURCE)) in MAY_KEEP_STATE:
            continue
        for node in tree(file).body:
            value = getattr(node, "value", None) if isinstance(node, ast.Assign | ast.AnnAssign) else None
            empty = isinstance(value, ast.List | ast.Dict) and not (
                getattr(value, "elts", 0) or getattr(value, "keys", 0)
            )
            assert not empty, f"{place(file, node.lineno)} begins empty and would grow"


def test_no_cache_is_set_up() -> None:
    assert {name: one["BACKEND"] for name, one in settings.CACHES.items()} == {
        "default": "django.core.cache.backends.locmem.LocMemCache"  # Django's own default, used by nothing here
    }
    assert not hasattr(settings, "SESSION_ENGINE") or "django.contrib.sessions" not in settings.INSTALLED_APPS


@pytest.mark.django_db
@pytest.mark.storage
def test_a_keyring_is_not_written_anywhere(alice: Somebody) -> None:
    keyring: Keyring = alice.person.keyring
    for write in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            write(keyring)
    said = f"{keyring!r} {keyring} {alice.person!r} {alice.person}"
    assert keyring.secrets.private.secret.hex() not in said
    assert repr(keyring.account_key) not in said
    assert alice.name not in said
    assert not hasattr(keyring, "__dict__")


def test_a_stream_that_stays_open_holds_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    request, handler = AsyncRequestFactory().get("/wake/"), OneHopHandler()
    request.person = object()

    def answer(_request: object) -> Wake:
        return Wake(uuid4(), uuid4(), "a session")

    monkeypatch.setattr(handler, "_answer", answer)
    assert asyncio.run(handler.get_response_async(request)).streaming
    assert not vars(request)
