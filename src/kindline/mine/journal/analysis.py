"""What shows in many frictions: how loud they felt, what came up, when in the day. Pure; careful with few."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from kindline.mine.journal.rules import loudest

RANGES = ("4-weeks", "3-months", "year", "all")
LAST = 9  # frictions that "came up in … of the last …" counts in
LEAST = 3  # frictions before anything is said
LEAST_A_HALF = 4  # frictions on either side before a change is spoken of
CLEAR = 0.5  # of the three steps of loudness
LEAST_FOR_A_TIME = 5
LEAST_MARKED = 5  # frictions with a feeling, before one time is held beside another
CLEAR_SHARE = 0.4
MONTHS_DRAWN = 24
QUARTERS_DRAWN = 40

WEEK, MONTH, QUARTER, YEAR = "week", "month", "quarter", "year"
_MONTHS = {MONTH: 1, QUARTER: 3, YEAR: 12}
_PARTS = ((5, "night"), (12, "morning"), (18, "afternoon"), (22, "evening"), (24, "night"))


class Felt(NamedTuple):
    """One friction as it counts here; the moment in its person's own time."""

    at: datetime
    feelings: Mapping[str, int]
    did: Sequence[str] = ()
    need: str = ""


class Span(NamedTuple):
    """A stretch of days: the first one, and the first one after it."""

    start: date
    end: date


def spans(chosen: str, today: date, first: date) -> tuple[str, list[Span]]:
    """Return the unit that a range is drawn in and its stretches, the last one holding today."""
    if chosen in ("4-weeks", "3-months"):
        monday = today - timedelta(days=today.weekday())
        weeks = 4 if chosen == "4-weeks" else 13
        starts = [monday - timedelta(weeks=back) for back in range(weeks, -1, -1)]
        return WEEK, [Span(start, start + timedelta(weeks=1)) for start in starts]
    months = 12 if chosen == "year" else _months_between(first, today) + 1
    unit = MONTH if months <= MONTHS_DRAWN else QUARTER if months <= QUARTERS_DRAWN * 3 else YEAR
    step = _MONTHS[unit]
    last = _month_number(today) // step * step
    earliest = last - 11 if chosen == "year" else _month_number(first) // step * step
    numbers = range(min(earliest, last), last + 1, step)
    return unit, [Span(_month_start(number), _month_start(number + step)) for number in numbers]


def within(frictions: Iterable[Felt], stretches: Sequence[Span]) -> list[Felt]:
    """Return the frictions that fall into any of the stretches."""
    return [one for one in frictions if stretches and stretches[0].start <= one.at.date() < stretches[-1].end]


def loudness(frictions: Iterable[Felt], stretches: Sequence[Span]) -> list[float | None]:
    """Return how loud the strongest feeling was on average in each stretch, 1 to 3, or None where none was marked."""
    levels: list[list[int]] = [[] for _ in stretches]
    for one in frictions:
        loud, day = loudest(one.feelings), one.at.date()
        at = next((at for at, span in enumerate(stretches) if span.start <= day < span.end), None)
        if loud and at is not None:
            levels[at].append(loud)
    return [round(sum(found) / len(found), 1) if found else None for found in levels]


def can_compare(frictions: Iterable[Felt]) -> bool:
    """Say whether enough frictions have a feeling marked to hold one time beside another."""
    return sum(bool(loudest(one.feelings)) for one in frictions) >= LEAST_MARKED


def change(frictions: Iterable[Felt]) -> str:
    """Say whether the later half felt "quieter" or "louder" than the earlier, "same", or "" when there are too few."""
    marked = [loudest(one.feelings) for one in sorted(frictions, key=lambda one: one.at) if one.feelings]
    half = len(marked) // 2
    if half < LEAST_A_HALF:
        return ""
    earlier, later = marked[:half], marked[-half:]
    difference = sum(later) / half - sum(earlier) / half
    if abs(difference) < CLEAR:
        return "same"
    return "louder" if difference > 0 else "quieter"


def came_up(named: Iterable[Iterable[str]], most: int = 4) -> list[tuple[str, int]]:
    """Return what came up in the most of these, with in how many, the most frequent first.

    Where two came up as often, the one that was stronger goes first, if strengths are given with the names.
    """
    counted: Counter[str] = Counter()
    strength: Counter[str] = Counter()
    for names in named:
        counted.update({name for name in names if name})
        if isinstance(names, Mapping):
            strength.update(names)
    return sorted(counted.items(), key=lambda found: (-found[1], -strength[found[0]], found[0]))[:most]


def time_of_day(frictions: Sequence[Felt]) -> str:
    """Return the part of the day that clearly stands out, or "" when none does or there are too few."""
    if len(frictions) < LEAST_FOR_A_TIME:
        return ""
    counted = Counter(next(part for until, part in _PARTS if one.at.hour < until) for one in frictions)
    (part, times), *others = counted.most_common(2)
    ties = bool(others) and others[0][1] == times
    return "" if ties or times < CLEAR_SHARE * len(frictions) else part


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month_start(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _months_between(first: date, last: date) -> int:
    return max(0, _month_number(last) - _month_number(first))
