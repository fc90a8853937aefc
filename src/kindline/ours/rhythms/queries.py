"""What this room can be asked. Words open with a circle's key; when something comes round is known while locked."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from kindline.ground.clock import icalendar
from kindline.ground.clock.occurrences import Occurrence, Series, between
from kindline.ground.page.readable import Readable
from kindline.ground.people.alone import found_circle
from kindline.ground.people.inviting import pair_of
from kindline.ground.people.models import Person
from kindline.ground.vault.circles import CircleKeys, circles_of
from kindline.ground.vault.models import Membership
from kindline.ground.vault.primitives import Unopened, digest
from kindline.ground.vault.records import each_opened, opened, owned
from kindline.ground.vault.sealing import Shape
from kindline.ours.rhythms import ledger, models, rules, shapes, words
from kindline.ours.rhythms.ledger import Changes, InTalk, Kept, Seasons, Time

SHAPES = (shapes.Plan, shapes.Marks, shapes.CheckIn, shapes.Act)  # of what `everything` yields
FAR = 400  # times: enough to find one after half a year of a quiet season
kept, times, latest, check_in, timed = ledger.kept, ledger.times, ledger.latest, ledger.check_in, rules.timed


class Ahead(NamedTuple):
    """One time that a rhythm comes round, for Today and the calendar. Its page is `rhythms:rhythm` with `id`."""

    id: UUID
    title: str
    kind: str
    occurrence: Occurrence
    is_mine_alone: bool
    name: str  # of whom it is with, "" for oneself alone
    has_begun: bool = False


class Listed(NamedTuple):
    """A rhythm in the list, with the next time it comes round."""

    kept: Kept
    next: Time | None
    has_been: bool = False  # it came once, and nothing of it is ahead


class ForToday(NamedTuple):
    """What Today and Together say of rhythms."""

    times: list[Ahead]  # of this day, those that are over left out
    running: InTalk | None  # a check-in that both hold right now
    seasons: Seasons


def present_circles(person: Person) -> list[CircleKeys]:
    """Return the open circles whose rhythms are this person's: of two, and of themself alone."""
    return [circle for circle in (pair_of(person), found_circle(person)) if circle]


def ahead(person: Person, start: datetime, end: datetime) -> list[Ahead]:
    """Return what comes round between two moments, in order; what was left out or sleeps is not among it."""
    found = []
    for circle in present_circles(person):
        quiet = ledger.sleep_of(circle.circle, person.keyring.account, is_shared=bool(circle.others))
        for one in ledger.all_kept(circle):
            series = ledger.series_of(one.timing, one.changes) if one.is_open else None
            for occurrence in between(series, start, end) if series else ():
                if not rules.sleeps(ledger.day_of(occurrence, one.timing.zone), quiet):
                    name = circle.other_name
                    found.append(Ahead(one.id, one.rhythm.title, one.rhythm.kind, occurrence, one.is_mine_alone, name))
    return sorted(found, key=lambda one: (one.occurrence.starts_at, one.id))


def from_now_on(person: Person, now: datetime, end: datetime) -> list[Ahead]:
    """Return what goes on right now, marked as such, and what comes round before a moment, in order."""
    near = ahead(person, now - timedelta(minutes=rules.LONGEST), end)
    return [one._replace(has_begun=one.occurrence.starts_at <= now) for one in near if one.occurrence.ends_at > now]


def listed(person: Person, now: datetime) -> list[Listed]:
    """Return every rhythm of this person's circles, what comes next first, what comes whenever it comes after it."""
    found = []
    for circle in present_circles(person):
        quiet = ledger.sleep_of(circle.circle, person.keyring.account, is_shared=bool(circle.others))
        for one in ledger.all_kept(circle):
            stand = (time for time in ledger.times(one, quiet, now, FAR) if time.stands)
            found.append(Listed(one, next(stand, None), ledger.has_been(one, now)))
    return sorted(found, key=lambda one: (one.next is None, one.next and one.next.starts_at, one.kept.rhythm.made_at))


def for_today(person: Person, now: datetime) -> ForToday:
    """Return what comes round on the rest of this person's day, and what goes on right now."""
    here = now.astimezone(person.zone)
    midnight = (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return ForToday(from_now_on(person, now, midnight), running(person, now), seasons(person, here.date()))


def seasons(person: Person, today: date) -> Seasons:
    """Return the quiet seasons that are not over on a day: of this person's circle of two, and their own."""
    circle = pair_of(person)
    ours, mine = ledger.seasons_of(circle.circle if circle else None, person.keyring.account)
    return Seasons(*(one if one and one.until_date > today else None for one in (ours, mine)))


def running(person: Person, now: datetime) -> InTalk | None:
    """Return the check-in that two hold apart right now, or None."""
    circle = pair_of(person)
    return ledger.running(person, circle, now) if circle else None


def line_of(person: Person, line: str) -> str:
    """Return the words of a line that was given in a check-in of this person's circle of two, "" for anything else."""
    circle = pair_of(person)
    try:
        row = owned(models.Act, circle).filter(id=UUID(line)).first() if circle else None
        return opened(row, circle, shapes.Act).words[: rules.LONGEST_TITLE] if circle and row else ""
    except (ValueError, Unopened):
        return ""


def own(person: Person, rhythm_id: UUID) -> models.Own:
    """Return what this person chose for themself about a rhythm; unsaved and empty when they chose nothing."""
    found = models.Own.objects.filter(rhythm_id=rhythm_id, person_id=person.keyring.account).first()
    return found or models.Own(rhythm_id=rhythm_id, person_id=person.keyring.account)


def feed(account: UUID, now: datetime) -> list[icalendar.Event]:
    """Return every rhythm that goes on for somebody, with the title they chose for a calendar app, or none."""
    return _events(account, models.Rhythm.objects.all())


def event(account: UUID, rhythm_id: UUID) -> icalendar.Event:
    """Return one rhythm as the feed has it; raise Http404 for what is not in this person's feed."""
    found = _events(account, models.Rhythm.objects.filter(id=rhythm_id))
    if not found:
        raise Http404
    return found[0]


def held_in(circle: CircleKeys, now: datetime) -> list[InTalk]:
    """Return the check-ins of a circle that are over and hold lines, the newest first."""
    talks = (talk for one in ledger.all_kept(circle) for talk in ledger.check_ins(one, now))
    held = [talk for talk in talks if talk.standing.is_over and talk.has_lines]
    return sorted(held, key=lambda talk: talk.check_in.began_at, reverse=True)


def everything(person: Person) -> Iterator[tuple[UUID, UUID, Shape]]:
    """Yield circle, row and document of every rhythm and check-in this person can open, for taking along.

    What they marked of their own part, which nobody else reads, is among it.
    """
    for circle in circles_of(person.keyring):
        for one in ledger.all_kept(circle):
            yield circle.circle, one.id, _plan(person, one)
            mine = ledger.marks(person, one.id)
            if mine:
                yield circle.circle, mine[0].id, mine[1]
            for talk in reversed(ledger.check_ins(one, one.rhythm.made_at)):
                yield circle.circle, talk.record.id, talk.check_in
                for act_id, act in ledger.acts_of(circle, [talk.record])[talk.record.id]:
                    yield circle.circle, act_id, act


def readable(person: Person) -> list[Readable]:
    """Return every rhythm and every line of a check-in as it is read on paper."""
    found = []
    for circle in circles_of(person.keyring):
        names = {other.account: other.name for other in circle.others} | {circle.me: _("You")}
        for one in ledger.all_kept(circle):
            said = [(str(words.when(one.timing)), one.rhythm.purpose), ("", one.rhythm.sentence)]
            found.append(Readable(one.rhythm.title, one.rhythm.made_at, [*said, *words.lines(one.rhythm)]))
            for talk in reversed(ledger.check_ins(one, one.rhythm.made_at)):
                lines = [(words.PARTS[part].title, line) for part in rules.PARTS for line in talk.standing.lines[part]]
                given = [(f"{names.get(line.by, '')} · {part}", line.words) for part, line in lines]
                found.append(Readable(one.rhythm.title, talk.check_in.began_at, given))
    return found


def marked(person: Person) -> list[shapes.Marks]:
    """Return everything this person marked of their own part."""
    return [one for _id, _version, one in each_opened(models.Marks, person.keyring, shapes.Marks)]


def _events(account: UUID, among: QuerySet[models.Rhythm]) -> list[icalendar.Event]:
    held = Membership.objects.filter(owner_id=account, circle__closed_at=None).values("circle_id")
    rows = list(among.filter(circle_id__in=held, ended_at=None).exclude(first="").order_by("id"))
    changes = ledger.changes_of(row.id for row in rows)
    said = dict(models.Own.objects.filter(person_id=account).values_list("rhythm_id", "feed_says"))
    circles = {row.circle_id for row in rows}
    others = Membership.objects.filter(circle_id__in=circles).exclude(owner_id=account)
    shared = set(others.values_list("circle_id", flat=True))
    quiet = {circle: ledger.sleep_of(circle, account, is_shared=circle in shared) for circle in circles}
    events = []
    for row in rows:
        series = ledger.series_of(ledger.timing(row), changes[row.id])
        if series:
            slept = _asleep(series, quiet[row.circle_id])
            uid = UUID(bytes=digest(row.id.bytes + account.bytes)[:16], version=4)
            series = series._replace(changes={**series.changes, **slept})
            events.append(icalendar.Event(str(uid), series, said.get(row.id, "")))
    return events


def _asleep(series: Series, quiet: Seasons) -> Changes:
    slept: dict[datetime, datetime | None] = {}
    for season in quiet:
        if season:
            start, end = (
                datetime.combine(day, datetime.min.time(), tzinfo=UTC)
                for day in (season.since_date - timedelta(days=1), season.until_date + timedelta(days=2))
            )
            found = between(series, start, end)
            slept |= {one.original: None for one in found if rules.sleeps(ledger.day_of(one, series.zone), [season])}
    return slept


def _plan(person: Person, one: Kept) -> shapes.Plan:
    row, mine = one.record, own(person, one.id)
    return shapes.Plan(
        rhythm=one.rhythm,
        first=row.first,
        zone=row.zone,
        minutes=row.minutes,
        rrule=row.rrule,
        ended_at=row.ended_at,
        changes={rules.stored(original): rules.stored(moved) for original, moved in one.changes.items()},
        is_muted=mine.is_muted,
        feed_says=mine.feed_says,
    )
