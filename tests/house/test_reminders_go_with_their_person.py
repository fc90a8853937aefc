"""Who deletes what they wrote, leaves a space, or deletes their place, hears of nothing any more; others still do."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from typing import Any

import pytest
from django.utils import timezone

from kindline.front.takeout import actions as takeout
from kindline.front.together import actions as together
from kindline.ground.people import actions as people
from kindline.ground.post import actions as post
from kindline.ground.post import feeds, outbox
from kindline.ground.post.models import Channel, Feed, Notice, Preferences
from kindline.ground.post.tests.reminding import remind_on_device
from kindline.ours.rhythms import due
from kindline.ours.rhythms.tests import living
from tests.house import things
from tests.people import Somebody, pair, shared_by
from tests.push_service import PushService, push_service

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture
def service(settings: Any) -> Iterator[PushService]:
    settings.PUSH_LOOPBACK = True
    with push_service() as one:
        yield one


def everything_on(one: Somebody, service: PushService) -> None:
    channel = remind_on_device(one, service)
    Notice.objects.create(channel=channel, kind="reminder", key=one.name, due_at=timezone.now())
    feeds.make(person=one.person)


def nothing_is_left_of(one: Somebody) -> bool:
    kept = (Channel.objects.filter(owner=one.person.id), Preferences.objects.filter(owner=one.person.id))
    waits = (Notice.objects.filter(key=one.name), Feed.objects.filter(owner=one.person.id))
    return not any(rows.exists() for rows in (*kept, *waits))


def test_deleting_what_one_wrote_ends_reminders_and_nobody_elses(
    alice: Somebody, bob: Somebody, service: PushService
) -> None:
    for one in (alice, bob):
        everything_on(one, service)
    takeout.delete_everything(person=alice.person)
    assert nothing_is_left_of(alice)
    assert Channel.objects.get().owner_id == bob.person.id


def test_leaving_a_space_ends_reminders_in_the_same_step(alice: Somebody, bob: Somebody, service: PushService) -> None:
    pair(alice, bob)
    for one in (alice, bob):
        everything_on(one, service)
    together.leave(person=alice.person, circle=shared_by(alice), choice="leave", now=timezone.now())
    assert nothing_is_left_of(alice)
    assert not nothing_is_left_of(bob)


def test_deleting_a_place_deletes_its_reminders(alice: Somebody, service: PushService) -> None:
    everything_on(alice, service)
    people.leave(person=alice.person, now=timezone.now())
    for model in (Channel, Preferences, Notice, Feed):
        assert not model.objects.exists()


def test_a_reminder_that_waits_already_does_not_come_after_the_other_left(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    things.channel(bob)
    quiet = {"quiet_from": clock_time(22), "quiet_until": clock_time(7)}
    post.choose(person=bob.person, way="before", minutes=60, daily=clock_time(9), **quiet)
    night = datetime(2026, 5, 3, 4, 0, tzinfo=UTC)  # it is told in the morning
    living.planned(alice, clock=5, now=night - timedelta(days=7))
    Notice.objects.all().delete()  # that the device was added
    outbox.hand_over(due.between, night - timedelta(minutes=10))
    outbox.hand_over(due.between, night)
    assert Notice.objects.count() == 1
    together.leave(person=alice.person, circle=shared_by(alice), choice="keep", now=night)
    taken = outbox.take(datetime(2026, 5, 3, 7, 1, tzinfo=UTC))
    assert [one.channel.owner_id for one in taken] == [bob.person.id]
    assert outbox.standing(taken, due.between) == []
    assert not Notice.objects.exists()
