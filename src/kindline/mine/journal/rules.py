"""What a journal knows: the words one may choose, and when something is worth another look. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeVar

FRICTION, GOOD = "friction", "good"
NOTE = "note"  # neither: what was brought along from another journal
KINDS = (FRICTION, GOOD, NOTE)

STRONGEST = 3

HARD = ("hurt", "alone", "angry", "sad", "afraid", "ashamed", "tired", "overwhelmed", "numb")
WARM = ("glad", "calm", "grateful", "close", "safe", "seen", "proud", "hopeful", "playful")
FEELINGS = (*HARD, *WARM)

DID = ("closer", "protest", "quiet", "freeze", "present")

LOOK_AGAIN_FROM = timedelta(hours=24)
LOOK_AGAIN_UNTIL = timedelta(hours=48)
STILL_FRESH = timedelta(hours=12)  # after a friction Today asks for nothing good
NOON = time(12)  # where an entry stands of which the day alone is known
REREAD_AFTER = timedelta(days=7)  # before the day that it is reread on

T = TypeVar("T")


def loudest(feelings: Mapping[str, int]) -> int:
    """Return how loud the strongest feeling is, 1 to 3, or 0 when none was marked."""
    return max(feelings.values(), default=0)


def is_at_the_strongest(kind: str, feelings: Mapping[str, int]) -> bool:
    """Say whether a friction was felt as strongly as can be marked: a minute of breathing comes first then."""
    return kind == FRICTION and loudest(feelings) >= STRONGEST


def is_fresh(*, kind: str, written_at: datetime, now: datetime) -> bool:
    """Say whether somebody wrote down a friction so lately that being asked for something good would jar."""
    return kind == FRICTION and now - written_at < STILL_FRESH


def is_time_to_look_again(*, kind: str, written_at: datetime, looked: bool, now: datetime) -> bool:
    """Say whether Today offers another look: a day after a friction was written, for one day, if there was none yet."""
    return kind == FRICTION and not looked and LOOK_AGAIN_FROM <= now - written_at < LOOK_AGAIN_UNTIL


def first_words(text: str, most: int = 120) -> str:
    """Return the beginning of a text on one line, at most `most` characters, cut between words where there are any."""
    text = text.lstrip()
    line = " ".join(text[: most * 3].split())
    if len(line) <= most and len(text) <= most * 3:
        return line
    cut = line[: most - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def is_to_reread(kind: str, need: str) -> bool:
    """Say whether an entry is one to come back to: a good moment, or a friction whose need was found."""
    return kind == GOOD or bool(need)


def of_the_day(things: Sequence[T], day: date) -> T | None:
    """Return one thing for a day: the same all day, each in its turn."""
    return things[day.toordinal() % len(things)] if things else None
