"""Words typed and not saved yet: kept sealed as they are written, given back when the page is opened again."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from kindline.ground.vault.keyring import Keyring
from kindline.ground.vault.models import Unsaved
from kindline.ground.vault.records import add, each_opened, opened, owned, rewrite, take_turn
from kindline.ground.vault.sealing import Shape

# A saved form leaves an empty row for a while, so that a late autosave of the same form does not bring it back.
EMPTY_FOR = timedelta(days=1)
TIDY_EVERY = 16  # rows

Left = tuple[UUID, dict[str, list[str]]]  # the id of a form, and its fields
AllLeft = dict[str, list[Left]]  # by page, what was left last first


class Begun(NamedTuple):
    """Something new that was begun and left unsaved: of what kind, and the address where it goes on."""

    kind: str
    address: str


class Words(Shape, frozen=True, kw_only=True):
    """The fields of one form as they stood; none when the form was saved meanwhile."""

    page: str
    at: datetime
    fields: dict[str, list[str]] = {}


def keep(keyring: Keyring, form_id: UUID, page: str, fields: dict[str, list[str]], now: datetime) -> None:
    """Keep a form's fields over what was kept of it before, unless it was saved meanwhile."""
    words = Words(page=page, at=now, fields=fields)
    with transaction.atomic():
        take_turn(keyring)
        row = owned(Unsaved, keyring).filter(id=form_id).first()
        if row is None:
            add(Unsaved, keyring, words, form_id)
        elif opened(row, keyring, Words).fields:
            rewrite(row, keyring, words, row.version)


def waiting(keyring: Keyring, page: str, is_meant: Callable[[dict[str, list[str]]], bool] | None = None) -> Left | None:
    """Return the form id and fields last left unsaved on a page: with `is_meant`, of those whose fields it is true of.

    Where one address holds forms of several kinds, the words of each wait apart, whichever was begun last.
    """
    return next((one for one in left(keyring).get(page, ()) if is_meant is None or is_meant(one[1])), None)


def left(keyring: Keyring) -> AllLeft:
    """Return all that was left unsaved, by page: form ids and fields, the newest first."""
    found: AllLeft = {}
    kept = [(words.at, form_id, words) for form_id, _, words in each_opened(Unsaved, keyring, Words) if words.fields]
    for _at, form_id, words in sorted(kept, key=lambda one: one[:2], reverse=True):
        found.setdefault(words.page, []).append((form_id, words.fields))
    return found


def has_words(forms: Iterable[Left], names: Collection[str]) -> bool:
    """Say whether forms that were left have words in one of these fields; one that was emptied again has none."""
    return any(word.strip() for _form_id, fields in forms for name in names for word in fields.get(name, ()))


def forget(keyring: Keyring, form_id: UUID, now: datetime) -> None:
    """Empty what was kept of a form, now that it is saved or let go, and clear away old empty rows."""
    emptied = Words(page="", at=now)
    with transaction.atomic():
        take_turn(keyring)
        row = owned(Unsaved, keyring).filter(id=form_id).first()
        if row is None:
            add(Unsaved, keyring, emptied, form_id)
        else:
            rewrite(row, keyring, emptied, row.version)
        # Now and then, or somebody who writes much would have all of the day's empty rows opened at each save.
        if owned(Unsaved, keyring).count() % TIDY_EVERY == 0:
            _clear_away(keyring, now)


def _clear_away(keyring: Keyring, now: datetime) -> None:
    old = [
        kept_id
        for kept_id, _, words in each_opened(Unsaved, keyring, Words)
        if not words.fields and now - words.at > EMPTY_FOR
    ]
    owned(Unsaved, keyring).filter(id__in=old).delete()
