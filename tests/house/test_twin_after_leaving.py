"""T5 after a space was left: whatever Alice does from then on changes nothing that Bob can get, his own copy included.

In both worlds they lived with each other for a while, and Alice left. In one she is with Charlie now.
"""

import random
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from kindline.front.together import actions as together
from kindline.front.together.rules import KEEP, LEAVE_THERE, WITHDRAW
from kindline.ground.people import actions as people
from kindline.ground.people.refusing import Refused
from tests.house import histories
from tests.house.twins import BEGUN, Act, Seen, World, differences, rolled_back
from tests.people import Somebody, pair, shared_by, somebody
from tests.size import FULL

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.walks]
SEEDS = range(40 if FULL else 3)
BETWEEN_TWO: tuple[Act, ...] = (
    histories.asks,
    histories.answers,
    histories.steps_away,
    histories.comes_back,
    histories.answers_a_topic,
    histories.thanks_the_other,
    histories.plans_a_rhythm,
    histories.holds_a_check_in,
    histories.calls_a_quiet_season,
)


def leaves(one: Somebody, choice: str) -> None:
    together.leave(person=one.person, circle=shared_by(one), choice=choice, now=timezone.now())


def stepped_away_and_back(alice: Somebody, other: Somebody, order: random.Random) -> None:
    """Let the last pause be hers, with a sentence after it."""
    del other
    only_her: tuple[Somebody, Somebody] = (alice, alice)
    histories.steps_away(*only_her, order)
    histories.comes_back(*only_her, order)


def seen_by_bob(seed: int, *, lives_on: bool) -> list[Seen]:
    world, order = World(), random.Random(seed)  # noqa: S311 - the same at every run
    with rolled_back(), time_machine.travel(BEGUN, tick=False) as clock:
        world.begin()
        charlie = somebody("Charlie")
        for act in (*order.sample(BETWEEN_TWO, len(BETWEEN_TWO)), stepped_away_and_back):
            clock.shift(timedelta(minutes=3))
            stay(world.alice, world.bob, charlie)
            act(world.alice, world.bob, order)
        leaves(world.alice, order.choice((KEEP, LEAVE_THERE, WITHDRAW)))
        look(world)
        clock.shift(timedelta(minutes=3))
        stay(world.alice, world.bob, charlie)
        if lives_on:
            pair(world.alice, charlie)
        for act in (*BETWEEN_TWO, stepped_away_and_back):
            if lives_on:
                with suppress(Refused):
                    act(world.alice, charlie, order)
        look(world)
        clock.shift(timedelta(minutes=1))
        if lives_on:
            leaves(world.alice, KEEP)
            people.leave(person=world.alice.person, now=timezone.now())
        look(world)
    return world.seen


def stay(*everybody: Somebody) -> None:
    """Keep them unlocked: time passes here in steps, not in touches."""
    for one in everybody:
        one.client.post("/stay/")


def look(world: World) -> None:
    world.look_round()
    for kind in ("file", "page"):
        copy = world.bob.client.post("/takeout/copy/", {"as": kind})
        world.seen.append(world.as_seen(f"copy as {kind}", copy, 0))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_alice_does_with_somebody_new_is_hers(seed: int) -> None:
    one, other = seen_by_bob(seed, lives_on=False), seen_by_bob(seed, lives_on=True)
    assert differences(one, other) == []
    assert any("I can listen now." in seen.body for seen in one) or seed, "what she said stays in his copy"
