"""What lies inside this room's sealed documents, and a pause as it is taken along."""

from datetime import datetime
from uuid import UUID

from kindline.ground.vault.sealing import Shape


class Soft(Shape, frozen=True, kw_only=True):
    """What somebody said on coming back: one sentence, and what they would like next."""

    by: UUID
    pause: UUID
    sentence: str
    way: str  # one of rules.WAYS
    said_at: datetime


class Topic(Shape, frozen=True, kw_only=True):
    """Something to talk about at another time, as somebody proposed on coming back."""

    by: UUID
    topic: str
    at: datetime
    set_at: datetime


class TopicAnswer(Shape, frozen=True, kw_only=True):
    """What somebody says of a topic that was set aside: that this time suits them, or that it is not now."""

    by: UUID
    topic: UUID
    at: datetime
    suits: bool
    said_at: datetime


class Device(Shape, frozen=True, kw_only=True):
    """A device that may pause without unlocking, as its person finds it in their list."""

    is_phone: bool
    since: datetime


class Pause(Shape, frozen=True, kw_only=True):
    """A pause as it is taken along. In the database it stands in plain columns, so that it runs while locked."""

    by: UUID
    started_at: datetime
    return_at: datetime
    ended_at: datetime | None = None
