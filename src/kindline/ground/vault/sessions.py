"""An unlocked device: a random token in a cookie, a row it opens, and two clocks that lock it again."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase

from kindline.ground.vault.keyring import Keyring, open_keyring
from kindline.ground.vault.models import Session
from kindline.ground.vault.primitives import Unopened, derive, random_bytes
from kindline.ground.vault.sealing import Place, Shape, open_sealed, seal

LONGEST = timedelta(hours=12)
IDLE_MINUTES = 10
IDLE_CHOICES = (2, 5, 10, 20, 30, 60)  # minutes
USED_EVERY = timedelta(minutes=1)


class Opened(NamedTuple):
    """A session that is open: its row and the keys in it."""

    session: Session
    keyring: Keyring


class _Held(Shape, frozen=True, kw_only=True):
    account_key: bytes


def start(keyring: Keyring, now: datetime, idle_minutes: int = IDLE_MINUTES) -> str:
    """Start a session and return its token, for the cookie."""
    token = random_bytes()
    row = Session(id=_row_id(token), account_id=keyring.account, started_at=now, used_at=now, idle_minutes=idle_minutes)
    row.sealed = seal(
        derive(token, "session-key"), _Held(account_key=keyring.account_key), _place(row.id, row.account_id)
    )
    row.save(force_insert=True)
    return token.hex()


def opened(token: str, now: datetime) -> Opened | None:
    """Return the session a cookie's token opens, or None when there is none or its time is over."""
    try:
        raw = bytes.fromhex(token)
    except ValueError:
        return None
    row = Session.objects.select_related("account").filter(id=_row_id(raw)).first()
    if row is None or now - row.started_at > LONGEST or now - row.used_at > timedelta(minutes=row.idle_minutes):
        return None
    account = row.account
    try:
        held = open_sealed(derive(raw, "session-key"), bytes(row.sealed), _Held, _place(row.id, row.account_id))
        return Opened(row, open_keyring(account.id, held.account_key, account.version, bytes(account.sealed)))
    except Unopened:
        return None


def use(session: Session, now: datetime) -> None:
    """Move the idle clock, at most once a minute. The one write that reading a page may do."""
    if now - session.used_at < USED_EVERY:
        return
    # A full disk must not keep anybody from reading; the clock then stands still and locks earlier.
    with suppress(DatabaseError):
        Session.objects.filter(id=session.id, used_at__lt=now).update(used_at=now)


def extend(session: Session, now: datetime) -> None:
    """Move the idle clock now, because the person asked to stay."""
    Session.objects.filter(id=session.id).update(used_at=now)


def is_there(session: Session) -> bool:
    """Say whether a session has not been ended meanwhile."""
    return Session.objects.filter(id=session.id).exists()


def end(session: Session) -> None:
    """Lock this device."""
    Session.objects.filter(id=session.id).delete()


def end_all(account: UUID, but: Session | None = None) -> None:
    """Lock every device of an account, or every other one."""
    Session.objects.filter(account_id=account).exclude(id=but.id if but else "").delete()


def forget_expired(now: datetime) -> None:
    """Delete the rows of sessions whose time is over, so that no cookie opens them any more."""
    idle = Q()
    for minutes in IDLE_CHOICES:
        idle |= Q(idle_minutes=minutes, used_at__lt=now - timedelta(minutes=minutes))
    Session.objects.filter(idle | Q(started_at__lt=now - LONGEST)).delete()


def set_idle_minutes(account: UUID, minutes: int) -> None:
    """Choose after how many quiet minutes this person's devices lock."""
    Session.objects.filter(account_id=account).update(idle_minutes=minutes)


def count(account: UUID) -> int:
    """Return how many devices of a person are unlocked."""
    return Session.objects.filter(account_id=account).count()


def set_cookie(response: HttpResponseBase, token: str) -> None:
    """Hand the token to the browser, out of reach of scripts and of other sites."""
    response.set_cookie(settings.SESSION_COOKIE, token, secure=settings.SECURE, httponly=True, samesite="Lax")


def set_locked_cookie(response: HttpResponseBase) -> None:
    """Overwrite the token with one that opens nothing; the change also empties the browser's back/forward cache."""
    set_cookie(response, random_bytes().hex())


def of_request(request: HttpRequest, now: datetime) -> Opened | None:
    """Return the open session of a request."""
    token = request.COOKIES.get(settings.SESSION_COOKIE, "")
    return opened(token, now) if token else None


def _row_id(token: bytes) -> str:
    return derive(token, "session-id").hex()


def _place(row_id: str, account: UUID) -> Place:
    return Place("session", "vault_session", row_id, account, "token", 1)
