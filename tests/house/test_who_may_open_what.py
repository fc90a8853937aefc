"""T2. Every address, every method, every role, against the table in addresses.py."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.house.addresses import LISTED, REFUSED, TABLE, Route, routes
from tests.house.things import MAKERS, somebody_to_thank
from tests.people import Somebody, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.walks]
ROUTES = routes()
KNOWN = [route for route in ROUTES if route.name in LISTED]
OTHER_METHODS = ("OPTIONS", "PUT", "PATCH", "DELETE", "TRACE")
ROLES = ("anonymous", "locked", "device", "alice", "charlie")


def test_every_address_stands_in_the_table() -> None:
    unlisted = sorted(
        {f"{route.name} (/{route.pattern})" for route in ROUTES} - {f"{r.name} (/{r.pattern})" for r in KNOWN}
    )
    assert not unlisted, f"say in tests/house/addresses.py who may open: {', '.join(unlisted)}"


def test_the_table_lists_nothing_that_is_gone() -> None:
    gone = sorted(set(LISTED) - {route.name for route in ROUTES})
    assert not gone, f"take out of tests/house/addresses.py: {', '.join(gone)}"
    assert len(LISTED) == len(TABLE)


def test_every_address_has_a_name_of_its_own() -> None:
    names = [route.name for route in ROUTES]
    assert sorted(set(names)) == sorted(names)


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever happens inside, so that each request meets the same house."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def client_of(role: str, alice: Somebody) -> Client:
    if role == "anonymous":
        return Client()
    if role == "device":
        return locked_device(alice)
    if role == "charlie":
        return somebody("Charlie").client
    # A browser of its own, as some of these requests take the key out of it.
    client = Client()
    client.cookies = deepcopy(alice.client.cookies)
    return client


def locked_device(of: Somebody) -> Client:
    """Return a browser in which nobody is unlocked, and that may pause for somebody without it."""
    somebody_to_thank(of)
    of.client.post("/ours/pauses/devices/")
    locked = Client()
    locked.cookies[settings.PAUSE_COOKIE] = of.client.cookies.pop(settings.PAUSE_COOKIE).value
    return locked


def path_of(route: Route, alice: Somebody) -> str:
    unmade = set(route.wants) - set(MAKERS)
    assert not unmade, f"{route.name} wants {unmade}: say in tests/house/things.py how one is made"
    return route.path(**{name: MAKERS[name](alice) for name in route.wants})


def expected(route: Route, role: str, method: str) -> int:
    line = LISTED[route.name]
    if role in {"anonymous", "locked"}:
        return line.for_anybody(method)
    if role == "device":
        return line.for_device(method)
    return line.for_owner(method) if role == "alice" else line.for_stranger(method)


@pytest.mark.parametrize("route", KNOWN, ids=lambda route: route.name)
def test_every_role_gets_what_the_table_says(route: Route, alice: Somebody) -> None:
    path = path_of(route, alice)
    got, wanted = {}, {}
    for role in ROLES:
        with undone():
            answers = answers_to(client_of(role, alice), path, minutes_later=11 if role == "locked" else 0)
        for method, status in answers.items():
            got[role, method] = status
            if method in OTHER_METHODS:
                # Without a key the lock answers first; it says no more about the address than that it is private.
                wanted[role, method] = status if status in _refusals(route, role) else REFUSED
            else:
                wanted[role, method] = expected(route, role, "POST" if method == "POST" else "GET")
    assert got == wanted, f"{path}; the table is tests/house/addresses.py"


def answers_to(client: Client, path: str, *, minutes_later: int) -> dict[str, int]:
    """Return how each method is answered."""
    answers = {}
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes_later), tick=True):
        for method in ("GET", "HEAD", "POST", *OTHER_METHODS):
            with undone():
                answers[method] = client.generic(method, path).status_code
    return answers


def _refusals(route: Route, role: str) -> set[int]:
    locked = LISTED[route.name].kind != "public" and role in {"anonymous", "locked", "device"}
    return {REFUSED, 302} if locked else {REFUSED}


def plain(body: bytes) -> str:
    """Return a body without what is new in every answer: the form's token and the policy's nonce."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body.decode())
    text = re.sub(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", "an-id", text)
    return re.sub(r'nonce="[\w-]+"', "", text)


THINGS = [route for route in KNOWN if LISTED[route.name].kind == "thing"]


@pytest.mark.parametrize("route", THINGS, ids=lambda route: route.name)
def test_somebody_elses_thing_looks_exactly_like_none(route: Route, alice: Somebody, charlie: Somebody) -> None:
    theirs = path_of(route, alice)
    nobodys = route.path(**{name: uuid4() for name in route.wants})
    for method in ("GET", "POST"):
        with undone():
            one = charlie.client.generic(method, theirs)
        with undone():
            other = charlie.client.generic(method, nobodys)
        assert one.status_code == other.status_code
        assert plain(one.content).replace(theirs, "") == plain(other.content).replace(nobodys, "")
        assert said(one) == said(other)


def said(answer: HttpResponse) -> dict[str, str]:
    """Return the headers that are the same for every answer: all but the policy with its nonce."""
    return {name: value for name, value in answer.items() if name != "Content-Security-Policy"}


@pytest.mark.parametrize("route", THINGS, ids=lambda route: route.name)
def test_an_address_of_a_thing_takes_no_number_that_could_be_counted_through(route: Route) -> None:
    assert "<uuid:" in route.pattern
    assert "<int:" not in route.pattern


def test_an_address_that_is_not_there_is_the_same_page_for_everybody(alice: Somebody) -> None:
    for client in (Client(), alice.client):
        assert client.get("/mine/journal/not-there/").status_code == 404
        assert client.get(f"/mine/nothing/{uuid4()}/").status_code == 404
