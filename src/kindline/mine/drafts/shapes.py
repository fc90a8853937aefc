"""What lies inside a sealed draft, and its one line in the table of contents."""

from datetime import datetime
from uuid import UUID

from kindline.ground.vault.contents import Line
from kindline.ground.vault.sealing import Shape
from kindline.mine.drafts.rules import State, state_of


class Draft(Shape, frozen=True, kw_only=True):
    """Something to say, in the making."""

    begun_at: datetime
    changed_at: datetime
    kind: str = "boundary"
    entry_id: UUID | None = None  # the journal entry it came from
    parts: dict[str, str] = {}
    edited: dict[str, str] = {}  # wordings changed by hand, by name; the others are composed from the parts
    choice: str = "warm"
    aside: list[str] = []  # keys of the coach's notes put aside for this draft

    kept_until: datetime | None = None
    taken_at: datetime | None = None
    outcome: str = ""
    answered_at: datetime | None = None

    read_aloud: bool = False
    plan: dict[str, str] = {}  # imagined answer -> the next sentence
    stands_by: str = ""  # "yes" or "not-yet"

    touchstone: str = ""
    touchstone_offer: str = ""
    touchstone_at: datetime | None = None


class DraftLine(Line, frozen=True, array_like=True):
    """What lists and Today need to know of a draft."""

    title: str = ""
    kind: str = "boundary"
    changed_at: datetime | None = None
    kept_until: datetime | None = None
    taken_at: datetime | None = None
    outcome: str = ""
    touchstone: str = ""
    touchstone_at: datetime | None = None

    @property
    def state(self) -> State:
        """Return where this draft stands."""
        return state_of(
            kept_until=self.kept_until,
            taken_at=self.taken_at,
            outcome=self.outcome,
            touchstone_at=self.touchstone_at,
        )
