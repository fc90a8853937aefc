"""When a reminder goes out, what goes out together, and when it is tried again."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from kindline.ground.clock.zones import local, moment, moments

BEFORE, DAILY = "before", "daily"
WAYS = (BEFORE, DAILY)
LEADS = (0, 15, 30, 60)  # minutes
LONGEST_LEAD = timedelta(minutes=LEADS[-1])
MARK = timedelta(minutes=5)
LONGEST_SLEEP = timedelta(days=7)  # of the worker; what passed before that is not told any more
BACK_OFF = tuple(timedelta(minutes=one) for one in (1, 5, 15, 60, 240, 720, 1440))
MOST_TRIES = len(BACK_OFF) + 1
A_DAY = timedelta(days=1)
MOST_DEVICES = 10
MOST_ASKED = 5  # mails that ask for a confirmation, a day and person
_A_HAIR = timedelta(microseconds=1)


class Due(NamedTuple):
    """Something that begins: whom it concerns, when, and a key that is the same each time somebody asks."""

    person: UUID  # the account
    at: datetime  # UTC
    kind: str
    key: str  # another one for another time: what was moved is told again


class Between(Protocol):
    """What begins from the first moment on, before the second: for everybody, or for some people only."""

    def __call__(self, start: datetime, end: datetime, people: Collection[UUID] | None = None, /) -> Iterable[Due]:
        """Say it, as often as somebody asks."""
        ...


class Habits(NamedTuple):
    """How somebody wants to be reminded."""

    zone: ZoneInfo
    way: str = BEFORE
    minutes: int = 30
    daily: time = time(9)
    quiet_from: time = time(22)
    quiet_until: time = time(7)


class Window(NamedTuple):
    """What a round of the worker looks at: what begins from the first moment on, before the second."""

    start: datetime
    end: datetime


def mark_of(now: datetime) -> datetime:
    """Return the last mark of five minutes."""
    return now - timedelta(minutes=now.minute % 5, seconds=now.second, microseconds=now.microsecond)


def since(last: datetime, now: datetime) -> datetime:
    """Return from where a round goes on: where the last one ended, a week back at most.

    A clock that was ahead and is right again must not keep the worker waiting.
    """
    return min(max(last, now - LONGEST_SLEEP), now)


def window(last: datetime, now: datetime) -> Window:
    """Return what may be told before it begins: all that begins after the last round and up to an hour from the next.

    Somebody may plan, move, or ask to be told earlier within that hour; then it is told late, but told.
    """
    return Window(last + _A_HAIR, now + LONGEST_LEAD + MARK)


def told_at(due: Due, habits: Habits, now: datetime) -> datetime | None:
    """Return the minute in which somebody is told of something that begins, when it comes before the next round.

    A round lays ready what is to be told until the next one, so that it is told in its own minute.
    """
    at = due.at - timedelta(minutes=habits.minutes)
    return max(at, now) if habits.way == BEFORE and at < now + MARK else None


def name_of(due: Due) -> str:
    """Return what a notice of one thing is called in its key."""
    return f"{due.kind} {due.key}"


def name_of_day(end: datetime) -> str:
    """Return what a notice of a whole day is called in its key, by when that day ends."""
    return f"day {end.astimezone(UTC).isoformat()}"


def beginning(due: Due) -> Window:
    """Return the window in which one thing begins, and nothing else that has another time."""
    return Window(due.at, due.at + _A_HAIR)


def day_ahead(last: datetime, now: datetime, habits: Habits) -> Window | None:
    """Return the day that is told at somebody's own hour, when that hour came since the last round; else None.

    If several came, because the worker slept, the days are told together.
    """
    if habits.way != DAILY:
        return None
    day = local(now, habits.zone).date()
    if _at(day, habits.daily, habits.zone) > now:
        day -= A_DAY
    first = _at(day, habits.daily, habits.zone)
    if first <= last:
        return None
    end, earlier = _at(day + A_DAY, habits.daily, habits.zone), day - A_DAY
    while (before := _at(earlier, habits.daily, habits.zone)) > last:
        first, earlier = before, earlier - A_DAY
    return Window(first, end)


def is_quiet(at: time, habits: Habits) -> bool:
    """Say whether a clock time lies in somebody's quiet hours."""
    begins, ends = habits.quiet_from, habits.quiet_until
    if begins <= ends:
        return begins <= at < ends
    return at >= begins or at < ends


def out_of_quiet(at: datetime, habits: Habits) -> datetime:
    """Return a moment as it is, or the end of the quiet hours it lies in. Nothing is dropped."""
    wall = local(at, habits.zone)
    if not is_quiet(wall.time(), habits):
        return at
    day = wall.date() if wall.time() < habits.quiet_until else wall.date() + A_DAY
    ends = moments(datetime.combine(day, habits.quiet_until), habits.zone)
    return next((end for end in ends if end > at), at)


def next_try(now: datetime, tries: int, asked: timedelta, habits: Habits) -> datetime | None:
    """Return when to try again after so many tries in vain, or None when that was the last one.

    `asked` is how long the other side asked to be left alone; more than a day is not heard.
    """
    if tries >= MOST_TRIES:
        return None
    wait = max(BACK_OFF[tries - 1], min(asked, A_DAY))
    return out_of_quiet(now + wait, habits)


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return moment(datetime.combine(day, clock), zone)
