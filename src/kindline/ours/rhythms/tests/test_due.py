"""T11. What falls due and what the feed holds: by the rhythm's own clock across every change of it, while locked."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import time_machine

from kindline.ground.clock import icalendar
from kindline.ground.people.inviting import pair_of
from kindline.ground.post.rules import Due
from kindline.ground.vault import sessions
from kindline.ground.vault.models import Session
from kindline.ours.rhythms import actions, due, ledger, queries, rules
from kindline.ours.rhythms.rules import Timing
from kindline.ours.rhythms.tests import living
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # a Monday
SPRING = datetime(2026, 3, 22, tzinfo=UTC), datetime(2026, 4, 7, tzinfo=UTC)
A_WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def frozen() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def two(frozen: Any, alice: Somebody, bob: Somebody) -> tuple[Somebody, Somebody]:
    del frozen
    pair(alice, bob)
    return alice, bob


def account(one: Somebody) -> UUID:
    return one.person.keyring.account


def due_for(one: UUID, start: datetime = NOW, end: datetime = NOW + A_WEEK) -> list[Due]:
    return [found for found in due.between(start, end) if found.person == one]


def test_asked_about_some_people_it_says_the_same_of_them_and_nothing_of_others(
    two: tuple[Somebody, Somebody], charlie: Somebody
) -> None:
    alice, bob = two
    both = living.planned(alice)
    living.planned(bob, clock=20)
    for one, clock in ((alice, 8), (bob, 9), (charlie, 10)):
        living.planned(one, alone=True, clock=clock)
    actions.choose(person=bob.person, kept=ledger.kept(bob.person, both), is_muted=True, feed_says="")
    today = NOW.date()
    actions.call_season(person=charlie.person, circle=None, today=today, until=today + timedelta(days=3))
    for several in ([], [alice], [bob], [charlie], [alice, charlie], [alice, bob, charlie]):
        people = {account(one) for one in several}
        whole = [one for one in due.between(NOW, NOW + 3 * A_WEEK) if one.person in people]
        assert list(due.between(NOW, NOW + 3 * A_WEEK, people)) == whole
        assert {one.person for one in whole} == people
    actions.call_season(person=alice.person, circle=shared_by(alice), today=today, until=today + timedelta(days=30))
    assert len(list(due.between(NOW, NOW + A_WEEK, {account(alice)}))) == 1, "what is only hers"


@pytest.mark.parametrize(
    "zone",
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Australia/Sydney", "Africa/Casablanca", "Asia/Tokyo"],
)
@pytest.mark.parametrize(
    ("start", "end"),
    [SPRING, (datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)), (NOW, NOW + timedelta(days=60))],
)
def test_seven_in_the_evening_stays_seven_across_clock_changes(
    zone: str, start: datetime, end: datetime, two: tuple[Somebody, Somebody]
) -> None:
    alice, bob = two
    living.planned(alice, timing=living.weekly(19, zone=zone))
    moments = [one.at for one in due_for(account(alice), start, end)]
    clocks = [moment.astimezone(ZoneInfo(zone)) for moment in moments]
    assert moments
    assert {(at.strftime("%a %H:%M")) for at in clocks} == {"Sun 19:00"}
    days = [at.date() for at in clocks]
    assert [after - before for before, after in pairwise(days)] == [A_WEEK] * (len(days) - 1)
    assert [one.at for one in due_for(account(bob), start, end)] == moments, "both hear"


def test_a_time_that_the_clocks_skip_or_have_twice_is_due_once(alice: Somebody) -> None:
    at_half_two = Timing(
        datetime.combine(living.FIRST, time(2, 30)),
        "Europe/Berlin",
        20,
        rules.recurrence(rules.WEEKLY, [6], datetime.combine(living.FIRST, time(2, 30))),
    )
    living.planned(alice, alone=True, timing=at_half_two)
    for day, moment in (("2026-03-29", "01:30"), ("2026-10-25", "00:30")):
        start = datetime.fromisoformat(f"{day}T00:00+00:00") - timedelta(hours=6)
        assert [f"{one.at:%H:%M}" for one in due_for(account(alice), start, start + timedelta(days=1))] == [moment]


def test_windows_side_by_side_miss_nothing_and_double_nothing(alice: Somebody) -> None:
    living.planned(alice, alone=True, timing=living.weekly(19, zone="Europe/Berlin"))
    start, end = NOW, NOW + timedelta(days=40)
    step, found = timedelta(hours=7), []
    while start < end:
        found += due_for(account(alice), start, min(start + step, end))
        start += step
    assert found == due_for(account(alice), NOW, end)
    assert len({one.key for one in found}) == len(found) == 5


def test_it_is_known_while_everybody_is_locked(two: tuple[Somebody, Somebody]) -> None:
    alice, _bob = two
    living.planned(alice)
    me = account(alice)
    Session.objects.all().delete()
    assert sessions.opened(alice.token, NOW) is None
    assert len(due_for(me)) == 1
    assert [event.title for event in queries.feed(me, NOW)] == [""], "neutral, unless somebody chose a title"


def test_one_that_was_moved_is_due_when_it_was_moved_to_under_another_key(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    rhythm = living.planned(alice)
    before = due_for(account(bob))
    moved = living.next_time(alice, rhythm)
    to = moved.original - timedelta(days=2, hours=1)
    actions.move(kept=ledger.kept(bob.person, rhythm), original=moved.original, over=moved.wall, to=to, now=NOW)
    (after,) = due_for(account(bob))
    assert after.at == to.replace(tzinfo=UTC)
    assert after.key != before[0].key


def test_one_that_was_left_out_is_not_due(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    rhythm = living.planned(alice)
    left_out = living.next_time(alice, rhythm)
    actions.skip(kept=ledger.kept(bob.person, rhythm), original=left_out.original, over=left_out.wall)
    assert due_for(account(alice)) == []
    assert len(due_for(account(alice), NOW, NOW + 2 * A_WEEK)) == 1


def test_who_wants_no_reminder_of_one_gets_none_and_the_other_does(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    kept = ledger.kept(alice.person, living.planned(alice))
    actions.choose(person=bob.person, kept=kept, is_muted=True, feed_says="")
    assert (len(due_for(account(alice))), due_for(account(bob))) == (1, [])


def test_what_ended_and_what_somebody_left_is_due_to_nobody(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    rhythm, other = living.planned(alice), living.planned(bob)
    actions.end(kept=ledger.kept(bob.person, rhythm), now=NOW)
    assert {one.key[:32] for one in due.between(NOW, NOW + A_WEEK)} == {other.hex}
    actions.take_up(kept=ledger.kept(alice.person, rhythm))
    assert len(due_for(account(alice))) == 2
    living.leaves(alice)
    assert list(due.between(NOW, NOW + A_WEEK)) == []
    assert queries.feed(account(bob), NOW) == []


def test_what_comes_whenever_it_comes_is_never_due(alice: Somebody) -> None:
    timing = rules.timed(living.FIRST, time(19), "UTC", minutes=5, often=rules.WHENEVER)
    living.planned(alice, alone=True, timing=timing, kind=rules.ARRIVING)
    assert list(due.between(NOW, NOW + timedelta(days=400))) == []
    assert queries.feed(account(alice), NOW) == []


def test_a_row_that_was_changed_from_outside_is_not_due_and_hides_no_other(alice: Somebody) -> None:
    from kindline.ours.rhythms import models  # noqa: PLC0415 - to do what nobody here can

    odd = [living.planned(alice, alone=True) for _ in range(4)]
    for rhythm, wrong in zip(odd, ({"rrule": "FREQ=SECONDLY"}, {"zone": "Mars/Base"}, {"first": "soon"}), strict=False):
        models.Rhythm.objects.filter(id=rhythm).update(**wrong)
    assert len(due_for(account(alice))) == 1
    assert len(queries.feed(account(alice), NOW)) == 1
    assert alice.client.get("/ours/rhythms/").status_code == 200


# Quiet seasons.


def test_a_quiet_season_of_both_is_silent_for_both_until_its_day(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    living.planned(alice)
    circle, today = pair_of(bob.person), NOW.date()
    actions.call_season(person=bob.person, circle=circle, today=today, until=today + timedelta(days=20))
    for one in two:
        days = [found.at.date().isoformat() for found in due_for(account(one), NOW, NOW + timedelta(days=35))]
        assert days == ["2026-03-22", "2026-03-29", "2026-04-05"], "8 and 15 March sleep"
    actions.end_season(person=alice.person, circle=pair_of(alice.person))
    assert len(due_for(account(bob), NOW, NOW + timedelta(days=35))) == 5, "either wakes it"


def test_ones_own_quiet_season_silences_nobody_else(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    living.planned(alice)
    before = [queries.feed(account(bob), NOW), due_for(account(bob))]
    actions.call_season(person=alice.person, circle=None, today=NOW.date(), until=NOW.date() + timedelta(days=20))
    assert due_for(account(alice)) == []
    assert [queries.feed(account(bob), NOW), due_for(account(bob))] == before


def test_a_moved_one_wakes_or_sleeps_by_the_day_it_was_moved_to(two: tuple[Somebody, Somebody]) -> None:
    alice, _bob = two
    rhythm = living.planned(alice)
    actions.call_season(person=alice.person, circle=None, today=NOW.date(), until=NOW.date() + A_WEEK)
    asleep = living.next_time(alice, rhythm)
    to = asleep.original + timedelta(days=2)
    actions.move(kept=ledger.kept(alice.person, rhythm), original=asleep.original, over=asleep.wall, to=to, now=NOW)
    assert [one.at for one in due_for(account(alice), NOW, NOW + timedelta(days=10))] == [to.replace(tzinfo=UTC)]


# The feed.


def starts(events: list[icalendar.Event]) -> list[datetime]:
    from kindline.ground.clock.occurrences import between  # noqa: PLC0415

    end = NOW + timedelta(days=30)
    return sorted(one.starts_at for event in events for one in between(event.series, NOW, end))


def test_the_feed_holds_what_is_due(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    rhythm = living.planned(alice, timing=living.weekly(19, zone="Europe/Berlin"))
    living.planned(bob, alone=True)
    times = ledger.times(ledger.kept(alice.person, rhythm), (), NOW)
    kept = ledger.kept(alice.person, rhythm)
    actions.skip(kept=kept, original=times[0].original, over=times[0].wall)
    to = times[1].original + timedelta(days=1)
    actions.move(kept=kept, original=times[1].original, over=times[1].wall, to=to, now=NOW)
    until = NOW.date() + timedelta(days=15)
    actions.call_season(person=bob.person, circle=shared_by(bob), today=NOW.date(), until=until)
    for one in two:
        found = starts(queries.feed(account(one), NOW))
        assert found == sorted(one.at for one in due_for(account(one), NOW, NOW + timedelta(days=30)))


def test_in_a_season_of_ones_own_what_two_planned_stays_in_the_feed_and_reminds_nobody(
    two: tuple[Somebody, Somebody],
) -> None:
    alice, bob = two
    living.planned(alice)
    before = starts(queries.feed(account(bob), NOW))
    until = NOW.date() + timedelta(days=60)
    actions.call_season(person=bob.person, circle=None, today=NOW.date(), until=until)
    assert starts(queries.feed(account(bob), NOW)) == before
    assert list(due_for(account(bob), NOW, NOW + timedelta(days=30))) == []
    assert list(due_for(account(alice), NOW, NOW + timedelta(days=30)))


def test_a_title_is_in_the_feed_of_whoever_chose_it_alone(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    kept = ledger.kept(alice.person, living.planned(alice, title="What nobody reads"))
    actions.choose(person=alice.person, kept=kept, is_muted=False, feed_says="Tea with B.")
    assert [event.title for event in queries.feed(account(alice), NOW)] == ["Tea with B."]
    assert [event.title for event in queries.feed(account(bob), NOW)] == [""]


def test_two_feeds_can_not_be_told_to_be_of_one_couple(two: tuple[Somebody, Somebody]) -> None:
    alice, _bob = two
    rhythm = living.planned(alice)
    names = {queries.feed(account(one), NOW)[0].uid for one in two}
    assert len(names) == 2
    assert str(rhythm) not in names
