"""Wrong tries slow down the next one: for a name on a device that opened a place by it, or for a name from an address.

So nobody can lock somebody else out of their own device. Names need not be unique: a device is known for a name and
a place together, or else whoever has a place under the same name would count as that device. For the same reason a
right try takes no wrong ones back: it may have been the right one for another place.
"""

import hmac
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest

from kindline.ground.vault.homes import home
from kindline.ground.vault.keyring import Keyring
from kindline.ground.vault.models import Throttle
from kindline.ground.vault.passphrases import folded_name

FREE_TRIES = 5
FREE_CHOICES = 20
LONGEST_WAIT = 60  # seconds
MOST_COUNTED = 100
FORGOTTEN_AFTER = timedelta(hours=1)
DEVICE_AGE = 400 * 24 * 60 * 60  # seconds; the longest a browser keeps a cookie
MOST_MARKS = 5
_DEVICE = signing.Signer(salt="kindline.device")


class Try(NamedTuple):
    """A try as it was counted: what stood in its bucket before, and how many seconds it has to wait first."""

    bucket: str
    tries: int
    tried_at: datetime
    seconds: int


def bucket(request: HttpRequest, kind: str, name: str) -> tuple[str, bool]:
    """Return the bucket that a try counts in, and whether this device opened a place by that name before."""
    place = next((place for known, place in _marks(request) if known == _name_mark(name)), "")
    if place:
        return _keyed("|".join((kind, "device", place, folded_name(name)))), True
    return bucket_by_address(request, kind, name), False


def bucket_by_address(request: HttpRequest, kind: str, name: str) -> str:
    """Return the bucket of a name from the home this request comes from."""
    return _keyed("|".join((kind, home(request.META.get("REMOTE_ADDR", "")), folded_name(name))))


def bucket_of(kind: str, name: str) -> str:
    """Return the bucket of something that is known by itself, wherever the request comes from."""
    return _keyed(f"{kind}|{name}")


def seconds_to_wait(tries: int, tried_at: datetime, now: datetime, free: int = FREE_TRIES) -> int:
    """Return how many seconds are left: none for the free tries, then 1, 2, 4 up to 60 after each."""
    if tries < free:
        return 0
    wait = min(1 << min(tries - free, 6), LONGEST_WAIT)
    return max(0, wait - int((now - tried_at).total_seconds()))


def take(bucket: str, now: datetime, free: int = FREE_TRIES) -> Try:
    """Count a try before it is made, unless it has to wait: many at the same moment are as many tries."""
    with transaction.atomic():
        Throttle.objects.filter(tried_at__lt=now - FORGOTTEN_AFTER).delete()
        row, _ = Throttle.objects.select_for_update().get_or_create(
            bucket=bucket, defaults={"tries": 0, "tried_at": now}
        )
        taken = Try(bucket, row.tries, row.tried_at, seconds_to_wait(row.tries, row.tried_at, now, free))
        if not taken.seconds:
            row.tries, row.tried_at = min(row.tries + 1, MOST_COUNTED), now
            row.save()
    return taken


def give_back(taken: Try) -> None:
    """Leave the bucket as it was before a try that turned out right."""
    with transaction.atomic():
        row = Throttle.objects.select_for_update().filter(bucket=taken.bucket).first()
        if row is None:
            return
        if row.tries <= 1:
            row.delete()
            return
        # Another try may have been counted meanwhile; then only this one is taken out.
        if row.tries == taken.tries + 1:
            row.tried_at = taken.tried_at
        row.tries -= 1
        row.save()


def device_cookie(request: HttpRequest, name: str, keyring: Keyring) -> str:
    """Return the cookie that makes this device known for a name and place, keeping at most four others it knows."""
    mark = (_name_mark(name), _place_mark(keyring))
    others = [other for other in _marks(request) if other != mark]
    return _DEVICE.sign(".".join("-".join(pair) for pair in [mark, *others][:MOST_MARKS]))


def was_last_here(request: HttpRequest, keyring: Keyring) -> bool:
    """Say whether this place was the last to be opened on this device, or none is known to have been."""
    marks = _marks(request)
    return not marks or marks[0][1] == _place_mark(keyring)


def _name_mark(name: str) -> str:
    return _keyed("known|" + folded_name(name))[:32]


def _place_mark(keyring: Keyring) -> str:
    """Return the mark of a place. It comes from the place's own keys: with the disk alone nobody tells whose it is."""
    return keyring.mark.hex()[:32]


def _marks(request: HttpRequest) -> list[tuple[str, str]]:
    try:
        pairs = _DEVICE.unsign(request.COOKIES.get(settings.DEVICE_COOKIE, "")).split(".")
    except signing.BadSignature:
        return []
    return [(name, place) for name, _, place in (pair.partition("-") for pair in pairs) if place]


def _keyed(text: str) -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), text.encode(), "sha256").hex()
