"""Walks through the pages of drafts, as a browser without scripts would."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kindline.ground.people import actions as people
from kindline.mine.drafts import queries
from kindline.mine.drafts.tests.visits import AT_NIGHT, BY_DAY, LINES, WARM, begun, on_sheet, page_of, sent, text_of
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(BY_DAY, tick=False) as travelling:
        yield travelling


def test_an_empty_list_offers_one_way_to_begin(dana: Somebody) -> None:
    page = text_of(dana.client.get(reverse("drafts:list")))
    assert page.count('class="button"') == 1
    assert reverse("drafts:new") in page


def test_four_lines_become_a_draft_with_its_wording(dana: Somebody) -> None:
    answer = dana.client.post(reverse("drafts:new"), sent(**LINES, do="keep"), follow=True)
    assert on_sheet(answer).endswith("How is that for you?")
    [line] = queries.drafts(dana.person)
    assert line.state == "writing"
    assert line.title.startswith("I need half an hour")
    assert line.title in text_of(dana.client.get(reverse("drafts:list")))


def test_the_first_draft_of_all_gets_its_warm_word_and_the_second_does_not(alice: Somebody) -> None:
    first = alice.client.post(reverse("drafts:new"), sent(**LINES), follow=True)
    second = alice.client.post(reverse("drafts:new"), sent(**LINES), follow=True)
    assert "Your words, ready when you are." in text_of(first)
    assert "Your words, ready when you are." not in text_of(second)


def test_growing_composes_and_keeps_nothing(alice: Somebody) -> None:
    answer = alice.client.post(reverse("drafts:grow"), sent(need="tea at five"), headers={"HX-Request": "true"})
    assert "I need tea at five." in text_of(answer)
    assert queries.drafts(alice.person) == []


def test_without_a_script_a_button_composes_and_nothing_is_kept_yet(alice: Somebody) -> None:
    answer = alice.client.post(reverse("drafts:new"), sent(need=LINES["need"], grow="1"))
    assert on_sheet(answer) == WARM
    plain = alice.client.post(reverse("drafts:new"), sent(need=LINES["need"], choice="firm", grow="1"))
    assert on_sheet(plain) == WARM.removesuffix(" How is that for you?")
    assert queries.drafts(alice.person) == []


def test_a_wording_changed_by_hand_stays_when_lines_change_until_it_is_made_new(alice: Somebody) -> None:
    draft_id = begun(alice, need=LINES["need"], composed=WARM, text="Let me land first, please.")
    alice.client.post(
        page_of("draft", draft_id),
        sent(version=1, need="an hour", composed=WARM, text="Let me land first, please."),
    )
    shown = alice.client.get(page_of("draft", draft_id))
    assert on_sheet(shown) == "Let me land first, please."
    assert "Changed by you, so it stays as you wrote it." in text_of(shown)
    anew = sent(version=2, need="an hour", composed=WARM, text="Let me land first, please.", anew="1")
    assert on_sheet(alice.client.post(page_of("draft", draft_id), anew)) == "I need an hour. How is that for you?"


def test_an_untouched_wording_is_no_edit(alice: Somebody) -> None:
    draft_id = begun(alice, need=LINES["need"], composed=WARM, text=WARM)
    assert queries.draft(alice.person, draft_id).draft.edited == {}


def test_another_wording_changed_by_hand_rides_along(alice: Somebody) -> None:
    draft_id = begun(alice, need=LINES["need"], **{"edited-message": "Can I land first?"})
    assert queries.draft(alice.person, draft_id).draft.edited == {"message": "Can I land first?"}


def test_a_try_of_the_coach_is_taken_without_a_script(alice: Somebody) -> None:
    fields = sent(composed="", text="You never listen to me.", lens="boundary", sheet="sheet", aside="")
    heard = text_of(alice.client.post(reverse("drafts:new"), {**fields, "listen": "1"}))
    choice = re.search(r'name="use" value="([^"]+)"', heard)
    assert choice is not None
    taken = alice.client.post(reverse("drafts:new"), {**fields, "use": choice[1]})
    assert "You never listen" not in on_sheet(taken)
    assert queries.drafts(alice.person) == []


def test_a_note_put_aside_is_remembered_for_this_draft(alice: Somebody) -> None:
    fields = sent(composed="", text="You never listen to me.", lens="boundary", sheet="sheet", aside="")
    heard = text_of(alice.client.post(reverse("drafts:new"), {**fields, "listen": "1"}))
    keys = re.findall(r'name="put_aside" value="([^"]+)"', heard)
    alice.client.post(reverse("drafts:new"), {**fields, "aside": " ".join(keys), "do": "keep"})
    [line] = queries.drafts(alice.person)
    assert queries.draft(alice.person, line.id).draft.aside == keys
    again = text_of(alice.client.get(page_of("draft", line.id)))
    assert not any(f'name="put_aside" value="{key}"' in again for key in keys)


def test_by_day_taking_it_along_comes_first(alice: Somebody) -> None:
    page = text_of(alice.client.get(reverse("drafts:new")))
    assert '<button class="button" name="do" value="take">' in page
    assert "still be true in the morning" not in page


def test_at_night_keeping_it_until_morning_comes_first_with_the_clock(alice: Somebody, clock: Any) -> None:
    clock.move_to(AT_NIGHT)
    night_owl = text_of(_unlocked(alice).get(page_of("draft", begun(alice))))
    assert '<button class="button" name="do" value="morning">' in night_owl
    assert "It’s 22:40. All of this will still be true in the morning." in night_owl
    assert night_owl.index('value="morning"') < night_owl.index('value="take"')


def test_good_morning_is_said_in_the_morning_only(alice: Somebody, clock: Any) -> None:
    clock.move_to(AT_NIGHT)
    _again(alice).client.post(reverse("drafts:new"), sent(**LINES, do="morning"))
    page = page_of("draft", queries.drafts(alice.person)[0].id)
    for hours, greets in ((10, True), (22, False)):
        clock.move_to(AT_NIGHT + timedelta(hours=hours))
        shown = text_of(_unlocked(alice).get(page))
        assert "You kept this for today; see how it reads now." in shown
        assert ("Good morning." in shown) == greets


def test_the_clock_is_told_as_the_person_reads_it(alice: Somebody, clock: Any) -> None:
    clock.move_to(AT_NIGHT)
    page = page_of("draft", begun(_again(alice)))
    people.change_profile(person=alice.person, hours=12, time_zone="America/New_York")
    assert "It’s" not in text_of(alice.client.get(page))
    clock.shift(timedelta(hours=5))
    assert "It’s 11:40 PM." in text_of(_unlocked(alice).get(page))


def test_within_an_hour_of_a_friction_keeping_it_comes_first_too(alice: Somebody, clock: Any) -> None:
    alice.client.post(reverse("journal:write"), {"form_id": str(uuid4()), "kind": "friction", "what": "It got loud."})
    page = page_of("draft", begun(alice))
    fresh = text_of(alice.client.get(page))
    assert "It’s 15:40, and it’s still fresh. It can wait until tomorrow." in fresh
    assert fresh.index('value="morning"') < fresh.index('value="take"')
    clock.shift(timedelta(minutes=61))
    assert "and it’s still fresh" not in text_of(_unlocked(alice).get(page))


@pytest.mark.parametrize("kind", ["boundary", "sorry"])
def test_with_no_words_yet_there_is_nothing_to_keep_until_morning(alice: Somebody, clock: Any, kind: str) -> None:
    clock.move_to(AT_NIGHT)
    page = text_of(_unlocked(alice).get(reverse("drafts:new") + f"?kind={kind}"))
    before, hidden, after = page.partition("data-with-words hidden>")
    assert hidden
    assert "data-before-words" in before
    assert "morning" not in before
    assert 'value="morning"' in after
    fields = sent(kind=kind, need="tea", text="" if kind == "boundary" else "I shouted.")
    worded = text_of(alice.client.post(reverse("drafts:new"), {**fields, "grow": "1"}))
    assert "data-with-words>" in worded
    assert "data-before-words" not in worded


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (datetime(2026, 5, 4, 8, 20, tzinfo=UTC), "tomorrow, 07:00"),
        (datetime(2026, 5, 4, 23, 59, tzinfo=UTC), "tomorrow, 07:00"),
        (datetime(2026, 5, 5, 0, 1, tzinfo=UTC), "07:00"),
    ],
)
def test_kept_until_morning_ends_on_a_page_that_lets_one_stop(
    alice: Somebody, clock: Any, now: datetime, until: str
) -> None:
    clock.move_to(now)
    answer = _unlocked(alice).post(reverse("drafts:new"), sent(**LINES, do="morning"), follow=True)
    assert f"It’s kept until {until}." in text_of(answer)
    assert "That’s enough for today" in text_of(answer)
    [line] = queries.drafts(alice.person)
    assert f"Kept until {until}. Nothing to do until then." in text_of(alice.client.get(page_of("draft", line.id)))


def test_an_insight_brings_everything_along(alice: Somebody) -> None:
    entry = {
        "form_id": str(uuid4()),
        "kind": "friction",
        "what": "The bills before my coat was off.",
        "wanted": "a hello",
    }
    alice.client.post(reverse("journal:write"), entry)
    page = text_of(alice.client.get(reverse("drafts:new") + f"?from={entry['form_id']}"))
    assert re.search(r'<textarea name="situation"[^>]*>\nThe bills before', page)
    assert re.search(r'<textarea name="ask"[^>]*>\na hello', page)


def test_words_about_the_other_are_quoted_and_never_put_in_their_line(alice: Somebody) -> None:
    entry_id = str(uuid4())
    what, wanted = "Karim answered his phone while I told him about the scan.", "a look, and a hello"
    entry = {"form_id": entry_id, "kind": "friction", "what": what, "wanted": wanted}
    alice.client.post(reverse("journal:write"), entry)
    look = {"form_id": str(uuid4()), "version": "1", "finer": ["to-matter"]}
    look |= {"fear": "That Karim’s team comes first.", "other": "not to let his team down"}
    alice.client.post(reverse("journal:look-again", args=[entry_id]), look)
    begun_page = alice.client.get(reverse("drafts:new") + f"?from={entry_id}")
    for about in (what, look["fear"], look["other"]):
        assert f"In your journal: “{about}” Now say it to them." in text_of(begun_page)
        assert about not in on_sheet(begun_page)
    assert text_of(begun_page).count(">in your journal<") == 3
    for name, inside in (("situation", ""), ("fear", ""), ("your_side", ""), ("ask", wanted), ("need", "to matter")):
        assert re.search(rf'<textarea name="{name}"[^>]*>\n{inside}</textarea>', text_of(begun_page)), name
    fields = sent(entry=entry_id, need="to matter", situation="You answered while I spoke.")
    alice.client.post(reverse("drafts:new"), fields)
    page = text_of(alice.client.get(page_of("draft", queries.drafts(alice.person)[0].id)))
    assert what not in page
    assert look["other"] in page


def test_nothing_comes_along_from_a_strangers_entry(alice: Somebody, charlie: Somebody) -> None:
    entry = {"form_id": str(uuid4()), "kind": "friction", "what": "The bills."}
    alice.client.post(reverse("journal:write"), entry)
    assert charlie.client.get(reverse("drafts:new") + f"?from={entry['form_id']}").status_code == 404


@pytest.mark.parametrize("kind", ["thanks", "sorry"])
def test_a_thanks_or_a_sorry_is_one_sheet(alice: Somebody, kind: str) -> None:
    page = text_of(alice.client.get(reverse("drafts:new") + f"?kind={kind}"))
    assert 'name="need"' not in page
    words = "Thank you for the tea." if kind == "thanks" else "I shouted. That was frightening to hear."
    answer = alice.client.post(
        reverse("drafts:new"), sent(kind=kind, choice="", shown="", text=words, do="take"), follow=True
    )
    assert words in text_of(answer)
    assert queries.drafts(alice.person)[0].title == words


def test_words_that_are_too_long_are_refused_with_the_limit_and_kept_in_the_box(alice: Somebody) -> None:
    answer = alice.client.post(reverse("drafts:new"), sent(need="n" * 20_001))
    assert answer.status_code == 422
    assert "up to 20,000 characters" in text_of(answer)
    assert "n" * 20_001 in text_of(answer)
    assert queries.drafts(alice.person) == []


def test_a_touchstone_of_ones_own_has_to_fit_on_a_card(alice: Somebody) -> None:
    fields = sent(need="tea", choice="touchstone", shown="touchstone", composed="I need tea.", text="t" * 241)
    answer = alice.client.post(reverse("drafts:new"), fields)
    assert answer.status_code == 422
    assert "240 characters" in text_of(answer)
    assert "t" * 241 in on_sheet(answer)


def test_nothing_written_yet_is_not_kept(alice: Somebody) -> None:
    answer = alice.client.post(reverse("drafts:new"), sent(need="  "))
    assert answer.status_code == 422
    assert "Write one line first" in text_of(answer)
    assert queries.drafts(alice.person) == []


def test_a_rehearsal_keeps_its_plan_and_shows_it(alice: Somebody) -> None:
    draft_id = begun(alice)
    plan = {"form_id": str(uuid4()), "version": 1, "ready-hurt": "0", "own-quiet": "I’ll wait.", "stands_by": "yes"}
    answer = alice.client.post(page_of("rehearse", draft_id), plan, follow=True)
    assert answer.redirect_chain[-1][0] == page_of("take", draft_id)
    assert "I’ll wait." in text_of(answer)
    assert queries.draft(alice.person, draft_id).draft.plan["hurt"].startswith("I can see")
    assert "I’ll wait." in text_of(alice.client.get(page_of("draft", draft_id)))


def test_who_would_not_stand_by_it_yet_is_led_back_to_the_words(alice: Somebody) -> None:
    draft_id = begun(alice)
    plan = {"form_id": str(uuid4()), "version": 1, "stands_by": "not-yet"}
    assert alice.client.post(page_of("rehearse", draft_id), plan).url == page_of("draft", draft_id)


def test_a_plan_made_in_two_windows_shows_both(alice: Somebody) -> None:
    draft_id = begun(alice)
    for sentence in ("Let’s wait.", "Let’s rest."):
        answer = alice.client.post(
            page_of("rehearse", draft_id), {"form_id": str(uuid4()), "version": 1, "own-quiet": sentence}
        )
    assert answer.status_code == 409
    assert "Let’s wait." in text_of(answer)
    assert "Let’s rest." in text_of(answer)


def test_the_way_from_words_to_a_touchstone(alice: Somebody, clock: Any) -> None:
    draft_id = begun(alice)
    taken = alice.client.post(page_of("take", draft_id), {"version": 1}, follow=True)
    assert "It’s with you now" in text_of(taken)
    clock.shift(timedelta(days=2))
    browser = _unlocked(alice)
    assert [one.kind for one in queries.waiting(alice.person, datetime.now(UTC))] == ["did-you-say-it"]
    after = browser.post(page_of("said", draft_id), {"version": 2, "outcome": "agreed"}, follow=True)
    assert "keep what you agreed" in text_of(after)
    note = {"version": 3, "form_id": str(uuid4()), "touchstone": "Half an hour to land, then the bills."}
    kept = browser.post(page_of("after", draft_id), note, follow=True)
    assert "Half an hour to land, then the bills." in text_of(kept)
    assert "Yours alone, since 6 May." in text_of(kept)
    assert [one.text for one in queries.touchstones(alice.person)] == ["Half an hour to land, then the bills."]
    rested = browser.post(page_of("touchstone", draft_id), {"version": 4, "do": "rest"}, follow=True)
    assert queries.touchstones(alice.person) == []
    assert "Its words are still here." in text_of(rested)
    assert on_sheet(rested) == "Half an hour to land, then the bills."


def test_a_touchstone_of_ones_own_speaks_of_one_person(alice: Somebody) -> None:
    draft_id = begun(alice)
    page = text_of(alice.client.post(page_of("touchstone", draft_id), {"version": 1, "do": "keep"}, follow=True))
    assert "A reminder for yourself; you can change your mind at any time." in page
    assert "between two people" not in page
    for button in ("Close", "Change the words", "No longer my touchstone"):
        assert f">{button}<" in page
    rested = alice.client.post(page_of("touchstone", draft_id), {"version": 2, "do": "rest"}, follow=True)
    assert queries.draft(alice.person, draft_id).draft.edited == {}
    assert LINES["give"] in on_sheet(rested)


@pytest.mark.parametrize("outcome", ["agreed", "hurt", "pushed-back", "quiet", "not-said"])
def test_every_outcome_has_a_next_step_and_lets_one_stop(alice: Somebody, outcome: str) -> None:
    draft_id = begun(alice)
    assert f'href="{page_of("draft", draft_id)}">Ask me later' in text_of(alice.client.get(page_of("said", draft_id)))
    page = text_of(alice.client.post(page_of("said", draft_id), {"version": 1, "outcome": outcome}, follow=True))
    assert page.count('class="button"') + page.count('class="button quiet"') == 1
    assert "That’s enough for today" in page


def test_pressing_a_button_twice_is_pressing_it_once(alice: Somebody) -> None:
    draft_id = begun(alice)
    for _ in range(2):
        assert alice.client.post(page_of("take", draft_id), {"version": 1}).status_code == 302
        assert queries.draft(alice.person, draft_id).version == 2
    for _ in range(2):
        answer = alice.client.post(page_of("said", draft_id), {"version": 2, "outcome": "hurt"})
        assert answer.status_code == 302
    assert queries.draft(alice.person, draft_id).version == 3


def test_a_note_that_is_too_long_for_a_card_stays_in_its_box(alice: Somebody) -> None:
    draft_id = begun(alice)
    alice.client.post(page_of("said", draft_id), {"version": 1, "outcome": "agreed"})
    note = {"version": 2, "form_id": str(uuid4()), "touchstone": "t" * 241}
    answer = alice.client.post(page_of("after", draft_id), note)
    assert answer.status_code == 422
    assert "t" * 241 in text_of(answer)


PAGES = ["draft", "delete", "until-morning", "rehearse", "take", "touchstone", "said", "after"]


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_finds_no_page_of_a_draft(alice: Somebody, charlie: Somebody, name: str) -> None:
    draft_id = begun(alice)
    assert alice.client.get(page_of(name, draft_id)).status_code in {200, 302}
    unseen = charlie.client.get(page_of(name, draft_id))
    nowhere = charlie.client.get(page_of(name, uuid4()))
    assert (unseen.status_code, nowhere.status_code) == (404, 404)
    if name != "until-morning":
        fields = sent(version=1, do="keep", outcome="agreed", touchstone="Mine.", need="x")
        assert charlie.client.post(page_of(name, draft_id), fields).status_code == 404
    assert queries.draft(alice.person, draft_id).version == 1
    assert LINES["need"] not in text_of(unseen)


def test_a_stranger_cannot_make_a_draft_under_somebodys_id(alice: Somebody, charlie: Somebody) -> None:
    draft_id = begun(alice)
    answer = charlie.client.post(reverse("drafts:new"), sent(form_id=str(draft_id), need="to know"))
    assert answer.status_code == 404
    assert queries.drafts(charlie.person) == []


def _again(somebody: Somebody) -> Somebody:
    _unlocked(somebody)
    return somebody


def _unlocked(somebody: Somebody) -> Client:
    """Return somebody's browser, unlocked again after the clock moved on."""
    somebody.client.post(reverse("door:unlock"), {"name": somebody.name, "passphrase": somebody.passphrase})
    somebody.token = somebody.client.cookies[settings.SESSION_COOKIE].value
    return somebody.client
