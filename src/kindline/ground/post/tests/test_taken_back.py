"""What was laid ready and is not to be any more does not come: asked right before, with two workers, nothing lost."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail

from kindline.ground.post import actions, delivering, outbox
from kindline.ground.post.models import Channel, Notice
from kindline.ground.post.rules import DAILY
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
MORNING = NOON + timedelta(hours=19)


def laid_ready(one: Somebody, planned: Planned, clock: Clock, at: datetime = NOON + timedelta(minutes=35)) -> None:
    """Plan something and lay its notice ready; nobody delivers it yet."""
    planned.plan(one.person.id, at, key="check-in")
    outbox.hand_over(planned.between, clock.on(minutes=5))
    assert Notice.objects.filter(settled_at=None).exists()


def test_what_was_left_out_after_it_was_laid_ready_does_not_come(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    laid_ready(alice, planned, clock)
    planned.due.clear()
    assert delivering.deliver(clock, planned.between) == 0
    assert service.asked == 0
    assert not Notice.objects.exists()
    channel = Channel.objects.get()
    assert (channel.leased_until, channel.tries, channel.next_at) == (None, 0, None)


def test_what_was_left_out_while_quiet_hours_held_it_does_not_come_in_the_morning(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    planned.plan(alice.person.id, NOON + timedelta(hours=11))
    assert rounds(planned, clock, NOON + timedelta(hours=12)) == []
    assert Notice.objects.exists()
    planned.due.clear()
    assert rounds(planned, clock, NOON + timedelta(days=1), minutes=30) == []
    assert service.asked == 0


def test_what_was_put_back_before_the_morning_comes_in_the_morning(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    planned.plan(alice.person.id, NOON + timedelta(hours=11))
    rounds(planned, clock, NOON + timedelta(hours=12))
    out = planned.due.pop()
    rounds(planned, clock, NOON + timedelta(hours=13))
    planned.due.append(out)
    assert rounds(planned, clock, NOON + timedelta(days=1), minutes=30) == [MORNING]
    assert len(service.arrived) == 1


def test_what_was_moved_after_it_was_laid_ready_comes_at_its_new_time_only(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    laid_ready(alice, planned, clock)
    planned.due.clear()
    planned.plan(alice.person.id, NOON + timedelta(hours=3, minutes=7), key="check-in")
    arrived = rounds(planned, clock, NOON + timedelta(hours=5), minutes=1)
    assert arrived == [NOON + timedelta(minutes=157)]


def test_what_was_taken_back_and_is_put_back_comes_once(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    laid_ready(alice, planned, clock)
    out = planned.due.pop()
    assert delivering.deliver(clock, planned.between) == 0
    planned.due.append(out)
    assert rounds(planned, clock, NOON + timedelta(hours=2)) == [NOON + timedelta(minutes=10)]
    planned.due.clear()
    rounds(planned, clock, NOON + timedelta(hours=2, minutes=30))
    planned.due.append(out)
    assert rounds(planned, clock, NOON + timedelta(hours=3)) == [], "what was told is told"


def test_of_several_things_what_still_stands_is_told(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    planned.plan(alice.person.id, NOON + timedelta(minutes=35), key="other")
    laid_ready(alice, planned, clock)
    planned.due.pop()
    assert delivering.deliver(clock, planned.between) == 1
    assert len(service.arrived) == 1
    assert Notice.objects.get().settled_at == clock()


def test_what_two_are_told_is_taken_back_for_the_one_who_muted_it(
    alice: Somebody, bob: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    kept = {one.person.id: remind_on_device(one, service) for one in (alice, bob)}
    planned.plan(bob.person.id, NOON + timedelta(minutes=35), key="check-in")
    laid_ready(alice, planned, clock)
    planned.due.pop()
    assert delivering.deliver(clock, planned.between) == 1
    assert Notice.objects.get().channel_id == kept[bob.person.id].id


def test_a_day_that_emptied_is_not_told_and_one_with_something_left_is(
    alice: Somebody, bob: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    for one in (alice, bob):
        remind_on_device(one, service)
        choose(one, way=DAILY, daily=time(12, 5))
        planned.plan(one.person.id, NOON + timedelta(hours=4))
    planned.plan(bob.person.id, NOON + timedelta(hours=6))
    outbox.hand_over(planned.between, clock.on(minutes=5))
    planned.due = planned.due[2:]
    assert delivering.deliver(clock, planned.between) == 1
    assert [one.channel.owner_id for one in Notice.objects.all()] == [bob.person.id]


def test_what_waits_for_another_try_is_asked_about_again(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    service.status = 503
    laid_ready(alice, planned, clock)
    assert delivering.deliver(clock, planned.between) == 0
    planned.due.clear()
    assert rounds(planned, clock, NOON + timedelta(hours=5)) == []
    assert service.asked == 1
    assert "could not be reached" not in alice.client.get("/settings/reminders/").content.decode()


def test_a_trial_comes_and_leaves_a_reminder_to_the_worker_who_asks(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    laid_ready(alice, planned, clock)
    planned.due.clear()
    assert "Sent." in alice.client.post("/settings/reminders/try/").content.decode()
    assert len(service.arrived) == 1
    assert tick(planned, clock) == 0
    assert len(service.arrived) == 1


def test_where_no_room_can_be_asked_what_waits_goes_out(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    laid_ready(alice, planned, clock)
    assert delivering.deliver(clock, None) == 1
    assert len(service.arrived) == 1


def test_a_letter_about_what_was_left_out_is_not_written(
    alice: Somebody, planned: Planned, clock: Clock, settings: Any
) -> None:
    settings.MAIL = True
    remind_by_mail(alice)
    laid_ready(alice, planned, clock)
    planned.due.clear()
    assert delivering.deliver(clock, planned.between) == 0
    assert mail.outbox == []


# Two workers.


def test_a_worker_that_was_too_slow_takes_nothing_back_and_tells_nothing(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    """The other one has the channel by now, and asked when it was put back again."""
    remind_on_device(alice, service)
    laid_ready(alice, planned, clock)
    [slow] = outbox.take(clock())
    clock.on(minutes=6)
    [other] = outbox.take(clock())
    assert outbox.standing([slow], Planned().between) == []
    assert Notice.objects.count() == 1
    assert outbox.standing([other], planned.between) == [other]
    assert Channel.objects.get().leased_until == other.until


def test_a_round_that_asked_too_early_brings_nothing_back(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    """One worker took it back; the other had asked before, and lays it ready only now."""
    remind_on_device(alice, service)
    laid_ready(alice, planned, clock)
    before = Planned(*planned.due)
    planned.due.clear()
    assert delivering.deliver(clock, planned.between) == 0
    outbox.hand_over(before.between, clock.on(minutes=5))
    assert Notice.objects.count() == 1
    assert delivering.deliver(clock, planned.between) == 0
    assert service.asked == 0
    assert not Notice.objects.exists()


def test_what_one_worker_tells_no_other_takes_back(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    laid_ready(alice, planned, clock)
    assert len(outbox.take(clock())) == 1, "one is at it"
    assert delivering.deliver(clock, Planned().between) == 0
    assert Notice.objects.count() == 1


def test_somebody_who_removed_the_device_meanwhile_stops_nobody(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    channel = remind_on_device(alice, service)
    laid_ready(alice, planned, clock)
    taken = outbox.take(clock())
    actions.remove(person=alice.person, channel=channel.id)
    assert outbox.standing(taken, Planned().between) == []
