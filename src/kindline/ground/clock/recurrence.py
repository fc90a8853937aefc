"""How something comes round again: every so many days, weeks, months or years, as a small part of RFC 5545's RRULE.

Small on purpose: at most once a day, never without any day at all, and no part that needs more than a few steps to the
next one. What doesn't fit is refused with one of the reasons below. Times are naive wall times; `zones` knows moments.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, get_args

from dateutil import rrule

Every = Literal["day", "week", "month", "year"]
WIDEST: Mapping[Every, int] = {"day": 366, "week": 52, "month": 12, "year": 10}  # the longest way from one to the next
MOST = 1000  # times
LAST = -1  # the last such weekday of a month; a fifth one is not in every month
NTH = (1, 2, 3, 4, LAST)
LONGEST_TEXT = 200  # characters
HORIZON = datetime(2200, 1, 1)  # nothing is looked for beyond it

NOT_A_RULE, NOT_KNOWN, TOO_OFTEN, TOO_FAR, TOO_MANY, NO_SUCH_DAY, TWO_ENDS = (
    "not-a-rule",  # nothing that RFC 5545 would read
    "not-known",  # a part of it that no rhythm needs
    "too-often",  # more than once a day
    "too-far",  # too long from one to the next
    "too-many",  # times
    "no-such-day",
    "two-ends",  # a last day and a number of times
)

FREQUENCIES: Mapping[str, Every] = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
NAMES = {every: name for name, every in FREQUENCIES.items()}
STEPS: Mapping[Every, Literal[0, 1, 2, 3]] = {
    "day": rrule.DAILY,
    "week": rrule.WEEKLY,
    "month": rrule.MONTHLY,
    "year": rrule.YEARLY,
}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEK = 7
A_DAY = re.compile(rf"(?P<nth>[+-]?[0-9]{{1,2}})?(?P<day>{'|'.join(DAYS)})")


class Unfit(Exception):  # noqa: N818 - what is the case
    """A rule that is not one of ours; carries one of the reasons above."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule. With weeks: on these weekdays, or the first one's. With months: on the nth weekday, or the first's date.

    Weekdays count from Monday, 0. A date that a month doesn't have is left out: the 31st comes seven times a year.
    """

    every: Every
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    until: date | None = None  # the last day on the wall that may have one
    count: int | None = None

    def __post_init__(self) -> None:
        """Raise Unfit for a rule that never ends, never begins or says two things at once."""
        if self.every not in get_args(Every):
            raise Unfit(NOT_KNOWN)
        if self.interval < 1:
            raise Unfit(NOT_A_RULE)
        if self.interval > WIDEST[self.every]:
            raise Unfit(TOO_FAR)
        if self.count is not None and not 1 <= self.count <= MOST:
            raise Unfit(TOO_MANY)
        if self.count is not None and self.until is not None:
            raise Unfit(TWO_ENDS)
        if list(self.weekdays) != sorted(set(self.weekdays)) or not set(self.weekdays) <= set(range(WEEK)):
            raise Unfit(NO_SUCH_DAY)
        is_nth = self.every == "month" and len(self.weekdays) == 1 and self.nth in NTH
        is_plain = self.nth is None and (not self.weekdays or self.every == "week")
        if not (is_nth or is_plain):
            raise Unfit(NO_SUCH_DAY)

    def rrule(self) -> str:
        """Return the rule as RFC 5545 writes it; a last day stays a day, as no zone is known here."""
        parts = [f"FREQ={NAMES[self.every]}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.weekdays:
            parts.append("BYDAY=" + ",".join(f"{self.nth or ''}{DAYS[day]}" for day in self.weekdays))
        if self.until is not None:
            parts.append("UNTIL=" + self.until.isoformat().replace("-", ""))
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        return ";".join(parts)


def parse(text: str) -> Recurrence:
    """Return the recurrence an RRULE speaks of; raise Unfit for any other text, whatever it holds."""
    if len(text) > LONGEST_TEXT or not text.isascii():
        raise Unfit(NOT_A_RULE)
    parts = [part.partition("=")[::2] for part in text.upper().removeprefix("RRULE:").split(";")]
    said = dict(parts)
    if len(said) != len(parts) or "FREQ" not in said or not all(said.values()):
        raise Unfit(NOT_A_RULE)
    if said["FREQ"] in {"HOURLY", "MINUTELY", "SECONDLY"}:
        raise Unfit(TOO_OFTEN)
    # Weeks begin on Mondays here; another beginning would only be another rule for every second week.
    if set(said) - {"FREQ", "INTERVAL", "BYDAY", "UNTIL", "COUNT", "WKST"} or said.get("WKST", "MO") != "MO":
        raise Unfit(NOT_KNOWN)
    if said["FREQ"] not in FREQUENCIES:
        raise Unfit(NOT_A_RULE)
    weekdays, nth = _days(said.get("BYDAY", ""))
    return Recurrence(
        FREQUENCIES[said["FREQ"]],
        interval=_number(said.get("INTERVAL", "1")),
        weekdays=weekdays,
        nth=nth,
        until=_day(said["UNTIL"]) if "UNTIL" in said else None,
        count=_number(said["COUNT"]) if "COUNT" in said else None,
    )


def _number(text: str) -> int:
    if not text.isdecimal():
        raise Unfit(NOT_A_RULE)
    return int(text)


def _days(text: str) -> tuple[tuple[int, ...], int | None]:
    found = [A_DAY.fullmatch(one) for one in text.split(",") if one]
    if not all(found):
        raise Unfit(NOT_A_RULE)
    said = [(DAYS.index(one["day"]), int(one["nth"] or 0)) for one in found if one]
    nth = {which for _, which in said}
    if len(nth) > 1:
        raise Unfit(NOT_KNOWN)
    is_nth = any(one["nth"] for one in found if one)
    return tuple(sorted({day for day, _ in said})), nth.pop() if is_nth else None


def _day(text: str) -> date:
    if text.endswith("Z"):  # a moment: another day elsewhere, and no zone is known here
        raise Unfit(NOT_KNOWN)
    try:
        return datetime.strptime(text.partition("T")[0], "%Y%m%d").date()
    except ValueError:
        raise Unfit(NOT_A_RULE) from None


# Expansion.


def starts(recurrence: Recurrence, first: datetime, early: datetime, late: datetime) -> Iterator[datetime]:
    """Yield the wall times of a rule that begins at `first`, from early to late, both included.

    However long ago a rule began, it is taken up near `early`; one with a number of times is counted from its first.
    """
    early, late = max(early, first), min(late, HORIZON)
    if recurrence.until is not None:
        late = min(late, datetime.combine(recurrence.until, time.max))
    if early > late:
        return
    by_day = recurrence.every == "week" or recurrence.nth is not None
    rule = rrule.rrule(
        STEPS[recurrence.every],
        dtstart=first if recurrence.count is not None else _taken_up(recurrence, first, early),
        interval=recurrence.interval,
        wkst=rrule.MO,
        until=late,
        byweekday=_weekdays(recurrence, first) if by_day else None,
        bymonthday=first.day if recurrence.every in {"month", "year"} and not by_day else None,
        bymonth=first.month if recurrence.every == "year" else None,
    )
    told = 0
    for at in rule:
        if at < first:
            continue
        told += 1
        if recurrence.count is not None and told > recurrence.count:
            return
        if at >= early:
            yield at


def first_of(recurrence: Recurrence, first: datetime, early: datetime | None = None) -> datetime | None:
    """Return the first wall time of a rule that begins at `first`, or its first from early on; None when it is over."""
    return next(starts(recurrence, first, early or first, HORIZON), None)


def _weekdays(recurrence: Recurrence, first: datetime) -> list[rrule.weekday]:
    days = recurrence.weekdays or (first.weekday(),)
    return [rrule.weekday(day, recurrence.nth) for day in days]


def _taken_up(recurrence: Recurrence, first: datetime, early: datetime) -> datetime:
    """Return where the last step of a rule begins that is not after `early`."""
    match recurrence.every:
        case "day":
            return first + timedelta(_steps((early - first).days, recurrence.interval))
        case "week":
            monday = first - timedelta(first.weekday())
            return monday + timedelta(weeks=_steps((early - monday).days // WEEK, recurrence.interval))
        case "month":
            months = (early.year - first.year) * 12 + early.month - first.month
            years, month = divmod(first.month - 1 + _steps(months, recurrence.interval), 12)
            return first.replace(year=first.year + years, month=month + 1, day=1)
        case "year":
            return first.replace(year=first.year + _steps(early.year - first.year, recurrence.interval), day=1, month=1)


def _steps(passed: int, interval: int) -> int:
    return passed // interval * interval
