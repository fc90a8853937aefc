from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kindline.ground.vault import circles, unsaved
from kindline.mine.drafts import actions as drafts
from kindline.mine.journal import queries as journal
from kindline.mine.journal.tests.entries import insight, kept
from tests.people import Somebody, pair, shared_by, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

TODAY = "/today/"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def main(one: Somebody) -> str:
    answer = one.client.get(TODAY)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def draft(one: Somebody, need: str, kept_at: datetime, *, until_morning: bool = False) -> UUID:
    draft_id = uuid4()
    changes = {"parts": {"need": need}}
    drafts.keep(
        person=one.person, draft_id=draft_id, version=0, changes=changes, now=kept_at, until_morning=until_morning
    )
    return draft_id


def filled_buttons(page: str) -> int:
    return page.count('class="button"')


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [(8, "Good morning, Dana."), (15, "Good afternoon, Dana."), (20, "Good evening, Dana."), (2, "Go gently.")],
)
def test_the_greeting_goes_by_the_hour(db: None, hour: int, greeting: str) -> None:
    with time_machine.travel(datetime(2026, 3, 10, hour, 5, tzinfo=UTC), tick=False):
        assert greeting in main(somebody("Dana"))


def test_the_first_day_has_one_clear_next_thing(dana: Somebody) -> None:
    page = main(dana)
    assert filled_buttons(page) == 1
    assert reverse("journal:write") in page
    assert "Nobody else reads here." in page
    assert "That’s enough" not in page


def test_beside_an_invitation_the_rest_steps_back(dana: Somebody) -> None:
    dana.client.post(reverse("together:invite"))
    page = main(dana)
    assert "Show the code" in page
    assert filled_buttons(page) == 1
    kept(dana.person, "The tea was warm.", timezone.now() - 9 * DAY, kind="good")
    page = main(dana)
    assert "Something good, in one line?" in page
    assert filled_buttons(page) == 1


def test_an_entry_of_yesterday_waits_for_another_look(alice: Somebody) -> None:
    entry_id = kept(alice.person, "You came <b>late</b>.", timezone.now() - 30 * HOUR)
    page = main(alice)
    assert "One thing waits. It isn’t in a hurry." in page
    assert "You came &lt;b&gt;late&lt;/b&gt;." in page
    assert reverse("journal:look-again", args=[entry_id]) in page


@pytest.mark.parametrize(("hours", "kind", "asks"), [(1, "friction", False), (13, "friction", True), (1, "good", True)])
def test_nobody_is_asked_for_something_good_right_after_a_friction(
    alice: Somebody, hours: int, kind: str, *, asks: bool
) -> None:
    kept(alice.person, at=timezone.now() - hours * HOUR, kind=kind)
    page = main(alice)
    assert ("Something good, in one line?" in page) is asks
    assert ("Nothing has to come of it today." in page) is not asks


@pytest.mark.parametrize("hours", [13, 23, 49])
def test_before_a_day_and_after_two_it_does_not_wait(alice: Somebody, hours: int) -> None:
    kept(alice.person, at=timezone.now() - hours * HOUR)
    assert "Nothing is waiting for you." in main(alice)


def test_a_draft_that_rested_waits_in_the_morning(alice: Somebody) -> None:
    draft_id = draft(alice, "rest on Sundays", timezone.now() - DAY, until_morning=True)
    page = main(alice)
    assert "Kept until morning" in page
    assert reverse("drafts:draft", args=[draft_id]) in page
    assert "rest on Sundays" in page


def test_what_rests_until_morning_is_mentioned_quietly(alice: Somebody) -> None:
    with time_machine.travel(datetime(2026, 3, 10, 21, 5, tzinfo=UTC), tick=False) as clock:
        one = somebody("Rahel")
        draft(one, "rest on Sundays", timezone.now(), until_morning=True)
        page = main(one)
        assert "One thing rests until tomorrow, 07:00." in page
        assert "Nothing is waiting for you." not in page
        draft(one, "tea", timezone.now(), until_morning=True)
        clock.shift(4 * HOUR)
        one.client.post(reverse("door:unlock"), {"name": one.name, "passphrase": one.passphrase})
        assert "2 things rest until 07:00." in main(one)
        clock.shift(6 * HOUR)
        one.client.post(reverse("door:unlock"), {"name": one.name, "passphrase": one.passphrase})
        assert "rest until" not in main(one)
    assert "rest until" not in main(alice)


def test_words_taken_along_ask_once_how_it_went(alice: Somebody) -> None:
    draft_id = draft(alice, "rest on Sundays", timezone.now() - 4 * DAY)
    drafts.take_along(person=alice.person, draft_id=draft_id, version=1, now=timezone.now() - 3 * DAY)
    page = main(alice)
    assert "Did you say it?" in page
    assert reverse("drafts:said", args=[draft_id]) in page


def test_of_much_that_waits_three_are_shown_with_one_filled_button(alice: Somebody) -> None:
    kept(alice.person, at=timezone.now() - 30 * HOUR)
    for number in range(4):
        draft(alice, f"need {number}", timezone.now() - DAY, until_morning=True)
    page = main(alice)
    assert "3 things wait. None is in a hurry." in page
    assert page.count("<article") == 3
    assert "Look again" in page
    assert filled_buttons(page) == 1


def test_touchstones_lie_in_a_row(alice: Somebody) -> None:
    draft_id = draft(alice, "half an hour to land", timezone.now())
    drafts.keep_touchstone(
        person=alice.person, draft_id=draft_id, version=1, text="I land first.", offer="", now=timezone.now()
    )
    page = main(alice)
    assert "I land first." in page
    assert reverse("drafts:touchstone", args=[draft_id]) in page


def test_something_good_is_there_to_reread(alice: Somebody) -> None:
    good = kept(alice.person, "Soup on the floor.", timezone.now() - 8 * DAY, kind="good")
    page = main(alice)
    assert "A good moment you kept" in page
    assert reverse("journal:entry", args=[good]) in page


def test_an_insight_is_there_to_reread(alice: Somebody) -> None:
    kept(alice.person, "The door.", timezone.now() - 8 * DAY, insight=insight(need="safety"))
    assert "Something you came to see" in main(alice)


def test_on_a_calm_day_a_good_moment_is_one_line_away(alice: Somebody) -> None:
    kept(alice.person, at=timezone.now() - 5 * HOUR)
    page = alice.client.get(TODAY)
    form = {"form_id": page.context["form_id"], "kind": "good", "what": "Soup."}
    for _twice in range(2):
        assert alice.client.post(reverse("journal:write"), form).status_code == 302
    assert [(line.kind, line.first) for line in journal.lines(alice.person)][:1] == [("good", "Soup.")]
    assert len(journal.lines(alice.person)) == 2


def test_a_half_written_good_moment_comes_back(alice: Somebody) -> None:
    kept(alice.person, at=timezone.now() - 5 * HOUR)
    form_id = uuid4()
    unsaved.keep(alice.person.keyring, form_id, TODAY, {"kind": ["good"], "what": ['So"up <b>']}, timezone.now())
    page = main(alice)
    assert f'value="{form_id}"' in page
    assert 'value="So&quot;up &lt;b&gt;"' in page


def test_today_is_ones_own(alice: Somebody, charlie: Somebody) -> None:
    kept(alice.person, "Only hers.", timezone.now() - 30 * HOUR)
    assert "Only hers." not in main(charlie)
    assert Client().get(TODAY).url.startswith("/unlock/")


def test_looking_at_today_writes_nothing(alice: Somebody) -> None:
    kept(alice.person, at=timezone.now() - 30 * HOUR)
    assert alice.client.post(TODAY).status_code == 405
    before = journal.lines(alice.person)
    main(alice)
    assert journal.lines(alice.person) == before


@pytest.mark.parametrize("since", [timedelta(0), DAY + HOUR])
def test_a_space_that_was_left_is_said_for_a_day_with_a_way_to_read_there(
    since: timedelta, alice: Somebody, bob: Somebody
) -> None:
    circle, says = pair(alice, bob).circle, "The space you shared with Bob is closed."
    assert says not in main(alice)
    circles.close(shared_by(bob), timezone.now() - since, keep=False)
    for part in (says, reverse("together:closed", args=[circle])):
        assert (part in main(alice)) is (since < DAY)
