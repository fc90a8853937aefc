"""What a person does here: kept sealed, changed over exactly one version, deleted with its line."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404

from kindline.ground.vault import unsaved
from kindline.ground.vault.records import Changed
from kindline.mine.needs import actions, queries, shapes
from kindline.mine.needs.models import CONTENTS, Paper
from kindline.mine.needs.tests.papers import ANSWERS, NOW, answered, by_hand, checked, said, walked
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

WHOLE = {
    "secure": "To know when you are back.",
    "accept": "An hour alone.",
    "refuse": "Not knowing at all.",
    "need": "predictability",
    "finer": ("known-return",),
    "need_words": "a sign",
    "ask": "tell me a time",
    "origin": "The sound of the key.",
}


def kinds(one: Somebody) -> list[str]:
    return [line.kind for line in queries.lines(one.person)]


def test_a_walk_is_kept_whole_and_earlier_ones_stay(alice: Somebody) -> None:
    first, second = walked(alice.person), walked(alice.person, NOW + timedelta(days=1), **WHOLE)
    assert queries.find(alice.person, second, "walk").holds == shapes.Walk(at=NOW + timedelta(days=1), **WHOLE)
    assert [line.id for line in queries.lines(alice.person, "walk")] == [second, first]
    assert queries.lines(alice.person, "walk")[0].first == "a sign"


def test_rows_of_every_kind_look_alike_from_outside(alice: Somebody) -> None:
    for keep in (walked, checked, answered, by_hand, said):
        keep(alice.person)
    rows = list(Paper.objects.values())
    assert {frozenset(row) for row in rows} == {frozenset({"id", "owner_id", "key", "version", "sealed"})}
    assert len({len(bytes(row["sealed"])) for row in rows}) == 1
    assert not any(word in bytes(row["sealed"]) for row in rows for word in (b"secure", b"hello", b"quiet"))


def test_a_check_says_how_far_needs_were_met_and_how_free_a_no_was(alice: Somebody) -> None:
    checked(alice.person, NOW, free=0, safety=4)
    checked(alice.person, NOW - timedelta(days=8), free=2, autonomy=1, safety=3)
    assert queries.checks(alice.person) == [
        queries.Checked(NOW - timedelta(days=8), {"autonomy": 1, "safety": 3}, 2),
        queries.Checked(NOW, {"safety": 4}, 0),
    ]


def test_answers_are_kept_with_the_numbers_they_gave(alice: Somebody) -> None:
    reading_id = answered(alice.person, about="Sam", answers={**ANSWERS, "1": 7, "7": 1})
    reading = queries.find(alice.person, reading_id, "reading").holds
    assert (reading.about, reading.instrument, reading.answers["1"]) == ("Sam", "leaning", 7)
    assert reading.numbers == {"reaching": pytest.approx(26 / 5), "stepping-back": 4.0}
    assert queries.leaning(alice.person) == reading.numbers


def test_a_second_look_waits_ninety_days_about_the_same_person_only(alice: Somebody) -> None:
    answered(alice.person, about="Sam")
    for about in ("Sam", "SAM"):
        with pytest.raises(actions.TooSoon) as soon:
            answered(alice.person, NOW + timedelta(days=89, hours=23), about=about)
        assert soon.value.again_from == NOW + timedelta(days=90)
    answered(alice.person, NOW + timedelta(days=1), about="Jo")
    answered(alice.person, NOW + timedelta(days=90), about="Sam")
    assert len(kinds(alice)) == 3


def test_the_same_answers_sent_twice_are_one_reading(alice: Somebody) -> None:
    instrument = queries.instruments().find("leaning")
    assert instrument
    given: dict[str, Any] = {"person": alice.person, "reading_id": uuid4(), "instrument": instrument, "about": ""}
    actions.answer(**given, answers=ANSWERS, now=NOW)
    with pytest.raises(Changed):
        actions.answer(**given, answers=ANSWERS, now=NOW)
    assert kinds(alice) == ["reading"]


def test_a_leaning_set_by_hand_waits_for_nothing_and_the_last_one_counts(alice: Somebody) -> None:
    answered(alice.person)
    by_hand(alice.person, NOW + timedelta(hours=1), reaching=6, stepping_back=2)
    by_hand(alice.person, NOW + timedelta(hours=2), reaching=3, stepping_back=2)
    assert queries.leaning(alice.person) == {"reaching": 3.0, "stepping-back": 2.0}


def test_nobody_has_a_leaning_before_it_was_found_or_set(alice: Somebody) -> None:
    walked(alice.person)
    assert queries.leaning(alice.person) == {}


def test_a_change_is_written_over_exactly_its_version(alice: Somebody) -> None:
    walk_id = walked(alice.person)
    record, stale = (queries.find(alice.person, walk_id, "walk").record for _ in range(2))
    change = {"person": alice.person, "form_id": walk_id, "now": NOW, "version": 1}
    actions.change_walk(**change, record=record, parts={"secure": "first"})
    with pytest.raises(Changed):
        actions.change_walk(**change, record=stale, parts={"secure": "second"})
    assert queries.find(alice.person, walk_id, "walk").holds == shapes.Walk(at=NOW, secure="first")
    assert [line.first for line in queries.lines(alice.person)] == ["first"]


def test_a_sentence_is_changed_in_its_place(alice: Somebody) -> None:
    sentence_id = said(alice.person)
    record = queries.find(alice.person, sentence_id, "sentence").record
    change = {"person": alice.person, "record": record, "version": 1, "form_id": uuid4()}
    actions.change_sentence(**change, text="I go quiet, and I come back.", now=NOW + timedelta(days=1))
    (line,) = queries.lines(alice.person, "sentence")
    assert (line.first, line.version) == ("I go quiet, and I come back.", 2)


def test_keeping_lets_the_unsaved_words_go(alice: Somebody) -> None:
    walk_id = walked(alice.person)
    unsaved.keep(alice.person.keyring, walk_id, "/mine/needs/walk/", {"secure": ["late autosave"]}, NOW)
    assert unsaved.waiting(alice.person.keyring, "/mine/needs/walk/") is None


def test_what_is_deleted_is_gone_with_its_line(alice: Somebody) -> None:
    gone, stays = checked(alice.person), walked(alice.person)
    actions.delete(person=alice.person, record=queries.find(alice.person, gone, "check").record)
    with pytest.raises(Http404):
        queries.find(alice.person, gone, "check")
    assert [line.id for line in queries.lines(alice.person)] == [stays]


def test_a_paper_is_found_as_what_it_is_and_nothing_else(alice: Somebody) -> None:
    walk_id = walked(alice.person)
    for kind in ("check", "reading", "sentence"):
        with pytest.raises(Http404):
            queries.find(alice.person, walk_id, kind)


def test_a_stranger_reaches_nothing(alice: Somebody, charlie: Somebody) -> None:
    walk_id = walked(alice.person)
    record = queries.find(alice.person, walk_id, "walk").record
    with pytest.raises(Http404):
        queries.find(charlie.person, walk_id, "walk")
    with pytest.raises(Http404):
        actions.walk(person=charlie.person, walk_id=walk_id, parts={"secure": "mine now"}, now=NOW)
    actions.delete(person=charlie.person, record=record)
    assert kinds(alice) == ["walk"]
    assert kinds(charlie) == []
    assert list(queries.everything(charlie.person)) == []


def test_everything_can_be_taken_along_and_brought_back(alice: Somebody, dana: Somebody) -> None:
    for keep in (walked, checked, answered, by_hand, said):
        keep(alice.person)
    papers = list(queries.everything(alice.person))
    assert len(papers) == 5
    actions.delete_everything(person=alice.person)
    assert (kinds(alice), Paper.objects.count()) == ([], 0)
    assert actions.bring_back(person=dana.person, documents=papers) == 5
    assert actions.bring_back(person=dana.person, documents=papers) == 0
    assert sorted(queries.everything(dana.person), key=str) == sorted(papers, key=str)
    assert len(CONTENTS.lines(dana.person.keyring)) == 5


def test_bringing_back_leaves_what_is_there_as_it_is(alice: Somebody) -> None:
    walk_id = walked(alice.person, secure="newer words")
    older = shapes.Paper(holds=shapes.Walk(at=NOW, secure="older words"))
    assert actions.bring_back(person=alice.person, documents=[(walk_id, older)]) == 0
    assert queries.find(alice.person, walk_id, "walk").holds.secure == "newer words"


def test_contents_that_disagree_are_mended_from_the_records(alice: Somebody) -> None:
    for keep in (walked, checked, answered, said):
        keep(alice.person)
    before = sorted(queries.lines(alice.person), key=lambda line: line.id)
    CONTENTS.pages.objects.all().delete()
    assert sorted(queries.lines(alice.person), key=lambda line: line.id) == before
