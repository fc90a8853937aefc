"""Brings together what the shared rooms have. Reads only."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse

from kindline.front.together import rules
from kindline.ground.people import inviting
from kindline.ground.people.models import Person
from kindline.ground.vault.circles import CircleKeys, circles_of
from kindline.ours.agreements import queries as agreements


class Beginning(NamedTuple):
    """Two people on their way into a shared space: who the other is, and how far it has come."""

    name: str = ""
    is_host: bool = False
    is_given: bool = False


class ClosedSpace(NamedTuple):
    """A space that somebody left, as it is listed."""

    id: UUID
    name: str
    closed_at: datetime


class Together(NamedTuple):
    """All that Together shows."""

    circle: CircleKeys | None
    name: str  # the other's; "" for somebody alone
    beginning: Beginning | None
    waiting: list[agreements.Outline]
    agreements: agreements.Overview
    prepared: list[agreements.Found]
    closed: list[ClosedSpace]


def gathered(person: Person, now: datetime) -> Together:
    """Gather what two people have with each other, or what somebody has with themself."""
    circle, overview = inviting.pair_of(person), agreements.overview(person)
    return Together(
        circle,
        circle.others[0].name if circle else "",
        beginning(person, now),
        overview.for_you[: rules.MOST_WAITING],
        overview,
        agreements.in_preparation(person),
        [
            ClosedSpace(one.circle, one.others[0].name, one.closed_at)
            for one in circles_of(person.keyring)
            if one.others and one.closed_at
        ],
    )


def beginning(person: Person, now: datetime) -> Beginning | None:
    """Return how far an invitation of theirs, made or accepted, has come."""
    comparing = inviting.comparing(person)
    if comparing:
        return Beginning(comparing.name, inviting.is_host(person), comparing.is_given)
    return Beginning(is_host=True) if inviting.invitation_of(person, now) else None


def first_waiting(person: Person) -> str:
    """Return the address of the first thing that waits for an answer, or ""."""
    waiting = agreements.waiting_for_me(person)
    return reverse("agreements:agreement", args=[waiting[0].id]) if waiting else ""


def left_behind(person: Person, circle: CircleKeys) -> list[agreements.Outline]:
    """Return the agreements of a space that is closed."""
    overview = agreements.overview(person)
    return [one for one in (*overview.past, *overview.unverified) if one.circle == circle.circle]
