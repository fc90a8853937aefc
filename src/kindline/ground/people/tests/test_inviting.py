"""From a code to a circle of two, and everybody who is not meant."""

from datetime import timedelta

import msgspec
import pytest
from django.utils import timezone

from kindline.ground.people import inviting
from kindline.ground.people.actions import leave
from kindline.ground.people.codes import read_code, safety_words
from kindline.ground.people.models import Guest, Invitation
from kindline.ground.people.refusing import Refused
from kindline.ground.vault import circles
from kindline.ground.vault.models import Circle, Membership
from kindline.ground.vault.primitives import seal_for
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NOW = timezone.now()
LATER = NOW + timedelta(hours=25)


def test_two_people_hold_the_same_key_and_know_each_other(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    hers, his = shared_by(alice), shared_by(bob)
    assert (hers.circle, hers.key) == (his.circle, his.key)
    assert [other.name for other in hers.others] == ["Bob"]
    assert his.others == (circles.known(alice.person.keyring, "Alice"),)
    assert not Invitation.objects.exists()
    assert not Guest.objects.exists()


def test_both_read_the_same_six_words(alice: Somebody, bob: Somebody) -> None:
    inviting.accept(person=bob.person, typed=inviting.invite(person=alice.person, now=NOW), now=NOW)
    hers, his = inviting.comparing(alice.person), inviting.comparing(bob.person)
    assert hers is not None
    assert his is not None
    assert hers.words == his.words
    assert len(hers.words) == 6
    assert (hers.name, his.name) == ("Bob", "Alice")


def test_the_words_are_others_when_a_key_is_another(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    one, other, wrong = (circles.known(who.person.keyring, who.name) for who in (alice, bob, charlie))
    assert safety_words(one, other) == safety_words(other, one)
    assert safety_words(one, other) != safety_words(one, msgspec.structs.replace(other, box=wrong.box))
    assert safety_words(one, other) != safety_words(one, msgspec.structs.replace(other, signing=wrong.signing))


@pytest.mark.parametrize("typed", ["{}", "  {} ", "{}.", "-{}-"])
def test_a_code_may_be_typed_as_people_type(alice: Somebody, bob: Somebody, typed: str) -> None:
    code = inviting.invite(person=alice.person, now=NOW)
    way = typed.format(code.upper().replace(" ", "-"))
    assert inviting.host_of(way, NOW).name == "Alice"


def test_every_code_that_opens_nothing_gets_the_same_sentence(
    alice: Somebody, bob: Somebody, charlie: Somebody
) -> None:
    used = inviting.invite(person=alice.person, now=NOW)
    inviting.accept(person=bob.person, typed=used, now=NOW)
    expired = inviting.invite(person=charlie.person, now=NOW)
    said = set()
    for typed, when in ((used, NOW), (expired, LATER), ("these are not the words of a code", NOW), ("", NOW)):
        with pytest.raises(Refused) as refused:
            inviting.host_of(typed, when)
        said.add(refused.value.sentence)
        with pytest.raises(Refused) as refused:
            inviting.accept(person=charlie.person, typed=typed, now=when)
        said.add(refused.value.sentence)
    assert said == {str(inviting.NO_SUCH_CODE)}


def test_looking_at_an_invitation_spends_nothing(alice: Somebody, bob: Somebody) -> None:
    code = inviting.invite(person=alice.person, now=NOW)
    for _ in range(3):
        inviting.host_of(code, NOW)
    inviting.accept(person=bob.person, typed=code, now=NOW)


def test_a_code_works_once(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    code = inviting.invite(person=alice.person, now=NOW)
    inviting.accept(person=bob.person, typed=code, now=NOW)
    with pytest.raises(Refused):
        inviting.accept(person=charlie.person, typed=code, now=NOW)


def test_a_newer_code_replaces_the_older_one(alice: Somebody) -> None:
    old = inviting.invite(person=alice.person, now=NOW)
    new = inviting.invite(person=alice.person, now=NOW)
    assert inviting.host_of(new, NOW).name == "Alice"
    with pytest.raises(Refused):
        inviting.host_of(old, NOW)


def test_a_code_taken_back_opens_nothing(alice: Somebody, bob: Somebody) -> None:
    code = inviting.invite(person=alice.person, now=NOW)
    inviting.revoke(person=alice.person)
    with pytest.raises(Refused):
        inviting.accept(person=bob.person, typed=code, now=NOW)


def test_nobody_invites_themself(alice: Somebody) -> None:
    code = inviting.invite(person=alice.person, now=NOW)
    with pytest.raises(Refused) as refused:
        inviting.accept(person=alice.person, typed=code, now=NOW)
    assert refused.value.sentence == str(inviting.ONE_OF_US)


def test_nobody_shares_two_circles_of_two_at_a_time(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    waiting = inviting.invite(person=charlie.person, now=NOW)
    pair(alice, bob)
    for attempt in (
        lambda: inviting.invite(person=alice.person, now=NOW),
        lambda: inviting.accept(person=bob.person, typed=waiting, now=NOW),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.sentence == str(inviting.ALREADY_TWO)


def test_no_key_goes_anywhere_before_the_host_says_the_words_are_the_same(alice: Somebody, bob: Somebody) -> None:
    inviting.accept(person=bob.person, typed=inviting.invite(person=alice.person, now=NOW), now=NOW)
    with pytest.raises(Refused):
        inviting.take_key(person=bob.person)
    assert not Circle.objects.exists()


def test_either_side_may_stop(alice: Somebody, bob: Somebody) -> None:
    for one in (alice, bob):
        inviting.accept(person=bob.person, typed=inviting.invite(person=alice.person, now=NOW), now=NOW)
        inviting.stop(person=one.person, now=NOW)
        assert inviting.comparing(alice.person) is None
        assert inviting.comparing(bob.person) is None
        with pytest.raises(Refused):
            inviting.give_key(person=alice.person)


def test_a_guest_who_stops_leaves_nobody_waiting(alice: Somebody, bob: Somebody) -> None:
    inviting.accept(person=bob.person, typed=inviting.invite(person=alice.person, now=NOW), now=NOW)
    inviting.give_key(person=alice.person)
    inviting.stop(person=bob.person, now=NOW)
    (hers,) = circles.circles_of(alice.person.keyring)
    assert not hers.is_open
    assert inviting.comparing(alice.person) is None
    assert circles.circles_of(bob.person.keyring) == []


def test_a_key_from_somebody_else_is_not_taken(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    inviting.accept(person=bob.person, typed=inviting.invite(person=alice.person, now=NOW), now=NOW)
    row = Invitation.objects.get(owner_id=alice.person.id)
    # Charlie writes to the database: an invitation of his own with Bob as its guest, whose grant he moves over.
    his = circles.known(bob.person.keyring, "Bob")
    inviting.invite(person=charlie.person, now=NOW)
    answer = seal_for(
        circles.known(charlie.person.keyring, "Charlie").box, inviting._packed(inviting.Answer(guest=his))
    )
    Invitation.objects.filter(owner_id=charlie.person.id).update(guest_id=bob.person.id, answer=answer)
    inviting.give_key(person=charlie.person)
    forged = Invitation.objects.get(owner_id=charlie.person.id).grant
    Invitation.objects.filter(id=row.id).update(grant=forged)
    with pytest.raises(Refused) as refused:
        inviting.take_key(person=bob.person)
    assert refused.value.sentence == str(inviting.NOT_THE_SAME)
    assert not Membership.objects.filter(owner_id=bob.person.id).exists()


def test_a_code_is_nowhere_in_the_row(alice: Somebody) -> None:
    code = inviting.invite(person=alice.person, now=NOW)
    row = Invitation.objects.get()
    told = b"".join(value if isinstance(value, bytes) else str(value).encode() for value in vars(row).values())
    # A word of three letters may stand in sealed bytes by chance.
    assert not any(word.encode() in told for word in code.split() if len(word) > 5)
    assert code.encode() not in told
    assert b"Alice" not in told
    assert row.lookup == read_code(code).lookup


def test_the_host_reads_the_code_again(alice: Somebody) -> None:
    code = inviting.invite(person=alice.person, now=NOW)
    row = inviting.invitation_of(alice.person, NOW)
    assert row is not None
    assert inviting.code_of(alice.person, row) == code
    assert inviting.invitation_of(alice.person, LATER) is None


def test_who_deletes_their_place_leaves_their_circles(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    leave(person=bob.person, now=NOW)
    (hers,) = circles.circles_of(alice.person.keyring)
    assert hers.closed_at == NOW
    assert Membership.objects.count() == 1
