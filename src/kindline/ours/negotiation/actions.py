"""What two people do in a talk. What each prepares apart changes nobody else's pages until both are ready."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kindline.ground.people.inviting import pair_of
from kindline.ground.people.models import Person
from kindline.ground.people.refusing import Refused
from kindline.ground.vault import unsaved
from kindline.ground.vault.circles import CircleKeys, Closed
from kindline.ground.vault.primitives import random_bytes
from kindline.ground.vault.records import Changed, add, add_many, opened, owned, remove, remove_all, rewrite, take_turn
from kindline.ground.vault.sealing import Shape
from kindline.ours.agreements import actions as agreements
from kindline.ours.negotiation import models, queries, rules, shapes
from kindline.ours.negotiation.shapes import Said

__all__ = ["Changed", "Closed", "Refused", "Said"]

ONE_AT_A_TIME = _(
    "You two are at one thing already. One at a time is enough, and that one can rest at any moment. "
    "Your words are still here; nothing is lost."
)
NOBODY_YET = _("There is nobody here to talk with yet. On one phone, or on paper, it works too.")
MOVED_ON = _("This has moved on meanwhile. Below is how it stands; your words are here, nothing is lost.")
BOTH_READY = _("You’re both ready by now, so it stays as it is. It can be opened.")


def begin(*, person: Person, talk_id: UUID, topic: str, now: datetime) -> None:
    """Tell the other what one would like to talk about. Raise Refused when there is a talk already, or nobody."""
    circle = pair_of(person)
    if circle is None:
        raise Refused(NOBODY_YET)
    with transaction.atomic():
        circle = take_turn(circle)
        there = owned(models.Talk, circle).filter(id=talk_id).first()
        if there is not None:
            if opened(there, circle, shapes.Talk).topic != topic:
                raise Changed
            return
        if any(one.standing.is_open for one in queries.all_kept(circle)):
            raise Refused(ONE_AT_A_TIME)
        add(models.Talk, circle, shapes.Talk(topic=topic, by=circle.me, begun_at=now), talk_id)
        unsaved.forget(circle.keyring, talk_id, now)


def keep(
    *,
    person: Person,
    talk_id: UUID,
    said: shapes.Said,
    version: int,
    form_id: UUID,
    now: datetime,
    is_ready: bool = False,
) -> None:
    """Keep what one prepares apart, over exactly that version of it, and with `is_ready` say so.

    Whoever is ready second opens with it: the other is bound by what they promised, and opens theirs when they are
    here next. Raise Changed, Refused or Closed; then nothing was written.
    """
    kept = queries.talk(person, talk_id)
    heard = kept.circle
    with transaction.atomic():
        circle = take_turn(heard.unheard())
        kept = _still_apart(circle, kept, said.of)
        salted = msgspec.structs.replace(said, talk=talk_id, by=circle.me, salt=random_bytes().hex())
        part = shapes.Part(circle=circle.circle, said=salted, changed_at=now, is_ready=is_ready)
        _write_part(person, circle, part, version)
        _promise(person, circle, kept.record, part)
        unsaved.forget(circle.keyring, form_id, now)
        promised = queries.promise_of_other(circle, kept.record, said.of) if is_ready else None
        if promised is not None:
            _open(person, heard, kept, said=salted, against=promised.digest, now=now)


def not_ready(*, person: Person, talk_id: UUID, of: str, now: datetime) -> None:
    """Take back that one is ready, to change something; raise Refused when both are by now."""
    kept = queries.talk(person, talk_id)
    with transaction.atomic():
        circle = take_turn(kept.circle.unheard())
        kept = _still_apart(circle, kept, of)
        mine = queries.prepared(person, talk_id, of)
        if mine is None or not mine.part.is_ready:
            return
        part = msgspec.structs.replace(mine.part, is_ready=False, changed_at=now)
        rewrite(mine.record, circle.keyring, part, mine.record.version)
        _promise(person, circle, kept.record, part)


def open_mine(*, person: Person, talk_id: UUID, of: str, now: datetime) -> None:
    """Open what one had ready, now that the other is ready too; from here on both see both."""
    kept = queries.talk(person, talk_id)
    with transaction.atomic():
        kept = queries.kept_in(take_turn(kept.circle), kept.record)
        mine = queries.prepared(person, talk_id, of)
        if kept.circle.me in kept.standing.opened.get(of, ()):
            return
        is_bound = kept.standing.both_ready(of) if of in rules.APART else False
        if mine is None or not (is_bound and mine.part.is_ready and rules.may(kept.standing, kept.circle.me, "open")):
            raise Refused(MOVED_ON)
        _open(person, kept.circle, kept, said=mine.part.said, against="", now=now)


def make_sense(*, person: Person, talk_id: UUID, act_id: UUID, words: str, now: datetime) -> None:
    """Tell the other what makes sense about their side."""
    _act(person, talk_id, act_id, now, "sense", words=words)


def confirm(*, person: Person, talk_id: UUID, act_id: UUID, on: UUID, now: datetime) -> None:
    """Say that the other has heard it right."""
    _act(person, talk_id, act_id, now, "right", on=on)


def correct(*, person: Person, talk_id: UUID, act_id: UUID, on: UUID, words: str, now: datetime) -> None:
    """Say what the other hasn't heard quite right; they can put it in other words."""
    _act(person, talk_id, act_id, now, "correct", on=on, words=words)


def word_loop(
    *, person: Person, talk_id: UUID, act_id: UUID, words: str, now: datetime, on: UUID | None = None
) -> None:
    """Put the loop two people get into in words, in place of those that stood before one's eyes, if any.

    Without words it is to be left out. Raise Refused when there are others by now: nobody's words go unread.
    """
    _act(person, talk_id, act_id, now, "loop", words=words, on=on)


def accept_loop(*, person: Person, talk_id: UUID, act_id: UUID, on: UUID, now: datetime) -> None:
    """Agree to exactly these words for the loop; raise Refused when there are others by now."""
    _act(person, talk_id, act_id, now, "accept", on=on)


def add_option(*, person: Person, talk_id: UUID, act_id: UUID, words: str, now: datetime) -> None:
    """Put an option on the table."""
    _act(person, talk_id, act_id, now, "option", words=words)


def take_off(*, person: Person, talk_id: UUID, act_id: UUID, on: UUID, now: datetime) -> None:
    """Take an option of one's own off the table again."""
    _act(person, talk_id, act_id, now, "take-off", on=on)


def say_all(*, person: Person, talk_id: UUID, act_id: UUID, now: datetime) -> None:
    """Say that one has no more options to add."""
    _act(person, talk_id, act_id, now, "all")


def rest(*, person: Person, talk_id: UUID, act_id: UUID, now: datetime) -> None:
    """Let a talk rest, at any moment and without a reason."""
    _act(person, talk_id, act_id, now, "rest")


def write_as_agreement(*, person: Person, talk_id: UUID, option: UUID, now: datetime) -> UUID:
    """Lay an option ready as the words of an agreement, and return the id of what `agreements` has prepared.

    It is one's own alone until one gives it there, with a yes of one's own. The other's idea goes beside it, to be put
    in words of one's own. Raise Refused for what isn't laid out, or isn't for one of the two.
    """
    kept = queries.talk(person, talk_id)
    if kept.standing.is_closed:
        raise Closed
    there = kept.standing.options.get(option)
    answers = [said.taps.get(str(option)) for said in kept.standing.opened["taps"].values()]
    if kept.standing.step != "laid" or there is None or rules.NOT in answers:
        raise Refused(MOVED_ON)
    need, is_mine = kept.standing.opened["needs"][kept.circle.me].need, there.by == kept.circle.me
    text = agreements.Text(need=need, ask=there.words if is_mine else "")
    idea, agreement = "" if is_mine else there.words, queries.agreement_id(kept.circle, talk_id, str(option))
    return _prepare(person, talk_id, str(option), text, idea, now=now, agreement=agreement, talk=talk_id)


def write_phone_as_agreement(*, person: Person, one_id: UUID, option: str, now: datetime) -> UUID:
    """Lay an option of a talk on one phone ready as the words of an agreement, as `write_as_agreement` does."""
    one = queries.one_phone(person, one_id).document
    answers = [said.taps.get(option) for said in one.taps]
    if rules.stage(one)[0] != "laid" or None in answers or rules.NOT in answers:
        raise Refused(MOVED_ON)
    return _prepare(person, one_id, option, agreements.Text(need=one.needs[0].need), one.options[int(option)], now=now)


def let_go(*, person: Person, form_id: UUID, now: datetime) -> None:
    """Forget words that were typed and never saved."""
    unsaved.forget(person.keyring, form_id, now)


def keep_one_phone(
    *, person: Person, one_id: UUID, document: shapes.OnePhone, version: int, form_id: UUID, now: datetime
) -> None:
    """Keep how far a talk on one phone is, over exactly that version (0 begins it); raise Changed otherwise."""
    with transaction.atomic():
        keyring = take_turn(person.keyring)
        if version == 0:
            add(models.OnePhone, keyring, document, one_id)
        else:
            rewrite(queries.one_phone(person, one_id).record, keyring, document, version)
        unsaved.forget(keyring, form_id, now)


def delete_one_phone(*, person: Person, one_id: UUID) -> None:
    """Delete a talk on one phone for good."""
    remove(queries.one_phone(person, one_id).record, person.keyring)


def bring_back(*, person: Person, documents: Sequence[tuple[UUID, Shape]]) -> int:
    """Write talks on one phone that were taken along, inside the caller's transaction; return how many came."""
    return len(add_many(models.OnePhone, person.keyring, documents))


def withdraw_words(*, circle: CircleKeys) -> None:
    """Delete what only this member said in a circle, inside the caller's transaction; what both made together stays.

    A talk in which the other did nothing goes in whole. Elsewhere their own need and fear go, and what was in words
    that the other did not take up.
    """
    owned(models.Promise, circle).delete()
    for kept in queries.all_kept(circle):
        me, there = circle.me, kept.standing
        if all(done.act.by == me for done in kept.facts.acts) and kept.facts.talk.by == me:
            remove(kept.record, circle)
            continue
        for done in kept.facts.acts:
            if done.act.by == me and rules.is_mine_alone(there, done):
                record = owned(models.Act, circle).get(id=done.id)
                rewrite(record, circle, rules.taken_back(done.act), record.version)


def delete_everything(*, person: Person) -> None:
    """Delete what this person prepared apart, and their talks on one phone."""
    for model in (models.Part, models.OnePhone):
        remove_all(model, person.keyring)


def _prepare(
    person: Person,
    talk_id: UUID,
    option: str,
    text: agreements.Text,
    idea: str,
    *,
    now: datetime,
    agreement: UUID | None = None,
    talk: UUID | None = None,
) -> UUID:
    prepared_id = queries.own_id(person, "agreement", talk_id, option)
    ready: dict[str, Any] = {"text": text, "idea": idea, "agreement": agreement, "talk": talk}
    with suppress(Changed):  # it lies ready already, and its words were worked on since
        agreements.prepare(person=person, prepared_id=prepared_id, now=now, **ready)
    return prepared_id


def _still_apart(circle: CircleKeys, kept: queries.Kept, of: str) -> queries.Kept:
    """Return the talk as it is now, or raise Refused when this is no longer prepared apart."""
    kept = queries.kept_in(circle, kept.record)
    there = kept.standing
    if there.step != of or not rules.may(there, circle.me, "open"):
        raise Refused(MOVED_ON)
    if there.both_ready(of):
        raise Refused(BOTH_READY)
    return kept


def _write_part(person: Person, circle: CircleKeys, part: shapes.Part, version: int) -> None:
    there = queries.prepared(person, part.said.talk, part.said.of)
    if there is not None:
        rewrite(there.record, circle.keyring, part, version)
    elif version:
        raise Changed
    else:
        part_id = queries.own_id(person, "part", part.said.talk, part.said.of)
        add(models.Part, circle.keyring, part, part_id)


def _promise(person: Person, circle: CircleKeys, record: models.Talk, part: shapes.Part) -> None:
    """Write what is promised, each time anew and of the same size, so that its row tells nothing of being ready."""
    said = part.said
    exact = queries.digest_of(said) if part.is_ready else random_bytes().hex()
    promise = shapes.Promise(by=circle.me, of=said.of, digest=exact, is_ready=part.is_ready)
    promise_id = queries.own_id(person, "promise", said.talk, said.of)
    there = owned(models.Promise, circle).filter(id=promise_id).first()
    if there is None:
        add(models.Promise, circle, promise, promise_id, talk=record)
    else:
        rewrite(there, circle, promise, there.version)


def _open(
    person: Person, circle: CircleKeys, kept: queries.Kept, *, said: shapes.Said, against: str, now: datetime
) -> None:
    """Open what was prepared, in view of both."""
    act = shapes.Act(turn=_next(kept), by=circle.me, at=now, kind="open", said=said, against=against)
    add(models.Act, circle, act, queries.own_id(person, "open", said.talk, said.of), talk=kept.record)


def _act(
    person: Person, talk_id: UUID, act_id: UUID, now: datetime, kind: str, *, words: str = "", on: UUID | None = None
) -> None:
    kept = queries.talk(person, talk_id)
    with transaction.atomic():
        circle = take_turn(kept.circle)
        there = owned(models.Act, circle).filter(id=act_id).first()
        if there is not None:
            before = opened(there, circle, shapes.Act)
            if (before.kind, before.words, before.on) != (kind, words, on):
                raise Changed
            return
        kept = queries.kept_in(circle, kept.record)
        unseen = kind == "loop" and on != (kept.standing.loop.id if kept.standing.loop else None)
        if unseen or not rules.may(kept.standing, circle.me, kind, on):
            raise Refused(MOVED_ON)
        act = shapes.Act(turn=_next(kept), by=circle.me, at=now, kind=kind, words=words, on=on)
        add(models.Act, circle, act, act_id, talk=kept.record)
        unsaved.forget(circle.keyring, act_id, now)


def _next(kept: queries.Kept) -> int:
    return max((done.act.turn for done in kept.facts.acts), default=0) + 1
