"""What was set aside, and what was said on coming back, on the page one takes along."""

from datetime import timedelta
from uuid import uuid4

import pytest

from kindline.ground.page.readable import Readable
from kindline.ours.pauses import actions, ledger, queries, rules
from kindline.ours.pauses.tests.test_actions import BACK, comes_back, steps_away
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def test_each_reads_whose_words_they_are(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    steps_away(bob)
    row, at = comes_back(bob), BACK + timedelta(days=2)
    actions.say_on_return(
        circle=shared_by(bob),
        pause=row,
        sentence="I can listen now.",
        way=rules.SET_ASIDE,
        version=0,
        aside=actions.Aside(uuid4(), "the summer", at),
        now=BACK,
    )
    assert queries.readable(alice.person) == [
        Readable("Set aside, with a time", at, [("Bob would like to talk then about", "the summer")]),
        Readable(
            "Back from a pause",
            BACK,
            [("Bob said", "I can listen now."), ("What Bob would like now", "set a time for it")],
        ),
    ]
    assert [one.parts[0] for one in queries.readable(bob.person)] == [
        ("You would like to talk then about", "the summer"),
        ("You said", "I can listen now."),
    ]
    (topic,) = ledger.all_topics(shared_by(alice))
    for way, says in (("suits", "It suits you both to talk then about"), ("not-now", "It rests for now")):
        actions.answer_topic(circle=shared_by(alice), topic_id=topic.id, way=way, at=at, over=at, now=BACK)
        for one in (alice, bob):
            assert queries.readable(one.person)[0].parts == [(says, "the summer")]


def test_somebody_alone_has_none_of_it(dana: Somebody) -> None:
    assert queries.readable(dana.person) == []
