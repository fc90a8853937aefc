"""T2 for what two share: every address of a shared thing, for the other, for who left it, with a copy or without."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.utils import timezone

from kindline.front.together import actions as together
from kindline.ground.vault.models import SharedRecord
from kindline.ours.agreements.tests import living
from kindline.ours.negotiation.tests import talking
from kindline.ours.pauses import actions as pauses
from kindline.ours.rhythms.tests import living as coming_round
from kindline.ours.thanks import actions as thanks
from tests.house import things
from tests.house.addresses import LISTED, REFUSED, Route, routes
from tests.house.dump import dump
from tests.house.test_who_may_open_what import undone
from tests.people import Somebody, pair, shared_by, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.walks]

# What both have, and what only one of them has: who gave a line, who was away, who prepares.
BOTHS = {"agreement_id", "talk_id", "topic_id", "circle_id", "rhythm_id", "check_in_id"}
ONES = {"line_id", "pause_id", "device_id", "prepared_id", "one_id"}
ONLY_WHILE_SHARED = {"calendar:event", "pauses:topic"}  # nothing of it is ahead once the space is closed
ROUTES = [route for route in routes() if set(route.wants) & (BOTHS | ONES)]
ROLES = ("the other", "left it", "left with a copy", "a stranger")


def shared_things(alice: Somebody, bob: Somebody) -> dict[str, UUID]:
    """Let two share everything there is, and return each thing's id, by the name that addresses give it."""
    now, line_id, topic_id, pause_id = timezone.now(), uuid4(), uuid4(), uuid4()
    pair(alice, bob)
    circle = shared_by(alice)
    agreement = living.agreed(alice, bob, now=now)
    rhythm = coming_round.planned(alice)
    thanks.thank(person=alice.person, circle=circle, text="For the tea.", form_id=line_id, now=now)
    pauses.step_away(circle=circle, pause_id=pause_id, return_at=now + timedelta(minutes=20), now=now)
    pauses.come_back(circle=circle, now=now)
    pauses.set_aside(circle=circle, topic_id=topic_id, topic="the summer", at=now + timedelta(days=2), now=now)
    return {
        "agreement_id": agreement,
        "talk_id": talking.begun(alice, now=now),
        "topic_id": topic_id,
        "rhythm_id": rhythm,
        "check_in_id": coming_round.begun(bob, rhythm),
        "circle_id": circle.circle,
        "line_id": line_id,
        "pause_id": pause_id,
        "device_id": things.device(alice),
        "prepared_id": things.prepared(alice),
        "one_id": things.one_phone(alice),
    }


def answers(route: Route, who: Somebody, ids: dict[str, UUID]) -> Iterator[tuple[str, int]]:
    """Yield what each method answers that this address takes."""
    path, line = route.path(**ids), LISTED[route.name]
    for method, usual in (("GET", line.get), ("POST", line.post)):
        with undone():
            status = who.client.generic(method, path).status_code
        if usual == REFUSED:
            assert status == REFUSED
        else:
            yield method, status


@pytest.mark.parametrize("role", ROLES)
def test_every_shared_thing_opens_for_whom_it_should_and_nobody_else(role: str, alice: Somebody, bob: Somebody) -> None:
    ids, asks = shared_things(alice, bob), bob
    if role == "a stranger":
        asks = somebody("Charlie")
    elif role != "the other":
        choice = "keep" if role == "left with a copy" else "leave"
        together.leave(person=bob.person, circle=shared_by(bob), choice=choice, now=timezone.now())
    shut = role in {"left it", "a stranger"}
    met = set()
    for route in ROUTES:
        for method, status in answers(route, asks, ids):
            met.add((route.name, method))
            if shut or set(route.wants) & ONES:
                assert status == 404, f"{role}, {method} {route.name}"
            elif method == "GET":
                over = {404} if role == "left with a copy" and route.name in ONLY_WHILE_SHARED else set()
                assert status in {200, 302} | over, f"{role}, {method} {route.name}"
            else:
                gone = {404} if role == "left with a copy" else set()  # nothing there to do any more
                assert status in {200, 302, 409, 422} | gone, f"{role}, {method} {route.name}"
    assert len(met) > 25, "hardly any address was asked for"


@pytest.mark.parametrize("who", ["who stays", "who left"])
def test_nothing_is_written_any_more_in_what_somebody_left(who: str, alice: Somebody, bob: Somebody) -> None:
    ids = shared_things(alice, bob)
    together.leave(person=bob.person, circle=shared_by(bob), choice="keep", now=timezone.now())
    tables = {model._meta.db_table for model in apps.get_models() if issubclass(model, SharedRecord)}
    circle_rows = {name: rows for name, rows in dump().items() if name in tables}
    asks = alice if who == "who stays" else bob
    for route in ROUTES:
        if LISTED[route.name].post != REFUSED and route.name != "agreements:delete-prepared":
            fields = {"text": "late", "word": "late", "words": "late", "kind": "option", "do": "rest", "version": "1"}
            asks.client.post(route.path(**ids), {"form_id": str(uuid4()), **fields})
    assert {name: rows for name, rows in dump().items() if name in tables} == circle_rows
