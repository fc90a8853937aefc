"""A new passphrase makes new keys to sign with; nobody believes them before both compared again."""

import pytest
from django.utils import timezone

from kindline.ground.people import actions as people
from kindline.ground.people import inviting, renewing
from kindline.ground.people.codes import safety_words
from kindline.ground.people.models import NewKeys
from kindline.ground.people.refusing import Refused
from kindline.ground.vault.circles import CircleKeys, known
from kindline.ground.vault.keyring import Keyring
from kindline.ground.vault.models import Circle
from kindline.ground.vault.primitives import sign
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NEW = "a lantern on the quiet ferry home"


def changes_passphrase(one: Somebody) -> Keyring:
    """Let somebody take a new passphrase; return the keys they had before."""
    person = one.person
    before = person.keyring
    one.token = people.change_passphrase(person=person, passphrase=NEW, now=timezone.now())
    one.passphrase = NEW
    return before


def compare(one: Somebody) -> CircleKeys:
    """Let somebody find the same words and say so."""
    circle = shared_by(one)
    new = renewing.renewed(circle)
    assert new is not None
    renewing.believe(circle=circle, compared=renewing.mark_of(new))
    return shared_by(one)


def test_a_new_passphrase_signs_with_another_key(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    before = changes_passphrase(alice)
    after = alice.person.keyring
    assert known(before, "Alice").signing != known(after, "Alice").signing
    assert known(before, "Alice").box != known(after, "Alice").box
    assert after.secrets.former == (known(before, "Alice").signing,)
    assert before.naming_key == after.naming_key


def test_believing_new_keys_wakes_nobody(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    changes_passphrase(alice)
    before = Circle.objects.get().mark
    compare(bob)
    assert Circle.objects.get().mark == before


def test_new_keys_are_a_question_and_not_believed_by_themselves(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    before = changes_passphrase(alice)
    his = shared_by(bob)
    assert his.others[0].signing == known(before, "Alice").signing
    assert renewing.renewed(his) == known(alice.person.keyring, "Alice")
    assert renewing.renewed(shared_by(alice)) is None


def test_both_read_the_same_words_again(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    changes_passphrase(alice)
    new = renewing.renewed(shared_by(bob))
    assert new is not None
    hers = safety_words(known(alice.person.keyring, "Alice"), shared_by(alice).others[0])
    assert hers == safety_words(known(bob.person.keyring, "Bob"), new)


def test_whoever_compared_knows_the_new_keys_and_remembers_the_former(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    before = changes_passphrase(alice)
    [hers] = compare(bob).others
    assert hers.signing == known(alice.person.keyring, "Alice").signing
    assert hers.former == (known(before, "Alice").signing,)
    assert renewing.renewed(shared_by(bob)) is None


def test_both_may_change_their_keys(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    changes_passphrase(alice)
    changes_passphrase(bob)
    compare(alice)
    compare(bob)
    assert shared_by(alice).others[0].signing == known(bob.person.keyring, "Bob").signing
    assert shared_by(bob).others[0].signing == known(alice.person.keyring, "Alice").signing


def test_words_of_keys_that_changed_once_more_are_refused(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    changes_passphrase(alice)
    seen = renewing.renewed(shared_by(bob))
    assert seen is not None
    alice.token = people.renew_recovery_code(person=alice.person, passphrase=NEW, now=timezone.now())
    with pytest.raises(Refused):
        renewing.believe(circle=shared_by(bob), compared=renewing.mark_of(seen))


def test_a_key_that_nobody_holds_is_not_announced(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    circle = pair(alice, bob)
    theirs = known(charlie.person.keyring, "Alice")
    forged = renewing.Known(account=alice.person.id, name="Alice", signing=theirs.signing, box=theirs.box)
    seed = alice.person.keyring.secrets.signing_seed  # signed by somebody, but not with the key it announces
    signature = sign(seed, renewing._meant(forged, circle.circle))
    renewing.add(
        NewKeys, circle, renewing.Renewed(known=forged, at=timezone.now(), signature=signature), renewing.uuid4()
    )
    assert renewing.renewed(shared_by(bob)) is None


def test_a_spoilt_announcement_says_nothing(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    changes_passphrase(alice)
    NewKeys.objects.update(sealed=b"\x01\x01" + bytes(80))
    assert renewing.renewed(shared_by(bob)) is None


def test_an_invitation_on_its_way_ends_with_the_old_keys(alice: Somebody, bob: Somebody) -> None:
    for one in (alice, bob):
        code = inviting.invite(person=alice.person, now=timezone.now())
        inviting.accept(person=bob.person, typed=code, now=timezone.now())
        changes_passphrase(one)
        assert inviting.comparing(alice.person) is None
        assert inviting.comparing(bob.person) is None


def test_somebody_alone_tells_nobody(dana: Somebody) -> None:
    changes_passphrase(dana)
    assert not NewKeys.objects.exists()
