"""Keys and opened words live as long as one request: in no cache, no global, no pickle, no thread's own store."""

import ast
import asyncio
import copy
import gc
import pickle
import threading
import weakref
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import AsyncRequestFactory
from django_htmx.middleware import HtmxDetails

from kindline.asgi import PAGES, OneHopHandler
from kindline.ground.people.gate import PersonRequest
from kindline.ground.people.live import State, Wake
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


class Keys:
    """Stands for what somebody's request carries while they are unlocked."""


class Waiting:
    """Pages on one handler that had their first mark and listen on."""

    def __init__(self, handler: OneHopHandler) -> None:
        self.handler = handler
        self.scopes: list[dict[str, Any]] = []
        self.streams: list[asyncio.Task[None]] = []
        self.told: list[dict[str, Any]] = []
        self.over = asyncio.Event()

    async def open(self) -> None:
        """Let one more page listen."""
        scope: dict[str, Any] = AsyncRequestFactory()._base_scope(path="/wake/", headers=[(b"cookie", b"token")])
        coming = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> dict[str, Any]:
            if coming:
                return coming.pop()
            await self.over.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            self.told.append(message)

        self.scopes.append(scope)
        self.streams.append(asyncio.create_task(self.handler(scope, receive, send)))
        while len(self.handler.hub.listeners) < len(self.streams):
            await asyncio.sleep(0)

    async def close(self) -> None:
        """Let all of them hang up."""
        self.over.set()
        await asyncio.gather(*self.streams)


async def no_look(_heard: object, _sessions: object) -> State:
    """Stand for a database that is away."""
    raise ConnectionError


def test_a_page_that_listens_on_holds_no_keys_no_token_and_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    handler, keys = OneHopHandler(), list[weakref.ref[Keys]]()

    def get_response(request: PersonRequest) -> HttpResponse:
        request.person = Keys()  # type: ignore[assignment]
        request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
        keys.append(weakref.ref(request.person))
        answer = Wake(uuid4(), uuid4(), "a session")
        answer["Content-Length"] = str(len(answer.content))
        answer._resource_closers.append(request.close)
        return answer

    async def listen() -> None:
        waiting = Waiting(handler)
        await waiting.open()
        threads = threading.active_count()
        for _ in range(20):
            await waiting.open()
        assert threading.active_count() <= threads + PAGES._max_workers
        assert len(keys) == len(waiting.streams)
        assert not any(key() for key in keys), "each went with its answer, before any collector came by"
        assert b"token" not in repr(waiting.scopes).encode()
        heads = [one for one in waiting.told if one["type"] == "http.response.start"]
        pieces = [one for one in waiting.told if one["type"] == "http.response.body"]
        assert len(heads) == len(pieces) == len(waiting.streams)
        assert not any(name.lower() == b"content-length" for head in heads for name, _value in head["headers"])
        assert all(one["more_body"] for one in pieces)
        await waiting.close()

    monkeypatch.setattr(handler, "get_response", get_response)
    monkeypatch.setattr(handler.hub, "look", no_look)
    gc.disable()
    try:
        asyncio.run(listen())
    finally:
        gc.enable()
