"""`kindline people`: who has a place here, as far as a server without names can tell, and removing one for good."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Sum
from django.db.models.functions import Length
from django.template.defaultfilters import filesizeformat

from kindline.ground.storage.folder import Unusable
from kindline.ground.vault import sessions
from kindline.ground.vault.changing_keys import sealed_models
from kindline.ground.vault.circles import close_all_of
from kindline.ground.vault.models import Account

WHAT_STAYS = (
    "Its ways in don't say whose they are, so their rows stay; they open nothing any more, and keep nobody from "
    "coming back with the same words. "
    "Older backups still hold all of it until you delete them."
)


class Place(NamedTuple):
    """One place: all that can be seen of it from outside."""

    id: UUID
    rows: int
    bytes: int
    unlocked: int  # devices


def places(now: datetime) -> list[Place]:
    """Return every place, the fullest first."""
    sessions.forget_expired(now)
    held = {
        account: Place(account, 0, 0, sessions.count(account))
        for account in Account.objects.values_list("id", flat=True)
    }
    for model in sealed_models():
        counted = model._default_manager.values_list("owner_id").annotate(rows=Count("id"), size=Sum(Length("sealed")))
        for account, rows, size in counted.order_by():
            one = held.get(account)
            if one:
                held[account] = one._replace(rows=one.rows + rows, bytes=one.bytes + (size or 0))
    return sorted(held.values(), key=lambda one: -one.rows)


def told(listed: list[Place]) -> list[str]:
    """Return a line for each place, or one that says there is none."""
    lines = [
        f"{one.id}  {one.rows:6,} rows  {filesizeformat(one.bytes):>9}  {'unlocked' if one.unlocked else 'locked'}"
        for one in listed
    ]
    return lines or ["Nobody has a place here yet."]


def place(text: str, now: datetime) -> Place:
    """Return the place with an id, or raise Unusable."""
    found = [one for one in places(now) if str(one.id) == text.strip().lower()]
    if not found:
        raise Unusable(f"Nobody here has the id {text}. `kindline people --list` shows all of them.")
    return found[0]


def remove(one: Place, now: datetime) -> None:
    """Delete a place with everything in it, for good; whom they shared with finds that closed."""
    with transaction.atomic():
        close_all_of(one.id, now)
        Account.objects.filter(id=one.id).delete()
