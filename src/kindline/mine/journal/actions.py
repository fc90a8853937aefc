"""What a person does with their journal. Each writes the entry and its line in the contents together."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from django.db import transaction

from kindline.ground.people.models import Person
from kindline.ground.vault import records, unsaved
from kindline.mine.journal import shapes
from kindline.mine.journal.models import CONTENTS, Entry


def keep(*, person: Person, entry_id: UUID, entry: shapes.Entry, now: datetime) -> Entry:
    """Keep a new entry. Raise Changed when the person has one of that id: the form came twice."""
    with transaction.atomic():
        record = records.add(Entry, person.keyring, entry, entry_id)
        CONTENTS.put(person.keyring, shapes.outline(record.id, record.version, entry))
        unsaved.forget(person.keyring, entry_id, now)
    return record


def change(*, person: Person, record: Entry, entry: shapes.Entry, version: int, form_id: UUID, now: datetime) -> Entry:
    """Write an entry anew over exactly `version`, or raise Changed and leave it as it is."""
    with transaction.atomic():
        records.rewrite(record, person.keyring, entry, version)
        CONTENTS.put(person.keyring, shapes.outline(record.id, record.version, entry))
        unsaved.forget(person.keyring, form_id, now)
    return record


def look_again(
    *, person: Person, record: Entry, insight: shapes.Insight, version: int, form_id: UUID, now: datetime
) -> Entry:
    """Keep with an entry what lay under it, over exactly `version`; raise Changed when it is another by now."""
    entry = records.opened(record, person.keyring, shapes.Entry)
    if record.version != version:
        raise records.Changed
    looked = msgspec.structs.replace(entry, insight=insight)
    return change(person=person, record=record, entry=looked, version=version, form_id=form_id, now=now)


def let_go(*, person: Person, form_id: UUID, now: datetime) -> None:
    """Forget words that were typed and never saved."""
    unsaved.forget(person.keyring, form_id, now)


def delete(*, person: Person, record: Entry) -> None:
    """Delete an entry for good."""
    with transaction.atomic():
        records.remove(record, person.keyring)
        CONTENTS.drop(person.keyring, record.id)


def bring_back(*, person: Person, documents: Sequence[tuple[UUID, shapes.Entry]]) -> int:
    """Write entries that were taken along, inside the caller's transaction; return how many came.

    What this person already has under an id stays as it is.
    """
    return CONTENTS.add_many(person.keyring, documents)


def delete_everything(*, person: Person) -> None:
    """Delete every entry for good."""
    with transaction.atomic():
        CONTENTS.drop_all(person.keyring)
