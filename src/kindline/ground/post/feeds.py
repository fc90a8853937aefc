"""The address of somebody's calendar feed: a secret of 256 bits that lies nowhere.

It comes out of a key of its owner and a random salt. The row holds the salt and a digest of the secret: enough to know
the address when it is asked for, and for its owner, unlocked, to be shown it again; too little for anybody else.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from django.db import transaction

from kindline.ground.people.models import Person
from kindline.ground.post.models import Feed
from kindline.ground.vault.primitives import derive, digest, random_bytes
from kindline.ground.vault.records import take_turn

SALT = 16  # bytes


def make(*, person: Person) -> None:
    """Make a feed for somebody. Who has one keeps it, so that a form sent twice makes one."""
    with transaction.atomic():
        take_turn(person.keyring)
        Feed.objects.get_or_create(owner_id=person.id, defaults=_new(person))


def renew(*, person: Person, over: str) -> None:
    """Give a feed another address in place of the one with this lookup; the old one leads nowhere from now on."""
    Feed.objects.filter(owner=person.id, lookup=over).update(**_new(person))


def switch_off(*, person: Person) -> None:
    """End somebody's feed."""
    Feed.objects.filter(owner=person.id).delete()


def feed_of(person: Person) -> Feed | None:
    """Return somebody's feed, or None."""
    return Feed.objects.filter(owner=person.id).first()


def secret_of(person: Person, feed: Feed) -> str:
    """Return the secret in the address of somebody's own feed, as it is written."""
    return _written(_secret(person, bytes(feed.salt)))


def found(secret: str) -> Feed | None:
    """Return the feed whose address has this secret, or None."""
    try:
        token = urlsafe_b64decode(secret + "=")
    except ValueError:
        return None
    # One secret is written in one way only: decoding alone would forgive strange signs and a wrong last one.
    return Feed.objects.filter(lookup=_lookup(token)).first() if _written(token) == secret else None


def _new(person: Person) -> dict[str, Any]:
    salt = random_bytes(SALT)
    return {"salt": salt, "lookup": _lookup(_secret(person, salt)), "language": person.profile.language}


def _secret(person: Person, salt: bytes) -> bytes:
    return derive(person.keyring.naming_key, "calendar-feed", salt)


def _written(token: bytes) -> str:
    return urlsafe_b64encode(token).rstrip(b"=").decode()


def _lookup(token: bytes) -> str:
    return digest(token).hex()
