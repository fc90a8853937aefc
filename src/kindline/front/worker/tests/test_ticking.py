"""The worker asks the rooms, hands over, delivers; and goes on whatever one of them does."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest
import time_machine

from kindline.front.worker import ticking, working
from kindline.ground.page.logs import Plain
from kindline.ground.post import delivering
from kindline.ground.post.models import Notice
from kindline.ground.post.rules import Due
from kindline.ground.post.tests.reminding import Clock, Planned, remind_on_device
from kindline.ours.rhythms import actions
from kindline.ours.rhythms import due as rhythms
from kindline.ours.rhythms.tests import living
from tests.people import Somebody, pair
from tests.push_service import push_service

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.storage
def test_every_room_is_asked_and_what_all_of_them_say_is_one_reminder(alice: Somebody, settings: Any) -> None:
    settings.PUSH_LOOPBACK = True
    one, other = Planned(), Planned()
    with time_machine.travel(NOON, tick=False), push_service() as service:
        clock = Clock(NOON)
        ticking.tick(clock, ())
        remind_on_device(alice, service)
        for name, room in (("one", one), ("other", other)):
            room.plan(alice.person.id, NOON + timedelta(minutes=35), key=name)
        clock.on(minutes=5)
        assert ticking.tick(clock, (one.between, other.between)) == 1
        assert Notice.objects.count() == 2
        assert len(service.arrived) == 1


def test_rhythms_are_asked() -> None:
    assert (rhythms.between,) == ticking.DUE


@pytest.mark.django_db
@pytest.mark.storage
def test_a_rhythm_of_two_reminds_both_while_both_are_locked(alice: Somebody, bob: Somebody, settings: Any) -> None:
    settings.PUSH_LOOPBACK = True
    pair(alice, bob)
    living.planned(alice)
    starts = min(one.at for one in rhythms.between(datetime.now(UTC), datetime.now(UTC) + timedelta(days=15)))
    with push_service() as service:
        for one in (alice, bob):
            remind_on_device(one, service)
            one.client.post("/lock/")
        clock = Clock(starts - timedelta(minutes=35))
        for minutes in (0, 5, 5):
            clock.on(minutes=minutes)
            with time_machine.travel(clock(), tick=False):
                ticking.tick(clock)
        assert sorted(one.name for one in service.arrived) == sorted(service.devices)


@pytest.mark.django_db
@pytest.mark.storage
@pytest.mark.parametrize(
    ("sunday", "starts"),
    [
        ("2026-03-22", "18:00"),  # seven in the evening in Berlin, in winter
        ("2026-03-29", "17:00"),  # the day the clocks went on
        ("2026-10-18", "17:00"),
        ("2026-10-25", "18:00"),  # the day they went back
    ],
)
def test_a_weekly_rhythm_reminds_at_half_past_six_on_both_sides_of_a_clock_change(
    sunday: str, starts: str, alice: Somebody, settings: Any
) -> None:
    settings.PUSH_LOOPBACK = True
    living.planned(alice, alone=True, timing=living.weekly(19, zone="Europe/Berlin"))
    begins = datetime.fromisoformat(f"{sunday}T{starts}+00:00")
    with push_service() as service:
        remind_on_device(alice, service)
        clock, told = Clock(begins - timedelta(hours=2)), []
        while clock() < begins + timedelta(hours=1):
            if ticking.tick(clock):
                told.append(clock())
            clock.on(minutes=5)
        assert told == [begins - timedelta(minutes=30)]


Press = Callable[[living.ledger.Kept, datetime, Somebody], None]


def left_out(kept: living.ledger.Kept, wall: datetime, _by: Somebody) -> None:
    actions.skip(kept=kept, original=wall, over=wall)


def moved(kept: living.ledger.Kept, wall: datetime, _by: Somebody) -> None:
    actions.move(kept=kept, original=wall, over=wall, to=wall + timedelta(hours=1), now=wall.replace(tzinfo=UTC))


def ended(kept: living.ledger.Kept, wall: datetime, _by: Somebody) -> None:
    actions.end(kept=kept, now=wall.replace(tzinfo=UTC))


def at_rest(kept: living.ledger.Kept, wall: datetime, by: Somebody) -> None:
    today = wall.date() - timedelta(days=1)
    actions.call_season(person=by.person, circle=kept.circle, today=today, until=today + timedelta(days=9))


def muted(kept: living.ledger.Kept, _wall: datetime, by: Somebody) -> None:
    actions.choose(person=by.person, kept=kept, is_muted=True, feed_says="")


@pytest.mark.django_db
@pytest.mark.storage
@pytest.mark.parametrize(
    ("press", "hears"),
    [
        (left_out, {"Alice": [], "Bob": []}),
        (moved, {"Alice": ["18:37"], "Bob": ["18:37"]}),
        (ended, {"Alice": [], "Bob": []}),
        (at_rest, {"Alice": [], "Bob": []}),
        (muted, {"Alice": [], "Bob": ["17:37"]}),
    ],
)
def test_what_changes_after_it_was_laid_ready_is_told_as_it_stands_then(
    press: Press, hears: dict[str, list[str]], alice: Somebody, bob: Somebody, settings: Any
) -> None:
    settings.PUSH_LOOPBACK = True
    pair(alice, bob)
    wall = datetime(2026, 11, 22, 18, 7)  # noqa: DTZ001 - on the wall
    timing = living.rules.timed(wall.date(), wall.time(), "UTC", minutes=20, often=living.rules.WEEKLY)
    kept = living.ledger.kept(alice.person, living.planned(alice, timing=timing))
    told: dict[str, list[str]] = {"Alice": [], "Bob": []}
    with push_service() as service:
        names = {}
        for one in (alice, bob):
            before = set(service.devices)
            remind_on_device(one, service)
            [device] = set(service.devices) - before
            names[device] = one.name
        clock = Clock(datetime(2026, 11, 22, 17, 0, tzinfo=UTC))
        ticking.tick(clock)
        while clock() < datetime(2026, 11, 22, 19, 30, tzinfo=UTC):
            clock.on(minutes=1)
            if f"{clock():%H:%M}" == "17:36":
                assert Notice.objects.filter(settled_at=None).count() == 2, "laid ready for the next minute"
                press(kept, wall, alice)
            seen = len(service.arrived)
            ticking.tick(clock)
            for one in service.arrived[seen:]:
                told[names[one.name]].append(f"{clock():%H:%M}")
    assert told == hears
    assert not Notice.objects.filter(settled_at=None).exists()


def broken(_start: datetime, _end: datetime) -> Iterator[Due]:
    raise ArithmeticError("words of somebody")


@pytest.mark.django_db(transaction=True)
@pytest.mark.storage
def test_a_room_that_breaks_is_told_once_without_words_and_nothing_else_stops(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stopped, rounds = Event(), list[object]()

    def deliver(_clock: object, between: object, **__: object) -> int:
        rounds.append(between)
        if len(rounds) == 3:
            stopped.set()
        return 0

    monkeypatch.setattr(ticking, "hand_over", lambda _now: list(broken(NOON, NOON)))
    monkeypatch.setattr(delivering, "deliver", deliver)
    monkeypatch.setattr(working, "LOOKS_EVERY", 0.01)
    with caplog.at_level(logging.ERROR):
        working.work(stopped)
    assert rounds == [None] * 3, "what waits goes out, though nobody can say whether it stands"
    [told] = caplog.records
    said = Plain("%(levelname)s %(name)s %(message)s").format(told)
    assert "ArithmeticError" in said
    assert "words of somebody" not in said
