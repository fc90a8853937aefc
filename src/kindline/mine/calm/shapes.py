"""What lies inside this room's sealed documents."""

from datetime import datetime
from uuid import UUID

from kindline.ground.vault.contents import Line
from kindline.ground.vault.sealing import Shape


class Practice(Shape, frozen=True, kw_only=True):
    """Something of one's own that calms. `minutes` is 0 when it takes as long as it takes."""

    name: str
    added_at: datetime
    how: str = ""
    minutes: int = 0


class Arrangement(Shape, frozen=True, kw_only=True):
    """Which practices come first: names of built-in ones, ids of one's own. There is one for each person."""

    order: tuple[str, ...] = ()


class Moment(Shape, frozen=True, kw_only=True):
    """One moment: what was done and how stirred up one was, 1 (calm) to 5, before and after; 0 when it was not said.

    `practice` is a built-in one's name, the id of one's own, or "" for only the time away; `named` is what one's own
    was called, so that it still has a name when it is gone.
    """

    at: datetime
    practice: str = ""
    named: str = ""
    minutes: int = 0
    before: int = 0
    after: int = 0


class MomentLine(Line, frozen=True, array_like=True):
    """A moment in the table of contents: everything there is to it."""

    at: datetime
    practice: str = ""
    before: int = 0
    after: int = 0
    minutes: int = 0
    named: str = ""


def outline(moment_id: UUID, version: int, moment: Moment) -> MomentLine:
    """Return a moment's line for the table of contents."""
    return MomentLine(
        id=moment_id,
        version=version,
        at=moment.at,
        practice=moment.practice,
        before=moment.before,
        after=moment.after,
        minutes=moment.minutes,
        named=moment.named,
    )
