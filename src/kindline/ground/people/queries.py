"""Who is there."""

from kindline.ground.people.models import Person
from kindline.ground.people.shapes import Profile
from kindline.ground.vault.models import Account
from kindline.ground.vault.records import find, opened
from kindline.ground.vault.sessions import Opened


def person_of(session: Opened) -> Person:
    """Return the person a session belongs to, with their opened keys and profile."""
    person = find(Person, session.keyring, session.keyring.account)
    person.keyring, person.session = session.keyring, session.session
    person.profile = opened(person, session.keyring, Profile)
    return person


def is_anybody_here() -> bool:
    """Say whether anybody has joined yet."""
    return Account.objects.exists()
