"""What happens in twin worlds: what two people share, and what Alice does for herself."""

import random
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from kindline.ground.people.refusing import Refused
from kindline.ground.vault import unsaved
from kindline.ground.vault.records import Changed
from kindline.ours.agreements import actions as agreements
from kindline.ours.agreements import queries
from kindline.ours.agreements.tests import living
from kindline.ours.pauses import actions as pauses
from kindline.ours.pauses import queries as between_two
from tests.house import things
from tests.house.twins import Act
from tests.people import Somebody, shared_by

WISHES = (
    "Would you text me when you leave?",
    "Would you ask before you tell your mother?",
    "Would you cook on Sundays?",
)


def asks(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them puts something to the other."""
    by = order.choice((alice, bob))
    with suppress(Refused):
        living.proposed(by, living.text(ask=order.choice(WISHES)), timezone.now())


def answers(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them answers what waits for them."""
    by, answer = order.choice((alice, bob)), order.choice(("yes", "no", "wording", "time"))
    for one in queries.waiting_for_me(by.person)[:1]:
        exact, now = living.exact(by, one.id), timezone.now()
        if answer == "yes":
            living.says_yes(by, one.id, now)
        elif answer == "no":
            living.says_no(by, one.id, now, word="Not this winter.")
        elif answer == "time":
            agreements.need_time(person=by.person, agreement=one.id, exact=exact, nonce=uuid4(), now=now)
        else:
            shown = living.look(by, one.id).standing.open
            assert shown is not None
            words = living.text(ask=shown.version.text.ask, offer=f"I bring tea. {order.randrange(9)}")
            with suppress(Refused):
                living.worded(by, one.id, _with_the_same_need(words, shown.version.text), now)


def steps_back(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them steps back from something that stands."""
    by = order.choice((alice, bob))
    for one in queries.standing(by.person)[:1]:
        living.steps_back(by, one.id, timezone.now())


def steps_away(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them needs a moment."""
    by, now = order.choice((alice, bob)), timezone.now()
    back = now + timedelta(minutes=order.choice((20, 30)))
    pauses.step_away(circle=shared_by(by), pause_id=uuid4(), return_at=back, now=now)


def needs_longer(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them gives a new time, if they are away and there is room for one."""
    by, now = order.choice((alice, bob)), timezone.now()
    mine = between_two.around(by.person, now).mine
    if mine:
        with suppress(Refused):
            back = mine.return_at + timedelta(minutes=30)
            pauses.need_longer(circle=shared_by(by), pause_id=mine.id, over=mine.return_at, return_at=back, now=now)


def comes_back(alice: Somebody, bob: Somebody, order: random.Random) -> None:
    """One of them is back, says one sentence, and sets a time for the rest."""
    by, now = order.choice((alice, bob)), timezone.now()
    way = order.choice(("talk", "set-aside", "drop"))
    pause = pauses.come_back(circle=shared_by(by), now=now)
    if pause:
        aside = pauses.Aside(uuid4(), "the summer", now + timedelta(days=1)) if way == "set-aside" else None
        with suppress(Changed):
            pauses.say_on_return(
                circle=shared_by(by),
                pause=pause,
                sentence="I can listen now.",
                way=way,
                version=0,
                aside=aside,
                now=now,
            )


def writes(alice: Somebody, _bob: Somebody, alone: random.Random) -> None:
    """Alice writes something in a room of her own."""
    makers = [make for name, make in things.MAKERS.items() if name in PRIVATE]
    alone.choice(makers)(alice)


def prepares(alice: Somebody, _bob: Somebody, _alone: random.Random) -> None:
    """Alice lays a wording ready that she gives to nobody yet."""
    words = living.text(ask="Would you stop smoking at home?")
    agreements.prepare(person=alice.person, prepared_id=uuid4(), text=words, now=timezone.now())


def agrees_with_herself(alice: Somebody, _bob: Somebody, _alone: random.Random) -> None:
    """Alice agrees something with herself."""
    prepared_id, now = uuid4(), timezone.now()
    agreements.prepare(person=alice.person, prepared_id=prepared_id, text=living.TEXT, now=now, alone=True)
    agreements.give(person=alice.person, prepared_id=prepared_id, version=1, nonce=uuid4(), now=now)


def looks(alice: Somebody, _bob: Somebody, _alone: random.Random) -> None:
    """Alice opens whatever there is, what Bob asked her first of all."""
    for one in queries.waiting_for_me(alice.person) + queries.standing(alice.person):
        alice.client.get(f"/ours/agreements/{one.id}/")
    for path in ("/today/", "/together/", "/wake/", "/settings/"):
        alice.client.get(path)


def begins_to_type(alice: Somebody, _bob: Somebody, _alone: random.Random) -> None:
    """Alice types an answer and leaves it there."""
    for one in queries.waiting_for_me(alice.person)[:1]:
        unsaved.keep(
            alice.person.keyring, uuid4(), f"/ours/agreements/{one.id}/", {"word": ["I don't"]}, timezone.now()
        )


def mistypes(alice: Somebody, _bob: Somebody, _alone: random.Random) -> None:
    """Alice mistypes her passphrase on another device."""
    from django.test import Client  # noqa: PLC0415 - another device each time

    Client().post("/unlock/", {"name": "Alice", "passphrase": "not what it was"})


def looks_different(alice: Somebody, _bob: Somebody, alone: random.Random) -> None:
    """Alice changes how things look to her."""
    from kindline.ground.people.actions import change_profile  # noqa: PLC0415

    change_profile(person=alice.person, theme=alone.choice(("light", "dark", "")), hours=alone.choice((12, 24)))


PRIVATE = ("entry_id", "draft_id", "walk_id", "check_id", "reading_id", "sentence_id", "practice_id", "moment_id")
SHARED_ACTS: list[Act] = [asks, answers, answers, answers, steps_back, steps_away, needs_longer, comes_back]
PRIVATE_ACTS: list[Act] = [
    writes,
    writes,
    prepares,
    agrees_with_herself,
    looks,
    begins_to_type,
    mistypes,
    looks_different,
]


def _with_the_same_need(words: living.Text, before: living.Text) -> living.Text:
    return living.msgspec.structs.replace(words, need=before.need, cannot=before.cannot, limit=before.limit)
