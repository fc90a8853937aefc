"""Wrong tries slow down the next one: for a name on a device that opened it before, or else for a name from an address.

So nobody can lock somebody else out of their own device.
"""

import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest

from kindline.ground.vault.models import Throttle
from kindline.ground.vault.passphrases import folded_name

FREE_TRIES = 5
LONGEST_WAIT = 60  # seconds
FORGOTTEN_AFTER = timedelta(days=1)
DEVICE_AGE = 400 * 24 * 60 * 60  # seconds; the longest a browser keeps a cookie
_DEVICE = signing.Signer(salt="kindline.device")


def bucket(request: HttpRequest, kind: str, name: str) -> tuple[str, bool]:
    """Return the bucket that a try counts in, and whether this device opened that name before."""
    name = folded_name(name)
    known = _is_known(request, name)
    where = "device" if known else request.META.get("REMOTE_ADDR", "")
    return _keyed("|".join((kind, where, name))), known


def seconds_to_wait(tries: int, tried_at: datetime, now: datetime) -> int:
    """Return how many seconds are left: none for five tries, then 1, 2, 4 up to 60 after each."""
    if tries < FREE_TRIES:
        return 0
    wait = min(1 << (tries - FREE_TRIES), LONGEST_WAIT)
    return max(0, wait - int((now - tried_at).total_seconds()))


def waiting(bucket: str, now: datetime) -> int:
    """Return how many seconds this bucket has to wait."""
    row = Throttle.objects.filter(bucket=bucket).first()
    return seconds_to_wait(row.tries, row.tried_at, now) if row else 0


def count_wrong_try(bucket: str, now: datetime) -> None:
    """Count one wrong try."""
    with transaction.atomic():
        Throttle.objects.filter(tried_at__lt=now - FORGOTTEN_AFTER).delete()
        row, _ = Throttle.objects.select_for_update().get_or_create(
            bucket=bucket, defaults={"tries": 0, "tried_at": now}
        )
        row.tries, row.tried_at = min(row.tries + 1, 100), now
        row.save()


def clear(bucket: str) -> None:
    """Forget the wrong tries of a bucket after a right one."""
    Throttle.objects.filter(bucket=bucket).delete()


def device_cookie(request: HttpRequest, name: str) -> str:
    """Return the cookie that makes this device known for a name, keeping at most four other names it knows."""
    mark = _keyed("known|" + folded_name(name))[:32]
    others = [other for other in _marks(request) if other != mark]
    return _DEVICE.sign(".".join([mark, *others[:4]]))


def was_last_here(request: HttpRequest, name: str) -> bool:
    """Say whether this name was the last to open a place on this device, or nobody is known to have opened one."""
    marks = _marks(request)
    return not marks or marks[0] == _keyed("known|" + folded_name(name))[:32]


def _is_known(request: HttpRequest, name: str) -> bool:
    return _keyed("known|" + name)[:32] in _marks(request)


def _marks(request: HttpRequest) -> list[str]:
    try:
        return _DEVICE.unsign(request.COOKIES.get(settings.DEVICE_COOKIE, "")).split(".")
    except signing.BadSignature:
        return []


def _keyed(text: str) -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), text.encode(), "sha256").hex()
