"""Brings together what the rooms have ahead, day by day. Reads only."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from kindline.ground.clock import zones
from kindline.ground.people.inviting import pair_of
from kindline.ground.people.models import Person
from kindline.ground.vault.circles import CircleKeys
from kindline.ours.agreements import queries as agreements
from kindline.ours.pauses import queries as pauses
from kindline.ours.rhythms import queries as rhythms

WEEKS = 4
RHYTHM, TOPIC, AGREEMENT = "rhythm", "topic", "agreement"


class Item(NamedTuple):
    """One thing that is ahead: a time a rhythm comes round, a topic with a time, an agreement to look at again."""

    day: date
    at: datetime | None  # None: on that day, at no time
    kind: str
    id: UUID
    title: str
    is_moved: bool = False
    is_private: bool = False  # in a place of two, and only this person sees it
    until: datetime | None = None  # of what goes on right now


class Day(NamedTuple):
    """A day that has something, as its person's calendar counts days."""

    date: date
    items: list[Item]


class Ahead(NamedTuple):
    """All that the page shows of what is ahead."""

    days: list[Day]
    quiet_until: list[date]  # until when rhythms sleep: those of both, and this person's own
    circle: CircleKeys | None  # what an open page of two people listens to
    name: str  # of whoever shares it


def gathered(person: Person, now: datetime) -> Ahead:
    """Gather what the next four weeks have, from now on, the next thing first. What was earlier today is not ahead."""
    circle, today = pair_of(person), zones.local(now, person.zone).date()
    last = today + timedelta(weeks=WEEKS)  # a whole day still: today counts only from now on
    end = zones.moment(datetime.combine(last + timedelta(days=1), time()), person.zone)
    items = [*_rhythms(person, now, end), *_topics(person, circle, now, end), *_agreements(person, today, last)]
    items.sort(key=lambda one: (one.day, one.at is not None, one.at or now, one.title))
    days = [Day(day, list(several)) for day, several in groupby(items, key=lambda one: one.day)]
    name = circle.other_name if circle else ""
    quiet_until = [one.until_date for one in rhythms.seasons(person, today) if one]
    return Ahead(days, quiet_until, circle, name)


def _rhythms(person: Person, now: datetime, end: datetime) -> Iterator[Item]:
    is_pair = pair_of(person) is not None
    for one in rhythms.from_now_on(person, now, end):
        at, until = one.occurrence.starts_at, one.occurrence.ends_at if one.has_begun else None
        day = zones.local(max(at, now), person.zone).date()  # what began yesterday and goes on is on today
        is_private = is_pair and one.is_mine_alone
        yield Item(day, at, RHYTHM, one.id, one.title, one.occurrence.is_moved, is_private, until)


def _topics(person: Person, circle: CircleKeys | None, now: datetime, end: datetime) -> Iterator[Item]:
    for one in pauses.all_topics(circle) if circle else ():
        if now <= one.at < end and not one.rests:
            yield Item(zones.local(one.at, person.zone).date(), one.at, TOPIC, one.id, one.topic)


def _agreements(person: Person, today: date, last: date) -> Iterator[Item]:
    found = agreements.overview(person)
    for one in (*found.standing, *found.mine):
        if one.look_again_on is not None and today <= one.look_again_on <= last:
            yield Item(one.look_again_on, None, AGREEMENT, one.id, one.title)
