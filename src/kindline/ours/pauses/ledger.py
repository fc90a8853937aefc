"""What two people set aside with a time: each topic as one of them reads it, and what either says of it."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.http import Http404

from kindline.ground.vault.circles import CircleKeys
from kindline.ground.vault.primitives import Unopened, derive
from kindline.ground.vault.records import opened, owned
from kindline.ours.pauses import asides, models, rules, shapes


class Topic(NamedTuple):
    """A topic set aside with a time, as a page lists it. `name` is who proposed it, "" for the person who reads.

    `at` is the time that stands, whoever named it.
    """

    id: UUID
    topic: str
    at: datetime
    name: str
    state: asides.State
    said: tuple[asides.Said, ...]

    @property
    def rests(self) -> bool:
        """Say whether one of the two said not now."""
        return self.state in ("i-rest", "they-rest")


def topics(circle: CircleKeys, now: datetime, *, since: datetime | None = None) -> list[Topic]:
    """Return the topics set aside in a circle whose time is ahead, or a day ago at most; the next one first.

    Whoever is away since a moment reads what the other says of them once they are back.
    """
    return [one for one in all_topics(circle, since=since) if rules.topic_still_shows(one.at, now)]


def all_topics(circle: CircleKeys, *, since: datetime | None = None) -> list[Topic]:
    """Return every topic that was set aside in a circle and not let go; the earliest first."""
    found, answers = list(opened_topics(circle)), answers_in(circle)
    shown = (_topic(circle, topic_id, topic, answers, since) for topic_id, topic in found)
    return sorted((one for one in shown if one), key=lambda one: (one.at, one.id))


def topic(circle: CircleKeys, topic_id: UUID) -> Topic:
    """Return one topic that was set aside, or raise Http404 when it is not there any more."""
    found = next((one for one in all_topics(circle) if one.id == topic_id), None)
    if found is None:
        raise Http404
    return found


def answer_id(circle: CircleKeys, topic_id: UUID, by: UUID) -> UUID:
    """Return the id of what one person says of a topic: one row each, and random for everybody else."""
    secret = derive(circle.ties.keys[0].secret, "pauses-answer", topic_id.bytes + by.bytes)
    return UUID(bytes=secret[:16], version=4)


def answers_in(circle: CircleKeys) -> dict[UUID, shapes.TopicAnswer]:
    """Return what was said of topics in a circle, by row; what was changed from outside hides no other."""
    found = {}
    for row in owned(models.TopicAnswer, circle):
        with suppress(Unopened):
            answer = opened(row, circle, shapes.TopicAnswer)
            if row.id == answer_id(circle, answer.topic, answer.by):
                found[row.id] = answer
    return found


def opened_topics(circle: CircleKeys) -> Iterator[tuple[UUID, shapes.Topic]]:
    """Yield every topic; one that was changed from outside hides no other."""
    for row in owned(models.Topic, circle):
        try:
            yield row.id, opened(row, circle, shapes.Topic)
        except Unopened:
            continue


def _topic(
    circle: CircleKeys,
    topic_id: UUID,
    topic: shapes.Topic,
    answers: dict[UUID, shapes.TopicAnswer],
    since: datetime | None,
) -> Topic | None:
    """Return a topic as one of the two reads it; None for one that the other set aside while they are away."""
    if _is_after(topic.set_at, since, topic.by, circle):
        return None
    names = {other.account: other.name for other in circle.others}
    said = {topic.by: asides.Said(topic.by, topic.at, suits=True, said_at=topic.set_at)}
    for by in (circle.me, *names):
        one = answers.get(answer_id(circle, topic_id, by))
        if one and not _is_after(one.said_at, since, by, circle):
            said[by] = asides.Said(by, one.at, one.suits, one.said_at)
    words = tuple(said.values())
    at, state = asides.standing(words), asides.state(words, circle.me)
    return Topic(topic_id, topic.topic, at, names.get(topic.by, ""), state, words)


def _is_after(said_at: datetime, since: datetime | None, by: UUID, circle: CircleKeys) -> bool:
    return since is not None and by != circle.me and said_at > since
