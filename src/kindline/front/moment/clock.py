"""Clock times of a return: said to the minute on a mark of five, read back from an address. Pure."""

from datetime import datetime, time, timedelta

from kindline.ours.pauses.queries import MINUTES, USUAL, Told

STILL_AHEAD = timedelta(hours=12)  # a promised clock time farther off has passed, and is not tomorrow's


def counted_from(now: datetime, promised: time | None) -> datetime:
    """Return from when a longer time counts: from a promised return while it is ahead, otherwise from now."""
    if promised is None:
        return now
    ahead = datetime.combine(now.date(), promised, tzinfo=now.tzinfo)
    if ahead <= now:
        ahead += timedelta(days=1)
    return ahead if ahead - now <= STILL_AHEAD else now


def between(began: time, back: time, now: datetime) -> Told:
    """Return the pause that ends now, from its two clock times: each on this side of midnight or the other."""
    started = datetime.combine(now.date(), began, tzinfo=now.tzinfo)
    if started > now:
        started -= timedelta(days=1)
    return_at = datetime.combine(started.date(), back, tzinfo=now.tzinfo)
    if return_at <= started:
        return_at += timedelta(days=1)
    return Told(started, return_at, ended_at=now)


def read_clock(text: str) -> time | None:
    """Return the clock time written as 21:15, or None when it is none."""
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - a clock on a wall has no zone
    except ValueError:
        return None


def read_minutes(text: str) -> int:
    """Return one of the minutes that are offered, the usual ones for anything else."""
    return int(text) if text in {str(minutes) for minutes in MINUTES} else USUAL
