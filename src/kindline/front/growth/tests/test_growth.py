"""Looking back shows one's own course, says what is too little to say, and opens nothing but tables of contents."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from kindline.ground.vault import records
from kindline.mine.calm import actions as calm
from kindline.mine.drafts import actions as drafts
from kindline.mine.journal import actions as journal
from kindline.mine.needs import actions as needs
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def wrote(of: Somebody, days: float, loud: int = 2, kind: str = "friction") -> None:
    at = NOW - timedelta(days=days)
    feelings = {"hurt": loud} if loud else {}
    entry = journal.shapes.Entry(what="The door.", kind=kind, written_at=at, happened_at=at, feelings=feelings)
    journal.keep(person=of.person, entry_id=uuid4(), entry=entry, now=at)


def calmed(of: Somebody, days: float, practice: str, before: int, after: int) -> None:
    moment = calm.shapes.Moment(at=NOW - timedelta(days=days), practice=practice, before=before, after=after)
    calm.tell(person=of.person, moment_id=uuid4(), moment=moment)


def checked(of: Somebody, days: float, met: int, free: int) -> None:
    levels = {"safety": met, "autonomy": 3}
    needs.check(person=of.person, check_id=uuid4(), met=levels, free=free, now=NOW - timedelta(days=days))


def said(of: Somebody, days: float, outcome: str) -> None:
    draft_id, at = uuid4(), NOW - timedelta(days=days)
    drafts.keep(person=of.person, draft_id=draft_id, version=0, changes={"parts": {"need": "quiet"}}, now=at)
    drafts.take_along(person=of.person, draft_id=draft_id, version=1, now=at)
    drafts.tell_outcome(person=of.person, draft_id=draft_id, version=2, outcome=outcome, now=at)


def back(of: Somebody, name: str = "growth", **asked: str) -> str:
    answer = of.client.get(reverse(f"growth:{name}"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", ["growth", "saying"])
def test_nothing_yet_says_one_sentence_and_has_one_button(dana: Somebody, name: str) -> None:
    page = back(dana, name).partition("<main")[2].partition("</main>")[0]
    assert 'role="img"' not in page
    assert page.count('class="button"') == 1
    assert page.count("shows here") == 1


@pytest.mark.parametrize("chosen", ["4-weeks", "3-months", "year", "all", "", "unheard of"])
def test_every_range_shows_at_most_three_plots_each_with_its_table(alice: Somebody, chosen: str) -> None:
    for days in range(0, 26, 2):
        wrote(alice, days, loud=1 if days < 12 else 3)
        wrote(alice, days, kind="good")
        calmed(alice, days, "walk", 4, 2)
        checked(alice, days, 2, 3)
        said(alice, days, "agreed")
    for name in ("growth", "saying"):
        page = back(alice, name, range=chosen)
        assert page.count("<figure") == page.count("<table") == page.count('role="img"') == 3
        assert page.count('aria-current="true"') == 1


def test_a_clear_change_is_said_with_the_question_beside_it(alice: Somebody) -> None:
    for days in range(40):
        wrote(alice, days, loud=1 if days < 20 else 3)
    page = back(alice)
    assert "Frictions felt lighter lately than before." in page
    assert "Calmer can also mean quieter about what matters." in page


def test_two_frictions_are_told_in_words_and_not_drawn(alice: Somebody) -> None:
    wrote(alice, 3, loud=3)
    wrote(alice, 12, loud=1)
    page = back(alice)
    assert "Too little to say yet" in page
    assert "A little on 10 November and very on 19 November." in page
    assert 'role="img"' not in page


def test_frictions_without_a_feeling_ask_for_a_mark(alice: Somebody) -> None:
    for days in range(4):
        wrote(alice, days, loud=0)
    assert "Mark a feeling or two" in back(alice)


def test_a_time_without_anything_leads_to_all_of_it(alice: Somebody) -> None:
    wrote(alice, 300)
    page = back(alice, range="4-weeks")
    assert "Nothing was written in this time." in page
    assert "?range=all" in page


def test_what_calmed_is_named_only_when_it_is_clear(alice: Somebody) -> None:
    for days in range(6):
        calmed(alice, days, "walk", 5, 2)
        calmed(alice, days, "water", 3, 3)
    assert "A walk: what settles you most." in back(alice)


def test_a_moment_told_once_is_too_little(alice: Somebody) -> None:
    calmed(alice, 1, "walk", 5, 2)
    page = back(alice)
    assert "Too little to say yet what calms you." in page
    assert "So far: A walk." in page


def test_moments_without_a_before_do_not_count(alice: Somebody) -> None:
    for days in range(5):
        calmed(alice, days, "walk", 0, 2)
    assert 'role="img"' not in back(alice)


def test_needs_say_which_was_met_the_least(alice: Somebody) -> None:
    for week in range(5):
        checked(alice, 7 * week, met=1, free=3)
    page = back(alice, "saying")
    assert "Met the least: Safety." in page
    assert "How freely you could say no." in page


def test_a_no_that_can_hardly_be_said_leads_to_help(alice: Somebody) -> None:
    for week in range(4):
        checked(alice, 7 * week, met=2, free=1)
    page = back(alice, "saying").partition("<main")[2].partition("</main>")[0]
    assert reverse("care:help") in page


def test_what_was_kept_to_oneself_is_fine_and_what_the_other_answered_is_not_shown(alice: Somebody) -> None:
    for days, outcome in enumerate(("agreed", "hurt", "pushed-back", "quiet", "not-said")):
        said(alice, 3 * days, outcome)
    page = back(alice, "saying")
    assert "You said 4 of the 5 things you had found words for." in page
    assert "and that’s fine" in page
    main = page.partition("<main")[2].partition("</main>")[0].lower()
    assert not [word for word in ("agreed", "hurt", "pushed back", "went quiet") if word in main]


def test_days_are_those_of_ones_own_clock(alice: Somebody) -> None:
    for hours in (0, 1, 2, 200):
        wrote(alice, hours / 24)
    page = back(alice)
    assert "Week of" in page
    assert "16 Nov" in page


def test_no_record_is_opened(alice: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    wrote(alice, 1)
    checked(alice, 1, 2, 3)
    said(alice, 1, "agreed")
    calmed(alice, 1, "walk", 4, 2)

    def refuse(*_args: object) -> None:
        raise AssertionError("a record was opened")

    monkeypatch.setattr(records, "each_plain", refuse)
    monkeypatch.setattr(records, "find", refuse)
    back(alice)
    back(alice, "saying")


def test_a_stranger_sees_their_own(alice: Somebody, charlie: Somebody) -> None:
    for week in range(6):
        wrote(alice, 7 * week)
        checked(alice, 7 * week, 2, 3)
    for name in ("growth", "saying"):
        assert 'role="img"' in back(alice, name)
        assert 'role="img"' not in back(charlie, name)


def test_the_bar_leads_here_and_patterns_belong_to_it(alice: Somebody) -> None:
    for name in ("growth:growth", "growth:saying", "journal:patterns"):
        page = alice.client.get(reverse(name)).content.decode()
        assert f'<a href="{reverse("growth:growth")}" aria-current="page">' in page, name
