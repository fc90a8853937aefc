"""What a circle shares, as one of its members holds it: its keys, and by which keys each knows the others."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import NoReturn, Self
from uuid import UUID, uuid4

import msgspec
from django.db import transaction

from kindline.ground.vault.actions import rewrite_secrets
from kindline.ground.vault.keyring import Key, Keyring, Over
from kindline.ground.vault.models import Circle, Membership
from kindline.ground.vault.primitives import Unopened, box_public, random_bytes, signing_public
from kindline.ground.vault.records import add, opened, owned, rewrite
from kindline.ground.vault.sealing import SHARED, Place, Shape


class Closed(Exception):  # noqa: N818 - what is the case
    """Somebody left this circle; nothing is written in it any more."""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A member as another one knows them: a name, two public keys, and the keys they signed with before."""

    account: UUID
    name: str
    signing: bytes
    box: bytes
    former: tuple[bytes, ...] = ()


class Ties(Shape, frozen=True, kw_only=True):
    """What somebody's place in a circle opens: its keys, oldest first, and the others as they were compared."""

    keys: tuple[Key, ...]
    others: tuple[Known, ...] = ()


class CircleKeys:
    """One member's opened keys of one circle. They live on the request and nowhere else."""

    __slots__ = ("circle", "closed_at", "is_doubtful", "keyring", "mark", "ties")

    def __init__(self, row: Circle, keyring: Keyring, ties: Ties) -> None:
        self.circle = row.id
        self.mark = row.mark
        self.closed_at = _closed_at(row, keyring)
        self.is_doubtful = False  # open beside another circle of two, which never comes about by itself
        self.keyring = keyring
        self.ties = ties

    def __repr__(self) -> str:
        return "<CircleKeys>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("keys are not written anywhere")

    @property
    def me(self) -> UUID:
        """Return the member who holds these keys."""
        return self.keyring.account

    @property
    def others(self) -> tuple[Known, ...]:
        """Return everybody else in this circle, as they were compared; nobody in a circle of one."""
        return self.ties.others

    @property
    def other_name(self) -> str:
        """Return what the other of two is called; "" in a circle of one."""
        return self.others[0].name if self.others else ""

    @property
    def members(self) -> tuple[UUID, ...]:
        """Return everybody whom an agreement of this circle binds."""
        return (self.me, *(other.account for other in self.others))

    @property
    def is_open(self) -> bool:
        """Say whether anything can still be written here."""
        return self.closed_at is None and not self.is_doubtful

    @property
    def key(self) -> Key:
        """Return the key that new shared records are sealed with."""
        return self.ties.keys[-1]

    @property
    def whose(self) -> dict[str, UUID]:
        """Return the column by which a row is this circle's."""
        return {"circle_id": self.circle}

    def secret(self, key: UUID) -> bytes:
        """Return what opens a shared record that names this key, or raise Unopened."""
        for one in self.ties.keys:
            if one.id == key:
                return one.secret
        raise Unopened("not a key of this circle")

    def place(self, table: str, row: UUID, version: int, key: UUID | None = None) -> Place:
        """Return the place of a record of this circle."""
        return Place(SHARED, table, row, self.circle, key or self.key.id, version, "circle")

    def in_turn(self) -> Self:
        """Wait until nobody else writes in this circle, and tell open pages that something new is here.

        Raise Closed when somebody has left, this person in another window included. The person's own turn comes
        first, always in that order, so that two windows never wait for each other.
        """
        keyring = self.keyring.in_turn()
        circle = Circle.objects.select_for_update(no_key=True).filter(id=self.circle).first()
        if circle is None or _closed_at(circle, keyring) is not None:
            raise Closed
        row = owned(Membership, keyring).filter(circle_id=self.circle).first()
        if row is None:
            raise Closed
        self._tell(circle)
        return type(self)(circle, keyring, opened(row, keyring, Ties))

    def unheard(self) -> "UnheardKeys":
        """Return the same keys, for writing what nobody else is to hear of yet."""
        row = Circle(id=self.circle, mark=self.mark, closed_at=self.closed_at)
        return UnheardKeys(row, self.keyring, self.ties)

    def _tell(self, circle: Circle) -> None:
        circle.mark = uuid4()
        circle.save(update_fields=["mark"])


class UnheardKeys(CircleKeys):
    """The keys of a circle while something is written in it that changes nobody else's pages: no mark is renewed."""

    __slots__ = ()

    def _tell(self, circle: Circle) -> None:
        """Tell nobody."""


def tell_others(circle: UUID) -> None:
    """Let open pages of a circle hear that something new is here, inside the caller's transaction and turn."""
    Circle.objects.filter(id=circle).update(mark=uuid4())


def known(keyring: Keyring, name: str) -> Known:
    """Return how others are to know this person."""
    secrets = keyring.secrets
    return Known(
        account=keyring.account,
        name=name,
        signing=signing_public(secrets.signing_seed),
        box=box_public(secrets.box_secret),
    )


def start(keyring: Keyring, others: Iterable[Known] = (), *, circle_id: UUID | None = None) -> CircleKeys:
    """Start a circle with a key of its own: alone, or with others who still have to be given it."""
    with transaction.atomic():
        row = Circle(id=circle_id or uuid4())
        row.save(force_insert=True)
        return enter(keyring, row, Key(uuid4(), random_bytes()), others)


def enter(keyring: Keyring, circle: Circle, key: Key, others: Iterable[Known]) -> CircleKeys:
    """Take one's place in a circle; raise Changed when one has it already."""
    ties = Ties(keys=(key,), others=tuple(others))
    add(Membership, keyring, ties, uuid4(), circle_id=circle.id)
    return CircleKeys(circle, keyring, ties)


def know_anew(circle: CircleKeys, other: Known) -> None:
    """Know a member by new keys from now on; what they signed with the former ones is told apart."""
    with transaction.atomic():
        keyring = circle.unheard().in_turn().keyring  # whom somebody believes is theirs: nobody's pages change
        row = owned(Membership, keyring).get(circle_id=circle.circle)
        ties = opened(row, keyring, Ties)
        others = tuple(_renewed(one, other) if one.account == other.account else one for one in ties.others)
        rewrite(row, keyring, msgspec.structs.replace(ties, others=others), row.version)


def _renewed(one: Known, new: Known) -> Known:
    return Known(
        account=one.account, name=one.name, signing=new.signing, box=new.box, former=(*one.former, one.signing)
    )


def circles_of(keyring: Keyring) -> list[CircleKeys]:
    """Return every circle of this person, open ones and those that are closed.

    What this person left is closed, and what they gave back is not theirs, whatever the rows say: whoever writes to
    the database opens nothing again by it. Should two circles of two be open at once, neither is used.
    """
    given_back = [one.circle for one in keyring.secrets.over if not one.kept]
    rows = owned(Membership, keyring).exclude(circle_id__in=given_back).select_related("circle")
    found = []
    for row in rows:
        with suppress(Unopened):  # written by somebody else, or spoilt: it leads nowhere, and bars no other
            found.append(CircleKeys(row.circle, keyring, opened(row, keyring, Ties)))
    pairs = [one for one in found if one.others and one.is_open]
    for one in pairs:
        one.is_doubtful = len(pairs) > 1
    return found


def is_over(keyring: Keyring, circle: UUID) -> bool:
    """Say whether this person knows for sure that a circle was closed."""
    return any(one.circle == circle for one in keyring.secrets.over)


def remember_closed(keyring: Keyring) -> Keyring:
    """Seal among this person's own keys which of their circles were closed, so that no row opens them again.

    Return the keyring as it is then. For the one who did not leave, and for what an older version closed.
    """
    with transaction.atomic():
        keyring = keyring.in_turn()
        known = {one.circle for one in keyring.secrets.over}
        found = [one for one in circles_of(keyring) if one.circle not in known]
        return _sealed_over(keyring, [Over(circle=one.circle, at=one.closed_at) for one in found if one.closed_at])


def close(circle: CircleKeys, now: datetime, *, keep: bool) -> None:
    """Leave a circle: nobody writes in it from now on. Its key is given back unless a copy is kept to read.

    It is written into the leaver's own keys, too: the row alone could be changed by whoever runs the server.
    """
    with transaction.atomic():
        keyring = circle.keyring.in_turn()
        Circle.objects.filter(id=circle.circle, closed_at=None).update(closed_at=now, mark=uuid4())
        _sealed_over(keyring, [Over(circle=circle.circle, at=circle.closed_at or now, kept=keep)])
        if not keep:
            owned(Membership, keyring).filter(circle_id=circle.circle).delete()
            forget_empty()


def close_all_of(account: UUID, now: datetime) -> None:
    """Close every circle of somebody whose place goes, inside the caller's transaction."""
    held = Membership.objects.filter(owner_id=account).values("circle_id")
    Circle.objects.filter(id__in=held, closed_at=None).update(closed_at=now, mark=uuid4())
    Membership.objects.filter(owner_id=account).delete()
    forget_empty()


def _closed_at(row: Circle, keyring: Keyring) -> datetime | None:
    return next((one.at for one in keyring.secrets.over if one.circle == row.id), row.closed_at)


def _sealed_over(keyring: Keyring, news: list[Over]) -> Keyring:
    if not news:
        return keyring
    named = {one.circle for one in news}
    before = (one for one in keyring.secrets.over if one.circle not in named)
    return rewrite_secrets(keyring, msgspec.structs.replace(keyring.secrets, over=(*before, *news)))


def forget_empty() -> None:
    """Delete circles that nobody holds a key of, with all that is in them: nobody could read it any more."""
    Circle.objects.exclude(id__in=Membership.objects.values("circle_id")).delete()
