"""What lies inside the journal's sealed documents."""

from datetime import datetime
from uuid import UUID

import msgspec

from kindline.ground.vault.contents import Line
from kindline.ground.vault.sealing import Shape
from kindline.mine.journal import rules

# Thousands of these are made at a time and none points back at another: `gc=False` more than halves the time it takes.


class Insight(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What lay under a friction: need, fear, the other's need as a fair third person would see it; and my own step."""

    need: str = ""
    finer: tuple[str, ...] = ()
    need_words: str = ""
    fear: str = ""
    other: str = ""
    step: str = ""

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was found, or nothing was put in words."""
        return not (self.need or self.finer or self.need_words or self.fear or self.other or self.step)


class Entry(Shape, frozen=True, kw_only=True, gc=False):
    """One friction or good moment. Both times are aware and in UTC; feelings go from 1 to 3.

    Of one that is not `timed` the day alone is known; it stands at noon.
    """

    kind: str = rules.FRICTION
    what: str
    written_at: datetime
    happened_at: datetime
    feelings: dict[str, int] = {}
    did: tuple[str, ...] = ()
    wanted: str = ""
    insight: Insight | None = None
    timed: bool = True


class EntryLine(Line, frozen=True, array_like=True, gc=False):
    """An entry in the table of contents: what lists, Today and Look back are made of."""

    written_at: datetime
    happened_at: datetime
    first: str = ""
    kind: str = rules.FRICTION
    feelings: dict[str, int] = {}
    did: tuple[str, ...] = ()
    need: str = ""
    finer: tuple[str, ...] = ()
    looked: bool = False
    timed: bool = True


def outline(entry_id: UUID, version: int, entry: Entry) -> EntryLine:
    """Return an entry's line for the table of contents."""
    insight = entry.insight
    return EntryLine(
        id=entry_id,
        version=version,
        written_at=entry.written_at,
        happened_at=entry.happened_at,
        first=rules.first_words(entry.what),
        kind=entry.kind,
        feelings=entry.feelings,
        did=entry.did,
        need=insight.need if insight else "",
        finer=insight.finer if insight else (),
        looked=insight is not None,
        timed=entry.timed,
    )
