"""What this room can be asked. Everything starts at a person; moments are read from their table of contents."""

from collections.abc import Iterator
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import ngettext

from kindline.ground.page.readable import Readable
from kindline.ground.people.models import Person
from kindline.ground.vault import records
from kindline.ground.vault.sealing import Shape
from kindline.mine.calm import rules, shapes, taking, words
from kindline.mine.calm.models import CONTENTS, Arrangement, Moment, Practice

SHAPES = (shapes.Practice, shapes.Arrangement, shapes.Moment)  # of what `everything` yields


class Kept(NamedTuple):
    """A practice as it is kept: its row (with its version) and what it says."""

    record: Practice
    practice: shapes.Practice


BUILT_IN = rules.BUILT_IN
STEPS = words.STEPS


class Own(NamedTuple):
    """A practice of one's own, for a page."""

    id: UUID
    name: str
    how: str
    minutes: int

    @property
    def key(self) -> str:
        """Return the word by which a moment and an arrangement name this practice."""
        return str(self.id)


class Told(NamedTuple):
    """A moment as it was told. `practice` is its key, `said` what it is called; steps are 1 to 5, 0 when not said."""

    id: UUID
    at: datetime
    practice: str
    said: str
    before: int
    after: int
    minutes: int


def find(person: Person, practice_id: UUID) -> Kept:
    """Return this person's practice, or raise Http404."""
    record = records.find(Practice, person.keyring, practice_id)
    return Kept(record, records.opened(record, person.keyring, shapes.Practice))


def find_moment(person: Person, moment_id: UUID) -> Moment:
    """Return the row of this person's moment, or raise Http404."""
    return records.find(Moment, person.keyring, moment_id)


def own_practices(person: Person) -> list[Own]:
    """Return the practices of one's own, first added first."""
    found = sorted(
        (practice.added_at, practice_id, practice)
        for practice_id, _version, practice in records.each_opened(Practice, person.keyring, shapes.Practice)
    )
    return [Own(practice_id, one.name, one.how, one.minutes) for _at, practice_id, one in found]


def lasting(minutes: int) -> str:
    """Return how long a practice takes, in words, or "" when it takes as long as it takes."""
    return ngettext("About a minute.", "About %(minutes)s minutes.", minutes) % {"minutes": minutes} if minutes else ""


def order(person: Person) -> list[str]:
    """Return the keys of all practices, built-in ones and one's own, as this person wants them."""
    return arranged(person, own_practices(person))


def arranged(person: Person, own: list[Own]) -> list[str]:
    """Return the keys of all practices in order, when one's own are at hand already."""
    chosen = next(
        (one.order for _id, _version, one in records.each_opened(Arrangement, person.keyring, shapes.Arrangement)), ()
    )
    return rules.in_order((*rules.BUILT_IN, *(one.key for one in own)), chosen)


def moments(person: Person) -> list[Told]:
    """Return every moment that was told, the last one first. Reads only the table of contents."""
    lines = sorted(CONTENTS.lines(person.keyring), key=attrgetter("at"), reverse=True)
    called = words.called(lines)
    return [
        Told(one.id, one.at, one.practice, called[one.practice], one.before, one.after, one.minutes) for one in lines
    ]


def is_sound(document: Shape) -> bool:
    """Say whether a document that was taken along could have been written here."""
    return taking.is_sound(document)


def readable(document: Shape) -> Readable | None:
    """Return a document as it is read on paper, or None when there is nothing to read."""
    return taking.readable(document)


def everything(person: Person) -> Iterator[tuple[UUID, Shape]]:
    """Yield every document of this room with its id, for taking along."""
    kinds: tuple[tuple[type[Practice | Arrangement | Moment], type[Shape]], ...] = (
        (Practice, shapes.Practice),
        (Arrangement, shapes.Arrangement),
        (Moment, shapes.Moment),
    )
    for model, shape in kinds:
        for document_id, _version, document in records.each_opened(model, person.keyring, shape):
            yield document_id, document
