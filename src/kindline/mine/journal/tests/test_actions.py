import pytest
import time_machine
from django.http import Http404

from kindline.ground.vault import unsaved
from kindline.ground.vault.records import Changed
from kindline.mine.journal import actions, queries, shapes
from kindline.mine.journal.models import CONTENTS, Entry
from kindline.mine.journal.tests.entries import NOW, entry, kept
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def lines(one: Somebody) -> list[shapes.EntryLine]:
    return CONTENTS.lines(one.person.keyring)


def test_an_entry_is_kept_with_its_line(alice: Somebody) -> None:
    entry_id = kept(alice.person, "You came late.")
    assert queries.find(alice.person, entry_id).entry == entry("You came late.")
    assert [(line.id, line.first) for line in lines(alice)] == [(entry_id, "You came late.")]


def test_the_row_says_nothing_in_clear(alice: Somebody) -> None:
    kept(alice.person, "You came late.")
    row = Entry.objects.values().get()
    assert set(row) == {"id", "owner_id", "key", "version", "sealed"}
    assert b"came late" not in bytes(row["sealed"])


def test_the_same_form_twice_makes_one_entry(alice: Somebody) -> None:
    entry_id = kept(alice.person)
    with pytest.raises(Changed):
        actions.keep(person=alice.person, entry_id=entry_id, entry=entry("other"), now=NOW)
    assert [line.first for line in lines(alice)] == ["You came home late."]


def test_keeping_lets_the_unsaved_words_go(alice: Somebody) -> None:
    entry_id = kept(alice.person)
    unsaved.keep(alice.person.keyring, entry_id, "/mine/journal/write/", {"what": ["late autosave"]}, NOW)
    assert unsaved.waiting(alice.person.keyring, "/mine/journal/write/") is None


def test_a_change_is_written_over_exactly_its_version(alice: Somebody) -> None:
    entry_id = kept(alice.person)
    record = queries.find(alice.person, entry_id).record
    stale = queries.find(alice.person, entry_id).record
    change = {"person": alice.person, "form_id": entry_id, "now": NOW, "version": 1}
    actions.change(**change, record=record, entry=entry("first"))
    with pytest.raises(Changed):
        actions.change(**change, record=stale, entry=entry("second"))
    assert queries.find(alice.person, entry_id).entry.what == "first"
    assert [line.first for line in lines(alice)] == ["first"]


def test_a_look_leaves_the_entry_as_it_was_and_adds_the_insight(alice: Somebody) -> None:
    entry_id = kept(alice.person, feelings={"hurt": 2})
    insight = shapes.Insight(need="safety", finer=("truth",))
    look = {"person": alice.person, "insight": insight, "form_id": entry_id, "now": NOW}
    actions.look_again(**look, record=queries.find(alice.person, entry_id).record, version=1)
    assert queries.find(alice.person, entry_id).entry == entry(feelings={"hurt": 2}, insight=insight)
    assert (lines(alice)[0].need, lines(alice)[0].looked) == ("safety", True)
    with pytest.raises(Changed):
        actions.look_again(**look, record=queries.find(alice.person, entry_id).record, version=1)


def test_a_deleted_entry_is_gone_with_its_line(alice: Somebody) -> None:
    entry_id, other = kept(alice.person), kept(alice.person, "stays")
    actions.delete(person=alice.person, record=queries.find(alice.person, entry_id).record)
    with pytest.raises(Http404):
        queries.find(alice.person, entry_id)
    assert [line.id for line in lines(alice)] == [other]


def test_a_stranger_reaches_nothing(alice: Somebody, charlie: Somebody) -> None:
    entry_id = kept(alice.person)
    record = queries.find(alice.person, entry_id).record
    with pytest.raises(Http404):
        queries.find(charlie.person, entry_id)
    with pytest.raises(Http404):
        actions.keep(person=charlie.person, entry_id=entry_id, entry=entry("mine now"), now=NOW)
    with pytest.raises(Changed):
        actions.change(
            person=charlie.person, record=record, entry=entry("mine now"), version=1, form_id=entry_id, now=NOW
        )
    actions.delete(person=charlie.person, record=record)
    assert queries.find(alice.person, entry_id).entry == entry()
    assert lines(charlie) == []


def test_contents_that_disagree_are_mended_from_the_records(alice: Somebody) -> None:
    first, second = kept(alice.person, "one"), kept(alice.person, "two")
    CONTENTS.pages.objects.all().delete()
    assert {line.id for line in lines(alice)} == {first, second}
    kept(alice.person, "three")
    with time_machine.travel(NOW):
        assert len(lines(alice)) == 3
    assert CONTENTS.pages.objects.count() == 1
