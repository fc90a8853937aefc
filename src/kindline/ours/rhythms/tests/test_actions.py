"""What is done with rhythms: planned by one for both or for oneself, moved and left out by either, marked by each."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
import time_machine
from django.http import Http404
from django.utils import timezone

from kindline.ground.people.refusing import Refused
from kindline.ground.vault.records import Changed
from kindline.ours.rhythms import actions, ledger, models, queries, rules
from kindline.ours.rhythms.tests import living
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # a Monday
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def frozen() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def two(frozen: Any, alice: Somebody, bob: Somebody) -> tuple[Somebody, Somebody]:
    del frozen
    pair(alice, bob)
    return alice, bob


def titles(one: Somebody) -> list[str]:
    return [found.kept.rhythm.title for found in queries.listed(one.person, NOW)]


def next_days(one: Somebody, rhythm: Any) -> list[str]:
    times = ledger.times(ledger.kept(one.person, rhythm), (), timezone.now())
    return [f"{time.starts_at:%d %b %H:%M}{' no' if time.is_skipped else ''}" for time in times]


# Planning.


def test_what_one_plans_both_see_and_a_stranger_does_not(two: tuple[Somebody, Somebody], charlie: Somebody) -> None:
    alice, bob = two
    rhythm = living.planned(alice, title="Sunday table")
    assert titles(alice) == titles(bob) == ["Sunday table"]
    assert (ledger.kept(alice.person, rhythm).planner, ledger.kept(bob.person, rhythm).planner) == ("", "Alice")
    assert titles(charlie) == []
    with pytest.raises(Http404):
        ledger.kept(charlie.person, rhythm)


def test_what_is_just_for_me_is_nobody_elses(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    mark = shared_by(bob).mark
    rhythm = living.planned(alice, alone=True, title="Pool")
    assert (titles(alice), titles(bob)) == (["Pool"], [])
    assert ledger.kept(alice.person, rhythm).is_mine_alone
    assert shared_by(bob).mark == mark, "no open page hears of it"
    with pytest.raises(Http404):
        ledger.kept(bob.person, rhythm)


def test_somebody_alone_plans_for_themself(dana: Somebody) -> None:
    living.planned(dana, alone=True, title="Quiet from ten")
    assert titles(dana) == ["Quiet from ten"]
    assert [one.is_mine_alone for one in queries.ahead(dana.person, NOW, NOW + timedelta(days=7))] == [True]


def test_the_same_form_twice_is_one_plan_and_with_other_words_is_refused(two: tuple[Somebody, Somebody]) -> None:
    alice, _bob = two
    rhythm = living.planned(alice)
    kept = ledger.kept(alice.person, rhythm)
    same: dict[str, Any] = {"person": alice.person, "circle": shared_by(alice), "rhythm_id": rhythm, "now": NOW}
    actions.plan(rhythm=kept.rhythm, timing=kept.timing, **same)
    with pytest.raises(Changed):
        actions.plan(rhythm=msgspec.structs.replace(kept.rhythm, title="Other"), timing=kept.timing, **same)
    with pytest.raises(Changed):
        actions.plan(rhythm=kept.rhythm, timing=living.weekly(8), **same)
    assert models.Rhythm.objects.count() == 1


def test_either_changes_it_over_exactly_what_they_saw(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    rhythm = living.planned(alice)
    kept = ledger.kept(bob.person, rhythm)
    living.changed(bob, rhythm, 20)
    assert next_days(alice, rhythm)[0] == "08 Mar 20:00"
    with pytest.raises(Changed):
        actions.change(
            person=alice.person,
            kept=kept,
            rhythm=kept.rhythm,
            timing=living.weekly(8),
            version=kept.record.version,
            form_id=uuid4(),
            now=NOW,
        )
    assert next_days(alice, rhythm)[0] == "08 Mar 20:00", "and nothing of it was written"


def test_a_change_keeps_what_was_moved_as_long_as_it_still_comes_round_then(two: tuple[Somebody, Somebody]) -> None:
    alice, _bob = two
    rhythm = living.planned(alice)
    skipped = living.next_time(alice, rhythm)
    actions.skip(kept=ledger.kept(alice.person, rhythm), original=skipped.original, over=skipped.wall)
    kept = ledger.kept(alice.person, rhythm)
    change: dict[str, Any] = {"person": alice.person, "rhythm": kept.rhythm, "form_id": uuid4(), "now": NOW}
    both = rules.recurrence(rules.WEEKLY, [2, 6], skipped.original)
    actions.change(kept=kept, timing=kept.timing._replace(recurrence=both), version=1, **change)
    assert next_days(alice, rhythm)[:2] == ["04 Mar 19:00", "08 Mar 19:00 no"]
    actions.change(kept=ledger.kept(alice.person, rhythm), timing=living.weekly(20), version=2, **change)
    assert next_days(alice, rhythm)[0] == "08 Mar 20:00"
    assert not models.Change.objects.exists()


def test_it_ends_for_both_and_can_be_taken_up_again(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    rhythm = living.planned(alice)
    actions.end(kept=ledger.kept(bob.person, rhythm), now=NOW)
    actions.end(kept=ledger.kept(alice.person, rhythm), now=NOW + timedelta(days=1))
    assert ledger.kept(alice.person, rhythm).record.ended_at == NOW
    assert next_days(alice, rhythm) == []
    actions.take_up(kept=ledger.kept(alice.person, rhythm))
    assert next_days(bob, rhythm)


# One time of it.


def test_one_is_moved_and_the_others_stay(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    rhythm = living.planned(alice)
    time = living.next_time(bob, rhythm)
    to = time.original + timedelta(days=1, hours=1)
    actions.move(kept=ledger.kept(bob.person, rhythm), original=time.original, over=time.wall, to=to, now=NOW)
    for one in two:
        assert next_days(one, rhythm)[:2] == ["09 Mar 20:00", "15 Mar 19:00"]


def test_one_is_left_out_and_put_back(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    rhythm = living.planned(alice)
    time = living.next_time(alice, rhythm)
    actions.skip(kept=ledger.kept(alice.person, rhythm), original=time.original, over=time.wall)
    assert next_days(bob, rhythm)[0] == "08 Mar 19:00 no"
    actions.put_back(kept=ledger.kept(bob.person, rhythm), original=time.original, over=None, now=NOW)
    assert next_days(alice, rhythm)[0] == "08 Mar 19:00"
    assert not models.Change.objects.exists()


def test_one_that_was_moved_is_put_back_while_its_own_time_is_ahead(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    rhythm = living.planned(alice)
    time = living.next_time(alice, rhythm)
    to = time.original + timedelta(days=2)
    actions.move(kept=ledger.kept(alice.person, rhythm), original=time.original, over=time.wall, to=to, now=NOW)
    kept, passed = ledger.kept(bob.person, rhythm), time.starts_at + timedelta(hours=1)
    with pytest.raises(Refused):
        actions.put_back(kept=kept, original=time.original, over=to, now=passed)
    assert next_days(alice, rhythm)[0] == "10 Mar 19:00", "going back it would be gone"
    actions.put_back(kept=kept, original=time.original, over=to, now=NOW)
    assert next_days(alice, rhythm)[0] == "08 Mar 19:00"
    assert not models.Change.objects.exists()


def test_what_comes_once_has_been_when_its_time_is_over_wherever_it_was_moved(two: tuple[Somebody, Somebody]) -> None:
    alice, _bob = two
    timing = rules.timed(TODAY, time(18), "Europe/Berlin", minutes=30, often=rules.ONCE)
    rhythm = living.planned(alice, timing=timing, kind=rules.CALM_TALK)
    begins = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)

    def over(at: datetime) -> bool:
        return ledger.has_been(ledger.kept(alice.person, rhythm), at)

    assert not over(begins + timedelta(minutes=29))
    assert over(begins + timedelta(minutes=30))
    kept, wall = ledger.kept(alice.person, rhythm), datetime(2026, 3, 2, 18)  # noqa: DTZ001 - a wall time
    actions.skip(kept=kept, original=wall, over=wall)
    assert not over(begins), "left out, it can be put back until it would be over"
    assert over(begins + timedelta(minutes=30))
    actions.move(kept=kept, original=wall, over=None, to=wall + timedelta(days=1), now=NOW)
    assert not over(begins + timedelta(hours=24))
    assert over(begins + timedelta(hours=25))


def test_what_comes_again_or_whenever_has_never_been(two: tuple[Somebody, Somebody]) -> None:
    alice, _bob = two
    for timing in (living.weekly(), rules.Timing(None, "UTC", 10)):
        kept = ledger.kept(alice.person, living.planned(alice, timing=timing))
        assert not ledger.has_been(kept, NOW + timedelta(days=4000))


def test_two_windows_that_move_the_same_one_lose_neither_choice(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    rhythm = living.planned(alice)
    time = living.next_time(alice, rhythm)
    seen_by_bob = ledger.kept(bob.person, rhythm)
    monday, tuesday = (time.original + timedelta(days=days) for days in (1, 2))
    moved: dict[str, Any] = {"original": time.original, "over": time.wall, "now": NOW}
    actions.move(kept=ledger.kept(alice.person, rhythm), to=monday, **moved)
    with pytest.raises(Changed):
        actions.move(kept=seen_by_bob, to=tuesday, **moved)
    assert next_days(bob, rhythm)[0] == "09 Mar 19:00", "nothing was overwritten unseen"
    actions.move(kept=seen_by_bob, to=monday, **moved)  # where it stands already: both did the same
    actions.move(kept=seen_by_bob, original=time.original, over=monday, to=tuesday, now=NOW)
    assert next_days(alice, rhythm)[0] == "10 Mar 19:00"


@pytest.mark.parametrize("days", [-7, 400])
def test_one_is_not_moved_into_the_past_nor_years_ahead(days: int, two: tuple[Somebody, Somebody]) -> None:
    alice, _bob = two
    rhythm = living.planned(alice)
    time = living.next_time(alice, rhythm)
    to = time.original + timedelta(days=days)
    with pytest.raises(Refused, match="Choose a time ahead"):
        actions.move(kept=ledger.kept(alice.person, rhythm), original=time.original, over=time.wall, to=to, now=NOW)


def test_a_time_it_does_not_come_round_is_refused(two: tuple[Somebody, Somebody]) -> None:
    alice, _bob = two
    rhythm = living.planned(alice)
    saturday = living.next_time(alice, rhythm).original - timedelta(days=1)
    with pytest.raises(Refused):
        actions.skip(kept=ledger.kept(alice.person, rhythm), original=saturday, over=saturday)
    assert not models.Change.objects.exists()


# What is one's own.


def test_a_mark_is_of_ones_own_part_and_nobody_elses(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    rhythm = living.planned(alice)
    kept, mark = ledger.kept(alice.person, rhythm), shared_by(bob).mark
    original = living.next_time(alice, rhythm).original
    for how in (rules.KEPT, rules.NOT_THIS_TIME, rules.NOT_THIS_TIME):
        actions.mark(person=alice.person, kept=kept, original=original, how=how)
    assert [one.marks for one in queries.marked(alice.person)] == [{"2026-03-08T19:00": "not-this-time"}]
    assert queries.marked(bob.person) == []
    assert ledger.marks(bob.person, rhythm) is None
    assert shared_by(bob).mark == mark, "no open page hears of it"
    actions.mark(person=alice.person, kept=kept, original=original, how="")
    assert queries.marked(alice.person)[0].marks == {}, "unmarked stays blank"


def test_a_choice_of_ones_own_is_not_the_others(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    rhythm = living.planned(alice)
    mark = shared_by(bob).mark
    for feed in ("Dentist", "Tea"):
        actions.choose(person=alice.person, kept=ledger.kept(alice.person, rhythm), is_muted=True, feed_says=feed)
    assert (queries.own(alice.person, rhythm).feed_says, queries.own(bob.person, rhythm).feed_says) == ("Tea", "")
    assert not queries.own(bob.person, rhythm).is_muted
    assert models.Own.objects.count() == 1
    assert shared_by(bob).mark == mark


# Quiet seasons.


def test_a_quiet_season_of_both_is_called_and_ended_by_either(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    until = TODAY + timedelta(days=40)
    actions.call_season(person=alice.person, circle=shared_by(alice), today=TODAY, until=until)
    assert queries.seasons(bob.person, TODAY).ours == rules.Season(TODAY, until)
    longer = until + timedelta(days=30)
    later = TODAY + timedelta(days=10)
    actions.call_season(person=bob.person, circle=shared_by(bob), today=later, until=longer)
    assert queries.seasons(alice.person, later).ours == rules.Season(TODAY, longer), "made longer, not begun anew"
    assert queries.seasons(alice.person, longer).ours is None, "it ends by itself"
    actions.end_season(person=bob.person, circle=shared_by(bob))
    actions.end_season(person=alice.person, circle=shared_by(alice))
    assert queries.seasons(alice.person, later) == (None, None)


def test_ones_own_quiet_season_shows_to_nobody_else(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    rhythm = living.planned(alice)
    living.planned(alice, alone=True)
    mark = shared_by(bob).mark
    before = queries.ahead(bob.person, NOW, NOW + timedelta(days=30))
    actions.call_season(person=alice.person, circle=None, today=TODAY, until=TODAY + timedelta(days=60))
    assert queries.seasons(bob.person, TODAY) == (None, None)
    still = queries.ahead(alice.person, NOW, NOW + timedelta(days=30))
    assert {one.id for one in still} == {rhythm}, "what two planned stays where both see it"
    assert queries.ahead(bob.person, NOW, NOW + timedelta(days=30)) == before
    assert next_days(bob, rhythm)
    assert shared_by(bob).mark == mark


@pytest.mark.parametrize("days", [0, -1, 185])
def test_a_season_ends_on_a_day_ahead_within_half_a_year(days: int, dana: Somebody) -> None:
    with pytest.raises(Refused):
        actions.call_season(person=dana.person, circle=None, today=TODAY, until=TODAY + timedelta(days=days))
    assert not models.Season.objects.exists()


def test_after_half_a_year_of_quiet_the_list_still_knows_when_it_goes_on(two: tuple[Somebody, Somebody]) -> None:
    alice, _bob = two
    living.planned(alice, alone=True)
    until = TODAY + rules.SEASON_AT_MOST
    actions.call_season(person=alice.person, circle=None, today=TODAY, until=until)
    (found,) = queries.listed(alice.person, NOW)
    assert found.next is not None
    assert until <= found.next.starts_at.date() < until + timedelta(days=7)
