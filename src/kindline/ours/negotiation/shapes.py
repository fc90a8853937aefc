"""What lies inside this room's sealed documents."""

from datetime import datetime
from uuid import UUID

import msgspec

from kindline.ground.vault.sealing import Shape


class Said(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody lays ready apart, exactly as it is opened later: what they need, or how the options are for them.

    `salt` is random, so that nobody can find out the words by trying some against their digest.
    """

    talk: UUID
    by: UUID
    of: str
    salt: str
    need: str = ""
    fear: str = ""
    matters: str = ""
    taps: dict[str, str] = {}  # by the option's id
    finer: dict[str, int] = {}  # by the option's id, 0 to 10
    guess: str = ""  # the option that the other may like best


class Part(Shape, frozen=True, kw_only=True):
    """What somebody prepares apart, as long as it is theirs alone."""

    circle: UUID
    said: Said
    changed_at: datetime
    is_ready: bool = False


class Promise(Shape, frozen=True, kw_only=True):
    """By whom something is prepared, and its digest once they are ready; random until then, and as long."""

    by: UUID
    of: str
    digest: str
    is_ready: bool


class Talk(Shape, frozen=True, kw_only=True):
    """What two people would like to talk about, and who named it."""

    topic: str
    by: UUID
    begun_at: datetime


class Act(Shape, frozen=True, kw_only=True):
    """One thing that one of the two did in a talk. What all of them come to is for the rules to say."""

    turn: int  # which act of this talk it is, from 1
    by: UUID
    at: datetime
    kind: str
    words: str = ""
    on: UUID | None = None  # the act it answers
    said: Said | None = None  # only with "open"
    against: str = ""  # with the first "open": the digest that the other promised
    is_taken_back: bool = False  # whoever said it left, and took their words along


class Needs(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one of two people needs, told on a phone between them."""

    need: str = ""
    fear: str = ""
    matters: str = ""


class Taps(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the options are for one of two people: by the option's number, counted from 0, as text."""

    taps: dict[str, str]
    finer: dict[str, int] = {}
    guess: str = ""


class OnePhone(Shape, frozen=True, kw_only=True):
    """A talk held on one phone between two people, as far as they have come. It is its owner's alone."""

    topic: str
    other: str  # what the other is called
    begun_at: datetime
    needs: tuple[Needs, ...] = ()
    senses: tuple[str, str] = ("", "")
    loop: str = ""
    options: tuple[str, ...] = ()
    taps: tuple[Taps, ...] = ()
    handed: int = 0  # how often the phone was handed over
