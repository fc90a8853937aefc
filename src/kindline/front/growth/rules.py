"""What may be said of some weeks, and when it is too little to say anything. Facts in, answer out. Pure.

Each threshold has its reason beside it. What stands here holds for one person's own course; nobody is compared.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import sqrt
from statistics import fmean, median, quantiles
from typing import NamedTuple, TypeVar

RANGES = ("4-weeks", "3-months", "year", "all")
WEEK, MONTH, QUARTER, YEAR = "week", "month", "quarter", "year"
_MONTHS = {MONTH: 1, QUARTER: 3, YEAR: 12}
_WEEKS = {"4-weeks": 4, "3-months": 13}
# More stretches than these and the dots of a plot touch on a phone.
MONTHS_DRAWN = 24
QUARTERS_DRAWN = 20

# Two points always make a line, so a plot over time needs a third.
LEAST_DRAWN = 3
# What is usual is the middle half; of fewer than these, all of them.
LEAST_FOR_USUAL = 4
# With fewer on either side of the middle, the test below can hardly tell, and what it finds is mostly chance.
LEAST_A_HALF = 6
# Half a step: less than that nobody would notice from one evening to another, however often it was marked.
CLEAR = 0.5
# Standard deviations of what chance would do. Shuffled levels are then called a change in fewer than one course of
# twenty, however long it is; for short ones the usual 1.96 would say it too often.
SURE = 2.17

# A practice tried once or twice tells more of the evening than of the practice.
LEAST_TRIED = 3
LEAST_TO_NAME = 5
PRACTICES_DRAWN = 5

# Four weekly checks: one bad week must not open this.
LEAST_CHECKS = 4
HARDLY = 1

T = TypeVar("T")


class Span(NamedTuple):
    """A stretch of days: the first one, and the first one after it."""

    start: date
    end: date


class Reach(NamedTuple):
    """What was usual in one stretch: from and to, the one in the middle, and how many there were."""

    low: float
    middle: float
    high: float
    times: int


class Tried(NamedTuple):
    """One moment with a practice: its name and how stirred up somebody was before and after."""

    name: str
    before: int
    after: int


class Settled(NamedTuple):
    """A practice over all its moments: how often, and the mean before and after."""

    name: str
    times: int
    before: float
    after: float

    @property
    def drop(self) -> float:
        """Return by how many steps it went down on average."""
        return self.before - self.after


def spans(chosen: str, today: date, first: date) -> tuple[str, list[Span]]:
    """Return the unit that a range is drawn in and its stretches, the last holding today; "all" begins at `first`."""
    if chosen in _WEEKS:
        monday = today - timedelta(days=today.weekday())
        starts = [monday - timedelta(weeks=back) for back in range(_WEEKS[chosen], -1, -1)]
        return WEEK, [Span(start, start + timedelta(weeks=1)) for start in starts]
    months = 12 if chosen == "year" else max(0, _number(today) - _number(first)) + 1
    unit = MONTH if months <= MONTHS_DRAWN else QUARTER if months <= QUARTERS_DRAWN * 3 else YEAR
    step = _MONTHS[unit]
    last = _number(today) // step * step
    earliest = last - 11 if chosen == "year" else _number(first) // step * step
    return unit, [Span(_start(at), _start(at + step)) for at in range(min(earliest, last), last + 1, step)]


def sorted_into(stretches: Sequence[Span], dated: Iterable[tuple[date, T]]) -> list[list[T]]:
    """Return what happened in each stretch; what lies outside all of them is left out."""
    starts, end = [span.start for span in stretches], stretches[-1].end
    found: list[list[T]] = [[] for _ in stretches]
    for day, thing in dated:
        at = bisect_right(starts, day) - 1
        if at >= 0 and day < end:
            found[at].append(thing)
    return found


def reaches(levels: Iterable[Sequence[float]]) -> list[Reach | None]:
    """Return what was usual in each stretch, or None where there was nothing: a gap stays a gap."""
    return [_reach(one) if one else None for one in levels]


def _reach(levels: Sequence[float]) -> Reach:
    low, high = min(levels), max(levels)
    if len(levels) >= LEAST_FOR_USUAL:
        low, _middle, high = quantiles(levels, n=4, method="inclusive")
    return Reach(low, median(levels), high, len(levels))


def can_draw(course: Sequence[Reach | None]) -> bool:
    """Say whether there is enough for a plot over time: three marks, and not all of them in one stretch."""
    drawn = [reach for reach in course if reach]
    return len(drawn) > 1 and sum(reach.times for reach in drawn) >= LEAST_DRAWN


def change(levels: Sequence[float]) -> str:
    """Say whether the later half of a course is "up" or "down" from the earlier, "same", or "" when it is too short.

    Said only when both hold: the halves lie half a step apart, and by rank (Mann and Whitney's test, ties corrected)
    that would seldom come of chance. "same" means that no clear change shows, not that there was none.
    """
    half = len(levels) // 2
    if half < LEAST_A_HALF:
        return ""
    earlier, later = levels[:half], levels[-half:]
    difference = fmean(later) - fmean(earlier)
    if abs(difference) < CLEAR or abs(_ranked_apart(earlier, later)) < SURE:
        return "same"
    return "up" if difference > 0 else "down"


def _ranked_apart(earlier: Sequence[float], later: Sequence[float]) -> float:
    """Return how far apart two groups lie by rank, in standard deviations of what chance would do."""
    both = [*earlier, *later]
    one, other, total = len(earlier), len(later), len(both)
    won = sum((after > before) + (after == before) / 2 for before in earlier for after in later)
    ties = sum(both.count(level) ** 3 - both.count(level) for level in set(both))
    spread = one * other / 12 * (total + 1 - ties / (total * (total - 1)))
    return (won - one * other / 2) / sqrt(spread) if spread > 0 else 0.0


def settled(tried: Iterable[Tried]) -> list[Settled]:
    """Return the practices that were tried often enough to be drawn, what was reached for most first."""
    by_name: dict[str, list[Tried]] = {}
    for one in tried:
        by_name.setdefault(one.name, []).append(one)
    found = [
        Settled(name, len(times), fmean(one.before for one in times), fmean(one.after for one in times))
        for name, times in by_name.items()
        if len(times) >= LEAST_TRIED
    ]
    return sorted(found, key=lambda one: (-one.times, -one.drop, one.name))[:PRACTICES_DRAWN]


def settles_most(practices: Sequence[Settled]) -> str:
    """Return the practice that clearly goes deepest, or "": half a step beyond another, both tried five times."""
    often = sorted((one for one in practices if one.times >= LEAST_TO_NAME), key=lambda one: -one.drop)
    match often:
        case [deepest, next_one, *_] if deepest.drop >= next_one.drop + CLEAR:
            return deepest.name
    return ""


def reached_for_most(practices: Sequence[Settled]) -> str:
    """Return the practice turned to most often, or "": five times at least, and half as often again as the next."""
    if not practices or practices[0].times < LEAST_TO_NAME:
        return ""
    next_best = practices[1].times if len(practices) > 1 else 0
    return practices[0].name if practices[0].times * 2 >= next_best * 3 else ""


def least_met(checks: Sequence[dict[str, int]]) -> str:
    """Return the need clearly met the least, or "": told of in four checks, and half a step below all others."""
    told: dict[str, list[int]] = {}
    for check in checks:
        for need, level in check.items():
            told.setdefault(need, []).append(level)
    means = sorted((fmean(levels), need) for need, levels in told.items() if len(levels) >= LEAST_CHECKS)
    match means:
        case [(least, need), (next_one, _), *_] if next_one - least >= CLEAR:
            return need
    return ""


def no_is_hard(free: Sequence[int]) -> bool:
    """Say whether saying no has lately been hardly possible: in most of the last four checks that told of it."""
    last = free[-LEAST_CHECKS:]
    return len(last) == LEAST_CHECKS and sum(level <= HARDLY for level in last) > LEAST_CHECKS / 2


def dot_stands_for(most: int, room: int) -> int:
    """Return how many things one dot stands for, so that the highest of all stacks has room: one wherever it can."""
    return max(1, -(-most // room))


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _start(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
