"""What a person keeps for themself in a shared room lies in a circle of one, begun when it is first needed."""

from django.db import transaction

from kindline.ground.people.models import Person
from kindline.ground.vault import circles
from kindline.ground.vault.circles import CircleKeys
from kindline.ground.vault.records import take_turn


def found_circle(person: Person) -> CircleKeys | None:
    """Return the open circle that this person is in alone, or None before it is begun. Reads only."""
    return next((one for one in circles.circles_of(person.keyring) if one.is_open and not one.others), None)


def own_circle(person: Person) -> CircleKeys:
    """Return the open circle that this person is in alone, begun now if there is none.

    Two windows that need it first at the same moment get the same one.
    """
    with transaction.atomic():
        take_turn(person.keyring)
        return found_circle(person) or circles.start(person.keyring)
