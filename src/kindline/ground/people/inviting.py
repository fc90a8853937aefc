"""From a code to a circle of two: invite, accept, compare six words, give the key, take it.

The code opens the offer, so whoever runs the server cannot put other keys in it; the six words show that nobody did.
"""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

import msgspec
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kindline.ground.people.codes import Code, new_code, read_code, safety_words
from kindline.ground.people.models import Guest, Invitation, Person
from kindline.ground.people.refusing import Refused
from kindline.ground.people.shapes import Acceptance, Answer, Grant, Invited, Offer, Signed
from kindline.ground.vault import circles
from kindline.ground.vault.circles import CircleKeys, Known
from kindline.ground.vault.models import Circle
from kindline.ground.vault.primitives import Unopened, digest, is_signed, open_sealed_box, seal_for, sign
from kindline.ground.vault.records import add, opened, owned, take_turn
from kindline.ground.vault.sealing import Place, S, Shape, open_sealed, seal

GOOD_FOR = timedelta(hours=24)
# The same for every reason, so that nobody learns from it whether a code ever was one.
NO_SUCH_CODE = _("That code doesn’t open anything. It may be mistyped, used, or older than a day. A new one helps.")
ALREADY_TWO = _("You share a space with somebody already. One at a time; you can leave it first.")
TWO_AT_ONCE = _("Two shared spaces are open at once. Please look at Together first.")
ONE_OF_US = _("That is your own code. It is for somebody else to type.")
NOT_THE_SAME = _("The keys are not the ones you compared. Nothing was shared. Please begin again with a new code.")


class Comparing(NamedTuple):
    """Two people about to compare: what the other is called, the words, and whether the key is there already."""

    name: str
    words: list[str]
    is_given: bool


def pair_of(person: Person) -> CircleKeys | None:
    """Return the open circle this person shares with somebody, or None."""
    return next((one for one in circles.circles_of(person.keyring) if one.is_open and one.others), None)


def doubtful(person: Person) -> list[CircleKeys]:
    """Return the circles of two that are open at once, none of which is used; none where all is well."""
    return [one for one in circles.circles_of(person.keyring) if one.is_doubtful]


def invite(*, person: Person, now: datetime) -> str:
    """Make a one-time code, good for a day, instead of any this person made before; return it."""
    code = new_code()
    lookup, key = read_code(code)
    me = circles.known(person.keyring, person.name)
    with transaction.atomic():
        circles.remember_closed(person.keyring)
        _refuse_a_second(person)
        owned(Invitation, person.keyring).delete()
        place = _offer_place(lookup)
        add(
            Invitation,
            person.keyring,
            Invited(code=code),
            uuid4(),
            lookup=lookup,
            expires_at=now + GOOD_FOR,
            offer=seal(key, Offer(host=me), place),
        )
    return code


def invitation_of(person: Person, now: datetime) -> Invitation | None:
    """Return the invitation this person made that is still good or that somebody has accepted."""
    row = owned(Invitation, person.keyring).first()
    return row if row and (row.guest_id or row.expires_at > now) else None


def is_on_the_way(person: Person, now: datetime) -> bool:
    """Say whether this person invited somebody, or accepted an invitation, and nobody is in yet."""
    return invitation_of(person, now) is not None or owned(Guest, person.keyring).exists()


def mark_of(invitation: Invitation) -> UUID:
    """Return what an open page of whoever invited compares: another one once the guest is there, or has the key."""
    facts = (invitation.id, invitation.guest_id, invitation.grant is not None)
    return UUID(bytes=digest(repr(facts).encode(), size=16))


def marks_of(invitations: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the marks of those invitations that are still there, from plain columns."""
    return {one.id: mark_of(one) for one in Invitation.objects.filter(id__in=invitations)}


def code_of(person: Person, invitation: Invitation) -> str:
    """Return the code of an invitation to whoever made it."""
    return opened(invitation, person.keyring, Invited).code


def revoke(*, person: Person) -> None:
    """Take back an invitation, answered or not; its code opens nothing any more."""
    with transaction.atomic():
        take_turn(person.keyring)
        owned(Invitation, person.keyring).filter(grant=None).delete()


def host_of(typed: str, now: datetime) -> Known:
    """Return who invites with this code, or raise Refused. Reads only: looking spends nothing."""
    code = read_code(typed)
    return _offered(_still_good(code, now), code)


def accept(*, person: Person, typed: str, now: datetime) -> None:
    """Say yes to being invited, once; raise Refused when the code opens nothing (any more)."""
    code = read_code(typed)
    with transaction.atomic():
        circles.remember_closed(person.keyring)
        row = _still_good(code, now)
        host = _offered(row, code)
        if host.account == person.keyring.account:
            raise Refused(ONE_OF_US)
        _refuse_a_second(person)
        me = circles.known(person.keyring, person.name)
        answer = seal_for(host.box, _packed(Answer(guest=me)))
        free = Invitation.objects.filter(id=row.id, guest=None, expires_at__gt=now)
        if not free.update(guest_id=person.keyring.account, answer=answer):
            raise Refused(NO_SUCH_CODE)
        owned(Guest, person.keyring).delete()
        add(Guest, person.keyring, Acceptance(host=host), uuid4(), invitation_id=row.id)


def comparing(person: Person) -> Comparing | None:
    """Return what this person and their guest, or their host, read to each other now."""
    me = circles.known(person.keyring, person.name)
    made = owned(Invitation, person.keyring).exclude(guest=None).first()
    if made is not None:
        # Once the key is given the guest stands in the circle; their answer was for keys that may be others by now.
        circle = pair_of(person) if made.grant else None
        guest = circle.others[0] if circle else _guest(person, made)
        return Comparing(guest.name, safety_words(me, guest), made.grant is not None)
    came = owned(Guest, person.keyring).select_related("invitation").first()
    if came is None:
        return None
    host = opened(came, person.keyring, Acceptance).host
    return Comparing(host.name, safety_words(me, host), came.invitation.grant is not None)


def is_host(person: Person) -> bool:
    """Say whether this person's own invitation was accepted, so that they say first that the words are the same."""
    return owned(Invitation, person.keyring).exclude(guest=None).exists()


def give_key(*, person: Person) -> CircleKeys:
    """Start a circle of two with the guest whose words were the same, and leave its key for them.

    Whoever calls this has just typed their passphrase.
    """
    with transaction.atomic():
        keyring = circles.remember_closed(person.keyring)
        _refuse_a_second(person)
        row = owned(Invitation, keyring).select_for_update().filter(grant=None).exclude(guest=None).first()
        if row is None:
            raise Refused(NO_SUCH_CODE)
        guest = _guest(person, row)
        me = circles.known(keyring, person.name)
        circle = circles.start(keyring, [guest], circle_id=_circle_of(row.id, me, guest))
        grant = Grant(invitation=row.id, circle=circle.circle, key=circle.key, host=me, guest=guest)
        packed = _packed(grant)
        signed = Signed(grant=packed, signature=sign(keyring.secrets.signing_seed, packed))
        Invitation.objects.filter(id=row.id).update(grant=seal_for(guest.box, _packed(signed)))
    return circle


def take_key(*, person: Person) -> CircleKeys:
    """Take one's place in the circle that the host started; raise Refused when it isn't what was compared."""
    with transaction.atomic():
        keyring = circles.remember_closed(person.keyring)
        _refuse_a_second(person)
        came = owned(Guest, keyring).select_related("invitation").first()
        if came is None or came.invitation.grant is None:
            raise Refused(NO_SUCH_CODE)
        host = opened(came, keyring, Acceptance).host
        grant = _granted(person, came, host)
        here = Circle.objects.filter(id=grant.circle, closed_at=None).first()
        if here is None or circles.is_over(keyring, here.id):
            raise Refused(NO_SUCH_CODE)
        circle = circles.enter(keyring, here, grant.key, [host]).in_turn()  # the host's open page hears of it
        came.invitation.delete()
    return circle


def stop(*, person: Person, now: datetime) -> None:
    """End a comparison from either side: the words differed, or somebody thought again. No key goes anywhere.

    A circle that the host has begun meanwhile is closed, so that nobody waits in it for a guest who doesn't come.
    """
    with transaction.atomic():
        take_turn(person.keyring)
        came = owned(Guest, person.keyring).select_related("invitation").first()
        if came is not None:
            with suppress(Refused):  # there is none yet
                grant = _granted(person, came, opened(came, person.keyring, Acceptance).host)
                Circle.objects.filter(id=grant.circle, closed_at=None).update(closed_at=now, mark=uuid4())
            came.invitation.delete()
        owned(Invitation, person.keyring).delete()


def _refuse_a_second(person: Person) -> None:
    if pair_of(person):
        raise Refused(ALREADY_TWO)
    if doubtful(person):
        raise Refused(TWO_AT_ONCE)


def _still_good(code: Code, now: datetime) -> Invitation:
    row = Invitation.objects.filter(lookup=code.lookup, guest=None, expires_at__gt=now).first()
    if row is None:
        raise Refused(NO_SUCH_CODE)
    return row


def _offered(row: Invitation, code: Code) -> Known:
    try:
        return open_sealed(code.key, bytes(row.offer), Offer, _offer_place(row.lookup)).host
    except Unopened:
        raise Refused(NO_SUCH_CODE) from None


def _guest(person: Person, row: Invitation) -> Known:
    return _unpacked(open_sealed_box(person.keyring.secrets.box_secret, bytes(row.answer or b"")), Answer).guest


def _granted(person: Person, came: Guest, host: Known) -> Grant:
    """Return what the host gave, once it is sure that this host gave it to this guest on this invitation."""
    try:
        box = open_sealed_box(person.keyring.secrets.box_secret, bytes(came.invitation.grant or b""))
        signed = _unpacked(box, Signed)
        grant = _unpacked(signed.grant, Grant)
    except Unopened:
        raise Refused(NOT_THE_SAME) from None
    me = circles.known(person.keyring, grant.guest.name)  # a name may have changed since; the keys may not
    meant = (grant.invitation, grant.host, grant.guest) == (came.invitation_id, host, me)
    # A circle that both were in before, named once more, would bring its old yeses along.
    meant = meant and grant.circle == _circle_of(came.invitation_id, host, me)
    if not meant or not is_signed(host.signing, signed.grant, signed.signature):
        raise Refused(NOT_THE_SAME)
    return grant


def _circle_of(invitation: UUID, host: Known, guest: Known) -> UUID:
    """Return the id of the circle that an invitation leads to: its own for each, and the same for both."""
    parts = (invitation.bytes, host.signing, guest.signing)
    return UUID(bytes=digest(b"".join(parts), size=16, key=b"kindline circle"), version=4)


def _offer_place(lookup: str) -> Place:
    return Place("invitation", "people_invitation", lookup, "", "code", 1)


def _packed(shape: Shape) -> bytes:
    return msgspec.json.encode(shape, order="deterministic")


def _unpacked(raw: bytes, shape: type[S]) -> S:
    try:
        return msgspec.json.decode(raw, type=shape)
    except msgspec.MsgspecError as error:
        raise Unopened from error
