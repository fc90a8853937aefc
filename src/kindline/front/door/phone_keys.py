"""What a browser keeps so that its device's own lock opens a place: for each, the credential's name and a secret.

A signed cookie, out of reach of scripts. It opens nothing without the device's lock, and the lock nothing without it.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from kindline.ground.vault.keyring import Passkey
from kindline.ground.vault.passkeys import credential_digest
from kindline.ground.vault.throttle import DEVICE_AGE

MOST_KEYS = 5
LONGEST_CREDENTIAL = 340  # characters; a cookie holds five of them
_SIGNER = signing.Signer(salt="kindline.phone-lock")
_ENTRY = re.compile(r"([\w-]+):([0-9a-f]{64})", re.ASCII)


class PhoneKey(NamedTuple):
    """One credential of this device, as base64url, and the secret that was made for it."""

    credential: str
    device: bytes


def of_request(request: HttpRequest) -> list[PhoneKey]:
    """Return what this browser keeps, the newest first."""
    try:
        entries = _SIGNER.unsign(request.COOKIES.get(settings.PHONE_LOCK_COOKIE, "")).split(".")
    except signing.BadSignature:
        return []
    found = [_ENTRY.fullmatch(entry) for entry in entries]
    return [PhoneKey(match[1], bytes.fromhex(match[2])) for match in found if match]


def is_of(key: PhoneKey, passkey: Passkey) -> bool:
    """Say whether a key of this browser is the one that a place knows."""
    return credential_digest(unpacked(key.credential)) == passkey.credential


def keep(response: HttpResponseBase, keys: list[PhoneKey]) -> None:
    """Let the browser keep these, and nothing when there are none."""
    if not keys:
        response.delete_cookie(settings.PHONE_LOCK_COOKIE, samesite="Lax")
        return
    response.set_cookie(
        settings.PHONE_LOCK_COOKIE,
        _SIGNER.sign(".".join(f"{key.credential}:{key.device.hex()}" for key in keys[:MOST_KEYS])),
        max_age=DEVICE_AGE,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_phone(request: HttpRequest) -> bool:
    """Say whether this browser says that it is one of a phone."""
    return "Mobi" in request.headers.get("User-Agent", "")


def packed(raw: bytes) -> str:
    """Return bytes as base64url without filling, as browsers speak of them."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def unpacked(text: str) -> bytes:
    """Return the bytes that a browser sent, or none when it is not base64url."""
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (Error, ValueError):
        return b""
