"""A draft that begins with a walk or a small idea from the page of needs."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from kindline.ground.vault import unsaved
from kindline.mine.drafts import queries
from kindline.mine.needs import actions as needs
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

NEW = "/mine/drafts/new/"


def walked(one: Somebody, **parts: Any) -> str:
    walk_id = uuid4()
    needs.walk(person=one.person, walk_id=walk_id, parts=parts, now=timezone.now())
    return str(walk_id)


def box(page: Any, name: str) -> str:
    found = re.search(rf'<textarea[^>]* name="{name}"[^>]*>\n?(.*?)</textarea>', page.content.decode(), re.DOTALL)
    assert found, f"no box {name}"
    return found[1]


def test_the_need_is_said_in_the_persons_own_words_where_there_are_any(alice: Somebody) -> None:
    for parts, need in (
        ({"need_words": "a sign", "finer": ("truth",), "need": "safety", "secure": "quiet"}, "a sign"),
        ({"finer": ("truth",), "need": "safety", "secure": "quiet"}, "honesty"),
        ({"need": "safety", "secure": "quiet"}, "to be at ease, body and heart"),
        ({"secure": "quiet"}, "quiet"),
        ({"ask": "sit with me"}, ""),
    ):
        assert box(alice.client.get(NEW, {"start": walked(alice, **parts)}), "need") == need


def test_words_left_unsaved_do_not_stand_in_the_place_of_a_walk(alice: Somebody) -> None:
    walk_id = walked(alice, need_words="a sign")
    form_id, other = uuid4(), {"form_id": "x", "version": "0", "kind": "boundary", "need": "something else"}
    fields = {name: [value] for name, value in {**other, "form_id": str(form_id)}.items()}
    unsaved.keep(alice.person.keyring, form_id, NEW, fields, timezone.now())
    assert box(alice.client.get(NEW), "need") == "something else"
    assert box(alice.client.get(NEW, {"start": walk_id}), "need") == "a sign"


def test_words_left_on_a_draft_of_a_walk_come_back_to_it(alice: Somebody) -> None:
    walk_id, form_id = walked(alice, need_words="a sign"), uuid4()
    left = {"form_id": str(form_id), "version": "0", "kind": "boundary", "start": walk_id, "need": "a clear sign"}
    unsaved.keep(alice.person.keyring, form_id, NEW, {name: [value] for name, value in left.items()}, timezone.now())
    for asked in ({"start": walk_id}, {}):
        assert box(alice.client.get(NEW, asked), "need") == "a clear sign"


def test_a_draft_begun_by_a_walk_is_kept_like_any_other(alice: Somebody) -> None:
    page = alice.client.get(NEW, {"start": walked(alice, need_words="a sign")})
    form = {"form_id": str(page.context["form"]["form_id"].value()), "version": "0", "kind": "boundary"}
    sent = {**form, "choice": "warm", "shown": "warm", "start": "a-hello", "need": "a sign"}
    assert alice.client.post(NEW, sent).status_code == 302
    (line,) = queries.drafts(alice.person)
    assert queries.draft(alice.person, line.id).draft.parts == {"need": "a sign"}


@pytest.mark.parametrize("start", ["no-such-idea", "00000000-0000-4000-8000-000000000000", "<script>", "x" * 5000])
def test_a_start_that_is_not_there_is_not_found(alice: Somebody, start: str) -> None:
    assert alice.client.get(reverse("drafts:new"), {"start": start}).status_code == 404


def left_on(one: Somebody, **words: str) -> str:
    """Leave words unsaved on the page where a draft begins, and return the id of their form."""
    form_id = str(uuid4())
    told = one.client.post(reverse("door:unsaved"), {"form_id": form_id, "version": "0", "page": NEW, **words})
    assert told.status_code in (204, 302)
    return form_id


def test_words_left_unsaved_of_each_kind_wait_apart(alice: Somebody) -> None:
    thanks = left_on(alice, kind="thanks", text="For the soup.")
    sorry = left_on(alice, kind="sorry", text="I was loud.")
    limit = left_on(alice, kind="boundary", need="an hour")
    waiting = (("thanks", "text", "For the soup.", thanks), ("sorry", "text", "I was loud.", sorry))
    for kind, name, words, form_id in (*waiting, ("boundary", "need", "an hour", limit)):
        page = alice.client.get(NEW, {"kind": kind})
        assert box(page, name) == words
        assert str(page.context["form"]["form_id"].value()) == form_id
    alice.client.post(NEW, {"form_id": thanks, "version": "0", "kind": "thanks", "do": "let-go"})
    assert box(alice.client.get(NEW, {"kind": "thanks"}), "text") == ""
    assert box(alice.client.get(NEW, {"kind": "sorry"}), "text") == "I was loud."


def test_words_left_on_a_walk_wait_behind_newer_ones_of_another(alice: Somebody) -> None:
    first, second = walked(alice, need_words="a sign"), walked(alice, need_words="a walk")
    left_on(alice, kind="boundary", start=first, need="a clear sign")
    left_on(alice, kind="boundary", start=second, need="a long walk")
    assert box(alice.client.get(NEW, {"start": first}), "need") == "a clear sign"
    assert box(alice.client.get(NEW, {"start": second}), "need") == "a long walk"
