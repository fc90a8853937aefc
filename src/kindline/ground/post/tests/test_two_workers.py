"""Two workers, and one that dies at any line: nothing is told twice that can be told apart, and nothing is lost."""

from datetime import timedelta

import pytest

from kindline.ground.post import delivering, outbox
from kindline.ground.post.models import Notice, Round
from kindline.ground.post.tests.reminding import NOON, Clock, Planned, remind_on_device, tick
from tests.people import Somebody
from tests.push_service import PushService

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def test_two_workers_hand_over_the_same_round_once(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    planned.plan(alice.person.id, NOON + timedelta(minutes=35))
    clock.on(minutes=5)
    outbox.hand_over(planned.between, clock())
    Round.objects.update(at=NOON)  # as the other one read it before
    outbox.hand_over(planned.between, clock())
    assert Notice.objects.count() == 1


def test_what_one_worker_has_taken_no_other_takes(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    remind_on_device(alice, service)
    planned.plan(alice.person.id, NOON + timedelta(minutes=35))
    outbox.hand_over(planned.between, clock.on(minutes=5))
    [taken] = outbox.take(clock())
    assert outbox.take(clock()) == []
    assert delivering.deliver_now(clock, [taken.channel.id]) == 0
    clock.on(minutes=6)  # it died
    assert delivering.deliver(clock, planned.between) == 1
    assert len(service.arrived) == 1


def test_a_worker_that_comes_too_late_with_its_outcome_changes_nothing(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    channel = remind_on_device(alice, service)
    planned.plan(alice.person.id, NOON + timedelta(minutes=35))
    outbox.hand_over(planned.between, clock.on(minutes=5))
    [slow] = outbox.take(clock())
    clock.on(minutes=6)
    [other] = outbox.take(clock())
    for how in ("gone", "refused", "later", "sent"):
        outbox.settle([(slow, delivering.LATER._replace(how=how))], clock())
        channel.refresh_from_db()
        assert (channel.leased_until, channel.tries, channel.given_up_at) == (other.until, 0, None)
        assert Notice.objects.get().settled_at is None


def test_a_worker_asked_to_stop_finishes_what_it_began_and_leaves_the_rest(
    alice: Somebody, service: PushService, planned: Planned, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "AT_A_TIME", 2)
    for _ in range(5):
        remind_on_device(alice, service)
    planned.plan(alice.person.id, NOON + timedelta(minutes=35))
    outbox.hand_over(planned.between, clock.on(minutes=5))
    assert delivering.deliver(clock, planned.between, stopped=lambda: True) == 2
    assert delivering.deliver(clock, planned.between) == 3
    assert len({one.name for one in service.arrived}) == len(service.arrived) == 5


def test_many_devices_each_get_it_once(
    alice: Somebody, bob: Somebody, service: PushService, planned: Planned, clock: Clock
) -> None:
    for one in (alice, bob):
        for _ in range(10):
            remind_on_device(one, service)
        planned.plan(one.person.id, NOON + timedelta(minutes=35))
    outbox.AT_A_TIME, before = 3, outbox.AT_A_TIME
    try:
        assert tick(planned, Clock(clock.on(minutes=5))) == 20
    finally:
        outbox.AT_A_TIME = before
    assert sorted(one.name for one in service.arrived) == sorted(service.devices)
