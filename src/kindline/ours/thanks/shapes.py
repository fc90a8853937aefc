"""What lies inside this room's sealed documents."""

from datetime import date, datetime
from uuid import UUID

from kindline.ground.vault.sealing import Shape


class Line(Shape, frozen=True, kw_only=True):
    """One line in a jar: who gave it, when, and on which day of theirs.

    A line that was taken back keeps its day and no words, so that a day still holds one at most.
    """

    by: UUID
    kind: str  # rules.THANKS or rules.MOMENT
    text: str
    at: datetime
    day: date

    @property
    def is_taken_back(self) -> bool:
        """Say whether its words are gone."""
        return not self.text


class Lids(Shape, frozen=True, kw_only=True):
    """The circles whose jars a person keeps closed for themself."""

    closed: tuple[UUID, ...] = ()
