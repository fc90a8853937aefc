"""Reminders arrive: once each, together where they are due together, late rather than never; and given up honestly."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.core import mail

from kindline.ground.post import actions, delivering, outbox, queries, words
from kindline.ground.post.models import Channel, Notice, Preferences
from kindline.ground.post.rules import DAILY, MOST_TRIES
from kindline.ground.post.tests.reminding import (
    NOON,
    Clock,
    Planned,
    choose,
    remind_by_mail,
    remind_on_device,
    rounds,
    tick,
)
from tests.people import Somebody
from tests.push_service import PushService

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def test_a_reminder_comes_half_an_hour_before_and_once(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    planned.plan(alice.person.id, NOON + timedelta(hours=2))
    assert rounds(planned, clock, NOON + timedelta(days=1), minutes=30) == [NOON + timedelta(minutes=90)]
    [arrived] = service.arrived
    assert arrived.plain == words.payload("en")


def test_the_same_words_go_to_everybody_about_everything(
    alice: Somebody, bob: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    for one in (alice, bob):
        remind_on_device(one, service)
        planned.plan(one.person.id, NOON + timedelta(hours=1), key=f"words of {one.name}")
        planned.plan(one.person.id, NOON + timedelta(hours=3))
    rounds(planned, clock, NOON + timedelta(hours=4))
    assert len(service.arrived) == 4
    assert {(one.plain, one.topic) for one in service.arrived} == {(words.payload("en"), "reminder")}
    assert len({one.head["content-length"] for one in service.arrived}) == 1


def test_things_that_begin_together_are_one_reminder(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    for _ in range(3):
        planned.plan(alice.person.id, NOON + timedelta(hours=1))
    assert len(rounds(planned, clock, NOON + timedelta(hours=2))) == 1
    assert len(service.arrived) == 1


def test_each_device_and_the_address_are_told(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock, settings: Any
) -> None:
    settings.MAIL = True
    remind_on_device(alice, service)
    remind_on_device(alice, service)
    remind_by_mail(alice)
    planned.plan(alice.person.id, NOON + timedelta(hours=1))
    assert len(rounds(planned, clock, NOON + timedelta(hours=2))) == 3
    assert len(service.arrived) == 2
    assert [one.to for one in mail.outbox] == [["somebody@example.org"]]


def test_who_turned_nothing_on_hears_nothing(bob: Somebody, planned: Planned, clock: Clock) -> None:
    planned.plan(bob.person.id, NOON + timedelta(hours=1))
    assert rounds(planned, clock, NOON + timedelta(hours=2)) == []
    assert not Notice.objects.exists()


def test_a_worker_that_slept_three_days_tells_once_that_there_was_something(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    for hours in range(1, 72, 3):
        planned.plan(alice.person.id, NOON + timedelta(hours=hours))
    clock.on(days=3)
    assert tick(planned, clock) == 1
    assert len(service.arrived) == 1
    assert rounds(planned, clock, NOON + timedelta(days=4), minutes=30) == []


def test_a_worker_that_slept_three_days_tells_who_wants_it_once_a_day_once(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    choose(alice, way=DAILY)
    for days in range(3):
        planned.plan(alice.person.id, NOON + timedelta(days=days, hours=5))
    clock.on(days=3)
    assert tick(planned, clock) == 1
    assert rounds(planned, clock, NOON + timedelta(days=5), minutes=30) == []


def test_a_worker_that_wakes_at_night_waits_for_the_morning(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    planned.plan(alice.person.id, NOON + timedelta(hours=1))
    clock.on(hours=15)  # three at night
    assert tick(planned, clock) == 0
    assert rounds(planned, clock, NOON + timedelta(days=1), minutes=30) == [NOON + timedelta(hours=19)]


def test_quiet_hours_put_off_and_drop_nothing(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    planned.plan(alice.person.id, NOON + timedelta(hours=11))  # at 23
    planned.plan(alice.person.id, NOON + timedelta(hours=14))  # at 2
    assert rounds(planned, clock, NOON + timedelta(days=1), minutes=30) == [NOON + timedelta(hours=19)]


def test_a_notice_that_waits_since_before_the_quiet_hours_keeps_quiet_too(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    planned.plan(alice.person.id, NOON + timedelta(hours=10))
    clock.on(hours=9, minutes=55)
    outbox.hand_over(planned.between, clock())
    clock.on(hours=1)  # nobody delivered meanwhile
    assert delivering.deliver(clock, planned.between) == 0
    assert rounds(planned, clock, NOON + timedelta(days=1)) == [NOON + timedelta(hours=19)]


def test_once_a_day_tells_the_day_ahead_at_ones_own_hour(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    choose(alice, way=DAILY, daily=time(18))
    planned.plan(alice.person.id, NOON + timedelta(hours=10))
    planned.plan(alice.person.id, NOON + timedelta(hours=29))
    planned.plan(alice.person.id, NOON + timedelta(hours=60))
    arrived = rounds(planned, clock, NOON + timedelta(days=4), minutes=30)
    assert arrived == [NOON + timedelta(hours=6), NOON + timedelta(hours=54)]


def test_what_is_planned_within_the_hour_is_told_at_the_next_mark(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    clock.on(minutes=5)
    tick(planned, clock)
    planned.plan(alice.person.id, clock() + timedelta(minutes=10))
    assert rounds(planned, clock, NOON + timedelta(hours=1)) == [NOON + timedelta(minutes=10)]


def test_who_asks_to_hear_earlier_hears_of_what_is_near_and_of_nothing_twice(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    choose(alice, minutes=0)
    planned.plan(alice.person.id, NOON + timedelta(minutes=50))
    clock.on(minutes=5)
    assert tick(planned, clock) == 0
    choose(alice, minutes=60)
    assert rounds(planned, clock, NOON + timedelta(minutes=20)) == [NOON + timedelta(minutes=10)]
    choose(alice, minutes=15)
    assert rounds(planned, clock, NOON + timedelta(hours=2)) == []


def test_what_was_moved_is_told_at_its_new_time(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    planned.plan(alice.person.id, NOON + timedelta(hours=1), key="check-in")
    assert len(rounds(planned, clock, NOON + timedelta(minutes=40))) == 1
    planned.due.clear()
    planned.plan(alice.person.id, NOON + timedelta(hours=3), key="check-in")
    arrived = rounds(planned, clock, NOON + timedelta(hours=4))
    assert arrived == [NOON + timedelta(minutes=150)]


def test_a_clock_that_was_ahead_for_hours_tells_nothing_twice(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    planned.plan(alice.person.id, NOON + timedelta(hours=3))
    clock.on(hours=5)
    assert tick(planned, clock) == 1
    clock.now = NOON + timedelta(minutes=5)
    planned.plan(alice.person.id, NOON + timedelta(hours=4), key="another")
    arrived = rounds(planned, clock, NOON + timedelta(hours=6))
    assert arrived == [NOON + timedelta(hours=3, minutes=30)]


# What can go wrong on the way.


def test_a_device_that_is_gone_is_taken_off_the_list_and_its_person_is_told(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    planned.plan(alice.person.id, NOON + timedelta(hours=1))
    service.status = 410
    assert rounds(planned, clock, NOON + timedelta(hours=2)) == []
    assert service.asked == 1
    assert not Channel.objects.exists()
    assert "stopped taking reminders" in alice.client.get("/settings/reminders/").content.decode()


def test_a_service_in_trouble_is_tried_again_less_and_less_often_and_given_up_honestly(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    choose(alice, quiet_from=time(0), quiet_until=time(0))
    planned.plan(alice.person.id, NOON + timedelta(minutes=30))
    service.status = 503
    outbox.hand_over(planned.between, clock.on(minutes=5))
    begun, tried = clock(), [clock()]
    delivering.deliver(clock, planned.between)
    while again := Channel.objects.get().next_at:
        clock.now = again - timedelta(seconds=1)
        assert delivering.deliver(clock, planned.between) == 0
        assert service.asked == len(tried)
        clock.now = again
        delivering.deliver(clock, planned.between)
        tried.append(clock())
        assert service.asked == len(tried)
    assert [(at - begun) // timedelta(minutes=1) for at in tried] == [0, 1, 6, 21, 81, 321, 1041, 2481]
    assert len(tried) == MOST_TRIES
    assert "could not be reached on 24 November" in alice.client.get("/settings/reminders/").content.decode()
    assert queries.given_up() == 1
    # What comes later is tried all the same, and ends it when it arrives.
    service.status = 201
    planned.plan(alice.person.id, clock() + timedelta(hours=1))
    assert len(rounds(planned, clock, clock() + timedelta(hours=2))) == 1
    assert queries.given_up() == 0


def test_while_a_try_is_put_off_what_comes_new_waits_and_goes_out_with_it(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    for minutes in (35, 45, 50):
        planned.plan(alice.person.id, NOON + timedelta(minutes=minutes))
    service.status, service.more = 429, {"Retry-After": "1500"}
    assert rounds(planned, clock, NOON + timedelta(minutes=25)) == []
    assert service.asked == 1
    service.status = 201
    assert rounds(planned, clock, NOON + timedelta(hours=1)) == [NOON + timedelta(minutes=30)]
    assert len(service.arrived) == 1


def test_a_service_that_refuses_is_asked_once(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    planned.plan(alice.person.id, NOON + timedelta(hours=1))
    service.status = 403
    assert rounds(planned, clock, NOON + timedelta(hours=2)) == []
    assert service.asked == 1
    assert Channel.objects.get().given_up_at == NOON + timedelta(minutes=30)


def test_an_endpoint_that_leads_inside_by_now_is_given_up_without_a_knock(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock, settings: Any
) -> None:
    remind_on_device(alice, service)
    settings.PUSH_LOOPBACK = False
    planned.plan(alice.person.id, NOON + timedelta(hours=1))
    assert rounds(planned, clock, NOON + timedelta(hours=2)) == []
    assert service.asked == 0
    assert Channel.objects.get().given_up_at is not None


# What is kept.


def test_what_was_told_is_forgotten_after_a_day(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    planned.plan(alice.person.id, NOON + timedelta(hours=1))
    rounds(planned, clock, NOON + timedelta(hours=24), minutes=30)
    assert Notice.objects.count() == 1
    rounds(planned, clock, NOON + timedelta(hours=26), minutes=30)
    assert not Notice.objects.exists()


def test_a_zone_this_machine_no_longer_knows_keeps_nobodys_post(
    alice: Somebody, bob: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    for one in (alice, bob):
        remind_on_device(one, service)
        planned.plan(one.person.id, NOON + timedelta(minutes=35))
    Preferences.objects.filter(owner=alice.person.id).update(zone="Atlantis/Capital")
    assert tick(planned, Clock(clock.on(minutes=5))) == 2


def test_a_removed_device_is_told_nothing_any_more(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    channel = remind_on_device(alice, service)
    planned.plan(alice.person.id, NOON + timedelta(minutes=35))
    outbox.hand_over(planned.between, clock.on(minutes=5))
    actions.remove(person=alice.person, channel=channel.id)
    assert delivering.deliver(clock, planned.between) == 0
    assert service.asked == 0
