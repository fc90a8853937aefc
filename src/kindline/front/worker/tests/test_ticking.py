"""The worker asks the rooms, hands over, delivers; and goes on whatever one of them does."""

import logging
from collections.abc import Iterator
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


def broken(_start: datetime, _end: datetime) -> Iterator[Due]:
    raise ArithmeticError("words of somebody")


@pytest.mark.django_db(transaction=True)
@pytest.mark.storage
def test_a_room_that_breaks_is_told_once_without_words_and_nothing_else_stops(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stopped, rounds = Event(), []

    def deliver(*_: object, **__: object) -> int:
        rounds.append(1)
        if len(rounds) == 3:
            stopped.set()
        return 0

    monkeypatch.setattr(ticking, "hand_over", lambda _now: list(broken(NOON, NOON)))
    monkeypatch.setattr(delivering, "deliver", deliver)
    monkeypatch.setattr(working, "LOOKS_EVERY", 0.01)
    with caplog.at_level(logging.ERROR):
        working.work(stopped)
    assert len(rounds) == 3
    [told] = caplog.records
    said = Plain("%(levelname)s %(name)s %(message)s").format(told)
    assert "ArithmeticError" in said
    assert "words of somebody" not in said
