"""From a story to what comes round: planned by one, moved and left out by either, held now and then."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from kindline.demo.days import Calendar
from kindline.demo.telling import Story, an_id
from kindline.demo.together import Two, circle_of
from kindline.ours.rhythms import actions, queries

Told = dict[str, Any]
WORDS = ("purpose", "back", "brings", "sentence")


def rhythms(two: Two, calendar: Calendar, story: Story) -> None:
    """Plan what comes round, move one and leave one out, hold some, and mark one's own part."""
    with transaction.atomic():
        for one in story["rhythm"]:
            rhythm_id = _plan(two, calendar, one)
            for step in one.get("then", ()):
                _change_one(two, calendar, rhythm_id, step)
            for talk in one.get("held", ()):
                _hold(two, calendar, rhythm_id, talk)
            for by, how in one.get("marked", {}).items():
                kept = queries.kept(two[by], rhythm_id)
                last = queries.latest(kept, (), calendar.now)
                if last:
                    actions.mark(person=two[by], kept=kept, original=last.original, how=how)


def _plan(two: Two, calendar: Calendar, one: Told) -> UUID:
    person, now = two[one["by"]], calendar.at(one["at"])
    rhythm_id = an_id("rhythm", one["by"], one["at"])
    day = now.astimezone(calendar.zone).date() + timedelta(days=1)
    clock = time.fromisoformat(one.get("clock", "12:00"))
    how_often: Told = {name: one[name] for name in ("minutes", "often", "weekdays") if name in one}
    timing = queries.timed(day, clock, calendar.zone.key, **how_often)
    words = {name: one[name] for name in WORDS if name in one}
    actions.plan(
        person=person,
        circle=None if one.get("alone") else circle_of(person),
        rhythm_id=rhythm_id,
        rhythm=actions.Rhythm(by=person.id, kind=one["kind"], title=one["title"], made_at=now, **words),
        timing=timing,
        now=now,
    )
    return rhythm_id


def _change_one(two: Two, calendar: Calendar, rhythm_id: UUID, step: Told) -> None:
    """Move or leave out one of the next times, counted from the day the demo is made."""
    kept = queries.kept(two[step["by"]], rhythm_id)
    found = queries.times(kept, (), calendar.now)[step["nth"] - 1]
    if step["does"] == "skip":
        actions.skip(kept=kept, original=found.original, over=found.wall)
        return
    day = found.original.date() + timedelta(days=step["days"])
    to = datetime.combine(day, time.fromisoformat(step["clock"]))
    actions.move(kept=kept, original=found.original, over=found.wall, to=to, now=calendar.now)


def _hold(two: Two, calendar: Calendar, rhythm_id: UUID, talk: Told) -> None:
    """Hold a check-in apart: lines in their parts, a minute after each other, until one of them has enough."""
    now = calendar.at(talk["at"])
    check_in_id = an_id("check-in", talk["at"])
    actions.begin(kept=queries.kept(two[talk["lines"][0][0]], rhythm_id), check_in_id=check_in_id, now=now)
    part = talk["lines"][0][1]
    for minute, (by, of, words) in enumerate(talk["lines"], start=1):
        at = now + timedelta(minutes=minute)
        if of != part:
            act: Told = {"person": two[by], "talk": queries.check_in(two[by], check_in_id, at), "now": at}
            actions.go_on(part=part, act_id=an_id("on", talk["at"], part), **act)
            part = of
        found = queries.check_in(two[by], check_in_id, at)
        line = an_id("line", talk["at"], str(minute))
        actions.give(person=two[by], talk=found, part=of, words=words, act_id=line, now=at)
