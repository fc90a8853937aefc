"""A circle's keys: who opens what, and what leaving does."""

import pickle
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from kindline.ground.vault import circles
from kindline.ground.vault.circles import Closed
from kindline.ground.vault.models import Circle
from kindline.ground.vault.primitives import Unopened
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


def test_a_circle_of_one_is_hers_alone(dana: Somebody) -> None:
    circles.start(dana.person.keyring)
    (hers,) = circles.circles_of(dana.person.keyring)
    assert hers.others == ()
    assert hers.members == (dana.person.id,)
    assert hers.is_open


def test_a_stranger_holds_no_circle(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    pair(alice, bob)
    assert circles.circles_of(charlie.person.keyring) == []


def test_the_mark_moves_with_a_shared_act_only(alice: Somebody, bob: Somebody) -> None:
    circle = pair(alice, bob)
    before = Circle.objects.get().mark
    circles.circles_of(bob.person.keyring)
    bob.person.keyring.in_turn()
    assert Circle.objects.get().mark == before
    circle.in_turn()
    assert Circle.objects.get().mark != before


@pytest.mark.parametrize("keep", [True, False])
def test_whoever_stays_reads_on_and_writes_no_more(alice: Somebody, bob: Somebody, *, keep: bool) -> None:
    pair(alice, bob)
    circles.close(shared_by(bob), NOW, keep=keep)
    (hers,) = circles.circles_of(alice.person.keyring)
    assert hers.closed_at == NOW
    assert [other.name for other in hers.others] == ["Bob"]
    with pytest.raises(Closed):
        hers.in_turn()
    assert len(circles.circles_of(bob.person.keyring)) == keep


def test_whoever_left_in_another_window_writes_no_more(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    stale = shared_by(bob)
    circles.close(shared_by(bob), NOW, keep=False)
    with pytest.raises(Closed):
        stale.in_turn()


def test_what_nobody_holds_a_key_of_is_deleted(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    circles.close(shared_by(bob), NOW, keep=False)
    assert Circle.objects.count() == 1
    circles.close(circles.circles_of(alice.person.keyring)[0], NOW, keep=False)
    assert not Circle.objects.exists()


def test_a_key_of_another_circle_is_refused(alice: Somebody, bob: Somebody) -> None:
    circle = pair(alice, bob)
    with pytest.raises(Unopened):
        circle.secret(uuid4())


def test_circle_keys_are_written_nowhere(alice: Somebody, bob: Somebody) -> None:
    circle = pair(alice, bob)
    assert "Key" in repr(circle)
    assert circle.key.secret.hex() not in repr(circle)
    with pytest.raises(TypeError):
        pickle.dumps(circle)
