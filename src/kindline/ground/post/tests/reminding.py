"""Somebody whose reminders come to a device of theirs, and what falls due, for the tests."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from kindline.ground.post import actions, delivering, outbox
from kindline.ground.post.models import Channel, Notice
from kindline.ground.post.rules import BEFORE, Due
from tests.people import Somebody
from tests.push_service import PushService

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Planned:
    """A room as the worker sees it: what begins when, for whom."""

    def __init__(self, *due: Due) -> None:
        self.due = list(due)

    def plan(self, person: UUID, at: datetime, key: str = "") -> None:
        """Let something begin."""
        self.due.append(Due(person, at, "rhythm", f"{key or len(self.due)} {at.isoformat()}"))

    def between(self, start: datetime, end: datetime, people: Collection[UUID] | None = None) -> Iterator[Due]:
        """Yield what begins from the first moment on, before the second, for everybody or for some people only."""
        return (one for one in self.due if start <= one.at < end and (people is None or one.person in people))


class Clock:
    """A clock that stands until somebody moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def on(self, **much: float) -> datetime:
        """Move it on."""
        self.now += timedelta(**much)
        return self.now


def remind_on_device(one: Somebody, service: PushService) -> Channel:
    """Let somebody's reminders come to a new device."""
    return actions.add_device(person=one.person, **service.fields(), form="phone", now=timezone.now())


def remind_by_mail(one: Somebody, address: str = "somebody@example.org") -> Channel:
    """Let somebody's reminders come to an address that they said yes to."""
    channel = actions.ask_by_mail(person=one.person, address=address, now=timezone.now())
    Notice.objects.filter(channel=channel).delete()
    actions.confirm(channel=channel)
    channel.refresh_from_db()
    return channel


def choose(one: Somebody, **habits: object) -> None:
    """Change some of somebody's habits."""
    standing = {"way": BEFORE, "minutes": 30, "daily": time(9), "quiet_from": time(22), "quiet_until": time(7)}
    actions.choose(person=one.person, **{**standing, **habits})  # type: ignore[arg-type]


def tick(planned: Planned, clock: Clock) -> int:
    """Do what the worker does, once."""
    outbox.hand_over(planned.between, clock())
    return delivering.deliver(clock, planned.between)


def rounds(planned: Planned, clock: Clock, until: datetime, minutes: int = 5) -> list[datetime]:
    """Tick every so many minutes; return when something arrived."""
    arrived = []
    while clock() < until:
        clock.on(minutes=minutes)
        arrived += [clock()] * tick(planned, clock)
    return arrived
