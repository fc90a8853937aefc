"""After a new passphrase: what was agreed stays agreed, and the old key says nothing new."""

import pytest
from django.utils import timezone

from kindline.ground.people import actions as people
from kindline.ground.people import renewing
from kindline.ground.vault.keyring import Keyring
from kindline.ours.agreements import actions, queries
from kindline.ours.agreements.models import Pin
from kindline.ours.agreements.tests import living
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NEW = "a lantern on the quiet ferry home"


def changes_passphrase(one: Somebody) -> Keyring:
    """Let somebody take a new passphrase; return the keys they had before."""
    person, now = one.person, timezone.now()
    before = person.keyring
    one.token = people.change_passphrase(person=person, passphrase=NEW, now=now, settle=actions.pin_everything)
    return before


def compares(one: Somebody) -> None:
    """Let somebody find the same words."""
    circle = shared_by(one)
    new = renewing.renewed(circle)
    assert new is not None
    actions.pin_everything(person=one.person, now=timezone.now())
    renewing.believe(circle=circle, compared=renewing.mark_of(new))


@pytest.fixture
def stood(alice: Somebody, bob: Somebody) -> living.UUID:
    """An agreement that stood before Alice took a new passphrase and both compared again."""
    pair(alice, bob)
    agreement = living.agreed(alice, bob)
    changes_passphrase(alice)
    compares(bob)
    return agreement


def test_what_was_agreed_stays_agreed_for_both(alice: Somebody, bob: Somebody, stood: living.UUID) -> None:
    for one in (alice, bob):
        assert living.look(one, stood).standing.state == "stands"
        assert [line.id for line in queries.standing(one.person)] == [stood]


def test_the_new_key_goes_on_where_the_old_one_ended(alice: Somebody, bob: Somebody, stood: living.UUID) -> None:
    living.steps_back(alice, stood)
    other = living.agreed(alice, bob, living.text(ask="Would you cook on Sundays?"))
    for one in (alice, bob):
        assert living.look(one, stood).standing.state == "ended"
        assert living.look(one, other).standing.state == "stands"


def test_a_new_key_says_nothing_before_both_compared(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    agreement = living.agreed(alice, bob)
    changes_passphrase(alice)
    living.steps_back(alice, agreement)
    assert living.look(bob, agreement).standing.state == "unverified"
    compares(bob)
    assert living.look(bob, agreement).standing.state == "ended"


def test_the_old_key_says_nothing_new(alice: Somebody, bob: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    pair(alice, bob)
    agreement = living.proposed(bob)
    before = changes_passphrase(alice)
    compares(bob)
    # Whoever knew the old passphrase, and writes to the database, says yes with the key that it opened.
    monkeypatch.setattr(actions.statements, "public_key", lambda _seed: public_key(before))
    real = actions.statements.stated
    monkeypatch.setattr(actions.statements, "stated", lambda _seed, said: real(before.secrets.signing_seed, said))
    pins = list(Pin.objects.all())
    living.says_yes(alice, agreement)
    monkeypatch.undo()
    for pin in pins:  # no act of hers, so nothing was pinned with it
        pin.save()
    Pin.objects.exclude(id__in=[pin.id for pin in pins]).delete()
    for one in (alice, bob):
        assert living.look(one, agreement).standing.state == "unverified"
        assert not queries.standing(one.person)


def public_key(keyring: Keyring) -> str:
    """Return the public key of a former keyring, as statements name it."""
    from kindline.ground.vault.primitives import signing_public  # noqa: PLC0415 - the module's own is replaced

    return signing_public(keyring.secrets.signing_seed).hex()
