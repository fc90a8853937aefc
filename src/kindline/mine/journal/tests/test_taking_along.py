from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from kindline.mine.journal import actions, queries
from kindline.mine.journal.models import CONTENTS, Entry
from kindline.mine.journal.tests.entries import entry, kept
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def brought(one: Somebody, documents: list) -> int:
    with transaction.atomic():
        return actions.bring_back(person=one.person, documents=documents)


def test_what_was_taken_along_comes_back_with_its_lines(alice: Somebody) -> None:
    documents = [(uuid4(), entry(f"entry {number}")) for number in range(1100)]
    first = kept(alice.person, "here before")
    assert brought(alice, documents) == 1100
    assert dict(queries.everything(alice.person)) == {**dict(documents), first: entry("here before")}
    assert [line.first for line in CONTENTS.lines(alice.person.keyring)] == [
        "here before",
        *(f"entry {number}" for number in range(1100)),
    ]
    assert CONTENTS.pages.objects.count() == 3


def test_many_lines_are_written_a_page_at_a_time(alice: Somebody) -> None:
    kept(alice.person)
    with CaptureQueriesContext(connection) as few:
        brought(alice, [(uuid4(), entry("one"))])
    with CaptureQueriesContext(connection) as many:
        brought(alice, [(uuid4(), entry("more")) for _ in range(200)])
    assert len(many) <= len(few) + 4


def test_what_is_here_already_stays_as_it_is(alice: Somebody) -> None:
    here = kept(alice.person, "as it is here")
    assert brought(alice, [(here, entry("as it was then")), (uuid4(), entry("new"))]) == 1
    assert queries.find(alice.person, here).entry.what == "as it is here"
    assert sorted(line.first for line in CONTENTS.lines(alice.person.keyring)) == ["as it is here", "new"]


def test_an_id_of_somebody_else_brings_nothing(alice: Somebody, charlie: Somebody) -> None:
    hers = kept(alice.person, "hers")
    with pytest.raises(Http404):
        brought(charlie, [(uuid4(), entry("new")), (hers, entry("mine now"))])
    assert list(queries.everything(charlie.person)) == []
    assert queries.find(alice.person, hers).entry.what == "hers"


def test_deleting_everything_leaves_others_theirs(alice: Somebody, charlie: Somebody) -> None:
    kept(alice.person, "hers")
    kept(charlie.person, "his")
    actions.delete_everything(person=alice.person)
    assert list(queries.everything(alice.person)) == []
    assert CONTENTS.lines(alice.person.keyring) == []
    assert [told.what for _, told in queries.everything(charlie.person)] == ["his"]
    assert Entry.objects.count() == CONTENTS.pages.objects.count() == 1
