"""What comes in says nothing of where it came from to somebody who reads the database, and fits into a backup."""

from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Max
from django.db.models.functions import Length
from django.utils import timezone

from kindline.front.takeout import actions, paper, queries
from kindline.front.takeout.reading.told import Own, Plain, Told
from kindline.front.takeout.tests.test_refusing import files, own, read
from kindline.ground.people.actions import change_passphrase
from kindline.ground.people.models import Person
from kindline.ground.vault.models import ArrivalPart
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


def bring(person: Person, found: Own | Plain) -> set[UUID]:
    """Bring a file in whole and return the ids of this person's entries."""
    actions.put_down(person=person, found=found, now=NOW)
    waiting = queries.waiting(person)
    assert waiting is not None
    actions.begin(person=person, arrival=waiting.row.id, kind="" if isinstance(found, Own) else "note", now=NOW)
    while actions.bring_some(person=person, arrival=waiting.row.id):
        pass
    return set(queries.documents(person)["journal"])


def test_the_ids_of_one_file_in_two_places_have_nothing_in_common(alice: Somebody, charlie: Somebody) -> None:
    for found in (read(files.dumped(own())), Plain("table", [Told(NOW, "We argued.", NOW)])):
        assert not bring(alice.person, found) & bring(charlie.person, found)


def test_nobody_who_reads_the_database_can_guess_at_words_or_at_an_older_id(alice: Somebody) -> None:
    ours, plain = read(files.dumped(own())), Plain("table", [Told(NOW, "We argued.", NOW)])
    assert isinstance(ours, Own)
    ids = bring(alice.person, ours) | bring(alice.person, plain)
    guesses = (ours.documents[0].id.bytes, f"0 {NOW.isoformat()} We argued.".encode())
    seen = (alice.person.id.bytes, alice.person.keyring.secrets.private.id.bytes, b"")
    made = {
        UUID(bytes=blake2b(guess, key=key, digest_size=16).digest(), version=4) for guess in guesses for key in seen
    }
    assert len(ids) == 2
    assert not ids & made


def test_the_key_for_ids_stays_when_the_keys_change(alice: Somebody, charlie: Somebody) -> None:
    before = alice.person.keyring
    alice.token = change_passphrase(person=alice.person, passphrase="another one of many words", now=timezone.now())
    after = alice.person.keyring
    assert after.account_key != before.account_key
    assert after.naming_key == before.naming_key != charlie.person.keyring.naming_key


def test_a_part_of_a_large_file_stays_small(alice: Somebody) -> None:
    entries = [Told(NOW - timedelta(days=day), "\1" * 20_000, NOW) for day in range(100)]
    actions.put_down(person=alice.person, found=Plain("table", entries), now=NOW)
    largest = ArrivalPart.objects.aggregate(most=Max(Length("sealed")))["most"]
    assert largest < 2 * actions.LARGEST_PART


BAD = "</title></style><img src=x onerror=alert(1)>'\"><script>alert(2)</script>"


def document(kind: str, number: int, **holds: Any) -> dict[str, Any]:
    return {"id": str(UUID(int=number)), "kind": kind, "schema": 1, "holds": holds}


def hostile() -> Own | Plain:
    """A file with markup in every text that is free."""
    at = "2026-01-01T10:00:00Z"
    short = "<img/src=x onerror=alert(3)>"
    papers = (
        {"type": "walk", "at": at, "secure": BAD, "need_words": BAD, "ask": BAD},
        {"type": "sentence", "at": at, "text": BAD},
        {"type": "reading", "at": at, "called": BAD, "about": BAD, "numbers": {BAD: 1.0}},
    )
    insight = {"need_words": BAD, "fear": BAD, "other": BAD, "step": BAD}
    told = own(what=BAD, wanted=BAD, feelings={short: 2}, insight=insight)
    told["person"]["name"] = BAD
    told["rooms"] |= {
        "needs": [document("paper", number, holds=paper) for number, paper in enumerate(papers, 10)],
        "calm": [
            document("practice", 20, name=short, how=BAD, added_at=at),
            document("moment", 21, at=at, practice=short, named=short),
        ],
        "drafts": [
            document("draft", 30, parts={"need": BAD}, edited={"warm": BAD}, choice="warm", begun_at=at, changed_at=at)
        ],
    }
    return read(files.dumped(told))


class Markup(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_no_word_becomes_markup_in_the_copy_to_read(alice: Somebody) -> None:
    plain = Markup(paper.page(alice.person, NOW))
    bring(alice.person, hostile())
    page = paper.page(alice.person, NOW)
    assert page.count("onerror=alert(1)") > 10
    found = Markup(page)
    assert found.tags - plain.tags <= {"nav", "ul", "li", "a", "section", "h2", "h3", "h4", "h5", "article", "time"}
    assert found.attributes - plain.attributes <= {"id", "class", "href", "dir", "datetime", "aria-label"}
