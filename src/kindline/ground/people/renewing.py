"""New keys in a circle: announced to the others, and believed by none of them before they compared again.

A new passphrase makes new keys to sign with, so that whoever knew the old one signs nothing any more. The others see
the new ones only as a question: are these six words the same?
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _

from kindline.ground.people.models import Guest, Invitation, NewKeys
from kindline.ground.people.refusing import Refused
from kindline.ground.people.shapes import Renewed
from kindline.ground.vault.circles import CircleKeys, Known, circles_of, know_anew, known
from kindline.ground.vault.keyring import Keyring
from kindline.ground.vault.primitives import Unopened, digest, is_signed, sign
from kindline.ground.vault.records import add, opened, owned

CHANGED_AGAIN = _("The keys changed once more meanwhile. Please read the new six words to each other.")


def announce(keyring: Keyring, name: str, now: datetime) -> None:
    """Tell every open circle of this person their new public keys, inside the caller's transaction."""
    me = known(keyring, name)
    for circle in circles_of(keyring):
        if circle.is_open and circle.others:
            signature = sign(keyring.secrets.signing_seed, _meant(me, circle.circle))
            add(NewKeys, circle, Renewed(known=me, at=now, signature=signature), uuid4())


def renewed(circle: CircleKeys) -> Known | None:
    """Return the other as they announce themself by new keys, or None while the known ones are theirs."""
    [other] = circle.others
    told = max(_announced(circle, other), key=lambda one: one.at, default=None)
    if told is None or told.known.signing in (other.signing, *other.former):
        return None
    return told.known


def believe(*, circle: CircleKeys, compared: str) -> None:
    """Know the other by their new keys, once both read the same words for them.

    `compared` is the mark of the keys whose words were on the page; raise Refused when they are others by now.
    """
    new = renewed(circle)
    if new is None or mark_of(new) != compared:
        raise Refused(CHANGED_AGAIN)
    know_anew(circle, new)


def mark_of(one: Known) -> str:
    """Return what tells somebody's present keys from all others, in hex."""
    return digest(one.signing + one.box).hex()


def let_go_of_comparisons(keyring: Keyring) -> None:
    """End invitations on their way: what is sealed to the old keys could not be opened with the new ones."""
    accepted = owned(Guest, keyring).values_list("invitation_id", flat=True)
    Invitation.objects.filter(id__in=list(accepted)).delete()
    owned(Invitation, keyring).filter(grant=None).delete()


def _announced(circle: CircleKeys, other: Known) -> Iterator[Renewed]:
    for row in owned(NewKeys, circle):
        with suppress(Unopened):  # a spoilt row announces nothing
            one = opened(row, circle, Renewed)
            meant = _meant(one.known, circle.circle)
            if one.known.account == other.account and is_signed(one.known.signing, meant, one.signature):
                yield one


def _meant(one: Known, circle: UUID) -> bytes:
    return b"".join((b"kindline/new-keys/1", circle.bytes, one.account.bytes, one.signing, one.box))
