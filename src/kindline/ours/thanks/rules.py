"""When a line can be given, how long it is new, until when it can be taken back. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from kindline.ours.thanks.shapes import Line

THANKS, MOMENT = "thanks", "moment"

LONGEST = 240  # characters: one line
NEW_FOR = timedelta(hours=24)  # on the other's Today, and as long its giver can take it back


def has_room(lines_of_mine: Iterable[Line], kind: str, day: date) -> bool:
    """Say whether a day still has room for a line: for one of each kind, so that a jar never becomes a chat.

    What was taken back counts: lines that come and vanish would be one.
    """
    return not any((line.kind, line.day) == (kind, day) for line in lines_of_mine)


def is_new(line: Line, now: datetime) -> bool:
    """Say whether a line was given within the last day."""
    return line.at <= now < line.at + NEW_FOR


def as_one_line(text: str) -> str:
    """Return words without line breaks and without space around them."""
    return " ".join(text.split())
