"""Sentences of mine: taken, changed, copied, never lost, always text."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from kindline.ground.coaching.hearing import hear
from kindline.ground.vault import unsaved
from kindline.mine.needs import queries, rules, words
from kindline.mine.needs.tests.papers import said
from kindline.mine.needs.tests.test_walking import box, main_of
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

LIST, NEW = "/mine/needs/sentences/", "/mine/needs/sentences/new/"
HOSTILE = """<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ 7|add:1 }} ' " &"""


def sent(text: str, **more: Any) -> dict[str, Any]:
    return {"form_id": str(uuid4()), "text": text, **more}


def test_a_ready_one_is_taken_and_becomes_ones_own(alice: Somebody) -> None:
    assert "It isn’t about you." in main_of(alice.client.get(LIST))
    taken = alice.client.get(NEW, {"take": "i-go-quiet"})
    assert box(taken, "text") == "When it gets too much, I go quiet. It isn’t about you."
    form = sent("When it gets too much, I go quiet. It isn’t about you.", form_id=str(taken.context["form_id"]))
    assert alice.client.post(NEW, form).url == LIST
    page = main_of(alice.client.get(LIST))
    assert page.count("It isn’t about you.") == 1
    assert "data-copy" in page
    assert "data-share" in page


def test_the_same_form_twice_is_one_sentence(alice: Somebody) -> None:
    form = sent("I do come back.")
    assert {alice.client.post(NEW, form).status_code for _ in range(2)} == {302}
    assert len(queries.lines(alice.person)) == 1


def test_two_windows_lose_neither_sentence(alice: Somebody) -> None:
    sentence_id = said(alice.person)
    address = reverse("needs:sentence", args=[sentence_id])
    alice.client.post(address, sent("From tab one.", version="1"))
    answer = alice.client.post(address, sent("From tab two.", version="1"))
    assert (answer.status_code, box(answer, "text")) == (409, "From tab two.")
    assert "From tab one." in answer.content.decode()
    assert alice.client.post(address, sent("From tab two.", version="2")).status_code == 302
    assert [line.first for line in queries.lines(alice.person)] == ["From tab two."]


@pytest.mark.parametrize("text", ["", "   ", "x" * (rules.LONGEST_SENTENCE + 1)])
def test_what_is_empty_or_too_long_stays_in_its_box(alice: Somebody, text: str) -> None:
    answer = alice.client.post(NEW, sent(text))
    assert (answer.status_code, box(answer, "text")) == (422, text)
    assert queries.lines(alice.person) == []


def test_unsaved_words_come_back_unless_a_ready_one_was_asked_for(alice: Somebody) -> None:
    form_id = uuid4()
    unsaved.keep(alice.person.keyring, form_id, NEW, {"text": ["Half a"]}, timezone.now())
    page = alice.client.get(NEW)
    assert (box(page, "text"), page.context["form_id"]) == ("Half a", form_id)
    assert box(alice.client.get(NEW, {"take": "i-come-back"}), "text") == str(words.READY["i-come-back"])
    assert alice.client.post(NEW, {"form_id": str(form_id), "do": "let-go"}).url == NEW
    assert box(alice.client.get(NEW), "text") == ""


def test_the_coach_listens_without_keeping(alice: Somebody) -> None:
    answer = alice.client.post(NEW, sent("You never listen to me.", listen="1", sheet="sheet", lens="any", aside=""))
    assert "data-note" in answer.content.decode()
    assert box(answer, "text") == "You never listen to me."
    assert queries.lines(alice.person) == []


@pytest.mark.parametrize("name", rules.READY)
def test_the_coach_has_nothing_to_soften_in_what_is_ready(name: str) -> None:
    heard = hear(str(words.READY[name]))
    assert [remark.words for remark in heard.remarks if remark.look != "thought"] == []


@pytest.mark.parametrize("name", [name for names in rules.IDEAS.values() for name in names])
def test_the_coach_has_nothing_to_soften_in_an_idea(name: str) -> None:
    lines = words.IDEAS[name].lines
    text = f"I need {lines['need']}. Would you {lines['ask']}? {lines['give']}"
    assert [remark.words for remark in hear(text, lens="boundary").remarks if remark.look != "thought"] == []


def test_a_sentence_is_shown_as_text_only(alice: Somebody) -> None:
    said(alice.person, HOSTILE)
    page = alice.client.get(LIST).content.decode()
    assert "<img src=x" not in page
    assert "{{ 7|add:1 }}" in page


def test_a_stranger_finds_nothing(alice: Somebody, charlie: Somebody) -> None:
    sentence_id = said(alice.person, "Heron words of mine.")
    for name in ("needs:sentence", "needs:delete-sentence"):
        assert charlie.client.get(reverse(name, args=[sentence_id])).status_code == 404
    assert charlie.client.post(reverse("needs:delete-sentence", args=[sentence_id])).status_code == 404
    assert "Heron words" not in main_of(charlie.client.get(LIST))


def test_a_sentence_is_deleted_for_good(alice: Somebody) -> None:
    delete = reverse("needs:delete-sentence", args=[said(alice.person)])
    assert "I go quiet." in main_of(alice.client.get(delete))
    assert alice.client.post(delete).url == LIST
    assert queries.lines(alice.person) == []
