"""What two people do with agreements, in short words, for tests."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from kindline.ground.people import inviting
from kindline.ours.agreements import actions, queries
from kindline.ours.agreements.actions import Yes
from kindline.ours.agreements.ledger import Kept
from kindline.ours.agreements.shapes import Text
from tests.people import Somebody

NOW = datetime(2026, 5, 3, 18, 0, tzinfo=UTC)
TEXT = Text(
    need="half an hour to land",
    cannot="listen the moment I come in",
    limit="I take a shower first and come and find you.",
    ask="Would you keep money and plans until we’ve eaten?",
    offer="I ask about your day first, and listen.",
    flex="On weekends it can be ten minutes.",
)


def text(**changes: Any) -> Text:
    """Return the usual words with some of them changed."""

    return msgspec.structs.replace(TEXT, **changes)


def proposed(by: Somebody, words: Text = TEXT, now: datetime = NOW) -> UUID:
    """Let somebody put something to the other, and return the agreement's id."""
    circle, agreement = inviting.pair_of(by.person), uuid4()
    assert circle is not None
    actions.propose(circle=circle, agreement=agreement, text=words, nonce=uuid4(), now=now)
    return agreement


def worded(by: Somebody, agreement: UUID, words: Text, now: datetime = NOW) -> None:
    """Let somebody answer with another wording."""
    one = look(by, agreement)
    over = max(version.version.number for version in one.facts.versions)
    actions.propose(circle=one.circle, agreement=agreement, text=words, over=over, nonce=uuid4(), now=now)


def look(by: Somebody, agreement: UUID) -> Kept:
    """Return an agreement as somebody sees it."""
    return queries.agreement(by.person, agreement)


def exact(by: Somebody, agreement: UUID) -> str:
    """Return the digest of the version that an answer would mean."""
    there = look(by, agreement).standing
    found = there.open or there.rests or there.stands
    assert found is not None
    return found.digest


def says_yes(by: Somebody, agreement: UUID, now: datetime = NOW, nonce: UUID | None = None) -> None:
    """Let somebody say yes to what is open."""
    actions.say_yes(person=by.person, to=[Yes(agreement, exact(by, agreement), nonce or uuid4())], now=now)


def says_no(by: Somebody, agreement: UUID, now: datetime = NOW, word: str = "") -> None:
    """Let somebody say no to what is open."""
    meant = exact(by, agreement)
    actions.say_no(person=by.person, agreement=agreement, exact=meant, nonce=uuid4(), word=word, now=now)


def steps_back(by: Somebody, agreement: UUID, now: datetime = NOW) -> None:
    """Let somebody withdraw from what stands."""
    stands = look(by, agreement).standing.stands
    assert stands is not None
    actions.withdraw(person=by.person, agreement=agreement, exact=stands.digest, nonce=uuid4(), now=now)


def agreed(one: Somebody, other: Somebody, words: Text = TEXT, now: datetime = NOW) -> UUID:
    """Let two people agree on something, and return the agreement's id."""
    agreement = proposed(one, words, now)
    says_yes(other, agreement, now)
    return agreement
