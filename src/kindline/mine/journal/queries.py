"""What a journal can be asked. Everything starts at a person; lists read only the table of contents."""

from collections.abc import Iterator
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from kindline.ground.coaching.hearing import hear
from kindline.ground.page.readable import Readable
from kindline.ground.people.models import Person
from kindline.ground.vault import records, unsaved
from kindline.ground.vault.sealing import parsed
from kindline.mine.journal import rules, shapes, taking, words
from kindline.mine.journal.models import CONTENTS, Entry
from kindline.mine.journal.searching import Needles, Place, written
from kindline.mine.journal.shapes import EntryLine

# What an entry can be and how loud it is, for those who look back at many.
FRICTION, GOOD, loudest = rules.FRICTION, rules.GOOD, rules.loudest
SHAPES = (shapes.Entry,)  # of what `everything` yields


class Kept(NamedTuple):
    """An entry as it is kept: its row (with its version) and what it says."""

    record: Entry
    entry: shapes.Entry


def find(person: Person, entry_id: UUID) -> Kept:
    """Return this person's entry, or raise Http404."""
    record = records.find(Entry, person.keyring, entry_id)
    return Kept(record, records.opened(record, person.keyring, shapes.Entry))


def everything(person: Person) -> Iterator[tuple[UUID, shapes.Entry]]:
    """Yield every entry with its id, for taking along."""
    for entry_id, _version, entry in records.each_opened(Entry, person.keyring, shapes.Entry):
        yield entry_id, entry


def is_sound(document: shapes.Entry) -> bool:
    """Say whether an entry that was taken along could have been written here."""
    return taking.is_sound(document)


def readable(document: shapes.Entry) -> Readable:
    """Return an entry as it is read on paper."""
    told = document.insight is not None and bool(document.insight.other)
    return taking.readable(document, safety=told and hears_safety(document))


def lines(person: Person) -> list[EntryLine]:
    """Return the line of every entry, what happened last first."""
    return sorted(CONTENTS.lines(person.keyring), key=attrgetter("happened_at"), reverse=True)


def written_since(person: Person, since: datetime) -> bool:
    """Say whether a friction was written after a moment."""
    return any(line.kind == rules.FRICTION and line.written_at > since for line in CONTENTS.lines(person.keyring))


class ForToday(NamedTuple):
    """What a journal has for today; each may be missing."""

    is_empty: bool
    to_look_at_again: EntryLine | None
    one_to_reread: EntryLine | None
    is_fresh: bool


def for_today(person: Person, now: datetime) -> ForToday:
    """Return the friction to look at again (the loudest of those a day old) and one thing to reread, in one reading."""
    found, today = lines(person), timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    until = today - rules.REREAD_AFTER
    ready = [line for line in found if _is_time_to_look_again(line, now)]
    good_to_see = [line for line in found if line.happened_at < until and rules.is_to_reread(line.kind, line.need)]
    return ForToday(
        is_empty=not found,
        to_look_at_again=max(ready, key=lambda line: (rules.loudest(line.feelings), line.written_at), default=None),
        one_to_reread=rules.of_the_day(good_to_see, today.date()),
        is_fresh=any(rules.is_fresh(kind=line.kind, written_at=line.written_at, now=now) for line in found),
    )


def begun(left: unsaved.AllLeft) -> list[unsaved.Begun]:
    """Return the entry a person began, of all that they left unsaved."""
    page = reverse("journal:write")
    return [unsaved.Begun("entry", page)] if unsaved.has_words(left.get(page, ()), ["what", "wanted"]) else []


class InsightOf(NamedTuple):
    """What a draft takes over from an entry, in a person's own words where there are any."""

    entry_id: UUID
    what: str
    feelings: tuple[str, ...]
    wanted: str
    did: tuple[str, ...]
    need: str
    fear: str
    other: str


def insight_of(person: Person, entry_id: UUID) -> InsightOf:
    """Return an entry's insight for a draft, or raise Http404. `need` goes on from "I need"; texts may be empty."""
    entry = find(person, entry_id).entry
    insight = entry.insight or shapes.Insight()
    finer = words.finer_said(insight.finer)
    return InsightOf(
        entry_id=entry_id,
        what=entry.what,
        feelings=tuple(words.feelings_said(entry.feelings)),
        wanted=entry.wanted,
        did=tuple(words.did_said(entry.did)),
        need=insight.need_words or (finer[0] if finer else str(words.NEEDS_PLAINLY.get(insight.need, ""))),
        fear=insight.fear,
        other="" if insight.other and hears_safety(entry) else insight.other,
    )


def _is_time_to_look_again(line: EntryLine, now: datetime) -> bool:
    return rules.is_time_to_look_again(kind=line.kind, written_at=line.written_at, looked=line.looked, now=now)


class Found(NamedTuple):
    """An entry that holds the words somebody looked for."""

    id: UUID
    entry: shapes.Entry
    needles: Needles

    @property
    def place(self) -> Place:
        """Return where the words stand; found when it is shown, since a page shows only a few."""
        return self.needles.place_in(self.entry)


def search(person: Person, asked: str) -> list[Found]:
    """Return the entries that hold every word asked for, what happened last first."""
    needles = Needles(asked)
    if not needles.words:
        return []
    found = []
    for entry_id, _version, schema, plain in records.each_plain(Entry, person.keyring):
        if needles.may_be_in(plain):
            entry = parsed(plain, shapes.Entry, schema)
            if needles.are_in(entry):
                found.append((entry.happened_at, entry_id, entry))
    found.sort(key=lambda one: one[:2], reverse=True)
    return [Found(entry_id, entry, needles) for _at, entry_id, entry in found]


def hears_safety(entry: shapes.Entry) -> bool:
    """Say whether an entry tells, by its form, of fear or harm: the other's side is not asked about then."""
    return hear("\n".join(written(entry))).safety
