"""Reading talks: always as one of the two, and what they prepared apart as themselves alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec
from django.http import Http404
from django.urls import reverse

from kindline.ground.page.readable import Readable
from kindline.ground.people.models import Person
from kindline.ground.vault import unsaved
from kindline.ground.vault.circles import CircleKeys, circles_of
from kindline.ground.vault.primitives import Unopened, derived_id, digest
from kindline.ground.vault.records import each_opened, find, opened, owned
from kindline.ground.vault.sealing import Shape
from kindline.ours.agreements import queries as agreements
from kindline.ours.negotiation import models, on_paper, rules, shapes, taking
from kindline.ours.negotiation.rules import Done, Facts, Standing

TAKEN = (shapes.OnePhone,)  # of what lies here for one person alone
SHAPES = (shapes.Talk, shapes.Act, shapes.Part)  # of what `everything` yields

State = Literal["yours", "theirs", "laid", "rests", "closed"]


class Kept(NamedTuple):
    """A talk as it is stored: its row, whose it is, what is known of it, where it stands."""

    record: models.Talk
    circle: CircleKeys
    facts: Facts
    standing: Standing

    @property
    def other(self) -> UUID:
        """Return whom this person talks with."""
        return next(iter(who for who in self.circle.members if who != self.circle.me), self.circle.me)


class Prepared(NamedTuple):
    """What this person prepared apart: its row, and what it says."""

    record: models.Part
    part: shapes.Part


class Found(NamedTuple):
    """A talk on one phone, as it is kept."""

    record: models.OnePhone
    document: shapes.OnePhone


@dataclass(frozen=True, slots=True)
class Outline:
    """One talk in a list. Its page is `{% url 'negotiation:talk' id %}`."""

    id: UUID
    topic: str
    name: str  # the other's
    state: State
    step: rules.Step
    is_mine: bool  # I named the topic
    begun_at: datetime


def talk(person: Person, talk_id: UUID) -> Kept:
    """Return a talk of one of this person's circles; raise Http404 for anybody else's."""
    for circle in circles_of(person.keyring):
        record = owned(models.Talk, circle).filter(id=talk_id).first()
        if record is not None:
            with suppress(Unopened):  # somebody has put something else in its row
                return kept_in(circle, record)
    raise Http404


def kept_in(circle: CircleKeys, record: models.Talk) -> Kept:
    """Return a talk of a circle with everything in it opened."""
    return _kept(circle, record, list(owned(models.Act, circle).filter(talk=record)))


def all_kept(circle: CircleKeys) -> list[Kept]:
    """Return every talk of a circle, the last one first."""
    rows: dict[UUID, list[models.Act]] = defaultdict(list)
    for row in owned(models.Act, circle):
        rows[row.talk_id].append(row)
    found = []
    for record in owned(models.Talk, circle):
        with suppress(Unopened):  # somebody has put something else in its row
            found.append(_kept(circle, record, rows[record.id]))
    return sorted(found, key=lambda one: one.facts.talk.begun_at, reverse=True)


def talks(person: Person) -> list[Outline]:
    """Return every talk of this person's circles, the last one first."""
    found = [_outline(person, kept) for circle in circles_of(person.keyring) for kept in all_kept(circle)]
    return sorted(found, key=lambda one: one.begun_at, reverse=True)


def open_talk(person: Person) -> Outline | None:
    """Return the one talk that this person and the other are at now, or None."""
    return next((one for one in talks(person) if one.state in ("yours", "theirs")), None)


def waiting_for_me(person: Person) -> list[Outline]:
    """Return the talk in which something is this person's to do, if there is one."""
    return [one for one in talks(person) if one.state == "yours"]


def begun(person: Person, circle: CircleKeys | None, left: unsaved.AllLeft) -> list[unsaved.Begun]:
    """Return the talks this person began to name, of all that they left unsaved, and can still begin."""
    talk, phone = reverse("negotiation:new"), reverse("negotiation:new-phone")
    found = []
    if circle and unsaved.has_words(left.get(talk, ()), ["topic"]) and open_talk(person) is None:
        found.append(unsaved.Begun("talk", talk))
    if unsaved.has_words(left.get(phone, ()), ["topic"]):
        found.append(unsaved.Begun("phone", phone))
    return found


def prepared(person: Person, talk_id: UUID, of: str) -> Prepared | None:
    """Return what this person prepared apart in a talk, or None."""
    record = owned(models.Part, person.keyring).filter(id=own_id(person, "part", talk_id, of)).first()
    return Prepared(record, opened(record, person.keyring, shapes.Part)) if record else None


def promise_of_other(circle: CircleKeys, record: models.Talk, of: str) -> shapes.Promise | None:
    """Return what the other promised, once they are ready; only for somebody who is ready themselves."""
    promises = (opened(row, circle, shapes.Promise) for row in owned(models.Promise, circle).filter(talk=record))
    return next((one for one in promises if (one.of, one.is_ready) == (of, True) and one.by != circle.me), None)


def on_one_phone(person: Person) -> list[tuple[UUID, shapes.OnePhone]]:
    """Return this person's talks on one phone, the last one first."""
    found = [(one_id, one) for one_id, _, one in each_opened(models.OnePhone, person.keyring, shapes.OnePhone)]
    return sorted(found, key=lambda one: one[1].begun_at, reverse=True)


def is_sound(document: Shape) -> bool:
    """Say whether a document that was taken along could have been written here."""
    return taking.is_sound(document)


def readable(document: Shape) -> Readable | None:
    """Return a document as it is read on paper."""
    return taking.readable(document)


def one_phone(person: Person, one_id: UUID) -> Found:
    """Return a talk on this person's phone; raise Http404 for anybody else's."""
    record = find(models.OnePhone, person.keyring, one_id)
    return Found(record, opened(record, person.keyring, shapes.OnePhone))


def digest_of(said: shapes.Said) -> str:
    """Return the BLAKE2b-256 of exactly what somebody laid ready, in hex."""
    return digest(msgspec.json.encode(said, order="deterministic")).hex()


def own_id(person: Person, what: str, talk_id: UUID, of: str) -> UUID:
    """Return the id of this person's one row of a kind in a talk: the same again for them, random for all others."""
    return derived_id(person.keyring.naming_key, f"negotiation-{what}-{of}", talk_id.bytes)


def agreement_id(circle: CircleKeys, talk_id: UUID, option: str) -> UUID:
    """Return the id of the agreement that an option becomes: the same for both, random for everybody else."""
    return derived_id(circle.ties.keys[0].secret, f"negotiation-agreement-{option}", talk_id.bytes)


def agreements_of(person: Person, circle: CircleKeys, talk_id: UUID, options: Iterable[str]) -> dict[str, UUID]:
    """Return by option the agreement that was put to one of the two, whatever came of it."""
    ids = {option: agreement_id(circle, talk_id, option) for option in options}
    given = agreements.given(person, ids.values())
    return {option: one for option, one in ids.items() if one in given}


def everything(person: Person) -> Iterator[tuple[UUID, UUID, Shape]]:
    """Yield circle, id and document of all that this person can open in talks, for taking along.

    What they prepared apart and have not opened is among it. Talks on one phone belong to no circle; `on_one_phone`
    has those.
    """
    parts = sorted(
        (part.changed_at, part_id, part) for part_id, _, part in each_opened(models.Part, person.keyring, shapes.Part)
    )
    for circle in circles_of(person.keyring):
        for kept in all_kept(circle):
            yield circle.circle, kept.record.id, kept.facts.talk
            for done in sorted(kept.facts.acts, key=lambda one: one.act.turn):
                yield circle.circle, done.id, done.act
        for _at, part_id, part in parts:
            if part.circle == circle.circle:
                yield circle.circle, part_id, part


def readable_talks(person: Person) -> list[Readable]:
    """Return every talk of two as this person reads it on paper."""
    found = []
    for circle in circles_of(person.keyring):
        for kept in all_kept(circle) if circle.others else ():
            options = [str(option) for option in kept.standing.options]
            mine = prepared(person, kept.record.id, "needs")
            found.append(
                on_paper.readable(
                    kept.facts,
                    kept.standing,
                    me=circle.me,
                    other=kept.other,
                    name=circle.other_name,
                    ready=mine.part.said if mine else None,
                    agreed=agreements_of(person, circle, kept.record.id, options),
                )
            )
    return found


def _kept(circle: CircleKeys, record: models.Talk, rows: list[models.Act]) -> Kept:
    acts = [done for row in rows if (done := _done(circle, row)) is not None]
    facts = Facts(opened(record, circle, shapes.Talk), circle.members, acts, is_closed=not circle.is_open)
    return Kept(record, circle, facts, rules.standing(facts))


def _done(circle: CircleKeys, row: models.Act) -> Done | None:
    """Return an act, or None when somebody has put something else in its row."""
    try:
        act = opened(row, circle, shapes.Act)
    except Unopened:
        return None
    said = act.said
    if said is not None and said.talk != row.talk_id:
        return None
    return Done(row.id, act, digest_of(said) if said else "")


def _outline(person: Person, kept: Kept) -> Outline:
    there, me, topic = kept.standing, kept.circle.me, kept.facts.talk
    step = there.step
    state: State
    if there.rested_by:
        state = "rests"
    elif step == "laid":
        state = "laid"
    elif there.is_closed:
        state = "closed"
    else:
        state = "yours" if _is_for_me(person, kept) else "theirs"
    name = kept.circle.other_name
    return Outline(kept.record.id, topic.topic, name, state, step, topic.by == me, topic.begun_at)


def _is_for_me(person: Person, kept: Kept) -> bool:
    if not rules.is_your_part(kept.standing, kept.circle.me):
        return False
    step = kept.standing.step
    if step not in rules.APART or kept.standing.both_ready(step):
        return True
    mine = prepared(person, kept.record.id, step)
    return mine is None or not mine.part.is_ready
