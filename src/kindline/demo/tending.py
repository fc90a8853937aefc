"""From a story to what its person does for themself: walks and small checks, practices and moments of calm."""

from django.db import transaction

from kindline.demo.days import Calendar
from kindline.demo.telling import Story, an_id
from kindline.ground.people.models import Person
from kindline.mine.calm import actions as calming
from kindline.mine.calm.queries import SHAPES
from kindline.mine.needs import actions as needing
from kindline.mine.needs.queries import instruments

Practice, _Arrangement, Moment = SHAPES
NEEDS = ("safety", "predictability", "autonomy", "emotional-regulation")  # in the order that a check tells them
OWN_CHECK = "leaning"


def needs(person: Person, calendar: Calendar, story: Story) -> None:
    """Walk through what is needed, look at oneself twice, check every week or so, keep a sentence or two."""
    questions = next(one for one in instruments().instruments if one.id == OWN_CHECK)
    with transaction.atomic():
        for one in story.get("walk", ()):
            parts = {name: tuple(part) if name == "finer" else part for name, part in one.items() if name != "at"}
            needing.walk(
                person=person, walk_id=an_id(person.name, one["at"], "walk"), parts=parts, now=calendar.at(one["at"])
            )
        for at, *met, free in (row for table in story.get("checks", ()) for row in table["told"]):
            levels = {need: level for need, level in zip(NEEDS, met, strict=True) if level}
            needing.check(
                person=person, check_id=an_id(person.name, at, "check"), met=levels, free=free, now=calendar.at(at)
            )
        for one in story.get("reading", ()):
            needing.answer(
                person=person,
                reading_id=an_id(person.name, one["at"], "reading"),
                instrument=questions,
                answers=one["answers"],
                about=one["about"],
                now=calendar.at(one["at"]),
            )
        for one in story.get("sentence", ()):
            sentence_id, now = an_id(person.name, one["at"], "sentence"), calendar.at(one["at"])
            needing.keep_sentence(person=person, sentence_id=sentence_id, text=one["text"], now=now)


def calm(person: Person, calendar: Calendar, story: Story) -> None:
    """Keep practices of one's own, put them in order, and tell how stirred up one was before and after."""
    own = {one["name"]: str(an_id(person.name, one["name"])) for one in story.get("practice", ())}
    with transaction.atomic():
        for one in story.get("practice", ()):
            now = calendar.at(one["at"])
            parts = {name: part for name, part in one.items() if name != "at"}
            practice = Practice(added_at=now, **parts)
            calming.add(person=person, practice_id=an_id(person.name, one["name"]), practice=practice, now=now)
        for name in reversed([name for one in story.get("arranged", ()) for name in one["practices"]]):
            calming.arrange(person=person, practice=own.get(name, name), where="first")
        for at, name, before, after, minutes in (row for table in story.get("moments", ()) for row in table["told"]):
            moment = Moment(
                at=calendar.at(at),
                practice=own.get(name, name),
                named=name if name in own else "",
                before=before,
                after=after,
                minutes=minutes,
            )
            calming.tell(person=person, moment_id=an_id(person.name, at, "calm"), moment=moment)
