"""From a story to what two people agree: asked, worded anew, answered, left to rest, taken back again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from kindline.demo.days import Calendar
from kindline.demo.telling import Story, an_id
from kindline.demo.together import Two, circle_of
from kindline.ground.people.models import Person
from kindline.ours.agreements import actions, queries
from kindline.ours.agreements.actions import Text, Yes
from kindline.ours.negotiation import actions as talking
from kindline.ours.pauses import actions as pausing

Told = dict[str, Any]


def agreements(two: Two, calendar: Calendar, story: Story) -> None:
    """Put wishes to each other and answer them; then what each agrees with nobody but themself."""
    with transaction.atomic():
        for one in story["agreement"]:
            agreement = _ask(two[one["by"]], calendar, one)
            for step in one.get("then", ()):
                MOVES[step["does"]](two[step["by"]], calendar, agreement, step)
        for one in story["alone"]:
            actions.keep_for_me(
                person=two[one["by"]],
                text=_worded(two[one["by"]], calendar, one["text"], Text()),
                nonce=an_id("alone", one["by"], one["at"]),
                now=calendar.at(one["at"]),
            )


def _ask(person: Person, calendar: Calendar, one: Told) -> UUID:
    now = calendar.at(one["at"])
    prepared_id = an_id("prepared", one["by"], one["at"])
    text = _worded(person, calendar, one["text"], Text())
    if "option" in one:
        talk_id, option = an_id("talk", one["talk"]), an_id("talk", one["talk"], one["option"])
        prepared_id = talking.write_as_agreement(person=person, talk_id=talk_id, option=option, now=now)
        return _finish(person, calendar, prepared_id, one, now)
    if one.get("plan_for_pauses"):
        prepared_id = pausing.prepare_plan(
            person=person, circle=circle_of(person), text=text, form_id=prepared_id, now=now
        )
    else:
        actions.prepare(person=person, prepared_id=prepared_id, text=text, now=now)
    return actions.give(person=person, prepared_id=prepared_id, version=1, nonce=_nonce(one), now=now)


def _finish(person: Person, calendar: Calendar, prepared_id: UUID, one: Told, now: datetime) -> UUID:
    """Put one's own words into what lies ready, and give it."""
    ready = queries.prepared(person, prepared_id)
    text = _worded(person, calendar, one["text"], ready.prepared.text)
    over = ready.prepared.over
    actions.change(person=person, prepared_id=prepared_id, version=ready.version, text=text, over=over, now=now)
    return actions.give(person=person, prepared_id=prepared_id, version=ready.version + 1, nonce=_nonce(one), now=now)


def _word_anew(person: Person, calendar: Calendar, agreement: UUID, step: Told) -> None:
    now = calendar.at(step["at"])
    prepared_id = actions.begin_wording(person=person, agreement=agreement, now=now)
    _finish(person, calendar, prepared_id, step, now)


def _say_yes(person: Person, calendar: Calendar, agreement: UUID, step: Told) -> None:
    yes = Yes(agreement, _open(person, agreement), _nonce(step), step.get("word", ""))
    actions.say_yes(person=person, to=[yes], now=calendar.at(step["at"]))


def _say_no(person: Person, calendar: Calendar, agreement: UUID, step: Told) -> None:
    actions.say_no(
        person=person,
        agreement=agreement,
        exact=_open(person, agreement),
        nonce=_nonce(step),
        now=calendar.at(step["at"]),
        word=step.get("word", ""),
    )


def _need_time(person: Person, calendar: Calendar, agreement: UUID, step: Told) -> None:
    actions.need_time(
        person=person,
        agreement=agreement,
        exact=_open(person, agreement),
        nonce=_nonce(step),
        now=calendar.at(step["at"]),
        until=calendar.day_ahead(step["until"]) if "until" in step else None,
        word=step.get("word", ""),
    )


def _withdraw(person: Person, calendar: Calendar, agreement: UUID, step: Told) -> None:
    standing = queries.agreement(person, agreement).standing.stands
    assert standing is not None
    actions.withdraw(
        person=person, agreement=agreement, exact=standing.digest, nonce=_nonce(step), now=calendar.at(step["at"])
    )


MOVES: dict[str, Callable[[Person, Calendar, UUID, Told], None]] = {
    "wording": _word_anew,
    "yes": _say_yes,
    "no": _say_no,
    "time": _need_time,
    "withdraw": _withdraw,
}


def _worded(person: Person, calendar: Calendar, parts: dict[str, str], before: Text) -> Text:
    """Return a wording with one's own words in it; a plan is for oneself alone."""
    new: Told = {name: words for name, words in parts.items() if name not in ("plan", "look_again")}
    if "plan" in parts:
        new["plan"] = {**before.plan, str(person.keyring.account): parts["plan"]}
    if "look_again" in parts:
        new["look_again_on"] = calendar.day_ahead(parts["look_again"])
    return msgspec.structs.replace(before, **new)


def _open(person: Person, agreement: UUID) -> str:
    """Return the digest of the wording that waits for an answer."""
    waiting = queries.agreement(person, agreement).standing.open
    assert waiting is not None
    return waiting.digest


def _nonce(step: Told) -> UUID:
    return an_id("said", step["by"], step["at"])
