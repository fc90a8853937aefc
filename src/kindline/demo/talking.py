"""From a story to talks of two: needs laid ready apart, what makes sense, a loop, options, how each is for both."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from kindline.demo.days import Calendar
from kindline.demo.telling import Story, an_id
from kindline.demo.together import Two
from kindline.ground.people.models import Person
from kindline.ours.negotiation import actions
from kindline.ours.negotiation.actions import Said

Told = dict[str, Any]
WITH_WORDS = {"sense": actions.make_sense, "loop": actions.word_loop, "option": actions.add_option}
ON_SOMETHING = {"right": actions.confirm, "accept": actions.accept_loop, "take-off": actions.take_off}
APART = ("needs", "taps")


def talks(two: Two, calendar: Calendar, story: Story) -> None:
    """Hold each talk as far as it went."""
    with transaction.atomic():
        for one in story["talk"]:
            talk_id = an_id("talk", one["at"])
            begun_at = calendar.at(one["at"])
            actions.begin(person=two[one["by"]], talk_id=talk_id, topic=one["topic"], now=begun_at)
            for step in one.get("then", ()):
                _do(two[step["by"]], one["at"], step, calendar.at(step["at"]))


def _do(person: Person, talk: str, step: Told, now: datetime) -> None:
    does, talk_id = step["does"], an_id("talk", talk)
    act_id = an_id("talk", talk, step.get("name", f"{does} {step['by']} {step['at']}"))
    on = an_id("talk", talk, step.get("on", ""))
    if does in APART:
        said = _said(talk, step, talk_id, person)
        is_ready = step.get("ready", True)
        actions.keep(person=person, talk_id=talk_id, said=said, version=0, form_id=act_id, is_ready=is_ready, now=now)
    elif does == "open":
        actions.open_mine(person=person, talk_id=talk_id, of=step["of"], now=now)
    elif does in WITH_WORDS:
        WITH_WORDS[does](person=person, talk_id=talk_id, act_id=act_id, words=step["words"], now=now)
    elif does in ON_SOMETHING:
        ON_SOMETHING[does](person=person, talk_id=talk_id, act_id=act_id, on=on, now=now)
    elif does == "correct":
        actions.correct(person=person, talk_id=talk_id, act_id=act_id, on=on, words=step["words"], now=now)
    elif does == "all":
        actions.say_all(person=person, talk_id=talk_id, act_id=act_id, now=now)
    else:
        raise ValueError(does)


def _said(talk: str, step: Told, talk_id: UUID, person: Person) -> Said:
    """Return what somebody lays ready, with the options it speaks of by their ids; the action salts it."""
    told = {name: part for name, part in step.items() if name in ("need", "fear", "matters")}
    for name in ("taps", "finer"):
        told[name] = {str(an_id("talk", talk, option)): answer for option, answer in step.get(name, {}).items()}
    guess = str(an_id("talk", talk, step["guess"])) if "guess" in step else ""
    whole = {**told, "guess": guess, "talk": talk_id, "by": person.keyring.account, "of": step["does"], "salt": ""}
    return msgspec.convert(whole, Said)
