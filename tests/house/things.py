"""One thing of each kind that has an address of its own, made by the room's own actions."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.utils import timezone

from kindline.front.together import actions as together
from kindline.ground.vault.circles import circles_of
from kindline.mine.calm import actions as calm
from kindline.mine.calm.shapes import Moment, Practice
from kindline.mine.drafts import actions as drafts
from kindline.mine.journal import actions as journal
from kindline.mine.journal.shapes import Entry
from kindline.mine.needs import actions as needs
from tests.people import Somebody, pair, somebody


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


def practice(of: Somebody, words: str = "Tea on the step") -> UUID:
    """Add a practice of one's own and return its id."""
    now, practice_id = timezone.now(), uuid4()
    calm.add(person=of.person, practice_id=practice_id, practice=Practice(name=words, added_at=now), now=now)
    return practice_id


def moment(of: Somebody) -> UUID:
    """Tell how a moment was and return its id."""
    moment_id = uuid4()
    told = Moment(at=timezone.now(), practice="walk", before=4, after=2)
    calm.tell(person=of.person, moment_id=moment_id, moment=told)
    return moment_id


def walk(of: Somebody, words: str = "one sure hello") -> UUID:
    """Walk through what one needs and return the walk's id."""
    walk_id = uuid4()
    needs.walk(person=of.person, walk_id=walk_id, parts={"secure": words, "ask": words}, now=timezone.now())
    return walk_id


def check(of: Somebody) -> UUID:
    """Keep how it is these weeks and return the check's id."""
    check_id = uuid4()
    needs.check(person=of.person, check_id=check_id, met={"safety": 3}, free=2, now=timezone.now())
    return check_id


def reading(of: Somebody, about: str = "Jonas") -> UUID:
    """Set a leaning by hand and return its id."""
    reading_id, numbers = uuid4(), {"reaching": 5.0, "stepping-back": 2.0}
    needs.set_leaning(person=of.person, reading_id=reading_id, numbers=numbers, about=about, now=timezone.now())
    return reading_id


def sentence(of: Somebody, words: str = "I go quiet when it gets loud.") -> UUID:
    """Keep a sentence about oneself and return its id."""
    sentence_id = uuid4()
    needs.keep_sentence(person=of.person, sentence_id=sentence_id, text=words, now=timezone.now())
    return sentence_id


def closed_space(of: Somebody) -> UUID:
    """Share a space with somebody who then leaves it, and return its id."""
    other, now = somebody(f"Sam {uuid4().hex[:6]}"), timezone.now()
    circle = pair(of, other)
    theirs = next(one for one in circles_of(other.person.keyring) if one.circle == circle.circle)
    together.leave(person=other.person, circle=theirs, choice="leave", now=now)
    return circle.circle


# The name that an address gives the id, and who makes one.
MAKERS: dict[str, Callable[[Somebody], object]] = {
    "guise": lambda _somebody: "notes",
    "entry_id": entry,
    "draft_id": draft,
    "walk_id": walk,
    "check_id": check,
    "reading_id": reading,
    "sentence_id": sentence,
    "practice_id": practice,
    "moment_id": moment,
    "space_id": closed_space,
}


def answered(of: Somebody, draft_id: UUID) -> None:
    """Tell what came of saying a draft."""
    drafts.tell_outcome(person=of.person, draft_id=draft_id, version=1, outcome="agreed", now=timezone.now())


# What has to be so before a page of a thing shows its form.
BEFORE: dict[str, Callable[[Somebody, UUID], None]] = {"drafts:after": answered}
