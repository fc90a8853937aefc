"""What a person does with what calms them. A moment and its line in the contents are written together."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from kindline.ground.people.models import Person
from kindline.ground.vault import records, unsaved
from kindline.ground.vault.sealing import Shape
from kindline.mine.calm import queries, rules, shapes
from kindline.mine.calm.models import CONTENTS, Arrangement, Moment, Practice


def add(*, person: Person, practice_id: UUID, practice: shapes.Practice, now: datetime) -> Practice:
    """Keep a practice of one's own. Raise Changed when there is one of that id: the form came twice."""
    with transaction.atomic():
        record = records.add(Practice, person.keyring, practice, practice_id)
        unsaved.forget(person.keyring, practice_id, now)
    return record


def change(
    *, person: Person, record: Practice, practice: shapes.Practice, version: int, form_id: UUID, now: datetime
) -> Practice:
    """Write a practice anew over exactly `version`, or raise Changed and leave it as it is."""
    with transaction.atomic():
        records.rewrite(record, person.keyring, practice, version)
        unsaved.forget(person.keyring, form_id, now)
    return record


def delete(*, person: Person, record: Practice) -> None:
    """Delete a practice for good. Moments keep what it was called."""
    records.remove(record, person.keyring)


def let_go(*, person: Person, form_id: UUID, now: datetime) -> None:
    """Forget words that were typed and never saved."""
    unsaved.forget(person.keyring, form_id, now)


def arrange(*, person: Person, practice: str, where: str) -> tuple[str, ...]:
    """Put one practice first, or one place further up, and return the order as it is now."""
    with transaction.atomic():
        # One at a time, or two windows would each write a first arrangement of their own.
        records.take_turn(person.keyring)
        order = rules.moved(queries.order(person), practice, where)
        arrangement, record = shapes.Arrangement(order=order), records.owned(Arrangement, person.keyring).first()
        if record is None:
            records.add(Arrangement, person.keyring, arrangement, uuid4())
        else:
            records.rewrite(record, person.keyring, arrangement, record.version)
    return order


def tell(*, person: Person, moment_id: UUID, moment: shapes.Moment) -> Moment:
    """Keep how a moment was. Raise Changed when there is one of that id: it was told twice."""
    with transaction.atomic():
        record = records.add(Moment, person.keyring, moment, moment_id)
        CONTENTS.put(person.keyring, shapes.outline(record.id, record.version, moment))
    return record


def forget(*, person: Person, record: Moment) -> None:
    """Delete a moment for good."""
    with transaction.atomic():
        records.remove(record, person.keyring)
        CONTENTS.drop(person.keyring, record.id)


def bring_back(*, person: Person, documents: Sequence[tuple[UUID, Shape]]) -> int:
    """Write documents that were taken along, inside the caller's transaction; return how many came.

    What this person already has under an id stays as it is, and so does an arrangement made here meanwhile.
    """
    keyring = person.keyring
    practices = [(one, document) for one, document in documents if isinstance(document, shapes.Practice)]
    moments = [(one, document) for one, document in documents if isinstance(document, shapes.Moment)]
    orders = [(one, document) for one, document in documents if isinstance(document, shapes.Arrangement)][:1]
    if records.owned(Arrangement, keyring).exists():
        orders = []
    told = CONTENTS.add_many(keyring, moments)
    added = records.add_many(Practice, keyring, practices)
    return told + len(added) + len(records.add_many(Arrangement, keyring, orders))


def delete_everything(*, person: Person) -> None:
    """Delete every practice, their order and every moment for good."""
    with transaction.atomic():
        CONTENTS.drop_all(person.keyring)
        for model in (Practice, Arrangement):
            records.remove_all(model, person.keyring)
