"""What the post knows of somebody, and how far the worker has come."""

from datetime import datetime, timedelta
from uuid import UUID

from kindline.ground.clock.zones import UnknownZone, zone
from kindline.ground.post.models import MAIL, PUSH, Channel, Preferences, Round
from kindline.ground.post.rules import Habits

SILENT_AFTER = timedelta(minutes=15)


def habits_of(row: Preferences) -> Habits:
    """Return how somebody wants to be reminded, as the rules take it."""
    try:
        where = zone(row.zone)
    except UnknownZone:  # this machine knows it no longer; somebody's zone must not keep everybody's post
        where = zone("UTC")
    return Habits(where, row.way, row.minutes, row.daily, row.quiet_from, row.quiet_until)


def preferences(account: UUID) -> Preferences | None:
    """Return what somebody chose about reminders, or None when they never turned them on."""
    return Preferences.objects.filter(owner=account).first()


def devices(account: UUID) -> list[Channel]:
    """Return the devices that take somebody's reminders, the oldest first."""
    return list(Channel.objects.filter(owner=account, kind=PUSH).order_by("added_on", "id"))


def mail(account: UUID) -> Channel | None:
    """Return the address that takes somebody's reminders, confirmed or not, or None."""
    return Channel.objects.filter(owner=account, kind=MAIL).first()


def is_anybody_reminded() -> bool:
    """Say whether reminders go to any device or address."""
    return Channel.objects.filter(is_confirmed=True).exists()


def given_up() -> int:
    """Return how many devices and addresses could not be reached in the end, the last time somebody tried."""
    return Channel.objects.exclude(given_up_at=None).count()


def came_to() -> datetime | None:
    """Return how far the worker has come, or None when none ever ran."""
    here = Round.objects.first()
    return here.at if here else None


def is_silent(now: datetime) -> bool:
    """Say whether no worker has been heard of for a while, so that nothing goes out."""
    here = came_to()
    return here is None or here < now - SILENT_AFTER
