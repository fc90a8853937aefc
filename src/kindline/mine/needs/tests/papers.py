"""Papers for the tests of this room, kept by its own actions."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from kindline.ground.people.models import Person
from kindline.mine.needs import actions, queries
from kindline.mine.needs.shelf import OWN_CHECK

NOW = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
ANSWERS = {str(number): 4 for number in range(1, 11)}


def walked(person: Person, at: datetime = NOW, **parts: Any) -> UUID:
    """Keep a walk and return its id."""
    walk_id = uuid4()
    actions.walk(person=person, walk_id=walk_id, parts=parts or {"secure": "One sure hello."}, now=at)
    return walk_id


def checked(person: Person, at: datetime = NOW, free: int = 3, **met: int) -> UUID:
    """Keep a small check and return its id."""
    check_id = uuid4()
    actions.check(person=person, check_id=check_id, met=met, free=free, now=at)
    return check_id


def answered(person: Person, at: datetime = NOW, about: str = "", answers: dict[str, int] | None = None) -> UUID:
    """Keep answers to our own check and return the reading's id."""
    reading_id, instrument = uuid4(), queries.instruments().find(OWN_CHECK)
    assert instrument
    actions.answer(
        person=person,
        reading_id=reading_id,
        instrument=instrument,
        answers=answers or ANSWERS,
        about=about,
        now=at,
    )
    return reading_id


def by_hand(person: Person, at: datetime = NOW, *, reaching: float = 5, stepping_back: float = 2) -> UUID:
    """Set a leaning by hand and return its id."""
    reading_id, numbers = uuid4(), {"reaching": reaching, "stepping-back": stepping_back}
    actions.set_leaning(person=person, reading_id=reading_id, numbers=numbers, about="", now=at)
    return reading_id


def said(person: Person, text: str = "I go quiet.", at: datetime = NOW) -> UUID:
    """Keep a sentence and return its id."""
    sentence_id = uuid4()
    actions.keep_sentence(person=person, sentence_id=sentence_id, text=text, now=at)
    return sentence_id
