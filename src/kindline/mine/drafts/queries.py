"""Reading drafts: always one person's own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from kindline.ground.people.models import Person
from kindline.ground.vault.records import find, opened
from kindline.mine.drafts import models, rules, shapes
from kindline.mine.drafts.outline import first_words
from kindline.mine.journal import queries as journal


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft that waits for its person today."""

    kind: Literal["morning", "did-you-say-it"]
    id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class Touchstone:
    """A sentence kept to read when emotions run high."""

    id: UUID
    text: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """A draft as it is stored, with the version that a change must name."""

    id: UUID
    version: int
    draft: shapes.Draft


def drafts(person: Person) -> list[shapes.DraftLine]:
    """Return a person's drafts, the one changed last first."""
    lines = models.CONTENTS.lines(person.keyring)
    return sorted(lines, key=lambda line: line.changed_at.timestamp() if line.changed_at else 0, reverse=True)


def draft(person: Person, draft_id: UUID) -> Found:
    """Return one draft, or raise Http404 when this person has none of that id."""
    record = find(models.Draft, person.keyring, draft_id)
    return Found(record.id, record.version, opened(record, person.keyring, shapes.Draft))


def waiting(person: Person, now: datetime) -> list[Waiting]:
    """Return what waits today: drafts kept until a morning that came, and those to ask "Did you say it?" about."""
    found = []
    for line in drafts(person):
        if line.state == "morning" and rules.morning_came(line.kept_until, now):
            found.append(Waiting("morning", line.id, line.title))
        elif line.kept_until is None and rules.asks_how_it_went(line.taken_at, line.outcome, now):
            found.append(Waiting("did-you-say-it", line.id, line.title))
    return found


def touchstones(person: Person) -> list[Touchstone]:
    """Return the touchstones a person keeps, the newest first."""
    kept = [
        Touchstone(line.id, line.touchstone, line.touchstone_at)
        for line in drafts(person)
        if line.touchstone_at is not None
    ]
    return sorted(kept, key=lambda touchstone: touchstone.since, reverse=True)


def title(draft: shapes.Draft) -> str:
    """Return the words a draft is known by."""
    return first_words(draft)


def reason_to_wait(person: Person, now: datetime) -> rules.Reason:
    """Return why keeping it until morning comes first for this person now, or nothing."""
    fresh = bool(journal.written_since(person, now - rules.STILL_FRESH))
    return rules.reason_to_wait(now, person.zone, friction_since=fresh)


def has_entry(person: Person, entry_id: UUID) -> bool:
    """Say whether the journal entry a draft came from is still there."""
    try:
        journal.insight_of(person, entry_id)
    except Http404:
        return False
    return True


def brought_along(person: Person, entry_id: UUID, *, kind: str = "boundary") -> dict[str, str]:
    """Return what a journal entry gives to a new draft, as its fields; raise Http404 when there is no such entry."""
    insight = journal.insight_of(person, entry_id)
    if kind != "boundary":
        return {"entry": str(entry_id)}
    fields = {
        "situation": insight.what,
        "feeling": _listed(insight.feelings),
        "need": insight.need,
        "fear": insight.fear,
        "your_side": insight.other,
        "ask": insight.wanted,
    }
    return {"entry": str(entry_id), **{name: words for name, words in fields.items() if words}}


def _listed(words: tuple[str, ...]) -> str:
    *first, last = words or ("",)
    return _("%(words)s and %(last_word)s") % {"words": ", ".join(first), "last_word": last} if first else last
