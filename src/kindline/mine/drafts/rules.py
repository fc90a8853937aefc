"""When to say something and when to let a night pass; where a draft stands. Facts in, answer out."""

from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

KINDS = ("boundary", "thanks", "sorry")
WORDINGS = ("touchstone", "warm", "firm", "message")
FIRST_LINES = ("need", "limit", "ask", "give")
FURTHER_PARTS = (
    *("situation", "feeling", "fear", "your_side", "landed_as"),
    *("origin", "soothe", "firm", "flexes", "look_again"),
)
PARTS = FIRST_LINES + FURTHER_PARTS

ANSWERS = ("agrees", "hurt", "pushes-back", "quiet")  # imagined, in a rehearsal
OUTCOMES = ("agreed", "hurt", "pushed-back", "quiet", "not-said")  # what came of it

EVENING = time(22)
MORNING = time(7)
NOON = time(12)
STILL_FRESH = timedelta(hours=1)
ASK_AFTER = timedelta(days=2)

Reason = Literal["", "night", "fresh"]
State = Literal["writing", "morning", "going", "said", "touchstone"]


def is_night(now: datetime, zone: ZoneInfo) -> bool:
    """Say whether it is between 22:00 and 7:00 where the person is."""
    clock = now.astimezone(zone).time()
    return clock >= EVENING or clock < MORNING


def is_early(now: datetime, zone: ZoneInfo) -> bool:
    """Say whether it is morning on the person's own clock."""
    return MORNING <= now.astimezone(zone).time() < NOON


def reason_to_wait(now: datetime, zone: ZoneInfo, *, friction_since: bool) -> Reason:
    """Return why keeping it until morning comes first now: it is night, or a friction was written within the hour."""
    if is_night(now, zone):
        return "night"
    return "fresh" if friction_since else ""


def next_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the next 7:00 on the person's own clock, in UTC; exactly at 7:00 it is the next day's."""
    local = now.astimezone(zone)
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    morning = datetime.combine(day, MORNING, tzinfo=zone).astimezone(ZoneInfo("UTC"))
    if morning > now:
        return morning
    # Where a clock change repeats or skips seven o'clock, the first one may lie behind us already.
    return datetime.combine(day + timedelta(days=1), MORNING, tzinfo=zone).astimezone(ZoneInfo("UTC"))


def days_until(moment: datetime, now: datetime, zone: ZoneInfo) -> int:
    """Return how many midnights of a person's own clock lie before a moment: 0 is today, 1 tomorrow."""
    return (moment.astimezone(zone).date() - now.astimezone(zone).date()).days


def morning_came(kept_until: datetime | None, now: datetime) -> bool:
    """Say whether a draft kept until morning waits to be looked at."""
    return kept_until is not None and kept_until <= now


def asks_how_it_went(taken_at: datetime | None, outcome: str, now: datetime) -> bool:
    """Say whether to ask "Did you say it?": two days after it was taken along, until it was answered."""
    return taken_at is not None and not outcome and now - taken_at >= ASK_AFTER


def state_of(
    *, kept_until: datetime | None, taken_at: datetime | None, outcome: str, touchstone_at: datetime | None
) -> State:
    """Return where a draft stands. What was not said, and that is fine, is being written again."""
    if touchstone_at is not None:
        return "touchstone"
    if kept_until is not None:
        return "morning"
    if taken_at is not None:
        if outcome:
            return "writing" if outcome == "not-said" else "said"
        return "going"
    return "writing"
