"""A whole agreement as one page: for its two people, while it stands."""

from uuid import UUID

import pytest

from kindline.ours.agreements import queries
from kindline.ours.agreements.printing import sheet_of
from kindline.ours.agreements.tests import living
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def path(agreement: UUID) -> str:
    return f"/ours/agreements/{agreement}/page/"


def test_both_get_the_page_and_nobody_else(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    pair(alice, bob)
    agreement = living.agreed(alice, bob)
    for one in (alice, bob):
        answer = one.client.get(path(agreement))
        assert answer.content.startswith(b"%PDF-")
        assert answer["Content-Type"] == "application/pdf"
    assert charlie.client.get(path(agreement)).status_code == 404


def test_the_page_holds_the_words_both_yeses_and_the_mark(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    agreement = living.agreed(alice, bob, living.text(plan={str(alice.person.id): "I go for a walk."}))
    one = living.look(bob, agreement)
    assert one.standing.stands is not None
    sheet = sheet_of(one, one.standing.stands, "Bob")
    assert {part.words for part in sheet.parts} >= {living.TEXT.need, living.TEXT.ask, "I go for a walk."}
    assert sorted(sheet.yeses) == ["Alice said yes on 3 May 2026", "Bob said yes on 3 May 2026"]
    assert sheet.digest == one.standing.stands.digest


def test_the_page_says_whose_words_they_are(alice: Somebody, bob: Somebody) -> None:
    """Nobody is named for words that the other wrote."""
    pair(alice, bob)
    agreement = living.agreed(alice, bob)
    one = living.look(bob, agreement)
    assert one.standing.stands is not None
    assert sheet_of(one, one.standing.stands, "Bob").reminder.startswith("In Alice’s words. ")
    living.worded(bob, agreement, living.text(offer="I answer my phone within ten minutes, always."))
    living.says_yes(alice, agreement)
    one = living.look(bob, agreement)
    assert one.standing.stands is not None
    assert sheet_of(one, one.standing.stands, "Bob").reminder.startswith("Alice asked; you both found the words. ")
    [paper] = queries.readable(alice.person)
    assert ("Words by", "Alice, Bob") in paper.parts


def test_what_does_not_stand_has_no_page(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    agreement = living.proposed(alice)
    assert bob.client.get(path(agreement)).status_code == 302
