"""An invitation that somebody opened on this device, until they are in or an hour is over.

Its code comes along through joining or unlocking in a cookie that no script reads: never in an address, so in no log
and no history. Signed, so that only a code that was typed on our page, where wrong ones have to wait, is looked up.
"""

from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from kindline.ground.people.codes import letters_of
from kindline.ground.people.inviting import host_of
from kindline.ground.people.refusing import Refused
from kindline.ground.vault.circles import Known

AGE = 60 * 60  # seconds
_SIGNED = signing.TimestampSigner(salt="kindline.invited")


class Opened(NamedTuple):
    """An invitation that is still good: its code, and who invites."""

    code: str
    host: Known


def opened(request: HttpRequest) -> Opened | None:
    """Return the invitation that this device carries, or None when there is none that is still good."""
    try:
        code = _SIGNED.unsign(request.COOKIES.get(settings.INVITED_COOKIE, ""), max_age=AGE)
        return Opened(code, host_of(code, timezone.now()))
    except (signing.BadSignature, Refused):
        return None


def carry(response: HttpResponseBase, code: str) -> None:
    """Let this device carry a code for an hour."""
    response.set_cookie(
        settings.INVITED_COOKIE,
        _SIGNED.sign(letters_of(code)),  # whatever was typed, a cookie can hold it
        max_age=AGE,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def put_down(response: HttpResponseBase) -> None:
    """Carry no code any more."""
    response.delete_cookie(settings.INVITED_COOKIE, samesite="Lax")
