"""What lies inside the sealed documents of agreements, and what two people say to each other in them."""

import re
from datetime import date, datetime
from uuid import UUID

import msgspec

from kindline.ground.vault.sealing import Shape

# Signs that show nothing, or turn round what is read: a word on the page would be another one in what is signed.
# Joiners, marks of direction and the flags made of such signs stay: whole languages and families need them.
A_FLAG = "\U0001f3f4[\U000e0030-\U000e007a]{3,6}\U000e007f"
UNSEEN = re.compile(
    f"({A_FLAG})|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0001\U000e0020-\U000e007f]"
)


def seen(words: str) -> str:
    """Return words without signs that nobody sees on a page."""
    if words.isprintable():  # none of those signs is, and this is quick
        return words
    return UNSEEN.sub(lambda found: found[1] or "", words)


LINES = ("need", "cannot", "limit", "ask", "offer", "flex", "note")


class Text(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of one version, in the voice of whoever asks: what they need, do themselves, ask for and offer.

    What no page shows nobody can agree to: so no field is read here that isn't named, nor in the two shapes below.
    """

    need: str = ""
    cannot: str = ""
    limit: str = ""  # what I will do: mine alone, it needs nobody's yes
    ask: str = ""
    offer: str = ""
    flex: str = ""
    note: str = ""  # one short sentence for the touchstone; else it shows what somebody does, or asks
    plan: dict[str, str] = {}  # by member: what each does if it gets hard
    look_again_on: date | None = None

    def __post_init__(self) -> None:
        """Hold only what can be seen, whether it is written now or read out of bytes that hold more."""
        for name in LINES:
            msgspec.structs.force_setattr(self, name, seen(getattr(self, name)))
        msgspec.structs.force_setattr(self, "plan", {who: seen(words) for who, words in self.plan.items()})


class Version(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One wording of an agreement, chained to the one before it."""

    ns: str
    circle: UUID
    agreement: UUID
    number: int
    author: UUID
    before: str  # the digest of the version before, in hex; "" for the first
    made_at: datetime
    text: Text


class Statement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one person says to one exact version, chained to what they said before on the same agreement."""

    ns: str
    circle: UUID
    agreement: UUID
    version: int
    exact: str  # the digest of the version meant, in hex
    turn: int  # which act on this agreement it is, whoever's
    previous: str  # the digest of this person's statement before, in hex; "" for the first
    choice: str
    person: UUID
    key: str  # their public key for signing, in hex
    nonce: UUID
    at: datetime
    until: date | None = None  # only with "time"
    word: str = ""

    def __post_init__(self) -> None:
        """Hold only what can be seen."""
        msgspec.structs.force_setattr(self, "word", seen(self.word))


class Wording(Shape, frozen=True, kw_only=True):
    """A version as it is stored: its exact canonical JSON, so that its digest never changes.

    `talk` is the talk of two that its words came of: a way back to it for both, no part of what is signed.
    """

    exact: str
    talk: UUID | None = None


class Stated(Shape, frozen=True, kw_only=True):
    """A statement as it is stored: its exact canonical JSON, and the signature over it."""

    exact: str
    signature: bytes


class Prepared(Shape, frozen=True, kw_only=True):
    """A wording not given to anybody yet. It opens with its author's key only; the other cannot know that it exists."""

    circle: UUID
    agreement: UUID
    text: Text
    changed_at: datetime
    over: int = 0  # the number of the version it is another wording of; 0 when it begins an agreement
    talk: UUID | None = None  # the talk of two it came of
    idea: str = ""  # what it came of, in words that are not its author's own: shown beside theirs, never given
    waits: bool = False  # kept ready for whoever was invited: it lies with its author alone until they are here


class Pin(Shape, frozen=True, kw_only=True):
    """How an agreement stood after something I did there: an older copy put back later does not match it."""

    circle: UUID
    agreement: UUID
    version: str  # the digest of the newest version
    heads: dict[str, str]  # by member: the digest of their last statement
    at: datetime
