"""Whoever holds a circle's key and writes to the database can put anything into a shared row.

They can make it unreadable, or readable and strange: with a moment that names no zone, or is of another age. Neither
keeps the other from a page, from a copy, from new keys or from leaving.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from kindline.front.door.settling import settle
from kindline.ground.people.actions import change_passphrase
from kindline.ground.vault.circles import CircleKeys
from kindline.ground.vault.models import Circle, Membership, SharedRecord
from kindline.ground.vault.primitives import encrypt
from kindline.ground.vault.sealing import FORMAT, padded, unsealed
from kindline.ours.agreements.models import Version
from kindline.ours.agreements.tests import living
from kindline.ours.negotiation.models import Talk
from kindline.ours.negotiation.tests import talking
from kindline.ours.pauses import actions as pauses
from kindline.ours.pauses.models import Topic
from kindline.ours.rhythms import actions as rhythms
from kindline.ours.rhythms import queries as coming_round
from kindline.ours.rhythms.models import CheckIn, Rhythm
from kindline.ours.rhythms.tests import living as rhythm_of
from kindline.ours.thanks import actions as thanks
from tests.house import things
from tests.house.kept import shared_models
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db]
PAGES = ("/today/", "/together/", "/together/leave/", "/together/compare/", "/calendar/", "/takeout/", "/settings/")
ROOMS = tuple(f"/ours/{room}/" for room in ("agreements", "negotiation", "pauses", "rhythms", "thanks"))
THINGS = (
    *((Version, "agreements"), (Talk, "negotiation"), (Rhythm, "rhythms"), (CheckIn, "rhythms/check-in")),
    (Topic, "pauses/topics"),
)
COPIES = ({"as": "file"}, {"as": "page"})
MOMENT = re.compile(rb"\d{4}(-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|\+00:00)")
STRANGE = {"without a zone": rb"2026\1", "the first": rb"0001\1Z", "the last": rb"9999\1Z"}


@pytest.fixture
def _all_rooms(alice: Somebody, bob: Somebody) -> None:
    """Let two people have something of every kind between them."""
    pair(alice, bob)
    now = timezone.now()
    living.agreed(alice, bob, now=now)
    living.proposed(bob, living.text(ask="Would you cook on Sundays?"), now=now)
    talk = talking.begun(bob, "evenings", now)
    talking.ready(bob, talk)
    talking.ready(alice, talk)
    rhythm_of.begun(bob, rhythm_of.planned(bob))
    check_in = coming_round.running(bob.person, now)
    assert check_in is not None
    part, words = check_in.standing.part, "That you waited."
    rhythms.give(person=bob.person, talk=check_in, part=part, words=words, act_id=uuid4(), now=now)
    thanks.thank(person=bob.person, circle=shared_by(bob), text="For the tea.", form_id=uuid4(), now=now)
    circle = shared_by(bob)
    back = now + timedelta(minutes=20)
    pause = pauses.step_away(circle=circle, pause_id=uuid4(), return_at=back, now=now)
    pauses.come_back(circle=circle, now=now)
    pause.refresh_from_db()
    said = {"sentence": "I can listen now.", "way": "talk", "version": 0}
    pauses.say_on_return(circle=shared_by(bob), pause=pause, now=now, **said)
    topic = things.topic(alice)
    pauses.answer_topic(circle=shared_by(bob), topic_id=topic, way="not-now", at=now, over=now, now=now)
    new = "another long enough passphrase here"
    bob.token = change_passphrase(person=bob.person, passphrase=new, now=now, settle=settle)


def garbage(_circle: CircleKeys, row: SharedRecord) -> bytes:
    return b"x" * len(row.sealed)


def strange(moment: bytes) -> Callable[[CircleKeys, SharedRecord], bytes]:
    """Return what seals a row's own document anew, with other moments in it."""

    def sealed(circle: CircleKeys, row: SharedRecord) -> bytes:
        place = circle.place(row._meta.db_table, row.id, row.version, row.key)
        schema, plain = unsealed(circle.secret(row.key), bytes(row.sealed), place)
        other = padded(MOMENT.sub(moment, plain).rstrip())
        return bytes((FORMAT, schema)) + encrypt(circle.secret(row.key), other, place.binding(schema))

    return sealed


def everything_goes_on(alice: Somebody) -> None:
    for path in PAGES + ROOMS:
        assert alice.client.get(path).status_code == 200, path
    for model, room in (
        (Version, "agreements"),
        (Talk, "negotiation"),
        (Rhythm, "rhythms"),
        (CheckIn, "rhythms/check-in"),
    ):
        for one in {getattr(row, "agreement", row.id) for row in model.objects.all()}:
            assert alice.client.get(f"/ours/{room}/{one}/").status_code in (200, 302, 404), (room, one)
    for fields in COPIES:
        answer = alice.client.post("/takeout/copy/", fields)
        assert answer.status_code == 200, fields
    new = "another long enough passphrase here"
    with transaction.atomic():
        change_passphrase(person=alice.person, passphrase=new, now=timezone.now(), settle=settle)
        transaction.set_rollback(True)
    with transaction.atomic():
        assert alice.client.post("/together/leave/", {"choice": "withdraw"}).status_code == 200
        transaction.set_rollback(True)


def spoil(circle: CircleKeys, models: list[type[SharedRecord]], craft: Callable[..., bytes]) -> None:
    for model in models:
        rows = list(model._default_manager.filter(circle_id=circle.circle))
        assert rows, f"nothing of {model.__name__} is there to be spoilt"
        for row in rows:
            model._default_manager.filter(id=row.id).update(sealed=craft(circle, row))


@pytest.mark.usefixtures("_all_rooms")
def test_no_unreadable_row_keeps_the_other_from_anything(alice: Somebody, bob: Somebody) -> None:
    for model in shared_models():
        with transaction.atomic():
            spoil(shared_by(bob), [model], garbage)
            everything_goes_on(alice)
            transaction.set_rollback(True)


@pytest.mark.usefixtures("_all_rooms")
@pytest.mark.parametrize("moment", STRANGE)
def test_no_strange_moment_keeps_the_other_from_anything(alice: Somebody, bob: Somebody, moment: str) -> None:
    spoil(shared_by(bob), shared_models(), strange(STRANGE[moment]))
    everything_goes_on(alice)


def test_no_row_in_her_name_keeps_alice_from_anything(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    for circle in (Circle.objects.create(), Circle.objects.create(closed_at=timezone.now())):
        Membership.objects.create(owner_id=alice.person.id, circle=circle, key=uuid4(), sealed=b"x" * 298)
    everything_goes_on(alice)
    assert [other.name for other in shared_by(alice).others] == ["Bob"]
