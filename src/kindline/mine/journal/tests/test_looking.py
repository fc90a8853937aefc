"""Looking again at one entry, the ways on, and looking back at many."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kindline.ground.vault import unsaved
from kindline.mine.journal import queries
from kindline.mine.journal.shapes import Insight
from kindline.mine.journal.tests.entries import NOW, kept
from kindline.mine.journal.tests.test_writing import box
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

UNSAFE = "He grabbed my arm and I am afraid of him."
WHOLE = {
    "need": "safety",
    "finer": ["truth", "rest"],
    "need_words": "a slow hello",
    "fear": "That you leave.",
    "other": "A rest.",
}


def look(one: Somebody, entry_id: UUID, **fields: Any) -> Any:
    form = {"form_id": str(uuid4()), "version": "1", **fields}
    return one.client.post(reverse("journal:look-again", args=[entry_id]), form)


def insight(one: Somebody, entry_id: UUID) -> Insight | None:
    return queries.find(one.person, entry_id).entry.insight


def test_a_look_is_kept_with_the_entry_and_leads_to_the_ways_on(alice: Somebody) -> None:
    entry_id = kept(alice.person)
    assert look(alice, entry_id, **WHOLE).url == reverse("journal:ways", args=[entry_id])
    assert insight(alice, entry_id) == Insight(
        need="safety", finer=("truth", "rest"), need_words="a slow hello", fear="That you leave.", other="A rest."
    )
    page = alice.client.get(reverse("journal:entry", args=[entry_id])).content.decode()
    for words in ("Safety", "honesty ·&nbsp;rest", "a slow hello", "That you leave.", "A rest."):
        assert words in page


def test_a_look_that_finds_nothing_in_words_is_fine(alice: Somebody) -> None:
    entry_id = kept(alice.person)
    assert look(alice, entry_id).status_code == 302
    assert insight(alice, entry_id) == Insight()


def test_a_second_look_begins_with_the_first(alice: Somebody) -> None:
    entry_id = kept(alice.person)
    look(alice, entry_id, **WHOLE)
    page = alice.client.get(reverse("journal:look-again", args=[entry_id]))
    assert box(page, "fear") == "That you leave."
    assert 'value="safety" checked' in page.content.decode()
    assert 'value="truth" checked' in page.content.decode()


def test_where_safety_is_heard_the_others_side_is_not_asked_about(alice: Somebody) -> None:
    entry_id = kept(alice.person, UNSAFE)
    page = alice.client.get(reverse("journal:look-again", args=[entry_id])).content.decode()
    assert 'name="other"' not in page
    assert reverse("care:help") in page.partition("<main")[2].partition("</main>")[0]


def test_an_ordinary_friction_points_nobody_to_help(alice: Somebody) -> None:
    entry_id = kept(alice.person, "I felt hurt when you laughed, and scared of the scan.")
    page = alice.client.get(reverse("journal:look-again", args=[entry_id])).content.decode()
    assert 'name="other"' in page
    assert reverse("care:help") not in page.partition("<main")[2].partition("</main>")[0]


def test_a_fear_told_while_looking_is_heard_and_what_was_written_stays(alice: Somebody) -> None:
    entry_id = kept(alice.person)
    look(alice, entry_id, **{**WHOLE, "fear": UNSAFE})
    page = alice.client.get(reverse("journal:entry", args=[entry_id])).content.decode()
    assert "A rest." not in page
    look(alice, entry_id, version="2", fear="")
    again = insight(alice, entry_id)
    assert again
    assert again.other == "A rest."


def test_two_looks_at_once_lose_nothing(alice: Somebody) -> None:
    entry_id = kept(alice.person)
    look(alice, entry_id, fear="From tab one.")
    answer = look(alice, entry_id, fear="From tab two.")
    assert answer.status_code == 409
    assert box(answer, "fear") == "From tab two."
    assert "From tab one." in answer.content.decode()
    assert look(alice, entry_id, fear="From tab two.", version=str(answer.context["version"])).status_code == 302
    assert look(alice, entry_id, fear="From tab two.", version="1").status_code == 302


def test_a_look_at_a_deleted_entry_keeps_its_words(alice: Somebody) -> None:
    entry_id = kept(alice.person)
    alice.client.post(reverse("journal:delete", args=[entry_id]))
    answer = look(alice, entry_id, **WHOLE)
    assert answer.status_code == 404
    assert box(answer) == "a slow hello\n\nThat you leave.\n\nA rest."


def test_too_long_a_fear_stays_in_its_box(alice: Somebody) -> None:
    entry_id, long = kept(alice.person), "f" * 20_001
    answer = look(alice, entry_id, fear=long)
    assert box(answer, "fear") == long
    assert insight(alice, entry_id) is None


@pytest.mark.parametrize("fields", [{"need": "money"}, {"need": "safety", "finer": ["gold"]}])
def test_a_need_nobody_offered_is_refused(alice: Somebody, fields: dict[str, Any]) -> None:
    entry_id = kept(alice.person)
    assert look(alice, entry_id, **fields).status_code == 200
    assert insight(alice, entry_id) is None


def test_the_finer_needs_are_all_in_view_and_choosing_one_chooses_its_need(alice: Somebody) -> None:
    entry_id = kept(alice.person)
    page = alice.client.get(reverse("journal:look-again", args=[entry_id])).content.decode()
    for words in ("to be heard", "to matter", "closeness", "fairness", "help"):
        assert re.search(rf'name="finer" value="[a-z-]+">{words}</label>', page)
    look(alice, entry_id, finer=["fairness"])
    assert insight(alice, entry_id) == Insight(need="predictability", finer=("fairness",))


def test_unsaved_looking_comes_back(alice: Somebody) -> None:
    entry_id, form_id = kept(alice.person), uuid4()
    address = reverse("journal:look-again", args=[entry_id])
    fields = {"version": ["1"], "need": ["autonomy"], "finer": ["own-no"], "fear": ["Half"]}
    unsaved.keep(alice.person.keyring, form_id, address, fields, timezone.now())
    page = alice.client.get(address)
    assert (box(page, "fear"), page.context["form_id"]) == ("Half", form_id)
    assert 'value="own-no" checked' in page.content.decode()


def test_five_ways_lead_on(alice: Somebody) -> None:
    entry_id = kept(alice.person)
    page = alice.client.get(reverse("journal:ways", args=[entry_id])).content.decode()
    new = reverse("drafts:new")
    assert page.count(f'href="{new}?from={entry_id}"') == 2
    assert f'href="{new}?from={entry_id}&amp;kind=thanks"' in page
    assert f'href="{new}?from={entry_id}&amp;kind=sorry"' in page
    assert 'name="step"' in page
    assert "Just know it" in page


def test_one_press_makes_a_draft_with_everything_carried_over(alice: Somebody) -> None:
    entry_id = kept(alice.person, "No hello at the door.", wanted="A hello.")
    look(alice, entry_id, need="safety", finer=["gentleness"], fear="That I bore you.")
    page = alice.client.get(reverse("drafts:new"), {"from": str(entry_id)}).content.decode()
    for words in ("No hello at the door.", "A hello.", "kindness", "That I bore you."):
        assert words in page


def test_ones_own_step_is_kept_here(alice: Somebody) -> None:
    entry_id = kept(alice.person)
    look(alice, entry_id, fear="noise")
    ways = reverse("journal:ways", args=[entry_id])
    assert alice.client.post(ways, {"version": "2", "step": ""}).status_code == 200
    assert alice.client.post(ways, {"version": "2", "step": "Walk first."}).status_code == 302
    assert insight(alice, entry_id) == Insight(fear="noise", step="Walk first.")
    stale = alice.client.post(ways, {"version": "2", "step": "Sleep first."})
    assert (stale.status_code, box(stale, "step")) == (409, "Sleep first.")
    look(alice, entry_id, version="3", fear="more noise")
    assert insight(alice, entry_id) == Insight(fear="more noise", step="Walk first.")


def test_a_step_for_a_deleted_entry_is_not_lost(alice: Somebody) -> None:
    answer = alice.client.post(reverse("journal:ways", args=[uuid4()]), {"version": "1", "step": "Walk first."})
    assert (answer.status_code, box(answer)) == (404, "Walk first.")


def test_nothing_to_look_back_at_says_so_kindly(dana: Somebody) -> None:
    page = dana.client.get(reverse("journal:patterns")).content.decode()
    assert "When there are a few entries" in page
    assert "<svg viewBox" not in page.partition("<main")[2].replace('class="sign', "")


def test_two_entries_make_no_pattern(dana: Somebody) -> None:
    for _ in range(2):
        kept(dana.person, feelings={"hurt": 3})
    page = dana.client.get(reverse("journal:patterns")).content.decode()
    assert "don’t make a pattern" in page
    assert 'role="img"' not in page


def test_it_says_what_keeps_coming_up(alice: Somebody) -> None:
    with time_machine.travel(NOW + timedelta(hours=1)):
        for days in range(10):
            kept(
                alice.person,
                at=NOW - timedelta(days=2 * days),
                feelings={"hurt": 1 if days < 5 else 3, **({"tired": 2} if days % 2 else {})},
                did=("quiet",),
                insight=Insight(need="safety") if days < 4 else None,
            )
        kept(alice.person, "Soup.", kind="good", feelings={"glad": 3})
        answer = alice.client.get(reverse("journal:patterns"))
    page = answer.content.decode()
    assert "Hurt came up in 9 of the last 9." in page
    assert "Safety came up in 4 of the last 4." in page
    assert "You went quiet, or wanted to, in 9 of the last 9." in page
    assert "Most often it was in the evening." in page
    assert "Glad" not in re.sub(r"<[^>]*>", "", page)
    assert page.count("<table") == 2


def test_frictions_without_feelings_ask_for_a_mark(alice: Somebody) -> None:
    for _ in range(3):
        kept(alice.person, at=timezone.now())
    assert "Mark a feeling or two" in alice.client.get(reverse("journal:patterns")).content.decode()


def test_looking_back_opens_no_entry_and_a_stranger_sees_none_of_it(alice: Somebody, charlie: Somebody) -> None:
    for _ in range(4):
        kept(alice.person, feelings={"very own word": 2})
    assert "Very own word came up" in alice.client.get(reverse("journal:patterns")).content.decode()
    assert "own word came up" not in charlie.client.get(reverse("journal:patterns")).content.decode().lower()
