"""What lies inside this room's sealed documents. When a rhythm comes round stands outside, for the calendar."""

from datetime import datetime
from uuid import UUID

from kindline.ground.vault.sealing import Shape


class Rhythm(Shape, frozen=True, kw_only=True):
    """Something that recurs: what it is, and what it is for."""

    by: UUID
    kind: str  # one of rules.KINDS
    title: str
    purpose: str = ""
    back: str = ""  # of time alone: when I'm back
    brings: str = ""  # what I bring back
    sentence: str = ""  # for somebody who finds it hard
    is_of_both: bool = False  # somebody who did not plan it changed its words
    made_at: datetime


def said(rhythm: Rhythm) -> tuple[str, ...]:
    """Return what a rhythm says, without who wrote it and when."""
    return (rhythm.kind, rhythm.title, rhythm.purpose, rhythm.back, rhythm.brings, rhythm.sentence)


class Marks(Shape, frozen=True, kw_only=True):
    """What somebody marked of their own part in a rhythm, by the time it was planned for. Nobody else reads it."""

    rhythm: UUID
    marks: dict[str, str] = {}


class Plan(Shape, frozen=True, kw_only=True):
    """A rhythm as it is taken along, with when it comes round and what one chose about it for oneself."""

    rhythm: Rhythm
    first: str  # on the wall of its zone; "" for what comes whenever it comes
    zone: str
    minutes: int
    rrule: str
    ended_at: datetime | None = None
    changes: dict[str, str] = {}  # from when one was planned to where it was moved; "" for one that was left out
    is_muted: bool = False
    feed_says: str = ""


class CheckIn(Shape, frozen=True, kw_only=True):
    """A check-in that has begun, each on their own screen; by whom it was begun is kept nowhere."""

    rhythm: UUID
    began_at: datetime
    until: datetime


class Act(Shape, frozen=True, kw_only=True):
    """One line given in a check-in, going on to the next part, or enough for today."""

    by: UUID
    does: str  # one of rules.DOES
    part: str  # one of rules.PARTS
    words: str = ""
    at: datetime
