"""A pause: until when it may be, and what may happen next. Pure: facts and a moment in, an answer or a reason out.

Every moment is aware. Return times stand on marks of five minutes; what is too short, too long or too often is refused
with one of the reasons below, whatever the clocks do meanwhile.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from kindline.ground.clock import zones

MINUTES = (15, 20, 30, 60)  # offered; an own clock time may be up to a day away
USUAL = 20  # minutes; many people need that long before a body settles
MARK = timedelta(minutes=5)
SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(hours=24)  # from the start, however often a new time was given
MOST_RENEWED = 2
EARLY = 2 * MARK  # so much before the time is not "when I had said"
THIS_EVENING = timedelta(hours=4)

TOO_SHORT, TOO_LONG, NOT_LATER, TWICE, STRANGE = "too-short", "too-long", "not-later", "twice", "strange"
RUNS, ENDED = "runs", "ended"

# What somebody who is back would like next: of the other, who is free to want something else.
TALK, AGAIN, SET_ASIDE, DROP = "talk", "again", "set-aside", "drop"
WAYS = (TALK, AGAIN, SET_ASIDE, DROP)
BACK_SHOWS_FOR = timedelta(hours=3)
TOPIC_SHOWS_AFTER = timedelta(days=1)
TOLD_WITHIN = timedelta(days=30)  # of its start; what a device tells later than that helps nobody
TOPIC_AT_MOST = timedelta(days=60)
LONGEST_SENTENCE = 240  # characters
LONGEST_TOPIC = 120  # characters
TWINS = timedelta(hours=3)  # two moments with one clock time that are closer than this: the clocks were put back

State = Literal["away", "past", "back", "over"]
Welcome = Literal["then", "early", "short", ""]  # how the one who returns is greeted; "": without a word on the time


class Unfit(Exception):  # noqa: N818 - what is the case
    """A move that can't be made; carries one of the reasons above."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Away(NamedTuple):
    """One pause: the plain facts of it."""

    started_at: datetime
    return_at: datetime
    renewed: int = 0  # how often a new time was given
    ended_at: datetime | None = None
    told_in_time: bool = True  # False: the other heard of it only once it was over


def state(pause: Away, now: datetime) -> State:
    """Return where a pause stands. A day after its start it is over by itself, so that nobody waits in it for ever."""
    if pause.ended_at is not None:
        return "back"
    if now >= pause.started_at + LONGEST:
        return "over"
    return "past" if now >= pause.return_at else "away"


def is_running(pause: Away, now: datetime) -> bool:
    """Say whether somebody is away, past the time they said included."""
    return state(pause, now) in ("away", "past")


def begin(now: datetime, return_at: datetime) -> Away:
    """Return a pause that starts now; raise Unfit when it would be shorter than 15 minutes or longer than a day."""
    if return_at - now < SHORTEST:
        raise Unfit(TOO_SHORT)
    if return_at - now > LONGEST:
        raise Unfit(TOO_LONG)
    return Away(now, return_at)


def longer(pause: Away, now: datetime, return_at: datetime) -> Away:
    """Return a pause with a new return time: later than the last, twice at most, never past a day from the start."""
    if not is_running(pause, now):
        raise Unfit(ENDED)
    if pause.renewed >= MOST_RENEWED:
        raise Unfit(TWICE)
    if return_at <= max(pause.return_at, now):
        raise Unfit(NOT_LATER)
    if return_at > pause.started_at + LONGEST:
        raise Unfit(TOO_LONG)
    return pause._replace(return_at=return_at, renewed=pause.renewed + 1)


def may_be_longer(pause: Away, now: datetime) -> bool:
    """Say whether there is room for one more return time."""
    earliest = on_mark(max(pause.return_at, now) + timedelta(microseconds=1))
    return is_running(pause, now) and pause.renewed < MOST_RENEWED and earliest <= pause.started_at + LONGEST


def come_back(pause: Away, now: datetime) -> Away:
    """Return a pause that has ended; one that ended before stays as it was. It never ends before it started."""
    if pause.ended_at is not None:
        return pause
    return pause._replace(ended_at=max(now, pause.started_at))


def welcome(pause: Away) -> Welcome:
    """Return how the one who returns is greeted: true of the time they said, and without blame for any.

    "short" is less than the shortest pause one can call: many bodies have not settled by then, and a page may say so.
    """
    if pause.ended_at is None or not pause.told_in_time or pause.ended_at > pause.return_at + MARK:
        return ""
    if pause.ended_at - pause.started_at < SHORTEST:
        return "short"
    return "early" if pause.ended_at < pause.return_at - EARLY else "then"


def is_short(started_at: datetime, return_at: datetime) -> bool:
    """Say whether a pause is shorter than many bodies need, so that a page says why longer helps."""
    return return_at - started_at < timedelta(minutes=USUAL)


# Clock times.


def on_mark(moment: datetime) -> datetime:
    """Return a moment, or the next mark of five minutes after it."""
    over = timedelta(minutes=moment.minute % 5, seconds=moment.second, microseconds=moment.microsecond)
    return moment if not over else moment - over + MARK


def nearest_mark(moment: datetime) -> datetime:
    """Return the mark of five minutes that is nearest to a moment."""
    after = on_mark(moment)
    return after if after - moment <= MARK / 2 else after - MARK


def back_at(now: datetime, minutes: int) -> datetime:
    """Return when somebody is back who leaves now: so many minutes on, rounded up to the next mark of five."""
    # In UTC, so that the minutes stay minutes on a night when the clocks change.
    return on_mark(now.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(now.tzinfo)


def longer_until(pause: Away, now: datetime, minutes: int) -> datetime:
    """Return a new return time so many minutes on: from the promised one while that is ahead, otherwise from now."""
    return back_at(max(pause.return_at, now), minutes)


def at_clock(now: datetime, clock: time, zone: ZoneInfo) -> datetime:
    """Return when a clock on this wall next shows a time, on a mark of five.

    A time that the clocks skip is as many minutes on as it would have been: 2:30 is then 3:30 on the new clock. Of one
    that comes twice it is the first that is not too soon.
    """
    today = zones.local(now, zone).date()
    days = (datetime.combine(today + timedelta(days=days), clock) for days in range(3))
    ahead = sorted({on_mark(one) for day in days for one in zones.moments(day, zone) if one > now})
    first, second = ahead[:2]
    is_twin = second - first < TWINS
    return second if is_twin and first - now < SHORTEST else first


def is_tomorrow(now: datetime, return_at: datetime) -> bool:
    """Say whether a return is tomorrow, on one wall. Soon after midnight is still this evening, to whoever waits."""
    return return_at.date() > now.date() and return_at - now >= THIS_EVENING


def on_day(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return a clock time on a day, the first of two and past a gap as in `at_clock`."""
    return zones.moment(datetime.combine(day, clock), zone)


# Coming back.


def back_still_shows(pause: Away, now: datetime) -> bool:
    """Say whether the other's pages still say that somebody is back; of one they never heard of, they say nothing."""
    return pause.told_in_time and words_still_show(pause, now)


def words_still_show(pause: Away, now: datetime) -> bool:
    """Say whether the other's pages still show what somebody said on coming back."""
    return pause.ended_at is not None and now < pause.ended_at + BACK_SHOWS_FOR


def topic_fits(at: datetime, now: datetime) -> bool:
    """Say whether a topic can be set aside until then: ahead, and not so far that it is only put off."""
    return now < at <= now + TOPIC_AT_MOST


def topic_still_shows(at: datetime, now: datetime) -> bool:
    """Say whether a topic that was set aside is still listed: until its time, and a day after."""
    return now < at + TOPIC_SHOWS_AFTER


# Told late: what a device kept while it had no connection.


def by_our_clock(told: Away, shown: datetime, now: datetime) -> Away:
    """Return a pause as it was by our clock, told by a device whose own clock shows `shown` now.

    What would then begin or end ahead of now did so now: that clock jumped meanwhile. A return time goes to the
    nearest mark, as the seconds that the telling took must not make five minutes of it.
    """
    off = now - shown
    started_at = min(told.started_at + off, now)
    if told.ended_at is not None:
        ended_at = min(told.ended_at + off, now)
        return told._replace(started_at=started_at, return_at=ended_at, ended_at=ended_at)
    return told._replace(started_at=started_at, return_at=nearest_mark(started_at + (told.return_at - told.started_at)))


class Heard(NamedTuple):
    """What stands once a device told a pause, and whether it is another than the last that was known."""

    pause: Away
    is_news: bool


def hear(known: Away | None, told: Away, now: datetime, *, is_same: bool) -> Heard:
    """Return what stands once a device told a pause, given the last that is known of this person.

    That is the known one, perhaps with a later time or an end, unless a pause of its own was told. Raise Unfit for what
    can't have been.
    """
    _refuse_strange(told, now)
    if known is not None and (is_same or is_running(known, now)):
        return Heard(_gone_on(known, told, now), is_news=False)
    if known is not None and told.started_at <= (known.ended_at or known.started_at):
        return Heard(known, is_news=False)  # an older one, or somebody came back elsewhere since: who is back is back
    is_over = told.ended_at is not None or told.return_at <= now
    return Heard(_over(told) if is_over else told, is_news=True)


def _refuse_strange(told: Away, now: datetime) -> None:
    """Refuse what no page of ours would have kept."""
    if told.ended_at is None and told.return_at - told.started_at < SHORTEST - MARK / 2:  # as far as a mark may move it
        raise Unfit(TOO_SHORT)
    if told.ended_at is None and told.return_at - told.started_at > LONGEST + MARK / 2:
        raise Unfit(TOO_LONG)
    if now - told.started_at > TOLD_WITHIN or (told.ended_at is not None and told.ended_at < told.started_at):
        raise Unfit(STRANGE)


def _gone_on(known: Away, told: Away, now: datetime) -> Away:
    """Return a known pause after a device told of the same one, or of another that began while it ran."""
    if told.ended_at is not None:
        return come_back(known, told.ended_at) if told.ended_at > known.started_at else known
    try:
        return longer(known, now, min(told.return_at, known.started_at + LONGEST))
    except Unfit:
        return known  # the time that was said stands: a sooner one needs no telling, and one too many is not heard


def _over(told: Away) -> Away:
    """Return a pause that nobody heard of while it ran: it is kept, and alarms nobody."""
    ended_at = min(told.ended_at or told.return_at, told.started_at + LONGEST)
    after_the_start = on_mark(told.started_at + timedelta(microseconds=1))
    return_at = max(on_mark(ended_at), after_the_start)
    return told._replace(return_at=return_at, ended_at=ended_at, told_in_time=False)
