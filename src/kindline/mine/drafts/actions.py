"""Writing drafts. Every change names the version it was made on, so that nothing is overwritten unseen."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from kindline.ground.people.models import Person
from kindline.ground.vault import unsaved
from kindline.ground.vault.records import Changed, add, find, opened, remove, rewrite
from kindline.mine.drafts import models, rules, shapes
from kindline.mine.drafts.outline import outline
from kindline.mine.drafts.putting import agreement_of
from kindline.mine.drafts.wording import with_its_touchstone
from kindline.ours.agreements import actions as agreements


def keep(
    *,
    person: Person,
    draft_id: UUID,
    version: int,
    changes: dict[str, Any],
    now: datetime,
    until_morning: bool = False,
    form_id: UUID | None = None,
) -> shapes.Draft:
    """Keep what was written: a new draft when `version` is 0, otherwise over exactly that version.

    Raise Changed when the draft was changed meanwhile, or already exists with other words. With `until_morning` it
    rests until the next 7:00 of this person's clock; keeping it without ends such a rest.
    """
    changes = changes | {"kept_until": rules.next_morning(now, person.zone) if until_morning else None}
    with transaction.atomic():
        if version == 0:
            draft = shapes.Draft(begun_at=now, changed_at=now, **changes)
            try:
                record = add(models.Draft, person.keyring, draft, draft_id)
            except Changed:
                record = find(models.Draft, person.keyring, draft_id)
                draft = opened(record, person.keyring, shapes.Draft)
                # The same words again, perhaps by another button, are no other draft.
                if any(getattr(draft, name) != value for name, value in changes.items() if name != "kept_until"):
                    raise
            models.CONTENTS.put(person.keyring, outline(record.id, record.version, draft))
        else:
            draft = _change(person, draft_id, version, now, **changes)
        unsaved.forget(person.keyring, form_id or draft_id, now)
    return draft


def put(*, person: Person, draft_id: UUID, prepared_id: UUID, alone: bool, now: datetime) -> None:
    """Lay a draft's lines ready as an agreement with the other, or with oneself. Nobody sees it before it is given.

    Not alone, it is kept ready for whoever was invited; raise Refused when there is nobody, and nobody invited.
    """
    text = agreement_of(_open(person, draft_id), str(person.keyring.account))
    try:
        agreements.prepare(person=person, prepared_id=prepared_id, text=text, alone=alone, now=now)
    except Changed:
        return  # laid ready by the same form before, and changed there since


def take_along(*, person: Person, draft_id: UUID, version: int, now: datetime) -> None:
    """Mark that the person is going to say this. Two days later they are asked how it went."""
    with transaction.atomic():
        _change(person, draft_id, version, now, taken_at=now, outcome="", answered_at=None, kept_until=None)


def rehearse(
    *,
    person: Person,
    draft_id: UUID,
    version: int,
    plan: dict[str, str],
    stands_by: str,
    now: datetime,
    read_aloud: bool = False,
    form_id: UUID | None = None,
) -> None:
    """Keep the plan made in a rehearsal: for each imagined answer the next sentence."""
    with transaction.atomic():
        _change(person, draft_id, version, now, plan=plan, stands_by=stands_by, read_aloud=read_aloud)
        if form_id:
            unsaved.forget(person.keyring, form_id, now)


def tell_outcome(*, person: Person, draft_id: UUID, version: int, outcome: str, now: datetime) -> None:
    """Note what came of saying it; raise ValueError for an outcome that is not offered."""
    if outcome not in rules.OUTCOMES:
        raise ValueError(outcome)
    with transaction.atomic():
        _change(person, draft_id, version, now, outcome=outcome, answered_at=now)


def keep_touchstone(
    *,
    person: Person,
    draft_id: UUID,
    version: int,
    text: str,
    offer: str,
    now: datetime,
    form_id: UUID | None = None,
) -> None:
    """Keep a sentence as the person's own touchstone; changing it later leaves the day it dates from."""
    with transaction.atomic():
        since = _open(person, draft_id).touchstone_at or now
        _change(person, draft_id, version, now, touchstone=text, touchstone_offer=offer, touchstone_at=since)
        if form_id:
            unsaved.forget(person.keyring, form_id, now)


def let_touchstone_rest(*, person: Person, draft_id: UUID, version: int, now: datetime) -> None:
    """Take a sentence out of the touchstones; the draft stays, with the sentence as one of its wordings."""
    with transaction.atomic():
        wordings = with_its_touchstone(_open(person, draft_id))
        _change(person, draft_id, version, now, touchstone="", touchstone_offer="", touchstone_at=None, **wordings)


def let_go(*, person: Person, form_id: UUID, now: datetime) -> None:
    """Forget words that were typed and never saved."""
    unsaved.forget(person.keyring, form_id, now)


def delete(*, person: Person, draft_id: UUID, page: str, now: datetime) -> None:
    """Delete a draft for good, together with words left unsaved on its page."""
    with transaction.atomic():
        remove(find(models.Draft, person.keyring, draft_id), person.keyring)
        models.CONTENTS.drop(person.keyring, draft_id)
        while left := unsaved.waiting(person.keyring, page):
            unsaved.forget(person.keyring, left[0], now)


def bring_back(*, person: Person, documents: Sequence[tuple[UUID, shapes.Draft]]) -> int:
    """Write drafts that were taken along, inside the caller's transaction; return how many came.

    What this person already has under an id stays as it is.
    """
    return models.CONTENTS.add_many(person.keyring, documents)


def delete_everything(*, person: Person) -> None:
    """Delete every draft for good."""
    with transaction.atomic():
        models.CONTENTS.drop_all(person.keyring)


def _open(person: Person, draft_id: UUID) -> shapes.Draft:
    return opened(find(models.Draft, person.keyring, draft_id), person.keyring, shapes.Draft)


def _change(person: Person, draft_id: UUID, version: int, now: datetime, **changes: Any) -> shapes.Draft:
    record = find(models.Draft, person.keyring, draft_id)
    if record.version != version:
        raise Changed
    draft = msgspec.structs.replace(opened(record, person.keyring, shapes.Draft), changed_at=now, **changes)
    rewrite(record, person.keyring, draft, version)
    models.CONTENTS.put(person.keyring, outline(record.id, record.version, draft))
    return draft
