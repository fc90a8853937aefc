"""Words of a draft survive two tabs, the back button, a lock, a double press."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kindline.mine.drafts import queries
from kindline.mine.drafts.tests.visits import BY_DAY, LINES, begun, on_sheet, page_of, sent, text_of
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(BY_DAY, tick=False) as travelling:
        yield travelling


def test_a_broken_form_is_refused(alice: Somebody) -> None:
    assert alice.client.post(reverse("drafts:new"), {"need": "tea"}).status_code == 400


def test_the_same_form_twice_makes_one_draft(alice: Somebody) -> None:
    fields = sent(**LINES)
    for _ in range(2):
        assert alice.client.post(reverse("drafts:new"), fields).status_code == 302
    assert len(queries.drafts(alice.person)) == 1


def test_going_back_and_saving_other_words_shows_both_and_loses_neither(alice: Somebody) -> None:
    fields = sent(need="tea at five")
    alice.client.post(reverse("drafts:new"), fields)
    answer = alice.client.post(reverse("drafts:new"), {**fields, "need": "tea at six"})
    assert answer.status_code == 409
    assert "This changed in another window." in text_of(answer)
    assert "tea at five" in text_of(answer)
    assert "tea at six" in text_of(answer)


def test_of_two_tabs_the_second_sees_both_and_may_keep_either(alice: Somebody) -> None:
    draft_id = begun(alice, need="tea at five")
    address = page_of("draft", draft_id)
    alice.client.post(address, sent(version=1, need="tea at six"))
    late = alice.client.post(address, sent(version=1, need="tea at seven"))
    assert late.status_code == 409
    assert "tea at six" in text_of(late)
    assert on_sheet(late) == "I need tea at seven. How is that for you?"
    version = re.search(r'name="version" value="(\d+)"', text_of(late))
    assert version is not None
    alice.client.post(address, sent(version=version[1], need="tea at seven"))
    assert queries.draft(alice.person, draft_id).draft.parts == {"need": "tea at seven"}


def test_words_sent_to_a_draft_deleted_meanwhile_come_back_as_a_new_one(alice: Somebody) -> None:
    draft_id = begun(alice)
    alice.client.post(page_of("delete", draft_id))
    answer = alice.client.post(page_of("draft", draft_id), sent(version=1, need="tea at seven"))
    assert answer.status_code == 404
    assert "tea at seven" in text_of(answer)
    form_id = re.search(r'name="form_id" value="([^"]+)"', text_of(answer))
    assert form_id is not None
    alice.client.post(reverse("drafts:new"), sent(form_id=form_id[1], need="tea at seven"))
    assert queries.drafts(alice.person)[0].title == "I need tea at seven."


def test_words_left_unsaved_are_there_again_and_can_be_let_go(alice: Somebody) -> None:
    draft_id = begun(alice, need="tea at five")
    address = page_of("draft", draft_id)
    left = {**sent(version=1, need="tea at six"), "page": address}
    alice.client.post(reverse("door:unsaved"), left)
    again = alice.client.get(address)
    assert "You were writing this." in text_of(again)
    assert on_sheet(again) == "I need tea at six. How is that for you?"
    alice.client.post(address, {**left, "do": "let-go"})
    assert on_sheet(alice.client.get(address)) == "I need tea at five. How is that for you?"


def test_a_saved_form_leaves_nothing_unsaved(alice: Somebody) -> None:
    fields = sent(need="tea at five")
    alice.client.post(reverse("door:unsaved"), {**fields, "page": reverse("drafts:new")})
    alice.client.post(reverse("drafts:new"), fields)
    assert "You were writing this." not in text_of(alice.client.get(reverse("drafts:new")))


def test_a_form_that_meets_the_lock_goes_on_after_it(alice: Somebody) -> None:
    locked = Client()
    answer = locked.post(reverse("drafts:new"), sent(need="tea at five"))
    assert answer.status_code == 401
    carried = dict(re.findall(r'name="(carried[^"]*)" value="([^"]*)"', text_of(answer)))
    locked.post(reverse("door:unlock"), {"name": alice.name, "passphrase": alice.passphrase, **carried})
    assert queries.drafts(alice.person)[0].title == "I need tea at five."
