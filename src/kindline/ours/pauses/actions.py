"""What two people do with pauses. A pause binds only the one who calls it; each act shows on the other's open pages.

Starting, needing longer and coming back also work without keys, on a device that its person allowed to.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from kindline.ground.people.models import Person
from kindline.ground.people.refusing import Refused
from kindline.ground.vault import throttle, unsaved
from kindline.ground.vault.circles import CircleKeys, Closed, tell_others
from kindline.ground.vault.models import Account, Circle
from kindline.ground.vault.records import Changed, add, find, opened, owned, remove, rewrite, take_turn
from kindline.ours.agreements import actions as agreements
from kindline.ours.agreements.actions import Text
from kindline.ours.pauses import asides, cookie, ledger, models, queries, rules, shapes
from kindline.ours.pauses.queries import Allowed

REASONS = {
    rules.TOO_SHORT: _("A pause is fifteen minutes at least: less is rarely enough for a body to settle."),
    rules.TOO_LONG: _("A pause ends within a day of its start. For more than that, say it to each other."),
    rules.NOT_LATER: _("That is not later than the time you said. A new time is a later one."),
    rules.TWICE: _("You gave a new time twice. Come back for one sentence first; another pause can follow."),
    rules.RUNS: _("You are still away. Come back first; then there is room for a sentence."),
    rules.ENDED: _("This pause has ended. If you need more time, begin another."),
    rules.STRANGE: _("What this device kept of a pause can’t have been. It is let go; nothing was told."),
}
Move = TypeVar("Move")
TOO_OFTEN = _("That was often in a short time. Please wait a moment, or unlock your place.")
FREE_ACTS = 20  # of one device within an hour; after them it waits 1, 2, 4 up to 60 seconds
MOST_DEVICES = 10
TOO_MANY = _("Ten devices are the most. Please remove one first.")
MOVED = _("Something was said of it in this very moment. What stands now is above; what you chose is below.")
RESTS = _("It rests for now. Whoever said “not now” can name a time when there is one.")
TOPIC_AHEAD = _("Choose a time ahead, within the next two months.")


class TooOften(Refused):
    """A device acted more often in an hour than a person would."""


def step_away(*, circle: CircleKeys | Allowed, pause_id: UUID, return_at: datetime, now: datetime) -> models.Pause:
    """Begin a pause and say when one is back. Whoever is away already stays so, with the time they said.

    The same form once more is the same pause. Raise Refused for a time that is too soon or too far, Closed when
    somebody left, and Http404 for an id of somebody else's.
    """
    pause = _fitting(lambda: rules.begin(now, return_at))
    with transaction.atomic():
        _take_turn(circle, now)
        row = queries.last_of(circle.me)
        if row is not None:
            is_here = row.circle_id == circle.circle and rules.is_running(queries.away(row), now)
            if is_here or row.id == pause_id:
                return row
        row = _write(circle, pause_id, pause)
        tell_others(circle.circle)
    return row


def need_longer(
    *, circle: CircleKeys | Allowed, pause_id: UUID, over: datetime, return_at: datetime, now: datetime
) -> models.Pause:
    """Give a new return time instead of `over`, the one that stood on the page.

    When another one was given meanwhile (the form came twice), that one stands. Raise Refused, Closed or Http404.
    """
    with transaction.atomic():
        _take_turn(circle, now)
        row = models.Pause.objects.filter(id=pause_id, circle_id=circle.circle, person_id=circle.me).first()
        if row is None:
            raise Http404
        if row.return_at != over and row.ended_at is None:
            return row
        before = queries.away(row)
        renewed = _fitting(lambda: rules.longer(before, now, return_at))
        row.return_at, row.renewed = renewed.return_at, renewed.renewed
        row.save(update_fields=["return_at", "renewed"])
        tell_others(circle.circle)
    return row


def come_back(*, circle: CircleKeys | Allowed, now: datetime) -> models.Pause | None:
    """End one's own pause and return it; None when there is none. One that ended before stays as it was."""
    with transaction.atomic():
        row = queries.own_last(circle)
        if row is None or row.ended_at is not None:
            return row
        _take_turn(circle, now)
        row.refresh_from_db()
        if row.ended_at is None:
            row.ended_at = rules.come_back(queries.away(row), now).ended_at
            row.save(update_fields=["ended_at"])
            tell_others(circle.circle)
    return row


def tell(
    *, circle: CircleKeys | Allowed, pause_id: UUID, told: rules.Away, shown: datetime, now: datetime
) -> models.Pause:
    """Tell a pause that a device kept while it had no connection; its own clock shows `shown` now.

    Told twice it is one. What the other's pages do not show, a pause that was over before anybody heard of it, wakes
    nobody. Raise Refused for what can't have been, Closed when somebody left, and Http404 for an id of somebody else's.
    """
    told = rules.by_our_clock(told, shown, now)
    with transaction.atomic():
        _take_turn(circle, now)
        row = queries.last_of(circle.me)
        known = queries.away(row) if row is not None and row.circle_id == circle.circle else None
        is_same = row is not None and row.id == pause_id
        stands, is_news = _fitting(lambda: rules.hear(known, told, now, is_same=is_same))
        if row is None or is_news:
            row = _write(circle, pause_id, stands)
            if stands.told_in_time:
                tell_others(circle.circle)
        elif stands != known:
            row.return_at, row.renewed, row.ended_at = stands.return_at, stands.renewed, stands.ended_at
            row.save(update_fields=["return_at", "renewed", "ended_at"])
            tell_others(circle.circle)
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
    form_id: UUID | None = None,
    aside: Aside | None = None,
) -> None:
    """Say one sentence on coming back, and what one would like next, over `version` of what was said (0: nothing).

    Raise Changed when something else was said meanwhile, and Refused while the pause still runs or for a time to talk
    that has passed.
    """
    if pause.ended_at is None:
        raise Refused(REASONS[rules.RUNS])
    soft = shapes.Soft(by=circle.me, pause=pause.id, sentence=sentence, way=way, said_at=now)
    with transaction.atomic():
        circle = take_turn(circle)
        if form_id:
            unsaved.forget(circle.keyring, form_id, now)
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
        raise Refused(TOPIC_AHEAD)
    document = shapes.Topic(by=circle.me, topic=topic, at=at, set_at=now)
    with transaction.atomic():
        circle = take_turn(circle)
        unsaved.forget(circle.keyring, topic_id, now)
        try:
            add(models.Topic, circle, document, topic_id)
        except Changed:
            before = opened(find(models.Topic, circle, topic_id), circle, shapes.Topic)
            if (before.by, before.topic, before.at) != (circle.me, topic, at):
                raise


def answer_topic(*, circle: CircleKeys, topic_id: UUID, way: str, at: datetime, over: datetime, now: datetime) -> None:
    """Say of a topic that was set aside that this time suits, that another one would, or that it is not now.

    `over` is the time that stood on the page. A no always stands; anything else is Refused where another time was
    named meanwhile, or where the other said not now. The same form once more says the same. Raise Http404 for a topic
    that was let go.
    """
    if way == asides.ANOTHER and not rules.topic_fits(at, now):
        raise Refused(TOPIC_AHEAD)
    with transaction.atomic():
        circle = take_turn(circle)
        topic = ledger.topic(circle, topic_id)
        word = asides.Said(circle.me, topic.at if way == asides.NOT_NOW else at, way != asides.NOT_NOW, now)
        is_fresh = over == topic.at != word.at  # named once more, against what the other named since
        if asides.says(topic.said, word) and not is_fresh:
            return
        if not asides.may_say(topic.state, way):
            raise Refused(RESTS)
        if way != asides.NOT_NOW and over != topic.at:
            raise Refused(MOVED)
        # Later than what was said before, also where a clock was put back: the newest word is the one that counts.
        said_at = max(now, max(one.said_at for one in topic.said) + timedelta(microseconds=1))
        said = shapes.TopicAnswer(by=circle.me, topic=topic_id, at=word.at, suits=word.suits, said_at=said_at)
        row_id = ledger.answer_id(circle, topic_id, circle.me)
        owned(models.TopicAnswer, circle).filter(id=row_id).delete()
        add(models.TopicAnswer, circle, said, row_id)


def let_go(*, circle: CircleKeys, topic_id: UUID) -> None:
    """Let a topic go that was set aside: either of the two, for both."""
    row = owned(models.Topic, circle).filter(id=topic_id).first()
    if row is None:
        raise Http404
    with transaction.atomic():
        remove(row, circle)
        _forget_answers(circle, topic_id)


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


def allow(*, person: Person, circle: CircleKeys, token: cookie.Token, is_phone: bool, now: datetime) -> models.Device:
    """Let a device start, extend and end this person's pauses in a circle without being unlocked.

    Nobody else's pages change by it. Raise Refused when there are ten already, Closed when somebody left.
    """
    with transaction.atomic():
        circle = take_turn(circle.unheard())
        if owned(models.Device, person.keyring).count() >= MOST_DEVICES:
            raise Refused(TOO_MANY)
        device = shapes.Device(is_phone=is_phone, since=now)
        return add(models.Device, circle.keyring, device, uuid4(), circle_id=circle.circle, lookup=token.lookup)


def revoke(*, person: Person, device_id: UUID) -> None:
    """Let one device pause only while it is unlocked, from now on; raise Http404 for somebody else's."""
    remove(find(models.Device, person.keyring, device_id), person.keyring)


def revoke_here(*, request: HttpRequest) -> None:
    """Let the device of a request pause only while it is unlocked: nobody need be unlocked to take that back."""
    token = cookie.token_of(request)
    if token is not None:
        models.Device.objects.filter(lookup=token.lookup).delete()


def revoke_everywhere(*, person: Person) -> None:
    """Let none of this person's devices pause while it is locked, inside the caller's transaction."""
    owned(models.Device, person.keyring).delete()


def revoke_in(*, circle: CircleKeys) -> None:
    """Let nobody's devices pause in a circle that somebody leaves, inside the caller's transaction."""
    models.Device.objects.filter(circle_id=circle.circle).delete()


def withdraw_words(*, circle: CircleKeys) -> None:
    """Delete one's own pause, what one said after it, and topics one proposed, inside the caller's transaction."""
    circle = take_turn(circle)
    for row in models.Pause.objects.filter(circle_id=circle.circle, person_id=circle.me):
        owned(models.Soft, circle).filter(id=row.id).delete()
        row.delete()
    for topic in ledger.all_topics(circle):
        if topic.name:
            owned(models.TopicAnswer, circle).filter(id=ledger.answer_id(circle, topic.id, circle.me)).delete()
        else:
            owned(models.Topic, circle).filter(id=topic.id).delete()
            _forget_answers(circle, topic.id)


def delete_everything(*, person: Person) -> None:
    """Delete this person's own pause. What was said between two stays with both, as long as they share a space."""
    models.Pause.objects.filter(person_id=person.keyring.account).delete()
    revoke_everywhere(person=person)


def _take_turn(circle: CircleKeys | Allowed, now: datetime) -> None:
    """Wait for one's turn in a circle, with keys or without; its open pages hear only once something changes.

    A device without keys waits for its person first, as everybody does, and acts only as often as a person would.
    Raise Closed when somebody left, or when the device was revoked meanwhile.
    """
    if isinstance(circle, CircleKeys):
        take_turn(circle.unheard())
        return
    if throttle.take(throttle.bucket_of("pause", str(circle.id)), now, FREE_ACTS).seconds:
        raise TooOften(TOO_OFTEN)
    Account.objects.select_for_update(no_key=True).filter(id=circle.me).first()
    here = Circle.objects.select_for_update(no_key=True).filter(id=circle.circle, closed_at=None).first()
    if here is None or not models.Device.objects.filter(id=circle.id).exists():
        raise Closed


def _write(circle: CircleKeys | Allowed, pause_id: UUID, pause: rules.Away) -> models.Pause:
    """Write a pause in place of this person's last one, and of what was said after that in the same circle.

    One that was over before it was told takes only the place of another such.
    """
    if models.Pause.objects.filter(id=pause_id).exclude(person_id=circle.me).exists():
        raise Http404
    rows = models.Pause.objects.filter(person_id=circle.me)
    for row in rows if pause.told_in_time else rows.filter(Q(told_in_time=False) | Q(id=pause_id)):
        models.Soft.objects.filter(id=row.id, circle_id=circle.circle).delete()
        row.delete()
    return models.Pause.objects.create(id=pause_id, circle_id=circle.circle, person_id=circle.me, **pause._asdict())


def _forget_answers(circle: CircleKeys, topic_id: UUID) -> None:
    ids = [ledger.answer_id(circle, topic_id, by) for by in (circle.me, *(one.account for one in circle.others))]
    owned(models.TopicAnswer, circle).filter(id__in=ids).delete()


def _fitting(move: Callable[[], Move]) -> Move:
    try:
        return move()
    except rules.Unfit as unfit:
        raise Refused(REASONS[unfit.reason]) from None
