"""Brings together what the shared rooms have. Reads only."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse

from kindline.front.together import rules
from kindline.front.together.begun import GoOn, shared, to_go_on_with
from kindline.ground.people import inviting, renewing
from kindline.ground.people.models import Person
from kindline.ground.vault import unsaved
from kindline.ground.vault.circles import CircleKeys, circles_of
from kindline.ours.agreements import queries as agreements
from kindline.ours.negotiation import queries as negotiation
from kindline.ours.pauses import queries as pauses
from kindline.ours.rhythms import queries as rhythms


class Beginning(NamedTuple):
    """Two people on their way into a shared space: who the other is, and how far it has come.

    `mark` is what an open page of the host listens to until the guest is there.
    """

    name: str = ""
    is_host: bool = False
    is_given: bool = False
    mark: UUID | None = None


class ClosedSpace(NamedTuple):
    """A space that somebody left, as it is listed."""

    id: UUID
    name: str
    closed_at: datetime


class Together(NamedTuple):
    """All that Together shows."""

    circle: CircleKeys | None
    doubtful: list[CircleKeys]  # open at once, so that neither is used until one is closed
    name: str  # the other's; "" for somebody alone
    beginning: Beginning | None
    has_new_keys: bool  # the other, so that both compare again
    waiting: list[agreements.Outline]
    talk: negotiation.Outline | None  # the one that two people are at
    agreements: agreements.Overview
    prepared: list[agreements.Found]
    begun: list[GoOn]  # what was begun and left unsaved
    ready: list[agreements.Found]  # kept ready before the other was here, to be read once more and given
    closed: list[ClosedSpace]
    pauses: pauses.Around  # who is away, and what was set aside with a time
    rhythms: rhythms.ForToday  # a check-in that goes on, a quiet season, what comes round today


def gathered(person: Person, now: datetime) -> Together:
    """Gather what two people have with each other, or what somebody has with themself."""
    circle, overview, around = inviting.pair_of(person), agreements.overview(person), pauses.around(person, now)
    talk = negotiation.open_talk(person) if circle else None
    if around.mine and talk and talk.state == "yours":
        talk = None  # nothing the other asks arrives inside somebody's pause
    prepared, left = agreements.in_preparation(person), unsaved.left(person.keyring)
    name = circle.other_name if circle else ""
    ready = [one for one in prepared if one.waits] if circle else []
    return Together(
        circle=circle,
        doubtful=inviting.doubtful(person),
        name=name,
        beginning=beginning(person, now),
        has_new_keys=has_new_keys(circle),
        waiting=[] if around.mine else overview.for_you[: rules.MOST_WAITING],
        talk=talk,
        agreements=overview,
        prepared=[one for one in prepared if one not in ready],
        begun=[] if around.mine else to_go_on_with(shared(person, circle, left, now), left, name),
        ready=ready,
        closed=closed_spaces(person),
        pauses=around,
        rhythms=rhythms.for_today(person, now),
    )


def closed_spaces(person: Person) -> list[ClosedSpace]:
    """Return the spaces of two that somebody left, as far as this person can still read there."""
    return [
        ClosedSpace(one.circle, one.other_name, one.closed_at)
        for one in circles_of(person.keyring)
        if one.others and one.closed_at
    ]


def beginning(person: Person, now: datetime) -> Beginning | None:
    """Return how far an invitation of theirs, made or accepted, has come."""
    comparing, made = inviting.comparing(person), inviting.invitation_of(person, now)
    mark = inviting.mark_of(made) if made else None
    if comparing:
        return Beginning(comparing.name, inviting.is_host(person), comparing.is_given, mark)
    return Beginning(is_host=True, mark=mark) if made else None


def has_new_keys(circle: CircleKeys | None) -> bool:
    """Say whether the other has keys that nobody compared yet."""
    return circle is not None and renewing.renewed(circle) is not None


def first_waiting(person: Person) -> str:
    """Return the address of the first thing that waits for an answer, or ""."""
    asked = agreements.waiting_for_me(person)
    if asked:
        return reverse("agreements:agreement", args=[asked[0].id])
    talks = negotiation.waiting_for_me(person)
    return reverse("negotiation:talk", args=[talks[0].id]) if talks else ""


def left_behind(person: Person, circle: CircleKeys) -> list[agreements.Outline]:
    """Return the agreements of a space that is closed."""
    overview = agreements.overview(person)
    return [one for one in (*overview.past, *overview.unverified) if one.circle == circle.circle]
