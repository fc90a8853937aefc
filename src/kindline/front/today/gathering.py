"""Brings together what the rooms have for today."""

from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone

from kindline.front.today import rules
from kindline.ground.people.models import Person
from kindline.mine.journal import queries as journal


class Waiting(NamedTuple):
    """One thing that waits: of what kind, and the line or draft itself."""

    kind: str
    thing: Any


class Today(NamedTuple):
    """All that Today shows."""

    waiting: list[Waiting]
    touchstones: list[Any]
    reread: journal.EntryLine | None
    is_first_day: bool


def gathered(person: Person, now: datetime) -> Today:
    """Gather what waits for a person, the smallest step first, and what is good to see again."""
    look = journal.to_look_at_again(person, now)
    waiting = [Waiting("look-again", look)] if look else []
    return Today(
        waiting=rules.at_most(waiting),
        touchstones=[],
        reread=journal.one_to_reread(person, timezone.localtime(now).date()),
        is_first_day=journal.latest(person) is None,
    )
