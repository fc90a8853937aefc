"""The cookie of a device that may start a pause without being unlocked: a random token, and how clocks are read there.

The token opens nothing that was written, and the server keeps only a keyed digest of it. The zone and the hours of the
clock lie beside it on the device, so that a page can say times while nobody is unlocked; the server keeps neither.
"""

import hmac
import re
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from kindline.ground.clock.zones import UnknownZone, zone
from kindline.ground.vault.primitives import random_bytes
from kindline.ground.vault.throttle import DEVICE_AGE

_WRITTEN = re.compile(r"([0-9a-f]{64})\.(12|24)\.([\w+~-]{1,60})", re.ASCII)


class Token(NamedTuple):
    """What the cookie holds."""

    secret: str  # hex
    hours: int
    zone: ZoneInfo

    @property
    def lookup(self) -> str:
        """Return what the server knows the token by."""
        return hmac.digest(settings.SECRET_KEY.encode(), f"pause|{self.secret}".encode(), "sha256").hex()


def new_token(hours: int, where: ZoneInfo) -> Token:
    """Return a token that nobody has yet."""
    return Token(random_bytes().hex(), hours, where)


def token_of(request: HttpRequest) -> Token | None:
    """Return the token that a request came with, or None."""
    found = _WRITTEN.fullmatch(request.COOKIES.get(settings.PAUSE_COOKIE, ""))
    if found is None:
        return None
    try:
        return Token(found[1], int(found[2]), zone(found[3].replace("~", "/")))
    except UnknownZone:
        return None


def give(response: HttpResponseBase, token: Token) -> None:
    """Hand the token to the browser, out of reach of scripts and of other sites."""
    written = f"{token.secret}.{token.hours}.{token.zone.key.replace('/', '~')}"
    response.set_cookie(
        settings.PAUSE_COOKIE,
        written,
        max_age=DEVICE_AGE,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def take_away(response: HttpResponseBase) -> None:
    """Let the browser forget its token."""
    response.delete_cookie(settings.PAUSE_COOKIE, samesite="Lax")
