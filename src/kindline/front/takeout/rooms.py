"""The doors through which takeout comes to what is one person's alone, in the order in which rooms may point."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from kindline.ground.page.readable import Readable
from kindline.ground.people.models import Person
from kindline.ground.post import actions as post_actions
from kindline.ground.post import taking as reminders
from kindline.ground.vault.sealing import Shape
from kindline.mine.calm import actions as calm_actions
from kindline.mine.calm import queries as calm
from kindline.mine.drafts import actions as drafts_actions
from kindline.mine.drafts import queries as drafts
from kindline.mine.journal import actions as journal_actions
from kindline.mine.journal import queries as journal
from kindline.mine.needs import actions as needs_actions
from kindline.mine.needs import queries as needs
from kindline.ours.negotiation import actions as negotiation_actions
from kindline.ours.negotiation import queries as negotiation


class Room(NamedTuple):
    """What every private room offers for taking along, bringing back and deleting."""

    name: str
    shapes: tuple[type[Shape], ...]
    everything: Callable[[Person], Iterable[tuple[UUID, Shape]]]
    is_sound: Callable[[Shape], bool]
    readable: Callable[[Shape], Readable | None]
    bring_back: Callable[..., int]
    delete_everything: Callable[..., None]

    def shape(self, kind: str) -> type[Shape] | None:
        """Return the shape that a kind of document has, or None for a kind this room doesn't keep."""
        return next((shape for shape in self.shapes if kind_of(shape) == kind), None)

    def bring(self, person: Person, documents: Sequence[tuple[UUID, Shape]]) -> int:
        """Write documents that were taken along, inside the caller's transaction; return how many came."""
        return self.bring_back(person=person, documents=documents)

    def empty(self, person: Person) -> None:
        """Delete everything in this room for good."""
        self.delete_everything(person=person)


ROOMS = (
    *(
        Room(
            name,
            queries.SHAPES,
            queries.everything,
            queries.is_sound,
            queries.readable,
            actions.bring_back,
            actions.delete_everything,
        )
        for name, queries, actions in (
            ("needs", needs, needs_actions),
            ("calm", calm, calm_actions),
            ("journal", journal, journal_actions),
            ("drafts", drafts, drafts_actions),
        )
    ),
    Room(  # of a shared room what is one person's alone: talks on one phone
        "negotiation",
        negotiation.TAKEN,
        negotiation.on_one_phone,
        negotiation.is_sound,
        negotiation.readable,
        negotiation_actions.bring_back,
        negotiation_actions.delete_everything,
    ),
    Room(  # of the post when reminders come; where they come stays behind
        "reminders",
        reminders.SHAPES,
        reminders.everything,
        reminders.is_sound,
        reminders.readable,
        post_actions.bring_back,
        post_actions.delete_everything,
    ),
)
JOURNAL = next(room for room in ROOMS if room.name == "journal")


def room_named(name: str) -> Room | None:
    """Return a room by its name, or None."""
    return next((room for room in ROOMS if room.name == name), None)


def kind_of(shape: type[Shape]) -> str:
    """Return the word by which a file names a shape."""
    return shape.__name__.lower()
