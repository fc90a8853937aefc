"""What a person's own page of settings holds. Sealed: the server knows nobody's name."""

from datetime import datetime
from uuid import UUID

from kindline.ground.vault.circles import Known
from kindline.ground.vault.keyring import Key
from kindline.ground.vault.sealing import Shape


class Profile(Shape, frozen=True, kw_only=True):
    """How somebody wants to be called and shown things."""

    name: str
    language: str = "en"
    time_zone: str = "UTC"
    theme: str = ""
    idle_minutes: int = 10
    hours: int = 24  # on the clock face: 24 or 12
    essentials: bool = False  # came by invitation: nothing but what somebody asks them, until they want more


class Invited(Shape, frozen=True, kw_only=True):
    """An invitation as whoever made it reads it again: its code."""

    code: str


class Offer(Shape, frozen=True, kw_only=True):
    """What a code opens: who invites."""

    host: Known


class Acceptance(Shape, frozen=True, kw_only=True):
    """An invitation as its guest remembers it: who invited, by which keys."""

    host: Known


class Answer(Shape, frozen=True, kw_only=True):
    """What a guest says to their host, in a box for the host alone: who accepted."""

    guest: Known


class Grant(Shape, frozen=True, kw_only=True):
    """What a host gives a guest once both read the same words: a circle and its key, and who is meant."""

    invitation: UUID
    circle: UUID
    key: Key
    host: Known
    guest: Known


class Signed(Shape, frozen=True, kw_only=True):
    """A grant as it lies in its box: the exact bytes that the host signed."""

    grant: bytes
    signature: bytes


class Renewed(Shape, frozen=True, kw_only=True):
    """Somebody's new public keys, signed with the new one: whoever announces a key also holds it."""

    known: Known
    at: datetime
    signature: bytes
