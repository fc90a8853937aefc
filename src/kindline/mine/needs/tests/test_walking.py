"""The walk as a browser does it: any step may be left out, nothing written is lost, and it leads on."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from kindline.ground.vault import unsaved
from kindline.mine.needs import queries, shapes
from kindline.mine.needs.tests.papers import NOW, walked
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

WALK = "/mine/needs/walk/"
WHOLE = {
    "secure": "To know when you are back.",
    "accept": "An hour alone.",
    "refuse": "not knowing at all",
    "need": "safety",
    "finer": ["known-return", "where-we-stand"],
    "need_words": "",
    "ask": "tell me a time",
    "origin": "The sound of the key.",
}


def sent(**parts: Any) -> dict[str, Any]:
    return {"form_id": str(uuid4()), **parts}


def box(response: Any, name: str) -> str:
    found = re.search(rf'<textarea[^>]* name="{name}"[^>]*>\n?(.*?)</textarea>', response.content.decode(), re.DOTALL)
    assert found, f"no box {name}"
    return found[1]


def walk_of(one: Somebody, walk_id: UUID) -> shapes.Walk:
    walk = queries.find(one.person, walk_id, "walk").holds
    assert isinstance(walk, shapes.Walk)
    return walk


def main_of(page: Any) -> str:
    return str(page.content.decode()).partition("<main")[2].partition("</main>")[0]


def test_a_whole_walk_is_kept_in_one_paper_and_shown(alice: Somebody) -> None:
    form = sent(**WHOLE)
    answer = alice.client.post(WALK, form)
    assert answer.url == reverse("needs:walked", args=[form["form_id"]]) + "?kept=yes"
    page = alice.client.get(answer.url).content.decode()
    assert "You took the time. It’s kept." in page
    for words in ("To know when you are back.", "An hour alone.", "not knowing at all", "The sound of the key."):
        assert words in page
    # Both finer needs lie under predictability, so that is the need that was meant.
    assert "Predictability" in page
    assert len(queries.lines(alice.person)) == 1


@pytest.mark.parametrize("step", ["secure", "accept", "refuse", "need_words", "ask", "origin"])
def test_any_single_step_is_a_whole_walk(alice: Somebody, step: str) -> None:
    form = sent(**{step: "A word."})
    assert alice.client.post(WALK, form).status_code == 302
    assert getattr(walk_of(alice, UUID(form["form_id"])), step) == "A word."
    assert queries.lines(alice.person)[0].first == "A word."


def test_a_tap_alone_is_a_walk_and_has_its_name_in_the_list(alice: Somebody) -> None:
    assert alice.client.post(WALK, sent(need="autonomy")).status_code == 302
    walked(alice.person, NOW)
    assert "Room of my own" in main_of(alice.client.get("/mine/needs/walks/"))


def test_a_walk_without_a_word_is_not_kept_and_not_scolded(alice: Somebody) -> None:
    answer = alice.client.post(WALK, sent())
    assert answer.status_code == 422
    assert "One line or one tap is enough." in answer.content.decode()
    assert queries.lines(alice.person) == []


def test_a_need_nobody_offered_is_refused(alice: Somebody) -> None:
    for wrong in ({"need": "money"}, {"finer": ["gold"]}):
        assert alice.client.post(WALK, sent(secure="x", **wrong)).status_code == 422
    assert queries.lines(alice.person) == []


def test_what_was_typed_and_not_kept_comes_back_and_can_be_let_go(alice: Somebody) -> None:
    form_id = uuid4()
    fields = {"secure": ["Half a"], "need": ["autonomy"], "finer": ["own-no"]}
    unsaved.keep(alice.person.keyring, form_id, WALK, fields, timezone.now())
    page = alice.client.get(WALK)
    assert (box(page, "secure"), page.context["form_id"]) == ("Half a", form_id)
    assert 'value="own-no" checked' in page.content.decode()
    assert alice.client.post(WALK, {"form_id": str(form_id), "do": "let-go"}).url == WALK
    assert box(alice.client.get(WALK), "secure") == ""


def test_going_over_a_walk_again_begins_with_its_words(alice: Somebody) -> None:
    walk_id = walked(alice.person, secure="One hello.", need="safety", finer=("truth",))
    edit = reverse("needs:edit", args=[walk_id])
    page = alice.client.get(edit)
    assert box(page, "secure") == "One hello."
    assert 'value="truth" checked' in page.content.decode()
    answer = alice.client.post(edit, sent(version="1", secure="Two hellos."))
    assert answer.url == reverse("needs:walked", args=[walk_id])
    assert walk_of(alice, walk_id) == shapes.Walk(at=NOW, secure="Two hellos.")


def test_two_windows_lose_nothing_and_both_can_be_kept(alice: Somebody) -> None:
    walk_id = walked(alice.person)
    edit = reverse("needs:edit", args=[walk_id])
    alice.client.post(edit, sent(version="1", secure="From tab one."))
    answer = alice.client.post(edit, sent(version="1", secure="From tab two."))
    assert answer.status_code == 409
    assert box(answer, "secure") == "From tab two."
    assert "From tab one." in answer.content.decode()
    assert alice.client.post(edit, sent(version="1", secure="From tab two.", do="both")).status_code == 302
    assert {line.first for line in queries.lines(alice.person)} == {"From tab one.", "From tab two."}


def test_earlier_walks_are_kept_and_read_and_deleted_one_by_one(alice: Somebody) -> None:
    old, new = walked(alice.person, NOW, secure="Old."), walked(alice.person, NOW + timedelta(days=9), secure="New.")
    page = main_of(alice.client.get("/mine/needs/walks/"))
    assert page.index("New.") < page.index("Old.")
    assert "Old." in main_of(alice.client.get(reverse("needs:walked", args=[old])))
    delete = reverse("needs:delete", args=[old])
    assert "Old." in main_of(alice.client.get(delete))
    assert alice.client.post(delete).url == reverse("needs:walks")
    assert [line.id for line in queries.lines(alice.person)] == [new]


def test_a_walk_leads_on_to_words_and_to_the_journal(alice: Somebody) -> None:
    walk_id = walked(alice.person, need_words="a sign", refuse="guess", ask="tell me a time", origin="The key.")
    page = main_of(alice.client.get(reverse("needs:walked", args=[walk_id])))
    assert f'href="{reverse("drafts:new")}?start={walk_id}"' in page
    assert f'href="{reverse("journal:write")}"' in page
    assert "That’s enough for today" in page
    draft = alice.client.get(reverse("drafts:new"), {"start": str(walk_id)})
    assert (box(draft, "need"), box(draft, "limit"), box(draft, "ask")) == ("a sign", "guess", "tell me a time")
    assert box(draft, "origin") == "", "a memory is nobody's to hand on but its person's"


def test_where_fear_is_heard_help_stands_beside_it(alice: Somebody) -> None:
    unsafe = walked(alice.person, origin="He grabbed my arm and I am afraid of him.")
    assert reverse("care:help") in main_of(alice.client.get(reverse("needs:walked", args=[unsafe])))
    ordinary = walked(alice.person, origin="I felt hurt, and scared of the scan.")
    assert reverse("care:help") not in main_of(alice.client.get(reverse("needs:walked", args=[ordinary])))


def test_a_stranger_finds_nothing(alice: Somebody, charlie: Somebody) -> None:
    walk_id = walked(alice.person)
    for name in ("needs:walked", "needs:edit", "needs:delete"):
        assert charlie.client.get(reverse(name, args=[walk_id])).status_code == 404
    assert charlie.client.post(reverse("needs:delete", args=[walk_id])).status_code == 404
    assert charlie.client.get(reverse("drafts:new"), {"start": str(walk_id)}).status_code == 404
    assert "One sure hello." not in charlie.client.get("/mine/needs/").content.decode()
    assert len(queries.lines(alice.person)) == 1


def test_words_for_a_walk_that_was_deleted_come_back(alice: Somebody) -> None:
    answer = alice.client.post(reverse("needs:edit", args=[uuid4()]), sent(version="1", secure="Still here."))
    assert (answer.status_code, box(answer, "secure")) == (404, "Still here.")
