"""Brings together what the rooms have for today. Reads only."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from kindline.front.today import rules
from kindline.ground.people.models import Person
from kindline.mine.drafts import queries as drafts
from kindline.mine.journal import queries as journal


class Waiting(NamedTuple):
    """One thing that waits: of what kind ("look-again", "morning", "did-you-say-it"), and the words it is known by."""

    kind: str
    id: UUID
    words: str


class Today(NamedTuple):
    """All that Today shows."""

    waiting: list[Waiting]
    touchstones: list[drafts.Touchstone]
    journal: journal.ForToday
    resting: drafts.Resting | None


def gathered(person: Person, now: datetime) -> Today:
    """Gather what waits for a person, the smallest step first, and what is good to see again."""
    entries = journal.for_today(person, now)
    waiting = [Waiting(one.kind, one.id, one.title) for one in drafts.waiting(person, now)]
    look = entries.to_look_at_again
    if look:
        waiting.append(Waiting("look-again", look.id, look.first))
    touchstones = drafts.touchstones(person)[: rules.MOST_TOUCHSTONES]
    return Today(rules.smallest_first(waiting), touchstones, entries, drafts.resting(person, now))
