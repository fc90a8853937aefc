"""The outbox: what is due becomes notices, each once; a worker takes some channels for a while, and settles them.

Two workers may run, and each may die at any line: a key is unique, a round's end and a lease are conditional updates.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import chain, islice
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from kindline.ground.post import rules
from kindline.ground.post.models import MAIL, REMINDER, Channel, Notice, Preferences, Round
from kindline.ground.post.outcome import Outcome
from kindline.ground.post.queries import habits_of
from kindline.ground.post.rules import Between, Due, Habits, Window

LEASE = timedelta(minutes=5)
AT_A_TIME = 40  # channels a worker takes at a time
IN_ONE_GO = 1000  # notices written at a time
KEPT = timedelta(days=1)  # settled notices; nobody asks for what they tell any more
UNCONFIRMED = timedelta(days=3)  # an address that nobody said yes to


class Taken(NamedTuple):
    """A channel that a worker is at, with all that waits for it, and how its person wants to be told."""

    channel: Channel
    notices: list[Notice]
    habits: Habits
    language: str
    until: datetime  # of the lease


def hand_over(between: Between, now: datetime) -> None:
    """Make notices of all that is to be told by now and was not yet."""
    mark = rules.mark_of(now)
    here, _new = Round.objects.get_or_create(id=1, defaults={"at": mark})
    last = rules.since(here.at, mark)
    if last >= mark and here.at == mark:
        return
    wanted = {row.owner_id: habits_of(row) for row in Preferences.objects.all()}
    channels = _channels(wanted)
    telling = chain(_before(between, last, mark, wanted), _daily(between, last, mark, wanted))
    notices = (
        Notice(
            channel_id=channel,
            kind=REMINDER,
            key=key_of(channel, told),
            due_at=due_at,
            begins_from=begins.start,
            begins_before=begins.end,
        )
        for person, told, due_at, begins in telling
        for channel in channels.get(person, ())
    )
    while some := list(islice(notices, IN_ONE_GO)):
        Notice.objects.bulk_create(some, ignore_conflicts=True)
    # Only now, and only if no other worker did: whoever dies before this leaves the round to the next one.
    Round.objects.filter(id=1, at=here.at).update(at=mark)
    _tidy(mark)


def key_of(channel: UUID, told: str) -> str:
    """Return the key of a notice: it says neither what it is about nor for whom."""
    return sha256(f"{channel} {told}".encode()).hexdigest()


def _channels(wanted: Mapping[UUID, Habits]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    for owner, channel in Channel.objects.filter(is_confirmed=True).values_list("owner_id", "id"):
        if owner in wanted:
            found.setdefault(owner, []).append(channel)
    return found


Telling = tuple[UUID, str, datetime, Window]  # whom, what by its name, when, and when that begins


def _before(between: Between, last: datetime, mark: datetime, wanted: Mapping[UUID, Habits]) -> Iterator[Telling]:
    """Yield what begins soon enough for somebody to be told."""
    if any(habits.way == rules.BEFORE for habits in wanted.values()):
        for due in between(*rules.window(last, mark)):
            habits = wanted.get(due.person)
            at = rules.told_at(due, habits, mark) if habits is not None else None
            if habits is not None and at is not None:
                yield due.person, rules.name_of(due), rules.out_of_quiet(at, habits), rules.beginning(due)


def _daily(between: Between, last: datetime, mark: datetime, wanted: Mapping[UUID, Habits]) -> Iterator[Telling]:
    """Yield whom to tell that there is something on their day: once, however much it is."""
    days = {person: day for person, habits in wanted.items() if (day := rules.day_ahead(last, mark, habits))}
    if not days:
        return
    left = dict(days)
    for due in between(min(day.start for day in days.values()), max(day.end for day in days.values())):
        day = left.get(due.person)
        if day is not None and day.start <= due.at < day.end:
            del left[due.person]
            yield due.person, rules.name_of_day(day.end), rules.out_of_quiet(mark, wanted[due.person]), day


def _tidy(mark: datetime) -> None:
    Notice.objects.filter(settled_at__lt=mark - KEPT, due_at__lt=mark - KEPT).delete()
    Channel.objects.filter(kind=MAIL, is_confirmed=False, added_on__lt=(mark - UNCONFIRMED).date()).delete()


def take(now: datetime, only: Iterable[UUID] | None = None) -> list[Taken]:
    """Take some channels for which something waits; nobody else takes them before the lease is over.

    `only` are channels at which somebody wants something right now: then it does not matter that a try was put off,
    and reminders stay for the worker, who asks first whether they still stand.
    """
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    waits = Notice.objects.filter(settled_at=None, due_at__lte=now)
    if only is None:
        free &= Q(next_at=None) | Q(next_at__lte=now)
    else:
        waits = waits.filter(channel__in=list(only)).exclude(kind=REMINDER)
    until = now + LEASE
    with transaction.atomic():
        rows = Channel.objects.filter(free, id__in=waits.values("channel")).order_by("id")
        taken = list(rows.select_for_update(skip_locked=True)[:AT_A_TIME])
        Channel.objects.filter(id__in=[one.id for one in taken]).update(leased_until=until)
    waiting: dict[UUID, list[Notice]] = {}
    for notice in waits.filter(channel__in=taken).order_by("due_at", "id"):
        waiting.setdefault(notice.channel_id, []).append(notice)
    liked = {row.owner_id: row for row in Preferences.objects.filter(owner__in=[one.owner_id for one in taken])}
    return [
        Taken(one, waiting[one.id], habits_of(liked[one.owner_id]), liked[one.owner_id].language, until)
        for one in taken
        if one.id in waiting and one.owner_id in liked
    ]


def standing(several: list[Taken], between: Between) -> list[Taken]:
    """Take back the reminders of what is not to be any more, and return what is left to be told.

    It was left out, moved, muted or ended after its notice was laid ready. The notice is deleted, not settled: if all
    of it is put back, the next round tells it. What was told stays settled, so nothing is told twice.
    """
    still = _still(several, between)
    left = []
    for taken in several:
        gone = [one for one in taken.notices if one.begins_from and one.key not in still]
        stays = [one for one in taken.notices if one not in gone]
        if (not gone or _take_back(taken, gone, is_all=not stays)) and stays:
            left.append(taken._replace(notices=stays))
    return left


def _still(several: list[Taken], between: Between) -> set[str]:
    """Return the keys of all that still begins of what some notices tell."""
    asked = [
        (taken.channel, Window(one.begins_from, one.begins_before))
        for taken in several
        for one in taken.notices
        if one.begins_from and one.begins_before
    ]
    if not asked:
        return set()
    windows, people = [window for _channel, window in asked], {channel.owner_id for channel, _window in asked}
    begins: dict[UUID, list[Due]] = {}
    for due in between(min(one.start for one in windows), max(one.end for one in windows), people):
        begins.setdefault(due.person, []).append(due)
    keys: set[str] = set()
    for channel, window in asked:
        within = [due for due in begins.get(channel.owner_id, ()) if window.start <= due.at < window.end]
        names = [rules.name_of(due) for due in within] + [rules.name_of_day(window.end)] * bool(within)
        keys |= {key_of(channel.id, name) for name in names}
    return keys


def _take_back(taken: Taken, gone: list[Notice], *, is_all: bool) -> bool:
    """Delete notices of a channel that is still ours, and give it back if nothing else waits; say whether it was."""
    free = {"leased_until": None, "tries": 0, "next_at": None}
    with transaction.atomic():
        if not _ours(taken).update(**(free if is_all else {"leased_until": taken.until})):
            return False
        Notice.objects.filter(id__in=[one.id for one in gone], settled_at=None).delete()
    return True


def settle(ended: Iterable[tuple[Taken, Outcome]], now: datetime) -> None:
    """Write down what came of it, for the channels that are still ours."""
    with transaction.atomic():
        for taken, outcome in ended:
            _settle(taken, outcome, now)


def put_off(taken: Taken, until: datetime) -> None:
    """Give a channel back without a try, because its person wants quiet until then."""
    _ours(taken).update(leased_until=None, next_at=until)


def _settle(taken: Taken, outcome: Outcome, now: datetime) -> None:
    waiting = Notice.objects.filter(id__in=[one.id for one in taken.notices])
    if outcome.how == "gone":
        if _ours(taken).delete()[0]:
            Preferences.objects.filter(owner=taken.channel.owner_id).update(lost_on=_day(now, taken.habits))
        return
    if outcome.how == "sent":
        ours = _ours(taken).update(leased_until=None, tries=0, next_at=None, given_up_at=None)
    else:
        tries = rules.MOST_TRIES if outcome.how == "refused" else taken.channel.tries + 1
        again = rules.next_try(now, tries, outcome.wait, taken.habits)
        if again is not None:
            _ours(taken).update(leased_until=None, tries=tries, next_at=again)
            return
        ours = _ours(taken).update(leased_until=None, tries=0, next_at=None, given_up_at=now)
    if ours:
        waiting.update(settled_at=now)


def _ours(taken: Taken) -> QuerySet[Channel]:
    return Channel.objects.filter(id=taken.channel.id, leased_until=taken.until)


def _day(now: datetime, habits: Habits) -> date:
    return now.astimezone(habits.zone).date()
