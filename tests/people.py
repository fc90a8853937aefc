"""The people of the tests: Alice and Bob, Charlie a stranger, Dana who does it alone."""

from dataclasses import dataclass, field

from django.test import Client
from django.utils import timezone

from kindline.ground.people import inviting
from kindline.ground.people.actions import join
from kindline.ground.people.models import Person
from kindline.ground.people.queries import person_of
from kindline.ground.people.shapes import Profile
from kindline.ground.vault import sessions
from kindline.ground.vault.circles import CircleKeys

PASSPHRASE = "plainly copper otter hums at noon"


@dataclass
class Somebody:
    """One person of the tests, with a browser in which they are unlocked."""

    name: str
    passphrase: str = PASSPHRASE
    client: Client = field(default_factory=Client)
    token: str = ""

    @property
    def person(self) -> Person:
        """Return the person as a new request would see them."""
        opened = sessions.opened(self.token, timezone.now())
        assert opened is not None, f"{self.name} is locked"
        return person_of(opened)


def somebody(name: str) -> Somebody:
    """Return somebody who has joined and is unlocked."""
    from django.conf import settings  # noqa: PLC0415 - read when a test runs, not when it is collected

    one = Somebody(name)
    now = timezone.now()
    keyring = join(passphrase=one.passphrase, profile=Profile(name=name), now=now)
    one.token = sessions.start(keyring, now)
    one.client.cookies[settings.SESSION_COOKIE] = one.token
    return one


def pair(one: Somebody, other: Somebody) -> CircleKeys:
    """Let two people share a circle as they would: a code, the same six words, the key; return the first one's keys."""
    now = timezone.now()
    code = inviting.invite(person=one.person, now=now)
    inviting.accept(person=other.person, typed=code, now=now)
    circle = inviting.give_key(person=one.person)
    inviting.take_key(person=other.person)
    return circle


def shared_by(one: Somebody) -> CircleKeys:
    """Return the keys of the circle of two that somebody is in, as a new request would hold them."""
    circle = inviting.pair_of(one.person)
    assert circle is not None, f"{one.name} is in no circle of two"
    return circle
