"""A thing somebody wrote, as it is read on paper: what it is, when it was, and its parts with their names."""

from datetime import datetime
from typing import NamedTuple


class Readable(NamedTuple):
    """One thing in words, `timed` where more than its day is known.

    `parts` pairs a name ("" where none is needed) with a text; empty texts are left out.
    """

    what: str
    at: datetime | None
    parts: list[tuple[str, str]]
    timed: bool = True
