"""Practices and moments for the tests, kept by the same actions as in the app."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from kindline.ground.people.models import Person
from kindline.mine.calm import actions, shapes

NOW = datetime(2026, 3, 10, 19, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def practice(name: str = "Tea on the step", at: datetime = NOW, *, how: str = "", minutes: int = 0) -> shapes.Practice:
    """Return a practice of one's own."""
    return shapes.Practice(name=name, added_at=at, how=how, minutes=minutes)


def added(person: Person, name: str = "Tea on the step", at: datetime = NOW, *, how: str = "") -> UUID:
    """Add a practice and return its id."""
    practice_id = uuid4()
    actions.add(person=person, practice_id=practice_id, practice=practice(name, at, how=how), now=at)
    return practice_id


def told(person: Person, did: str, before: int, after: int, at: datetime = NOW, *, named: str = "") -> UUID:
    """Tell a moment and return its id."""
    moment_id = uuid4()
    moment = shapes.Moment(at=at, practice=did, named=named, before=before, after=after, minutes=20)
    actions.tell(person=person, moment_id=moment_id, moment=moment)
    return moment_id
