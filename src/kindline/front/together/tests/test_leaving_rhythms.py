"""Leaving also means that no reminder and no calendar speaks of the other any more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kindline.front.together import actions
from kindline.ground.vault.circles import circles_of
from kindline.ours.rhythms import actions as rhythms
from kindline.ours.rhythms import due, queries
from kindline.ours.rhythms.tests import living
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.mark.parametrize("choice", ["keep", "leave", "withdraw"])
def test_what_was_shared_is_due_to_nobody_and_in_nobodys_calendar(choice: str, alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    circle, now = shared_by(alice), timezone.now()
    for by in (alice, bob):
        rhythm = living.planned(by)
        for one in (alice, bob):
            kept = queries.kept(one.person, rhythm)
            rhythms.choose(person=one.person, kept=kept, is_muted=False, feed_says="Tea with B.")
    own = living.planned(alice, alone=True)
    ahead = now, now + timedelta(days=7)
    assert len({one.key[:32] for one in due.between(*ahead)}) == 3
    actions.leave(person=alice.person, circle=circle, choice=choice, now=now)
    assert {one.key[:32] for one in due.between(*ahead)} == {own.hex}
    assert [event.title for event in queries.feed(alice.person.id, now)] == [""]
    assert queries.feed(bob.person.id, now) == []
    there = [one for one in circles_of(bob.person.keyring) if one.circle == circle.circle]
    actions.remove(circle=there[0], now=now)
    assert queries.own(bob.person, own).feed_says == ""
