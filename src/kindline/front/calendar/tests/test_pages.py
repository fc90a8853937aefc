"""What is ahead, day by day: everything the rooms have with a time, nothing of anybody else."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from kindline.ground.people.inviting import pair_of
from kindline.ours.agreements.tests.living import agreed, text
from kindline.ours.pauses import actions as pauses
from kindline.ours.rhythms import actions as rhythms
from kindline.ours.rhythms.tests import living
from kindline.ours.rhythms.tests.living import planned, weekly
from tests.house.markup import Page
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)  # a Sunday
SUNDAYS = [datetime(2026, 5, day, 19) for day in (3, 10, 17, 24)]  # noqa: DTZ001 - on the wall


@pytest.fixture(autouse=True)
def _on_a_sunday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def shown(one: Somebody) -> str:
    """Return the days of the page as one reads them."""
    html = one.client.get("/calendar/").content.decode()
    days = html.partition('id="days"')[2].partition('id="own"')[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", days)).partition(">")[2].strip()


def test_an_empty_calendar_says_so_and_leads_on(dana: Somebody) -> None:
    assert "Nothing is planned in the next four weeks." in shown(dana)
    page = Page(dana.client.get("/calendar/").content.decode())
    assert "/ours/rhythms/" in [one.attrs.get("href") for one in page.elements]


def test_a_rhythm_stands_on_each_of_its_days_for_both(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    planned(alice, title="Our Sunday check-in")
    for one in (alice, bob):
        told = shown(one)
        assert told.count("Our Sunday check-in") == 5
        assert "Today 19:00 Our Sunday check-in" in told
        assert "Sunday 10 May 19:00" in told
        assert "Sunday 31 May 19:00" in told, "a check-in four weeks from today is within four weeks"
        assert "7 June" not in told


def test_the_last_of_the_four_weeks_is_a_whole_day(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    planned(alice, alone=True, title="The last hour", clock=23)
    planned(alice, alone=True, title="Mondays", timing=weekly(0, weekday=0))
    agreed(alice, bob, text(note="Half an hour to land.", look_again_on=date(2026, 5, 31)))
    agreed(alice, bob, text(note="Phones rest at nine.", look_again_on=date(2026, 6, 1)))
    last = shown(alice).partition("Sunday 31 May")[2]
    assert last.count("looking at it again") == 1
    assert "23:00 The last hour" in last
    assert "June" not in last


def test_what_was_moved_stands_where_it_went_and_what_was_left_out_is_gone(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    rhythm = planned(alice, title="Our Sunday check-in")
    kept = living.ledger.kept(alice.person, rhythm)
    rhythms.move(kept=kept, original=SUNDAYS[1], over=SUNDAYS[1], to=SUNDAYS[1] + timedelta(days=2, hours=1), now=NOW)
    rhythms.skip(kept=kept, original=SUNDAYS[2], over=SUNDAYS[2])
    told = shown(bob)
    assert "Tuesday 12 May 20:00 Our Sunday check-in moved" in told
    assert "10 May" not in told
    assert "17 May" not in told
    assert "24 May" in told


def test_what_was_earlier_today_is_not_ahead_and_what_goes_on_says_until_when(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    planned(alice, title="Breakfast", timing=weekly(9))
    planned(alice, title="Soup", timing=weekly(11, minutes=60))
    planned(alice, title="A long walk", timing=weekly(11, minutes=75))
    planned(alice, alone=True, title="Sleep", timing=weekly(22, weekday=5, minutes=15 * 60))
    hour_ago = NOW - timedelta(hours=1)
    pauses.set_aside(
        circle=shared_by(alice), topic_id=uuid4(), topic="the key", at=hour_ago, now=hour_ago - timedelta(hours=9)
    )
    today, _, later = shown(alice).partition("Saturday 9 May")
    assert today.strip() == (
        "Day by day Today 22:00 Sleep now, until 13:00 ·&nbsp;just you see it 11:00 A long walk now, until 12:15"
    ), "what began yesterday and goes on is on today"
    for title in ("Breakfast", "Soup", "A long walk", "Sleep"):
        assert title in later
    assert "now" not in later
    assert "the key" not in shown(bob)


def test_what_is_for_oneself_alone_is_on_nobody_elses_page(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    planned(alice, alone=True, title="A walk by the lake", clock=8)
    assert "A walk by the lake just you see it" in shown(alice)
    assert "A walk by the lake" not in shown(bob)
    assert "Nothing is planned" in shown(bob)


def test_dana_alone_needs_no_word_about_who_sees_it(dana: Somebody) -> None:
    planned(dana, alone=True, title="A walk by the lake", clock=18)
    assert "Today 18:00 A walk by the lake" in shown(dana)
    assert "just you see it" not in shown(dana)


def test_topics_and_agreements_to_look_at_again_stand_on_their_days(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    at = datetime(2026, 5, 5, 18, tzinfo=UTC)
    pauses.set_aside(circle=shared_by(alice), topic_id=uuid4(), topic="the summer", at=at, now=NOW)
    agreed(alice, bob, text(note="Half an hour to land.", look_again_on=date(2026, 5, 20)))
    agreed(alice, bob, text(note="Phones rest at nine.", look_again_on=date(2026, 7, 20)))
    for one in (alice, bob):
        told = shown(one)
        assert "Tuesday 5 May 18:00 the summer set aside until then" in told
        assert re.search(r"Wednesday 20 May .* looking at it again", told)
        assert "20 July" not in told


def test_days_are_counted_as_its_person_counts_them(alice: Somebody) -> None:
    """Seven on Mondays in Auckland is still Sunday evening where Alice is."""
    assert alice.person.profile.time_zone == "UTC"
    timing = weekly(7, weekday=0, zone="Pacific/Auckland")
    planned(alice, alone=True, title="Early in Auckland", timing=timing)
    assert "Today 19:00 Early in Auckland" in shown(alice)


def test_during_a_quiet_season_the_page_says_so(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    planned(alice, title="Our Sunday check-in")
    rhythms.call_season(person=bob.person, circle=pair_of(bob.person), today=NOW.date(), until=date(2026, 5, 20))
    for one in (alice, bob):
        assert shown(one).count("Our Sunday check-in") == 2
        assert "A quiet season: rhythms sleep until 20 May." in one.client.get("/calendar/").content.decode()


def test_a_season_of_ones_own_shows_on_nobody_elses_page(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    planned(alice, title="Our Sunday check-in")
    before = shown(bob)
    rhythms.call_season(person=alice.person, circle=None, today=NOW.date(), until=date(2026, 5, 20))
    assert shown(bob) == before
    assert "quiet season" not in bob.client.get("/calendar/").content.decode()


def test_a_stranger_sees_their_own_calendar_only(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    pair(alice, bob)
    planned(alice, title="Our Sunday check-in")
    assert "Nothing is planned" in shown(charlie)
