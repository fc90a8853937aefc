"""Reading drafts: always one person's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from kindline.ground.page.readable import Readable
from kindline.ground.people.models import Person
from kindline.ground.vault import unsaved
from kindline.ground.vault.records import each_opened, find, opened
from kindline.mine.drafts import models, rules, shapes, taking
from kindline.mine.drafts.outline import first_words
from kindline.mine.drafts.resting import until_said
from kindline.mine.drafts.speaking import names_in, speaks_about_somebody
from kindline.mine.journal import queries as journal
from kindline.mine.needs import queries as needs

SHAPES = (shapes.Draft,)  # of what `everything` yields


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
class Resting:
    """What is kept until a morning that is still to come: how many things, and until when the first of them rests."""

    things: int
    until: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What a journal entry gives to a draft: words for its fields, and, by field, those that speak about somebody."""

    fields: dict[str, str]
    quoted: dict[str, str]


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


def everything(person: Person) -> Iterator[tuple[UUID, shapes.Draft]]:
    """Yield every draft with its id, for taking along."""
    for draft_id, _version, draft in each_opened(models.Draft, person.keyring, shapes.Draft):
        yield draft_id, draft


def is_sound(document: shapes.Draft) -> bool:
    """Say whether a draft that was taken along could have been written here."""
    return taking.is_sound(document)


def readable(document: shapes.Draft) -> Readable:
    """Return a draft as it is read on paper."""
    return taking.readable(document)


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


def begun(left: unsaved.AllLeft) -> list[unsaved.Begun]:
    """Return what a person began to find words for, of all that they left unsaved."""
    page = reverse("drafts:new")
    return [unsaved.Begun("draft", page)] if unsaved.has_words(left.get(page, ()), (*rules.PARTS, "text")) else []


def resting(person: Person, now: datetime) -> Resting | None:
    """Return what rests until a morning still to come, or None."""
    mornings = [line.kept_until for line in drafts(person) if line.state == "morning" and line.kept_until]
    ahead = [morning for morning in mornings if not rules.morning_came(morning, now)]
    return Resting(len(ahead), until_said(min(ahead), now, person.zone)) if ahead else None


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


def entry_behind(person: Person, entry_id: UUID, *, kind: str = "boundary") -> Brought | None:
    """Return what the journal entry a draft came from gives to it, or None when it is not there (any more)."""
    try:
        return brought_along(person, entry_id, kind=kind)
    except Http404:
        return None


def brought_along(person: Person, entry_id: UUID, *, kind: str = "boundary") -> Brought:
    """Return what a journal entry gives to a new draft; raise Http404 when there is no such entry.

    A journal speaks about the other, a draft to them: words in the third person are no field's, only quoted beside it.
    """
    insight = journal.insight_of(person, entry_id)
    if kind != "boundary":
        return Brought({"entry": str(entry_id)}, {})
    lines = {
        "situation": insight.what,
        "feeling": _listed(insight.feelings),
        "need": insight.need,
        "fear": insight.fear,
        "your_side": insight.other,
        "ask": insight.wanted,
    }
    names = names_in(lines.values())
    quoted = {name: words for name, words in lines.items() if speaks_about_somebody(words, names)}
    fields = {name: words for name, words in lines.items() if words and name not in quoted}
    return Brought({"entry": str(entry_id), **fields}, quoted)


def started_by(person: Person, start: str) -> dict[str, str]:
    """Return what a walk or a small idea from the page of needs gives to a new draft; raise Http404 for neither."""
    return {"start": start, **needs.start_of(person, start)}


def _listed(words: tuple[str, ...]) -> str:
    *first, last = words or ("",)
    return _("%(words)s and %(last_word)s") % {"words": ", ".join(first), "last_word": last} if first else last
