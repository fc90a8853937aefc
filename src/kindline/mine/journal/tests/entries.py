"""Entries for the tests, kept by the same actions as in the app."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from kindline.ground.people.models import Person
from kindline.mine.journal import actions, shapes

NOW = datetime(2026, 3, 10, 19, 30, tzinfo=UTC)


def entry(what: str = "You came home late.", at: datetime = NOW, **parts: Any) -> shapes.Entry:
    """Return a friction, written when it happened."""
    return shapes.Entry(**{"what": what, "written_at": at, "happened_at": at, **parts})


def kept(person: Person, what: str = "You came home late.", at: datetime = NOW, **parts: Any) -> UUID:
    """Keep an entry and return its id."""
    entry_id = uuid4()
    actions.keep(person=person, entry_id=entry_id, entry=entry(what, at, **parts), now=at)
    return entry_id


def insight(**parts: Any) -> shapes.Insight:
    """Return what lay under a friction."""
    return shapes.Insight(**parts)
