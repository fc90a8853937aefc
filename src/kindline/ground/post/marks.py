"""The signed marks in the links of e-mails: what opens without unlocking, and does one thing only."""

from uuid import UUID

from django.core import signing

from kindline.ground.post.models import MAIL, Channel

CONFIRMED_WITHIN = 2 * 24 * 60 * 60  # seconds
_CONFIRM = signing.TimestampSigner(salt="kindline.post.confirm")
_STOP = signing.Signer(salt="kindline.post.stop")


def confirm_mark(channel: Channel) -> str:
    """Return what says yes to an address, for two days."""
    return _CONFIRM.sign(channel.id.hex)


def stop_mark(channel: Channel) -> str:
    """Return what ends the mails to an address, at any time."""
    return _STOP.sign(channel.id.hex)


def to_confirm(mark: str) -> Channel | None:
    """Return the address that a mark says yes to, or None when the mark is none, too old, or the address is gone."""
    try:
        return _channel(_CONFIRM.unsign(mark, max_age=CONFIRMED_WITHIN))
    except signing.BadSignature:
        return None


def to_stop(mark: str) -> Channel | None:
    """Return the address that a mark ends the mails to, or None."""
    try:
        return _channel(_STOP.unsign(mark))
    except signing.BadSignature:
        return None


def _channel(name: str) -> Channel | None:
    return Channel.objects.filter(id=UUID(name), kind=MAIL).first()
