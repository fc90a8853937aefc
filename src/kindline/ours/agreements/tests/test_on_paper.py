"""Agreements on the page one takes along: what both said yes to is told from what one of them wishes."""

import pytest

from kindline.ours.agreements import queries
from kindline.ours.agreements.tests import living
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture(autouse=True)
def two(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)


def headings(of: Somebody) -> list[str]:
    return [paper.what for paper in queries.readable(of.person)]


def test_a_wish_becomes_an_agreement_with_the_second_yes(alice: Somebody, bob: Somebody) -> None:
    agreement = living.proposed(alice)
    assert headings(alice) == headings(bob) == ["A wish"]
    living.says_yes(bob, agreement)
    assert headings(alice) == headings(bob) == ["An agreement"]


def test_a_wish_that_was_answered_with_a_no_stays_a_wish(alice: Somebody, bob: Somebody) -> None:
    living.says_no(bob, living.proposed(alice))
    assert headings(alice) == ["A wish"]


def test_what_both_agreed_stays_on_paper_beside_a_wish_to_change_it(alice: Somebody, bob: Somebody) -> None:
    agreement = living.agreed(alice, bob)
    living.worded(bob, agreement, living.text(offer="I listen for ten minutes."))
    for one in (alice, bob):
        assert headings(one) == ["An agreement", "A wish to change an agreement"]
    agreed, wish = queries.readable(alice.person)
    assert ("Yes from", "Alice, Bob") in agreed.parts
    assert ("Yes from", "Bob") in wish.parts


def test_what_somebody_stepped_back_from_was_an_agreement_and_is_over(alice: Somebody, bob: Somebody) -> None:
    living.steps_back(bob, living.agreed(alice, bob))
    [paper] = queries.readable(alice.person)
    assert paper.what == "An agreement"
    assert ("", "This is over; it binds nobody any more.") in paper.parts
