"""What two people do with thanks. Giving and taking back renew what open pages show; closing one's jar does not."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kindline.ground.people.alone import found_circle, own_circle
from kindline.ground.people.models import Person
from kindline.ground.people.refusing import Refused
from kindline.ground.vault import unsaved
from kindline.ground.vault.circles import CircleKeys
from kindline.ground.vault.records import add, owned, remove, remove_all, rewrite, take_turn
from kindline.ours.thanks import models, queries, rules, shapes

THANKED_TODAY = _("Today has a line of thanks from you already. Tomorrow has room for another.")
PUT_IN_TODAY = _("Today has a good moment from you already. Tomorrow has room for another.")
TOO_LATE = _("It has been in the jar for more than a day, and stays there.")


def thank(*, person: Person, circle: CircleKeys, text: str, form_id: UUID, now: datetime) -> None:
    """Give one line to the other, at most one on each of the giver's own days.

    The same form with the same words once more is the same line. Raise Refused when today has one already, and Closed
    when somebody left.
    """
    with transaction.atomic():
        _give(person, take_turn(circle), kind=rules.THANKS, text=text, line_id=form_id, now=now)


def put_in_the_jar(*, person: Person, circle: CircleKeys | None, text: str, form_id: UUID, now: datetime) -> None:
    """Put a good moment into the jar of a circle, or of oneself alone when it is None. Raises as `thank` does."""
    with transaction.atomic():
        jar = take_turn(circle or own_circle(person))
        _give(person, jar, kind=rules.MOMENT, text=text, line_id=form_id, now=now)


def take_back(*, person: Person, line_id: UUID, now: datetime) -> None:
    """Take the words of one's own line back, for everybody; raise Refused when it has been there for a day.

    The day it was given on stays used.
    """
    with transaction.atomic():
        circle = take_turn(queries.given(person, line_id).circle)
        one = queries.given(person, line_id)
        if not queries.may_take_back(one, now):
            raise Refused(TOO_LATE)
        if circle.others:
            emptied = shapes.Line(by=one.line.by, kind=one.line.kind, text="", at=one.line.at, day=one.line.day)
            rewrite(one.record, circle, emptied, one.record.version)
        else:
            remove(one.record, circle)


def close_jar(*, person: Person, circle: CircleKeys) -> None:
    """Keep a circle's jar closed for this person: nothing from it shows to them. Nobody else's pages change."""
    _set_lid(person, circle, closed=True)


def open_jar(*, person: Person, circle: CircleKeys) -> None:
    """Open a jar again, with all that came meanwhile."""
    _set_lid(person, circle, closed=False)


def withdraw_words(*, circle: CircleKeys) -> None:
    """Delete every line that only this member wrote, inside the caller's transaction."""
    circle = take_turn(circle)
    owned(models.Line, circle).filter(id__in=[line_id for line_id, _line in queries.mine_in(circle)]).delete()


def delete_everything(*, person: Person) -> None:
    """Delete what this person keeps here for themself: the jar of theirs alone, and which jars they keep closed."""
    with transaction.atomic():
        remove_all(models.Lid, person.keyring)
        own = found_circle(person)
        if own:
            remove_all(models.Line, own)


def _give(person: Person, circle: CircleKeys, *, kind: str, text: str, line_id: UUID, now: datetime) -> None:
    day, words = now.astimezone(person.zone).date(), rules.as_one_line(text)
    mine = dict(queries.mine_in(circle))
    earlier = mine.get(line_id)
    if earlier is None or earlier.text != words:
        if circle.others and not rules.has_room(mine.values(), kind, day):
            raise Refused(THANKED_TODAY if kind == rules.THANKS else PUT_IN_TODAY)
        line = shapes.Line(by=circle.me, kind=kind, text=words, at=now, day=day)
        add(models.Line, circle, line, line_id)
    unsaved.forget(person.keyring, line_id, now)


def _set_lid(person: Person, circle: CircleKeys, *, closed: bool) -> None:
    with transaction.atomic():
        keyring = take_turn(person.keyring)
        others = tuple(one for one in queries.lids(person).closed if one != circle.circle)
        lids = shapes.Lids(closed=(*others, circle.circle) if closed else others)
        record = owned(models.Lid, keyring).first()
        if record is not None:
            rewrite(record, keyring, lids, record.version)
        elif closed:
            add(models.Lid, keyring, lids, uuid4())
