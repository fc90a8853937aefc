"""What two people do with pauses. A pause binds only the one who calls it; each act shows on the other's open pages."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from kindline.ground.people.models import Person
from kindline.ground.people.refusing import Refused
from kindline.ground.vault import unsaved
from kindline.ground.vault.circles import CircleKeys
from kindline.ground.vault.records import Changed, add, find, opened, owned, remove, rewrite, take_turn
from kindline.ours.agreements import actions as agreements
from kindline.ours.agreements.actions import Text
from kindline.ours.pauses import models, queries, rules, shapes

REASONS = {
    rules.TOO_SHORT: _("A pause is fifteen minutes at least: less is rarely enough for a body to settle."),
    rules.TOO_LONG: _("A pause ends within a day of its start. For more than that, say it to each other."),
    rules.NOT_LATER: _("That is not later than the time you said. A new time is a later one."),
    rules.TWICE: _("You gave a new time twice. Come back for one sentence first; another pause can follow."),
    rules.RUNS: _("You are still away. Come back first; then there is room for a sentence."),
    rules.ENDED: _("This pause has ended. If you need more time, begin another."),
}
TOPIC_AHEAD = _("Choose a time ahead, within the next two months.")


def step_away(*, circle: CircleKeys, pause_id: UUID, return_at: datetime, now: datetime) -> models.Pause:
    """Begin a pause and say when one is back. Whoever is away already stays so, with the time they said.

    The same form once more is the same pause. Raise Refused for a time that is too soon or too far, Closed when
    somebody left, and Http404 for an id of somebody else's.
    """
    pause = _fitting(lambda: rules.begin(now, return_at))
    with transaction.atomic():
        circle = take_turn(circle)
        row = models.Pause.objects.filter(person_id=circle.me).first()
        if row is not None:
            is_here = row.circle_id == circle.circle and rules.is_running(queries.away(row), now)
            if is_here or row.id == pause_id:
                return row
            owned(models.Soft, circle).filter(id=row.id).delete()
            row.delete()
        if models.Pause.objects.filter(id=pause_id).exists():
            raise Http404
        return models.Pause.objects.create(
            id=pause_id,
            circle_id=circle.circle,
            person_id=circle.me,
            started_at=pause.started_at,
            return_at=pause.return_at,
        )


def need_longer(
    *, circle: CircleKeys, pause_id: UUID, over: datetime, return_at: datetime, now: datetime
) -> models.Pause:
    """Give a new return time instead of `over`, the one that stood on the page.

    When another one was given meanwhile (the form came twice), that one stands. Raise Refused, Closed or Http404.
    """
    with transaction.atomic():
        circle = take_turn(circle)
        row = models.Pause.objects.filter(id=pause_id, circle_id=circle.circle, person_id=circle.me).first()
        if row is None:
            raise Http404
        if row.return_at != over and row.ended_at is None:
            return row
        before = queries.away(row)
        renewed = _fitting(lambda: rules.longer(before, now, return_at))
        row.return_at, row.renewed = renewed.return_at, renewed.renewed
        row.save(update_fields=["return_at", "renewed"])
    return row


def come_back(*, circle: CircleKeys, now: datetime) -> models.Pause | None:
    """End one's own pause and return it; None when there is none. One that ended before stays as it was."""
    with transaction.atomic():
        row = queries.own_last(circle)
        if row is None or row.ended_at is not None:
            return row
        circle = take_turn(circle)
        row.refresh_from_db()
        ended = rules.come_back(queries.away(row), now)
        row.ended_at = ended.ended_at
        row.save(update_fields=["ended_at"])
    return row


class Aside(NamedTuple):
    """A topic to be set aside: its id (the form's), its words, and when to talk about it."""

    id: UUID
    topic: str
    at: datetime


def say_on_return(
    *,
    circle: CircleKeys,
    pause: models.Pause,
    sentence: str,
    way: str,
    version: int,
    now: datetime,
    aside: Aside | None = None,
) -> None:
    """Say one sentence on coming back, and what one would like next, over `version` of what was said (0: nothing).

    Raise Changed when something else was said meanwhile, and Refused while the pause still runs or for a time to talk
    that has passed.
    """
    if pause.ended_at is None:
        raise Refused(str(REASONS[rules.RUNS]))
    soft = shapes.Soft(by=circle.me, pause=pause.id, sentence=sentence, way=way, said_at=now)
    with transaction.atomic():
        circle = take_turn(circle)
        found = queries.said(circle, pause.id, circle.me)
        if found is None:
            add(models.Soft, circle, soft, pause.id)
        elif (found[1].sentence, found[1].way) != (sentence, way):
            rewrite(found[0], circle, soft, version)
        if aside:
            set_aside(circle=circle, topic_id=aside.id, topic=aside.topic, at=aside.at, now=now)


def set_aside(*, circle: CircleKeys, topic_id: UUID, topic: str, at: datetime, now: datetime) -> None:
    """Set a topic aside with a time to talk about it. The same form once more is the same topic.

    Raise Refused for a time that has passed or is months away, and Changed when that form came with other words.
    """
    if not rules.topic_fits(at, now):
        raise Refused(str(TOPIC_AHEAD))
    document = shapes.Topic(by=circle.me, topic=topic, at=at, set_at=now)
    with transaction.atomic():
        circle = take_turn(circle)
        try:
            add(models.Topic, circle, document, topic_id)
        except Changed:
            before = opened(find(models.Topic, circle, topic_id), circle, shapes.Topic)
            if (before.by, before.topic, before.at) != (circle.me, topic, at):
                raise


def let_go(*, circle: CircleKeys, topic_id: UUID) -> None:
    """Let a topic go that was set aside: either of the two, for both."""
    row = owned(models.Topic, circle).filter(id=topic_id).first()
    if row is None:
        raise Http404
    remove(row, circle)


def prepare_plan(*, person: Person, circle: CircleKeys, text: Text, form_id: UUID, now: datetime) -> UUID:
    """Lay ready what two could agree beforehand; nobody else sees it until it is given. Return what is prepared.

    There is one such agreement: when it was put before, the newest words of it are laid ready instead.
    """
    agreement = queries.plan_id(circle)
    if queries.is_planned(person, circle):
        unsaved.forget(person.keyring, form_id, now)
        return agreements.begin_wording(person=person, agreement=agreement, now=now)
    agreements.prepare(person=person, prepared_id=form_id, text=text, now=now, agreement=agreement)
    return form_id


def withdraw_words(*, circle: CircleKeys) -> None:
    """Delete one's own pause, what one said after it, and topics one proposed, inside the caller's transaction."""
    circle = take_turn(circle)
    for row in models.Pause.objects.filter(circle_id=circle.circle, person_id=circle.me):
        owned(models.Soft, circle).filter(id=row.id).delete()
        row.delete()
    mine = [topic.id for topic in queries.all_topics(circle) if not topic.name]
    owned(models.Topic, circle).filter(id__in=mine).delete()


def delete_everything(*, person: Person) -> None:
    """Delete this person's own pause. What was said between two stays with both, as long as they share a space."""
    models.Pause.objects.filter(person_id=person.keyring.account).delete()


def _fitting(move: Callable[[], rules.Away]) -> rules.Away:
    try:
        return move()
    except rules.Unfit as unfit:
        raise Refused(str(REASONS[unfit.reason])) from None
