"""One thing of each kind that has an address of its own, made by the room's own actions."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.utils import timezone

from kindline.mine.drafts import actions as drafts
from kindline.mine.journal import actions as journal
from kindline.mine.journal.shapes import Entry
from tests.people import Somebody


def entry(of: Somebody, words: str = "The door again, loud.") -> UUID:
    """Write a journal entry and return its id."""
    now, entry_id = timezone.now(), uuid4()
    journal.keep(person=of.person, entry_id=entry_id, entry=Entry(what=words, written_at=now, happened_at=now), now=now)
    return entry_id


def draft(of: Somebody, words: str = "quiet after work") -> UUID:
    """Write a draft and return its id."""
    draft_id = uuid4()
    changes = {"parts": {"need": words}, "edited": {"warm": f"I need {words}. How is that for you?"}, "choice": "warm"}
    drafts.keep(person=of.person, draft_id=draft_id, version=0, changes=changes, now=timezone.now())
    return draft_id


# The name that an address gives the id, and who makes one.
MAKERS: dict[str, Callable[[Somebody], UUID]] = {"entry_id": entry, "draft_id": draft}


def answered(of: Somebody, draft_id: UUID) -> None:
    """Tell what came of saying a draft."""
    drafts.tell_outcome(person=of.person, draft_id=draft_id, version=1, outcome="agreed", now=timezone.now())


# What has to be so before a page of a thing shows its form.
BEFORE: dict[str, Callable[[Somebody, UUID], None]] = {"drafts:after": answered}
