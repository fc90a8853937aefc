"""The circle of one: begun once, and nobody else's."""

import pytest

from kindline.ground.people.alone import found_circle, own_circle
from kindline.ground.vault.models import Circle
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def test_looking_for_it_begins_none(dana: Somebody) -> None:
    assert found_circle(dana.person) is None
    assert not Circle.objects.exists()


def test_it_is_begun_once(dana: Somebody) -> None:
    first = own_circle(dana.person)
    assert own_circle(dana.person).circle == first.circle
    found = found_circle(dana.person)
    assert found is not None
    assert found.circle == first.circle
    assert (first.others, first.members) == ((), (dana.person.id,))


def test_a_circle_of_two_is_not_it(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    assert found_circle(alice.person) is None


def test_everybody_has_their_own(dana: Somebody, charlie: Somebody) -> None:
    assert own_circle(dana.person).circle != own_circle(charlie.person).circle
