"""What is done with rhythms. Planning, moving and leaving one out show on both's pages; what is one's own stays so."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kindline.ground.clock import zones
from kindline.ground.people.alone import found_circle, own_circle
from kindline.ground.people.models import Person
from kindline.ground.people.refusing import Refused
from kindline.ground.vault import unsaved
from kindline.ground.vault.circles import CircleKeys, Closed
from kindline.ground.vault.records import Changed, add, find, opened, owned, remove_all, rewrite, take_turn
from kindline.ours.agreements import actions as agreements
from kindline.ours.rhythms import ledger, models, rules, shapes
from kindline.ours.rhythms.ledger import InTalk, Kept
from kindline.ours.rhythms.rules import Timing
from kindline.ours.rhythms.shapes import Rhythm

__all__ = ["Changed", "Closed", "Refused", "Rhythm"]

NOT_AHEAD = _("Choose a time ahead, within a year.")
NO_SUCH_TIME = _("It doesn’t come round then any more. Below is how it stands.")
PASSED = _("The time it was planned for has passed. It can be moved to another one.")
ENDED = _("This has ended. It can be taken up again.")
NO_SEASON = _("Choose a day ahead, within half a year. It can be made longer when it is there.")
CHECK_IN_OVER = _("This check-in has come to its end. Your words are below; nothing is lost.")


# Planning.


def plan(
    *, person: Person, circle: CircleKeys | None, rhythm_id: UUID, rhythm: Rhythm, timing: Timing, now: datetime
) -> None:
    """Plan a rhythm for everybody in a circle, or for oneself alone when it is None. A plan binds nobody.

    The same form once more is the same rhythm; raise Changed when it came before with something else.
    """
    with transaction.atomic():
        take_turn(person.keyring)
        circle = take_turn(circle or own_circle(person))
        try:
            add(models.Rhythm, circle, rhythm, rhythm_id, **_columns(timing))
        except Changed:
            there = ledger.kept(person, rhythm_id)
            if not _same(there.rhythm, rhythm) or there.timing != timing:
                raise
        unsaved.forget(person.keyring, rhythm_id, now)


def change(
    *,
    person: Person,
    kept: Kept,
    rhythm: Rhythm,
    timing: Timing,
    version: int,
    form_id: UUID,
    now: datetime,
) -> None:
    """Change a rhythm over exactly `version` of it; raise Changed when it was changed meanwhile.

    Times that were moved or left out stay so, as long as the rhythm still comes round then.
    """
    with transaction.atomic():
        circle = take_turn(kept.circle)
        rewrite(find(models.Rhythm, circle, kept.id), circle, rhythm, version)
        models.Rhythm.objects.filter(id=kept.id).update(**_columns(timing))
        now_is = ledger.kept(person, kept.id)
        gone = [original for original in now_is.changes if ledger.time_of(now_is, original) is None]
        originals = [rules.stored(one) for one in gone]
        models.Change.objects.filter(rhythm_id=kept.id, original__in=originals).delete()
        unsaved.forget(circle.keyring, form_id, now)


def end(*, kept: Kept, now: datetime) -> None:
    """Let a rhythm come to its end, for everybody in it; one that ended before stays as it was."""
    with transaction.atomic():
        take_turn(kept.circle)
        models.Rhythm.objects.filter(id=kept.id, ended_at=None).update(ended_at=now)


def take_up(*, kept: Kept) -> None:
    """Let a rhythm that ended go on."""
    with transaction.atomic():
        take_turn(kept.circle)
        models.Rhythm.objects.filter(id=kept.id).update(ended_at=None)


# One time of it.


def move(*, kept: Kept, original: datetime, over: datetime | None, to: datetime, now: datetime) -> None:
    """Move one time to another wall time; `over` is where it stood on the page, None for one that was left out.

    Raise Refused for a time that has passed or that it doesn't come round any more, and Changed when it stands
    elsewhere by now and not where it was to go.
    """
    zone = zones.zone(kept.timing.zone)
    if not now < zones.moment(to, zone) <= now + rules.AHEAD_AT_MOST:
        raise Refused(NOT_AHEAD)
    _change_one(kept, original, over, to)


def skip(*, kept: Kept, original: datetime, over: datetime | None) -> None:
    """Leave one time out: not this time. Raises as `move` does."""
    _change_one(kept, original, over, None)


def put_back(*, kept: Kept, original: datetime, over: datetime | None, now: datetime) -> None:
    """Let one time that was moved or left out be when it was planned for. Raises as `move` does.

    When that has passed it would be gone by going back: then it stays where it is.
    """
    if zones.moment(original, zones.zone(kept.timing.zone)) < now:
        raise Refused(PASSED)
    _change_one(kept, original, over, original)


# What is one's own: nobody else's pages change.


def mark(*, person: Person, kept: Kept, original: datetime, how: str) -> None:
    """Mark one's own part of one time, for oneself alone; "" takes the mark away."""
    with transaction.atomic():
        keyring = take_turn(person.keyring)
        there = ledger.marks(person, kept.id)
        before = there[1].marks if there else {}
        after = {at: one for at, one in before.items() if at != rules.stored(original)}
        document = shapes.Marks(rhythm=kept.id, marks=after | ({rules.stored(original): how} if how else {}))
        if there is None:
            add(models.Marks, keyring, document, ledger.marks_id(person, kept.id))
        elif document != there[1]:
            rewrite(there[0], keyring, document, there[0].version)


def choose(*, person: Person, kept: Kept, is_muted: bool, feed_says: str) -> None:
    """Choose for oneself whether to be reminded of a rhythm, and what a calendar feed calls it ("": neutral)."""
    with transaction.atomic():
        take_turn(person.keyring)
        find(models.Rhythm, kept.circle, kept.id)
        models.Own.objects.update_or_create(
            rhythm_id=kept.id,
            person_id=person.keyring.account,
            defaults={"is_muted": is_muted, "feed_says": feed_says},
        )


# A quiet season.


def call_season(*, person: Person, circle: CircleKeys | None, today: date, until: date) -> None:
    """Call a quiet season until a day, for everybody in a circle or, when it is None, for oneself alone.

    The newest word on it stands. Raise Refused for a day that has passed or is more than half a year away.
    """
    if not rules.season_fits(today, until):
        raise Refused(NO_SEASON)
    with transaction.atomic():
        take_turn(circle or person.keyring)
        whose = _whose(person, circle)
        there = models.Season.objects.filter(**whose).first()
        if there is None or there.until_date <= today:
            models.Season.objects.filter(**whose).delete()
            models.Season.objects.create(**whose, since_date=today, until_date=until)
        else:
            models.Season.objects.filter(**whose).update(until_date=until)


def end_season(*, person: Person, circle: CircleKeys | None) -> None:
    """End a quiet season: that of a circle, by either, or one's own."""
    with transaction.atomic():
        take_turn(circle or person.keyring)
        models.Season.objects.filter(**_whose(person, circle)).delete()


# A check-in that both hold, each on their own screen.


def begin(*, kept: Kept, check_in_id: UUID, now: datetime) -> UUID:
    """Begin a check-in for both and return its id; the one that goes on already when there is one."""
    with transaction.atomic():
        circle = take_turn(kept.circle)
        find(models.Rhythm, circle, kept.id)
        if owned(models.CheckIn, circle).filter(id=check_in_id).exists():
            return check_in_id
        going_on = next((one for one in ledger.check_ins(kept, now) if not one.standing.is_over), None)
        if going_on:
            return going_on.record.id
        document = shapes.CheckIn(rhythm=kept.id, began_at=now, until=now + rules.LONGEST_CHECK_IN)
        add(models.CheckIn, circle, document, check_in_id, rhythm=kept.record)
    return check_in_id


def give(*, person: Person, talk: InTalk, part: str, words: str, act_id: UUID, now: datetime) -> None:
    """Give one line in a part of a check-in; both read it at once. The same form once more is the same line.

    Raise Refused when the check-in is over, and Changed when that form came before with other words.
    """
    _act(person, talk, shapes.Act(by=talk.kept.circle.me, does=rules.LINE, part=part, words=words, at=now), act_id)


def go_on(*, person: Person, talk: InTalk, part: str, act_id: UUID, now: datetime) -> None:
    """Go on from a part, for both. Going on twice from one part is going on once."""
    _act(person, talk, shapes.Act(by=talk.kept.circle.me, does=rules.ON, part=part, at=now), act_id)


def stop(*, person: Person, talk: InTalk, part: str, act_id: UUID, now: datetime) -> None:
    """Say that it is enough for today: the check-in is over for both."""
    _act(person, talk, shapes.Act(by=talk.kept.circle.me, does=rules.ENOUGH, part=part, at=now), act_id)


def keep_back(*, person: Person, page: str, part: str, words: str, act_id: UUID, now: datetime) -> None:
    """Keep a line that came too late to be given, for whoever wrote it: nobody else reads it, and it is never sent."""
    unsaved.keep(person.keyring, act_id, page, {"words": [words], "part": [part]}, now)


def let_go(*, person: Person, act_id: UUID, now: datetime) -> None:
    """Let a line go that was written and never given."""
    unsaved.forget(person.keyring, act_id, now)


def try_wish(*, person: Person, talk: InTalk, line: UUID, now: datetime) -> UUID:
    """Lay a wish of one's own ready as something to try; nobody else sees it until it is given. Return its id."""
    words = next(
        (one.words for one in talk.acts if (one.id, one.by, one.part) == (line, talk.kept.circle.me, rules.WISH)), ""
    )
    if not words:
        raise Refused(NO_SUCH_TIME)
    prepared_id = ledger.prepared_id(person, line)
    try:
        agreements.prepare(person=person, prepared_id=prepared_id, text=agreements.Text(ask=words), now=now)
    except Changed:  # it lies ready already, and its words were worked on since
        return prepared_id
    return prepared_id


# Leaving.


def withdraw_words(*, circle: CircleKeys) -> None:
    """Delete the lines one gave and the rhythms one planned, inside the caller's transaction.

    A rhythm in whose check-ins the other gave a line stays: what two made together is theirs, too.
    """
    circle = take_turn(circle)
    lines, mine = [], []
    for one in ledger.all_kept(circle):
        acts = [act for talk in ledger.check_ins(one, one.rhythm.made_at) for act in talk.acts]
        lines += [act.id for act in acts if act.by == circle.me]
        if not one.planner and not any(act.words for act in acts if act.by != circle.me):
            mine.append(one.id)
    owned(models.Act, circle).filter(id__in=lines).delete()
    owned(models.Rhythm, circle).filter(id__in=mine).delete()


def forget_own(*, circle: CircleKeys) -> None:
    """Delete what one chose for oneself about the rhythms of a circle one leaves, inside the caller's transaction."""
    models.Own.objects.filter(rhythm__circle_id=circle.circle, person_id=circle.me).delete()


def delete_everything(*, person: Person) -> None:
    """Delete what this person keeps here for themself: own rhythms, marks, choices and their own quiet season."""
    with transaction.atomic():
        remove_all(models.Marks, person.keyring)
        models.Own.objects.filter(person_id=person.keyring.account).delete()
        models.Season.objects.filter(person_id=person.keyring.account).delete()
        own = found_circle(person)
        if own:
            remove_all(models.Rhythm, own)


def _columns(timing: Timing) -> dict[str, object]:
    return {
        "first": rules.stored(timing.first),
        "zone": timing.zone,
        "minutes": timing.minutes,
        "rrule": timing.recurrence.rrule() if timing.recurrence else "",
    }


def _same(one: Rhythm, other: Rhythm) -> bool:
    """Say whether two say the same, whenever they were written."""
    return shapes.said(one) == shapes.said(other)


def _whose(person: Person, circle: CircleKeys | None) -> dict[str, UUID]:
    return {"circle_id": circle.circle} if circle else {"person_id": person.keyring.account}


def _change_one(kept: Kept, original: datetime, over: datetime | None, to: datetime | None) -> None:
    with transaction.atomic():
        row = find(models.Rhythm, take_turn(kept.circle), kept.id)
        one = kept._replace(record=row, changes=ledger.changes_of([kept.id])[kept.id])
        if row.ended_at is not None:
            raise Refused(ENDED)
        if ledger.time_of(one, original) is None:
            raise Refused(NO_SUCH_TIME)
        stands = one.changes.get(original, original)
        if stands == to:  # the form came twice, or both did the same
            return
        if stands != over:
            raise Changed
        there = models.Change.objects.filter(rhythm_id=kept.id, original=rules.stored(original))
        if to == original:
            there.delete()
        elif not there.update(moved_to=rules.stored(to)):
            models.Change.objects.create(
                id=uuid4(),
                circle_id=kept.circle.circle,
                rhythm_id=kept.id,
                original=rules.stored(original),
                moved_to=rules.stored(to),
            )


def _act(person: Person, talk: InTalk, act: shapes.Act, act_id: UUID) -> None:
    with transaction.atomic():
        circle = take_turn(talk.kept.circle)
        there = owned(models.Act, circle).filter(id=act_id).first()
        if there is not None:
            before = opened(there, circle, shapes.Act)
            if (before.by, before.does, before.part, before.words) != (act.by, act.does, act.part, act.words):
                raise Changed
            return
        now_is = ledger.check_in(person, talk.record.id, act.at)
        if not rules.takes_lines(now_is.check_in.until, now_is.acts, act.at):
            if act.does == rules.LINE:
                raise Refused(CHECK_IN_OVER)
            return
        add(models.Act, circle, act, act_id, check_in=talk.record)
        unsaved.forget(circle.keyring, act_id, act.at)
