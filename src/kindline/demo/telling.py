"""From a story to what its person does: each thing through the actions of its room, at the time it happened."""

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from kindline.demo.days import Calendar
from kindline.ground.people.models import Person
from kindline.mine.drafts import actions as saying
from kindline.mine.journal import actions as journal
from kindline.mine.journal.queries import SHAPES

(Entry,) = SHAPES
SEED = 20
LOOKED_AGAIN = (24, 40)  # hours after it was written
INSIGHT = ("need", "finer", "need_words", "fear", "other", "step")

Story = dict[str, list[dict[str, Any]]]  # what a story's files tell, by its name


def moments(person: Person, calendar: Calendar, story: Story) -> None:
    """Write down what happened, a little later each time, and look again at what has a need under it."""
    chance = Random(SEED)  # noqa: S311 - a story, no secret
    with transaction.atomic():
        for one in story.get("moment", ()):
            happened_at = calendar.at(one["at"])
            later = timedelta(minutes=one.get("written_after", chance.randint(5, 80)))
            written_at = min(happened_at + later, calendar.now)
            times = {"written_at": written_at, "happened_at": happened_at}
            found = {name: one[name] for name in INSIGHT if name in one}
            told = {name: part for name, part in one.items() if name not in (*INSIGHT, "at", "written_after")}
            whole = msgspec.convert({**told, **times, "insight": found or None}, Entry)
            entry = msgspec.structs.replace(whole, insight=None)
            record = journal.keep(person=person, entry_id=an_id(person.name, one["at"]), entry=entry, now=written_at)
            if whole.insight:
                journal.look_again(
                    person=person,
                    record=record,
                    insight=whole.insight,
                    version=record.version,
                    form_id=an_id(person.name, one["at"], "looked again"),
                    now=min(written_at + timedelta(minutes=chance.randint(*LOOKED_AGAIN) * 60), calendar.now),
                )


def drafts(person: Person, calendar: Calendar, story: Story) -> None:
    """Find words and carry them as far as they went: kept until morning, rehearsed, said, made a touchstone."""
    with transaction.atomic():
        for one in story.get("draft", ()):
            _draft(person, calendar, one)


def _draft(person: Person, calendar: Calendar, one: dict[str, Any]) -> None:
    draft_id, version = an_id(person.name, one["at"], "draft"), Counter[str]()
    begun_at = calendar.at(one["at"])
    changes = {
        "kind": one.get("kind", "boundary"),
        "entry_id": an_id(person.name, one["from"]) if "from" in one else None,
        "parts": one.get("parts", {}),
        "edited": one.get("edited", {}),
        "choice": one.get("choice", "warm" if "parts" in one else "message"),
    }
    saying.keep(
        person=person,
        draft_id=draft_id,
        version=0,
        changes=changes,
        now=begun_at,
        until_morning=one.get("until_morning", False),
    )

    def over() -> dict[str, Any]:
        version["now"] += 1
        return {"person": person, "draft_id": draft_id, "version": version["now"]}

    rehearsal = one.get("rehearsal")
    if rehearsal:
        saying.rehearse(**over(), now=begun_at + timedelta(minutes=20), **rehearsal)
    if "taken" in one:
        saying.take_along(**over(), now=calendar.at(one["taken"]))
    if "outcome" in one:
        saying.tell_outcome(**over(), outcome=one["outcome"], now=calendar.at(one["told"]))
    if "touchstone" in one:
        saying.keep_touchstone(
            **over(),
            text=one["touchstone"],
            offer=one["touchstone_offer"],
            now=calendar.at(one["touchstone_at"]),
        )


def an_id(*told: str) -> UUID:
    """Return the id of something told: the same at every telling, and random to look at."""
    return UUID(bytes=Random("\n".join(told)).randbytes(16), version=4)  # noqa: S311 - ids are no secret
