"""`kindline doctor`: how everything stands, a line each. It reads only."""

from collections import Counter
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection

from kindline.operating.checks import database, outside, place, reminders
from kindline.operating.checks.finding import Finding

WIDEST = 12  # characters of the longest state


def examine(now: datetime) -> list[Finding]:
    """Run every check, the most basic first."""
    folder, keeps_database = settings.DATA, connection.vendor == "sqlite"
    if place.shut(folder):
        return list(place.findings(folder, now, keeps_database=keeps_database))
    return [
        *place.findings(folder, now, keeps_database=keeps_database),
        *(database.findings(folder) if folder.is_dir() or not keeps_database else ()),
        *_of_reminders(now),
        *outside.findings(folder, now),
    ]


def _of_reminders(now: datetime) -> list[Finding]:
    try:
        return list(reminders.findings(now))
    except DatabaseError:  # what is wrong with it was said above
        return []


def told(found: list[Finding]) -> list[str]:
    """Return the findings as lines for a person."""
    return [f"{one.state:{WIDEST}}  {one.about}: {one.says}" for one in found]


def summary(found: list[Finding]) -> str:
    """Return the last line: how many need somebody."""
    count = Counter(one.state for one in found)
    if not count["broken"] and not count["look at this"]:
        return "All is well."
    return f"Broken: {count['broken']}. To look at: {count['look at this']}. The rest is good."


def is_well(found: list[Finding]) -> bool:
    """Say whether nothing is broken."""
    return all(one.state != "broken" for one in found)
