"""What a person does here. Each writes the paper and its line in the contents together."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from kindline.ground.people.models import Person
from kindline.ground.vault import records, unsaved
from kindline.mine.needs import queries, rules, shapes
from kindline.mine.needs.instruments import Instrument
from kindline.mine.needs.models import CONTENTS, Paper


class TooSoon(Exception):  # noqa: N818 - what is the case
    """A second look at the same questionnaire, about the same person, before it can say something new."""

    def __init__(self, looked_at: datetime, again_from: datetime) -> None:
        super().__init__(looked_at, again_from)
        self.looked_at, self.again_from = looked_at, again_from


def walk(*, person: Person, walk_id: UUID, parts: Mapping[str, Any], now: datetime) -> Paper:
    """Keep a walk: `parts` are fields of shapes.Walk. Raise Changed when the person has one of that id already."""
    return _keep(person, walk_id, shapes.Walk(at=now, **parts), now)


def change_walk(
    *, person: Person, record: Paper, parts: Mapping[str, Any], version: int, form_id: UUID, now: datetime
) -> Paper:
    """Write a walk anew over exactly `version`, or raise Changed and leave it as it is."""
    old = records.opened(record, person.keyring, shapes.Paper).holds
    return _change(person, record, msgspec.structs.replace(old, **parts), version=version, form_id=form_id, now=now)


def check(*, person: Person, check_id: UUID, met: Mapping[str, int], free: int, now: datetime) -> Paper:
    """Keep how it is these weeks: for each need how far it was met, and how freely a no could be said; 1 to 4."""
    return _keep(person, check_id, shapes.Check(at=now, met=dict(met), free=free), now)


def answer(
    *,
    person: Person,
    reading_id: UUID,
    instrument: Instrument,
    answers: Mapping[str, int],
    about: str,
    now: datetime,
) -> Paper:
    """Keep the answers to a questionnaire, with the numbers they give.

    Raise TooSoon within the days that a second look, about the same person, has to wait.
    """
    last = queries.last_answered(person, instrument.id, about)
    if last and last.id != reading_id:
        again_from = rules.again_from(last.at, instrument.again_after_days)
        if now < again_from:
            raise TooSoon(last.at, again_from)
    reading = shapes.Reading(
        at=now,
        instrument=instrument.id,
        called=instrument.name,
        about=about,
        answers=dict(answers),
        numbers=instrument.numbers(answers),
    )
    return _keep(person, reading_id, reading, now)


def set_leaning(*, person: Person, reading_id: UUID, numbers: Mapping[str, float], about: str, now: datetime) -> Paper:
    """Keep a leaning set by hand: the numbers by the names in rules.LEANING, each from 1 to 7, or left out."""
    return _keep(person, reading_id, shapes.Reading(at=now, about=about, numbers=dict(numbers)), now)


def keep_sentence(*, person: Person, sentence_id: UUID, text: str, now: datetime) -> Paper:
    """Keep a sentence about oneself. Raise Changed when there is one of that id."""
    return _keep(person, sentence_id, shapes.Sentence(at=now, text=text), now)


def change_sentence(*, person: Person, record: Paper, text: str, version: int, form_id: UUID, now: datetime) -> Paper:
    """Write a sentence anew over exactly `version`, or raise Changed."""
    return _change(person, record, shapes.Sentence(at=now, text=text), version=version, form_id=form_id, now=now)


def let_go(*, person: Person, form_id: UUID, now: datetime) -> None:
    """Forget words that were typed and never saved."""
    unsaved.forget(person.keyring, form_id, now)


def delete(*, person: Person, record: Paper) -> None:
    """Delete a walk, a check, a reading or a sentence for good."""
    with transaction.atomic():
        records.remove(record, person.keyring)
        CONTENTS.drop(person.keyring, record.id)


def bring_back(*, person: Person, documents: Sequence[tuple[UUID, shapes.Paper]]) -> int:
    """Write papers that were taken along, inside the caller's transaction; return how many came.

    What this person already has under an id stays as it is.
    """
    return CONTENTS.add_many(person.keyring, documents)


def delete_everything(*, person: Person) -> None:
    """Delete all this room keeps, for good."""
    with transaction.atomic():
        CONTENTS.drop_all(person.keyring)


def _keep(person: Person, paper_id: UUID, holds: shapes.Kept, now: datetime) -> Paper:
    paper = shapes.Paper(holds=holds)
    with transaction.atomic():
        record = records.add(Paper, person.keyring, paper, paper_id)
        CONTENTS.put(person.keyring, shapes.outline(record.id, record.version, paper))
        unsaved.forget(person.keyring, paper_id, now)
    return record


def _change(person: Person, record: Paper, holds: shapes.Kept, *, version: int, form_id: UUID, now: datetime) -> Paper:
    paper = shapes.Paper(holds=holds)
    with transaction.atomic():
        records.rewrite(record, person.keyring, paper, version)
        CONTENTS.put(person.keyring, shapes.outline(record.id, record.version, paper))
        unsaved.forget(person.keyring, form_id, now)
    return record
