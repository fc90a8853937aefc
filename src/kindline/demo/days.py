"""When the demo's moments lie, told back from the day it is made. Pure.

A story's `at` is one of: "3 Tue 19:10" (weeks ago, counted in whole weeks, weekday, clock), "5 days 20:20" (days ago,
clock), "last 08:10" (when a clock last showed that), "over-a-day 19:30" (when it last did at least a day ago).
What lies ahead is told as "in 3 days 19:30" or, where only the day counts, "in 12 days".
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# So that what was written down within five minutes was written a day ago, and Today asks to look again.
A_DAY = timedelta(hours=24, minutes=5)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Calendar:
    """Places what a story tells on the days before one moment, on its person's own clock."""

    def __init__(self, now: datetime, zone: ZoneInfo) -> None:
        self.now = now
        self.zone = zone

    def at(self, told: str) -> datetime:
        """Return the moment that was told, in UTC; raise ValueError for one that can't be read or lies ahead."""
        moment = self._read(told.split())
        if moment is None:
            raise ValueError(told)
        if moment > self.now:
            raise ValueError(f"{told} is still to come")
        return moment

    def ahead(self, told: str) -> datetime:
        """Return a moment that lies ahead, in UTC; raise ValueError for one that can't be read."""
        match told.split():
            case ["in", days, "days", clock]:
                return self._on(-int(days), clock)
        raise ValueError(told)

    def day_ahead(self, told: str) -> date:
        """Return a day that lies ahead; raise ValueError for one that can't be read."""
        return self.ahead(f"{told} 12:00").astimezone(self.zone).date()

    def _read(self, words: list[str]) -> datetime | None:
        match words:
            case ["last", clock]:
                return self._latest(clock, self.now)
            case ["over-a-day", clock]:
                return self._latest(clock, self.now - A_DAY)
            case [days, "days", clock]:
                return self._on(int(days), clock)
            case [weeks, day, clock] if day in DAYS:
                since_monday = self.now.astimezone(self.zone).weekday()
                return self._on(since_monday + 7 * int(weeks) - DAYS.index(day), clock)
        return None

    def _latest(self, clock: str, moment: datetime) -> datetime:
        return max(at for days in range(4) if (at := self._on(days, clock)) <= moment)

    def _on(self, days_ago: int, clock: str) -> datetime:
        day = self.now.astimezone(self.zone).date() - timedelta(days=days_ago)
        return datetime.combine(day, time.fromisoformat(clock), tzinfo=self.zone).astimezone(UTC)
