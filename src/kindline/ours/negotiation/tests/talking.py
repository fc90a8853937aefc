"""What two people do in a talk, in short words, for tests."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from kindline.ours.negotiation import actions, queries
from kindline.ours.negotiation.rules import Standing
from kindline.ours.negotiation.shapes import Said
from tests.people import Somebody

NOW = datetime(2026, 5, 3, 18, 0, tzinfo=UTC)
NOBODY = UUID(int=0)


def begun(by: Somebody, topic: str = "evenings", now: datetime = NOW) -> UUID:
    """Let somebody name a topic, and return the talk's id."""
    talk_id = uuid4()
    actions.begin(person=by.person, talk_id=talk_id, topic=topic, now=now)
    return talk_id


def look(by: Somebody, talk_id: UUID) -> Standing:
    """Return where a talk stands, as somebody sees it."""
    return queries.talk(by.person, talk_id).standing


def said(of: str = "needs", **words: Any) -> Said:
    """Return something to lay ready; whose and in which talk, the action says."""
    return Said(talk=NOBODY, by=NOBODY, of=of, salt="", **words)


def keeps(by: Somebody, talk_id: UUID, of: str = "needs", *, is_ready: bool = False, **words: Any) -> None:
    """Let somebody keep what they prepare apart, over what they have."""
    mine = queries.prepared(by.person, talk_id, of)
    actions.keep(
        person=by.person,
        talk_id=talk_id,
        said=said(of, **words),
        version=mine.record.version if mine else 0,
        form_id=uuid4(),
        is_ready=is_ready,
        now=NOW,
    )


def ready(by: Somebody, talk_id: UUID, of: str = "needs", **words: Any) -> None:
    """Let somebody be ready with words of theirs."""
    keeps(by, talk_id, of, is_ready=True, **(words or {"need": f"{by.name} needs quiet", "fear": "losing you"}))


def both_opened(one: Somebody, other: Somebody, talk_id: UUID) -> None:
    """Let both be ready with what they need, and open it."""
    ready(one, talk_id)
    ready(other, talk_id)
    actions.open_mine(person=one.person, talk_id=talk_id, of="needs", now=NOW)


def both_heard(one: Somebody, other: Somebody, talk_id: UUID) -> None:
    """Let each say what makes sense about the other's side, and be told that it is right."""
    for who in (one, other):
        words = f"{who.name} hears you"
        actions.make_sense(person=who.person, talk_id=talk_id, act_id=uuid4(), words=words, now=NOW)
    for who, whose in ((one, other), (other, one)):
        on = look(who, talk_id).senses[whose.person.keyring.account].id
        actions.confirm(person=who.person, talk_id=talk_id, act_id=uuid4(), on=on, now=NOW)


def loop_agreed(one: Somebody, other: Somebody, talk_id: UUID, words: str = "I reach, you go quiet") -> None:
    """Let one word the loop and the other agree."""
    loop_id = uuid4()
    actions.word_loop(person=one.person, talk_id=talk_id, act_id=loop_id, words=words, now=NOW)
    actions.accept_loop(person=other.person, talk_id=talk_id, act_id=uuid4(), on=loop_id, now=NOW)


def listed(one: Somebody, other: Somebody, talk_id: UUID, *options: str) -> list[UUID]:
    """Let one put options on the table and both say that these are all."""
    ids = [uuid4() for _ in options]
    for option_id, words in zip(ids, options, strict=True):
        actions.add_option(person=one.person, talk_id=talk_id, act_id=option_id, words=words, now=NOW)
    for who in (one, other):
        actions.say_all(person=who.person, talk_id=talk_id, act_id=uuid4(), now=NOW)
    return ids


def up_to_taps(one: Somebody, other: Somebody, *options: str) -> tuple[UUID, list[UUID]]:
    """Return a talk in which the options lie on the table, and their ids."""
    talk_id = begun(one)
    both_opened(one, other, talk_id)
    both_heard(one, other, talk_id)
    loop_agreed(one, other, talk_id)
    return talk_id, listed(one, other, talk_id, *(options or ("one evening each", "walks", "nothing new")))


def taps(by: Somebody, talk_id: UUID, options: list[UUID], *chosen: str, guess: int | None = None) -> None:
    """Let somebody tap every option and be ready."""
    tapped = {str(option): tap for option, tap in zip(options, chosen, strict=True)}
    ready(by, talk_id, "taps", taps=tapped, guess=str(options[guess]) if guess is not None else "")
