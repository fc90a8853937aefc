"""Two people in the same second, each over a connection of their own, on SQLite and on PostgreSQL."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import connection, connections

from kindline.ours.negotiation import actions, models, queries, rules
from kindline.ours.negotiation.actions import Refused
from kindline.ours.negotiation.tests.talking import (
    NOW,
    begun,
    both_heard,
    both_opened,
    look,
    loop_agreed,
    ready,
)
from tests.people import Somebody, pair, somebody

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.storage]
ROUNDS = 5

AtOnce = Callable[..., list[Any]]


def in_threads(*tasks: Callable[[], Any]) -> list[Any]:
    """Do several things in the same moment and return what came of each: its result, or the Refused it met."""
    gate = threading.Barrier(len(tasks))

    def run(task: Callable[[], Any]) -> Any:
        try:
            gate.wait(60)
            return task()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


@pytest.fixture
def at_once(tmp_path: Path) -> Iterator[AtOnce]:
    """Return `in_threads`, on a database that threads can really share: in memory SQLite has one connection only."""
    settings = connections.settings["default"]
    before = settings["NAME"]
    if connection.vendor == "sqlite":
        settings["NAME"] = str(tmp_path / "talks.sqlite3")
        in_threads(lambda: call_command("migrate", verbosity=0))
    yield in_threads
    settings["NAME"] = before


def two(at_once: AtOnce) -> tuple[Somebody, Somebody]:
    def come() -> tuple[Somebody, Somebody]:
        alice, bob = somebody("Alice"), somebody("Bob")
        pair(alice, bob)
        return alice, bob

    return at_once(come)[0]


def test_two_ready_in_the_same_second_both_are_and_both_see_both(at_once: AtOnce) -> None:
    alice, bob = two(at_once)
    for _ in range(ROUNDS):
        talk_id = at_once(lambda: begun(alice))[0]
        assert at_once(lambda: ready(alice, talk_id), lambda: ready(bob, talk_id)) == [None, None]  # noqa: B023

        def open_whoever_has_not(talk_id: UUID = talk_id) -> None:
            for who in (alice, bob):
                actions.open_mine(person=who.person, talk_id=talk_id, of="needs", now=NOW)
            for who in (alice, bob):
                assert {said.need for said in look(who, talk_id).opened["needs"].values()} == {
                    "Alice needs quiet",
                    "Bob needs quiet",
                }
            actions.rest(person=bob.person, talk_id=talk_id, act_id=uuid4(), now=NOW)

        assert at_once(open_whoever_has_not) == [None]


def test_taking_back_and_the_other_ready_at_once_leaves_nobody_opened_alone(at_once: AtOnce) -> None:
    alice, bob = two(at_once)
    for _ in range(ROUNDS):
        talk_id = at_once(lambda: begun(alice))[0]
        at_once(lambda: ready(alice, talk_id))  # noqa: B023
        taken_back, _ = at_once(
            lambda: actions.not_ready(person=alice.person, talk_id=talk_id, of="needs", now=NOW),  # noqa: B023
            lambda: ready(bob, talk_id),  # noqa: B023
        )

        def check(talk_id: UUID = talk_id, *, was_refused: bool = isinstance(taken_back, Refused)) -> None:
            # Either Bob was first and Alice is bound, or she was, and nothing of his is open.
            assert look(bob, talk_id).both_ready("needs") == was_refused
            mine = queries.prepared(alice.person, talk_id, "needs")
            assert mine is not None
            assert mine.part.is_ready == was_refused
            actions.rest(person=bob.person, talk_id=talk_id, act_id=uuid4(), now=NOW)

        assert at_once(check) == [None]


def test_of_two_topics_at_once_one_is_open(at_once: AtOnce) -> None:
    alice, bob = two(at_once)
    for _ in range(ROUNDS):
        outcomes = at_once(lambda: begun(alice, "evenings"), lambda: begun(bob, "mornings"))
        assert sum(isinstance(one, Refused) for one in outcomes) == 1
        talk_id = next(one for one in outcomes if isinstance(one, UUID))
        at_once(lambda: actions.rest(person=alice.person, talk_id=talk_id, act_id=uuid4(), now=NOW))  # noqa: B023
    assert at_once(models.Talk.objects.count) == [ROUNDS]


def test_options_of_both_at_once_all_lie_on_the_table(at_once: AtOnce) -> None:
    alice, bob = two(at_once)

    def up_to_options() -> UUID:
        talk_id = begun(alice)
        both_opened(alice, bob, talk_id)
        both_heard(alice, bob, talk_id)
        loop_agreed(alice, bob, talk_id)
        return talk_id

    talk_id = at_once(up_to_options)[0]

    def add(who: Somebody, number: int) -> None:
        words = f"{who.name} {number}"
        actions.add_option(person=who.person, talk_id=talk_id, act_id=uuid4(), words=words, now=NOW)

    outcomes = at_once(
        *(lambda who=who, number=number: add(who, number) for number in range(7) for who in (alice, bob))
    )
    assert sum(isinstance(one, Refused) for one in outcomes) == 2
    at_once(
        lambda: actions.say_all(person=alice.person, talk_id=talk_id, act_id=uuid4(), now=NOW),
        lambda: actions.say_all(person=bob.person, talk_id=talk_id, act_id=uuid4(), now=NOW),
    )
    (now,) = at_once(lambda: look(bob, talk_id))
    assert (len(now.options), now.step) == (rules.MOST_OPTIONS, "taps")
    (turns,) = at_once(lambda: [done.act.turn for done in queries.talk(bob.person, talk_id).facts.acts])
    assert sorted(turns) == list(range(1, len(turns) + 1))
