"""A host who writes the grant by hand: the guest takes only the space that begins with this very invitation."""

from uuid import UUID

import msgspec
import pytest
from django.utils import timezone

from kindline.ground.people import inviting
from kindline.ground.people.models import Guest, Invitation
from kindline.ground.people.refusing import Refused
from kindline.ground.people.shapes import Grant, Signed
from kindline.ground.vault import circles
from kindline.ground.vault.keyring import Key
from kindline.ground.vault.models import Circle
from kindline.ground.vault.primitives import seal_for, sign
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NOW = timezone.now()


def invited(host: Somebody, guest: Somebody) -> Invitation:
    """Let the guest say yes to a new code; return the invitation's row."""
    inviting.accept(person=guest.person, typed=inviting.invite(person=host.person, now=NOW), now=NOW)
    return Invitation.objects.get()


def granted(host: Somebody, guest: Somebody, circle: UUID, key: Key) -> None:
    """Write a grant of any circle, signed by the host with their own key, into the invitation's row."""
    me, other = (circles.known(one.person.keyring, one.name) for one in (host, guest))
    row = Invitation.objects.get()
    grant = msgspec.json.encode(Grant(invitation=row.id, circle=circle, key=key, host=me, guest=other))
    signed = Signed(grant=grant, signature=sign(host.person.keyring.secrets.signing_seed, grant))
    Invitation.objects.update(grant=seal_for(other.box, msgspec.json.encode(signed)))


@pytest.mark.parametrize("keep", [True, False])
def test_a_space_that_both_were_in_before_is_not_taken_again(alice: Somebody, bob: Somebody, *, keep: bool) -> None:
    old = pair(bob, alice)
    circles.close(shared_by(alice), NOW, keep=keep)
    invited(bob, alice)
    Circle.objects.update(closed_at=None)
    granted(bob, alice, old.circle, old.key)
    with pytest.raises(Refused):
        inviting.take_key(person=alice.person)
    assert inviting.pair_of(alice.person) is None


def test_a_space_the_guest_knows_nothing_of_is_not_taken_either(alice: Somebody, bob: Somebody) -> None:
    elsewhere = circles.start(bob.person.keyring)
    invited(bob, alice)
    granted(bob, alice, elsewhere.circle, elsewhere.key)
    with pytest.raises(Refused) as refused:
        inviting.take_key(person=alice.person)
    assert refused.value.sentence == str(inviting.NOT_THE_SAME)


def test_the_rows_of_an_invitation_put_back_lead_to_no_space_that_was_left(alice: Somebody, bob: Somebody) -> None:
    made = invited(bob, alice)
    old = inviting.give_key(person=bob.person)
    made.refresh_from_db()
    came = Guest.objects.get()
    inviting.take_key(person=alice.person)
    circles.close(shared_by(alice), NOW, keep=False)
    Circle.objects.update(closed_at=None)
    made.save(force_insert=True)
    came.save(force_insert=True)
    with pytest.raises(Refused):
        inviting.take_key(person=alice.person)
    assert old.circle not in [one.circle for one in circles.circles_of(alice.person.keyring)]
