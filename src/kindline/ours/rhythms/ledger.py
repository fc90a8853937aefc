"""From this room's rows to facts: a rhythm with its times, a check-in with its acts, whose season it is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from kindline.ground.clock import zones
from kindline.ground.clock.occurrences import Occurrence, Series, between, has
from kindline.ground.clock.recurrence import Unfit, parse
from kindline.ground.people.models import Person
from kindline.ground.vault.circles import CircleKeys, circles_of
from kindline.ground.vault.primitives import Unopened, derive
from kindline.ground.vault.records import opened, owned
from kindline.ours.rhythms import models, rules, shapes
from kindline.ours.rhythms.rules import Season, Timing

NEXT, HORIZON = 4, timedelta(days=100)  # how many times are listed, and how far ahead they are looked for
YEAR = timedelta(days=400)  # how far ahead the first one is looked for when none is near
LATELY = timedelta(days=8)  # how long ago a time was that one can still mark one's own part of

Changes = Mapping[datetime, datetime | None]


class Kept(NamedTuple):
    """A rhythm as it is stored: its row, the circle it lies in, what it says, and what was moved or left out."""

    record: models.Rhythm
    circle: CircleKeys
    rhythm: shapes.Rhythm
    changes: Changes

    @property
    def id(self) -> UUID:
        """Return the id of its page."""
        return self.record.id

    @property
    def is_mine_alone(self) -> bool:
        """Say whether nobody else sees it."""
        return not self.circle.others

    @property
    def is_open(self) -> bool:
        """Say whether it still goes on, in a space that nobody left."""
        return self.circle.is_open and self.record.ended_at is None

    @property
    def timing(self) -> Timing:
        """Return when it comes round."""
        return timing(self.record)

    @property
    def of_other(self) -> shapes.Rhythm | None:
        """Return what it says where somebody else planned it."""
        return self.rhythm if self.planner else None

    @property
    def planner(self) -> str:
        """Return the name of whoever planned it, "" for the person who asks."""
        names = {other.account: other.name for other in self.circle.others}
        return names.get(self.rhythm.by, "")


class Time(NamedTuple):
    """One time as its rhythm's page lists it."""

    original: datetime  # on the wall, when it was planned for
    wall: datetime | None  # where it stands now; None: left out
    starts_at: datetime
    planned_at: datetime  # the moment of `original`
    is_moved: bool = False
    is_skipped: bool = False
    is_asleep: bool = False

    @property
    def stands(self) -> bool:
        """Say whether it will be."""
        return not (self.is_skipped or self.is_asleep)


class Seasons(NamedTuple):
    """The quiet seasons that go on, or are ahead, for somebody: of both, and their own."""

    ours: Season | None = None
    mine: Season | None = None


class InTalk(NamedTuple):
    """A check-in that both hold apart: its row, its rhythm, where it stands."""

    record: models.CheckIn
    kept: Kept
    check_in: shapes.CheckIn
    acts: list[rules.Done]
    standing: rules.Standing

    @property
    def has_lines(self) -> bool:
        """Say whether anybody gave a line."""
        return any(self.standing.lines.values())


def kept(person: Person, rhythm_id: UUID) -> Kept:
    """Return a rhythm of one of this person's circles; raise Http404 for anybody else's."""
    for circle in circles_of(person.keyring):
        record = owned(models.Rhythm, circle).filter(id=rhythm_id).first()
        if record is not None:
            with suppress(Unopened):  # somebody has put something else in its row
                rhythm = opened(record, circle, shapes.Rhythm)
                return Kept(record, circle, rhythm, changes_of([record.id])[record.id])
    raise Http404


def all_kept(circle: CircleKeys) -> list[Kept]:
    """Return every rhythm of a circle; one that was changed from outside hides no other."""
    changes = _changes(models.Change.objects.filter(circle_id=circle.circle))
    found = []
    for record in owned(models.Rhythm, circle):
        with suppress(Unopened):
            rhythm = opened(record, circle, shapes.Rhythm)
            found.append(Kept(record, circle, rhythm, changes[record.id]))
    return sorted(found, key=lambda one: (one.rhythm.made_at, one.id))


def timing(record: models.Rhythm) -> Timing:
    """Return when a rhythm comes round, as its row says."""
    try:
        recurrence = parse(record.rrule) if record.rrule else None
        zones.zone(record.zone)
    except (zones.UnknownZone, Unfit):  # changed from outside: it has no times, and hides no other
        return Timing(None, "UTC", record.minutes)
    return Timing(rules.read(record.first), record.zone, record.minutes, recurrence)


def changes_of(rhythms: Iterable[UUID]) -> Mapping[UUID, Changes]:
    """Return what was moved or left out of some rhythms, by rhythm."""
    return _changes(models.Change.objects.filter(rhythm__in=list(rhythms)))


def series_of(timing: Timing, changes: Changes) -> Series | None:
    """Return a rhythm's times; None for what comes whenever it comes."""
    if timing.first is None:
        return None
    return Series(timing.first, timing.zone, timing.minutes, timing.recurrence, changes)


def times(one: Kept, quiet: Iterable[Season | None], now: datetime, most: int = NEXT) -> list[Time]:
    """Return the next few times of a rhythm, those left out included so that they can be put back."""
    quiet, found = list(quiet), list[Time]()
    for far in (HORIZON, YEAR):
        found = _times(one, quiet, now, now + far) if one.is_open else []
        if any(time.stands for time in found):
            break
    return found[:most]


def latest(one: Kept, quiet: Iterable[Season | None], now: datetime) -> Time | None:
    """Return the last time that has come, if it was lately: what one can mark one's own part of."""
    return next((time for time in reversed(_times(one, list(quiet), now - LATELY, now)) if time.stands), None)


def time_of(one: Kept, original: datetime) -> Time | None:
    """Return one time by when it was planned for, or None when this rhythm doesn't come round then."""
    series = series_of(one.timing, one.changes)
    if series is None or not has(series, original):
        return None
    where = one.changes.get(original, original)
    zone = zones.zone(series.zone)
    at, planned_at = zones.moment(where or original, zone), zones.moment(original, zone)
    return Time(original, where, at, planned_at, is_moved=where not in (original, None), is_skipped=where is None)


def has_been(one: Kept, now: datetime) -> bool:
    """Say whether a rhythm comes just once and that is over, so that nothing of it is ahead."""
    return is_over(one.timing, one.changes, now)


def is_over(timing: Timing, changes: Changes, now: datetime) -> bool:
    """Say the same of when something comes, and what was moved of it."""
    first, zone, minutes, recurrence = timing
    if first is None or recurrence is not None:
        return False
    where = changes.get(first, first) or first
    return zones.moment(where, zones.zone(zone)) + timedelta(minutes=minutes) <= now


def seasons_of(circle: UUID | None, account: UUID) -> Seasons:
    """Return the quiet season of a circle and that of a person, those that are over included; works while locked."""
    of_circle = models.Season.objects.filter(circle_id=circle).first() if circle else None
    of_person = models.Season.objects.filter(person_id=account).first()
    return Seasons(*(Season(one.since_date, one.until_date) if one else None for one in (of_circle, of_person)))


def sleep_of(circle: UUID, account: UUID, *, is_shared: bool) -> Seasons:
    """Return the seasons in which a circle's times sleep. Somebody's own one leaves alone what they share.

    Otherwise one of two would see an empty week where the other sees a plan. Reminders sleep all the same.
    """
    found = seasons_of(circle, account)
    return found._replace(mine=None) if is_shared else found


def check_in(person: Person, check_in_id: UUID, now: datetime) -> InTalk:
    """Return a check-in of one of this person's circles; raise Http404 for anybody else's."""
    for circle in circles_of(person.keyring):
        record = owned(models.CheckIn, circle).filter(id=check_in_id).first()
        if record is not None:
            with suppress(Unopened):
                acts = acts_of(circle, [record])[record.id]
                return _in_talk(kept(person, record.rhythm_id), record, acts, now)
    raise Http404


def check_ins(one: Kept, now: datetime) -> list[InTalk]:
    """Return the check-ins of a rhythm that were held apart, the newest first."""
    rows = list(owned(models.CheckIn, one.circle).filter(rhythm=one.record))
    acts, found = acts_of(one.circle, rows), []
    for record in rows:
        with suppress(Unopened):
            found.append(_in_talk(one, record, acts[record.id], now))
    return sorted(found, key=lambda talk: talk.check_in.began_at, reverse=True)


def running(person: Person, circle: CircleKeys, now: datetime) -> InTalk | None:
    """Return the check-in of a circle that has begun and is not over, or None."""
    for record in owned(models.CheckIn, circle):
        with suppress(Unopened, Http404):
            if now < opened(record, circle, shapes.CheckIn).until:
                talk = _in_talk(kept(person, record.rhythm_id), record, acts_of(circle, [record])[record.id], now)
                if not talk.standing.is_over:
                    return talk
    return None


def marks(person: Person, rhythm_id: UUID) -> tuple[models.Marks, shapes.Marks] | None:
    """Return what this person marked of their own part in a rhythm, or None."""
    record = owned(models.Marks, person.keyring).filter(id=marks_id(person, rhythm_id)).first()
    return (record, opened(record, person.keyring, shapes.Marks)) if record else None


def marks_id(person: Person, rhythm_id: UUID) -> UUID:
    """Return the id of this person's marks in a rhythm: the same again for them, random for all others."""
    return UUID(bytes=derive(person.keyring.naming_key, "rhythms-marks", rhythm_id.bytes)[:16], version=4)


def prepared_id(person: Person, line: UUID) -> UUID:
    """Return the id under which a wish lies ready to be agreed: the same again for whoever wished it."""
    return UUID(bytes=derive(person.keyring.naming_key, "rhythms-wish", line.bytes)[:16], version=4)


def _times(one: Kept, quiet: list[Season | None], start: datetime, end: datetime) -> list[Time]:
    series = series_of(one.timing, one.changes)
    if series is None:
        return []
    found = [
        Time(
            at.original,
            one.changes.get(at.original, at.original),
            at.starts_at,
            zones.moment(at.original, zones.zone(series.zone)),
            at.is_moved,
            is_asleep=rules.sleeps(day_of(at, series.zone), quiet),
        )
        for at in between(series, start, end)
    ]
    left_out = (time_of(one, original) for original, moved in one.changes.items() if moved is None)
    found += [time for time in left_out if time and start <= time.starts_at < end]
    return sorted(found, key=lambda time: time.starts_at)


def day_of(occurrence: Occurrence, zone: str) -> date:
    return zones.local(occurrence.starts_at, zones.zone(zone)).date()


def _changes(rows: QuerySet[models.Change]) -> defaultdict[UUID, dict[datetime, datetime | None]]:
    found: defaultdict[UUID, dict[datetime, datetime | None]] = defaultdict(dict)
    for rhythm_id, original, moved_to in rows.values_list("rhythm_id", "original", "moved_to"):
        at = rules.read(original)
        if at:
            found[rhythm_id][at] = rules.read(moved_to)
    return found


def acts_of(circle: CircleKeys, rows: Iterable[models.CheckIn]) -> Mapping[UUID, list[tuple[UUID, shapes.Act]]]:
    """Return what was done in some check-ins, by check-in; an act changed from outside hides no other."""
    found: defaultdict[UUID, list[tuple[UUID, shapes.Act]]] = defaultdict(list)
    for row in owned(models.Act, circle).filter(check_in__in=[row.id for row in rows]).order_by("id"):
        with suppress(Unopened):
            found[row.check_in_id].append((row.id, opened(row, circle, shapes.Act)))
    return found


def _in_talk(one: Kept, record: models.CheckIn, acts: Iterable[tuple[UUID, shapes.Act]], now: datetime) -> InTalk:
    check_in = opened(record, one.circle, shapes.CheckIn)
    done = [rules.Done(act_id, act.by, act.does, act.part, act.words, act.at) for act_id, act in acts]
    return InTalk(record, one, check_in, done, rules.standing(check_in.until, done, now))
