"""T5 for talks: what Alice prepares apart, and that she is ready, changes nothing that Bob can get."""

import random
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from kindline.ground.people.refusing import Refused
from kindline.ground.vault.circles import CircleKeys, UnheardKeys
from kindline.ground.vault.records import Changed
from kindline.ours.negotiation import actions, models, queries, rules
from kindline.ours.negotiation.tests import talking
from tests.house import things
from tests.house.twins import Act, differences, lived
from tests.people import Somebody
from tests.size import FULL

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.walks]
WORLDS, STEPS = (200, 40) if FULL else (2, 10)
TOPICS = ("evenings", "money", "your mother", "Sundays")


def at_it(of: Somebody) -> UUID | None:
    """Return the talk that two are at."""
    found = queries.open_talk(of.person)
    return found.id if found else None


def names_a_topic(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them names a topic."""
    by, topic = order.choice((alice, bob)), order.choice(TOPICS)
    with suppress(Refused):
        talking.begun(by, topic, timezone.now())


def goes_on(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """Both do what the step they are at asks of them."""
    talk_id = at_it(alice)
    if talk_id is None:
        return
    step = talking.look(alice, talk_id).step
    if step in rules.APART:
        actions.not_ready(person=alice.person, talk_id=talk_id, of=step, now=timezone.now())
    first, second = order.sample((alice, bob), 2)
    if step == "needs":
        talking.both_opened(first, second, talk_id)
    elif step == "sense":
        talking.both_heard(first, second, talk_id)
    elif step == "loop":
        talking.loop_agreed(first, second, talk_id)
    elif step == "options":
        talking.listed(first, second, talk_id, "half an hour", "a hello first", "a walk")
    else:
        options = list(talking.look(alice, talk_id).options)
        for who in (first, second):
            talking.taps(who, talk_id, options, *(order.choice(rules.TAPS) for _ in options), guess=order.randrange(3))
        actions.open_mine(person=first.person, talk_id=talk_id, of="taps", now=timezone.now())


def rests(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them lets it rest, now and then."""
    by, talk_id = order.choice((alice, bob)), at_it(alice)
    if talk_id and order.random() < 0.2:
        actions.rest(person=by.person, talk_id=talk_id, act_id=uuid4(), now=timezone.now())


def prepares(alice: Somebody, _bob: Somebody, alone: random.Random) -> None:
    """Alice keeps what she prepares apart, is ready with it, or thinks again."""
    talk_id = at_it(alice)
    if talk_id is None:
        return
    now, how = talking.look(alice, talk_id), alone.choice(("keep", "ready", "ready", "again"))
    if now.step not in rules.APART:
        return
    tapped = {str(option): alone.choice(rules.TAPS) for option in now.options}
    words = {"taps": tapped} if now.step == "taps" else {"need": "plover " * alone.randrange(1, 200)}
    with suppress(Refused, Changed):
        if how == "again":
            actions.not_ready(person=alice.person, talk_id=talk_id, of=now.step, now=timezone.now())
        else:
            talking.keeps(alice, talk_id, now.step, is_ready=how == "ready", **words)


def holds_one_on_her_phone(alice: Somebody, _bob: Somebody, _alone: random.Random) -> None:
    """Alice begins a talk on one phone."""
    things.one_phone(alice)


def looks(alice: Somebody, _bob: Somebody, _alone: random.Random) -> None:
    """Alice opens what there is."""
    talk_id = at_it(alice)
    for path in ("/ours/negotiation/", *([f"/ours/negotiation/{talk_id}/"] if talk_id else [])):
        alice.client.get(path)


SHARED: list[Act] = [names_a_topic, names_a_topic, goes_on, goes_on, goes_on, rests]
PRIVATE: list[Act] = [prepares, prepares, prepares, looks, holds_one_on_her_phone]


@pytest.mark.parametrize("seed", range(WORLDS))
def test_bob_sees_the_same_whatever_alice_prepares_and_whether_she_is_ready(seed: int) -> None:
    assert differences(lived(seed, STEPS, SHARED, []), lived(seed, STEPS, SHARED, PRIVATE)) == []


def wakes_bob(patch: pytest.MonkeyPatch) -> None:
    """Let open pages hear of what is kept apart."""
    patch.setattr(UnheardKeys, "_tell", CircleKeys._tell)


def says_it_in_the_list(patch: pytest.MonkeyPatch) -> None:
    """Let the list count what is prepared for a talk."""
    real = queries.talks

    def leaking(person: object) -> list[queries.Outline]:
        models.Promise.objects.count()
        found = real(person)  # type: ignore[arg-type]
        return found[: len(found) - models.Promise.objects.count() % 2]

    patch.setattr(queries, "talks", leaking)


def asks_once_more(patch: pytest.MonkeyPatch) -> None:
    """Let each page of a talk ask the database for what is promised, row by row."""
    real = queries.kept_in

    def leaking(circle: CircleKeys, record: models.Talk) -> queries.Kept:
        for promise in models.Promise.objects.filter(talk=record):
            promise.refresh_from_db()
        return real(circle, record)

    patch.setattr(queries, "kept_in", leaking)


@pytest.mark.parametrize("leak", [says_it_in_the_list, asks_once_more])
def test_a_planted_leak_is_found(leak: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    leak(monkeypatch)
    shared: list[Act] = [names_a_topic]
    assert differences(lived(0, 3, shared, []), lived(0, 3, shared, [prepares]))


def test_a_page_that_is_woken_is_found_too(alice: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mark is random and told apart in twin worlds; that it stays is looked at by itself."""
    talk_id = things.talk(alice)
    before = alice.client.get("/wake/").content
    talking.keeps(alice, talk_id, need="quiet")
    assert alice.client.get("/wake/").content == before
    wakes_bob(monkeypatch)
    talking.keeps(alice, talk_id, need="more quiet")
    assert alice.client.get("/wake/").content != before
