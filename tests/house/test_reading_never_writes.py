"""T3. Looking at a page changes nothing; a form without its token, or from another site, changes nothing either."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from kindline.ground.vault import unsaved
from tests.house.addresses import LISTED, REFUSED, Route, routes
from tests.house.dump import dump, without
from tests.house.test_who_may_open_what import path_of
from tests.house.things import BEFORE
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
READ = [route for route in routes() if route.name not in LISTED or LISTED[route.name].get != REFUSED]
WRITE = [route for route in routes() if route.name not in LISTED or LISTED[route.name].post != REFUSED]
# What scripts send by themselves is no sign that somebody is there: it leaves the idle clock alone.
SENT_BY_SCRIPTS = ("door:unsaved", "coaching:listen", "drafts:grow", "pauses:told")
ASKED_BY_SCRIPTS = ("people:wake",)  # open pages of two people, all the time
ASKED_BY_BROWSERS = ("page:manifest", "page:worker")  # whenever they like
named = {"ids": lambda route: route.name}


@pytest.mark.walks
@pytest.mark.parametrize("route", READ, **named)
def test_reading_changes_nothing_but_the_idle_clock(route: Route, alice: Somebody) -> None:
    path = path_of(route, alice)
    only_the_idle_clock_moves(alice, path)
    # Somebody without a key does not even move that.
    before = dump()
    Client().get(path)
    assert dump() == before
    # The same page, with words on it that were not saved, and in the state in which it asks for more.
    fields = {
        "what": ["left here"],
        "need": ["left here"],
        "step": ["left here"],
        "version": ["1"],
        "kind": ["boundary"],
    }
    unsaved.keep(alice.person.keyring, uuid4(), path, fields, timezone.now())
    if route.name in BEFORE:
        BEFORE[route.name](alice, *(UUID(part) for part in path.split("/") if len(part) == 36))
    only_the_idle_clock_moves(alice, path)


def only_the_idle_clock_moves(alice: Somebody, path: str) -> None:
    before = without(dump(), "vault_session", "used_at")
    for minutes, method in ((3, "HEAD"), (6, "GET")):
        # Long enough that the idle clock moves: the one write that reading may do.
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            answer = alice.client.generic(method, path)
        assert answer.status_code < 400
        assert without(dump(), "vault_session", "used_at") == before, method


def test_the_idle_clock_is_moved_at_most_once_a_minute(alice: Somebody) -> None:
    before, now = dump(), timezone.now()
    with time_machine.travel(now + timedelta(seconds=50), tick=False):
        alice.client.get("/settings/")
    assert dump() == before
    with time_machine.travel(now + timedelta(seconds=70), tick=False):
        alice.client.get("/settings/")
    assert dump() != before
    assert without(dump(), "vault_session", "used_at") == without(before, "vault_session", "used_at")


def test_a_dump_would_see_a_single_changed_value(alice: Somebody) -> None:
    before = dump()
    person = alice.person
    type(person).objects.filter(id=person.id).update(version=person.version + 1)
    assert dump() != before
    assert any(len(rows) > 1 for table, rows in before.items() if table == "people_person")


@pytest.mark.walks
@pytest.mark.parametrize("route", WRITE, **named)
def test_a_form_without_its_token_or_from_another_site_changes_nothing(route: Route, alice: Somebody) -> None:
    path, strict = path_of(route, alice), Client(enforce_csrf_checks=True)
    strict.cookies = alice.client.cookies
    before = dump()
    assert strict.post(path).status_code == 403
    assert strict.post(path, {"csrfmiddlewaretoken": "a" * 64}).status_code == 403
    assert dump() == before
    for site in ("cross-site", "same-site"):
        assert alice.client.post(path, headers={"Sec-Fetch-Site": site}).status_code == 403
    assert dump() == before


def test_every_other_page_counts_as_somebody_being_there() -> None:
    unheard = {route.name for route in routes() if getattr(route.view, "background", False)}
    assert unheard == {*SENT_BY_SCRIPTS, *ASKED_BY_SCRIPTS, *ASKED_BY_BROWSERS}


@pytest.mark.parametrize("name", SENT_BY_SCRIPTS)
def test_what_scripts_send_by_themselves_does_not_keep_a_place_unlocked(name: str, alice: Somebody) -> None:
    route = next(route for route in routes() if route.name == name)
    before = dump()["vault_session"]
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        alice.client.post(path_of(route, alice), {"text": "You never listen."})
    assert dump()["vault_session"] == before


def test_an_open_page_that_waits_for_news_does_not_keep_a_place_unlocked(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    before = dump()
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        assert alice.client.get("/wake/").status_code == 200
    assert dump() == before
