"""What somebody does about their reminders."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404

from kindline.ground.people.models import Person
from kindline.ground.post import feeds, outside, rules, shapes, webpush
from kindline.ground.post.models import CONFIRM, MAIL, PUSH, TRIAL, Channel, Feed, Notice, Preferences
from kindline.ground.post.outbox import key_of
from kindline.ground.vault.records import take_turn
from kindline.ground.vault.sealing import Shape


class NoSuchDevice(Exception):  # noqa: N818 - what is the case
    """What a browser gave is no endpoint and keys of a device."""


class TooMany(Exception):  # noqa: N818 - what is the case
    """No more devices fit, or no more mails today."""


def add_device(*, person: Person, endpoint: str, public: str, auth: str, form: str, now: datetime) -> Channel:
    """Let a device take somebody's reminders; one that does already stays, with its new keys.

    Raise NoSuchDevice for what is none, TooMany beyond ten.
    """
    try:
        outside.read(endpoint)
        keys = {"public": webpush.unpacked(public), "auth": webpush.unpacked(auth)}
        webpush.check_device(**keys)
    except (outside.NotOutside, webpush.NoKey) as error:
        raise NoSuchDevice from error
    with transaction.atomic():
        _begin(person)
        others = Channel.objects.filter(owner=person.id, kind=PUSH).exclude(target=endpoint)
        if others.count() >= rules.MOST_DEVICES:
            raise TooMany
        Preferences.objects.filter(owner=person.id).update(lost_on=None)
        channel, _new = Channel.objects.update_or_create(
            owner_id=person.id,
            kind=PUSH,
            target=endpoint,
            defaults={**keys, "given_up_at": None, "next_at": None, "tries": 0},
            create_defaults={**keys, "form": form, "added_on": _today(person, now), "is_confirmed": True},
        )
    return channel


def remove(*, person: Person, channel: UUID) -> None:
    """Let a device or an address take reminders no longer; raise Http404 for somebody else's."""
    if not Channel.objects.filter(owner=person.id, id=channel).delete()[0]:
        raise Http404


def ask_by_mail(*, person: Person, address: str, now: datetime) -> Channel:
    """Ask at an address whether reminders may come there; it takes the place of any other.

    Raise TooMany when that was asked too often today.
    """
    today = _today(person, now)
    with transaction.atomic():
        _begin(person)
        there = Channel.objects.filter(owner=person.id, kind=MAIL)
        same = there.filter(target=address, is_confirmed=True).first()
        if same is not None:
            return same
        liked = Preferences.objects.get(owner=person.id)
        asks = liked.asks + 1 if liked.asked_on == today else 1
        if asks > rules.MOST_ASKED:
            raise TooMany
        Preferences.objects.filter(owner=person.id).update(asks=asks, asked_on=today)
        there.delete()
        channel = Channel.objects.create(owner_id=person.id, kind=MAIL, target=address, added_on=today)
        Notice.objects.create(channel=channel, kind=CONFIRM, key=key_of(channel.id, CONFIRM), due_at=now)
    return channel


def confirm(*, channel: Channel) -> None:
    """Say yes to reminders at an address. Whoever has the link from its mail may."""
    Channel.objects.filter(id=channel.id).update(is_confirmed=True)


def stop(*, channel: Channel) -> None:
    """End the mails to an address. Whoever has the link from one of them may."""
    channel.delete()


def choose(*, person: Person, way: str, minutes: int, daily: time, quiet_from: time, quiet_until: time) -> None:
    """Choose when reminders come."""
    chosen = {"way": way, "minutes": minutes, "daily": daily, "quiet_from": quiet_from, "quiet_until": quiet_until}
    with transaction.atomic():
        _begin(person)
        Preferences.objects.filter(owner=person.id).update(**chosen, lost_on=None)


def follow(*, person: Person) -> None:
    """Let reminders and calendar feed know the language and zone that somebody chose for themself, if they have any."""
    Feed.objects.filter(owner=person.id).update(language=person.profile.language)
    Preferences.objects.filter(owner=person.id).update(**_about(person))


def try_now(*, person: Person, now: datetime) -> list[UUID]:
    """Lay a reminder ready for every device and address of somebody, and return these; one a minute at most."""
    channels = list(Channel.objects.filter(owner=person.id, is_confirmed=True).values_list("id", flat=True))
    told = f"{TRIAL} {now:%Y-%m-%d %H:%M}"
    notices = [Notice(channel_id=one, kind=TRIAL, key=key_of(one, told), due_at=now) for one in channels]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return channels


def bring_back(*, person: Person, documents: Sequence[tuple[UUID, Shape]]) -> int:
    """Choose when reminders come as it was taken along, inside the caller's transaction; return how many choices came.

    What was chosen here stays as it is. Nothing is sent by it: no device and no address comes along.
    """
    found = [document for _id, document in documents if isinstance(document, shapes.When)][:1]
    for when in found:
        chosen = {name: getattr(when, name) for name in shapes.When.__struct_fields__}
        if Preferences.objects.get_or_create(owner_id=person.id, defaults=_about(person) | chosen)[1]:
            return 1
    return 0


def delete_everything(*, person: Person) -> None:
    """Delete reminders and calendar feed of somebody for good, inside the caller's transaction."""
    forget(account=person.id)


def end_outside(*, person: Person) -> None:
    """Let reminders go nowhere and the calendar feed have another address, inside the caller's transaction.

    When one wants to be told stays, for the next device that is allowed.
    """
    Channel.objects.filter(owner=person.id).delete()
    feed = feeds.feed_of(person)
    if feed:
        feeds.renew(person=person, over=feed.lookup)


def forget(*, account: UUID) -> None:
    """Delete reminders and calendar feed of somebody, inside the caller's transaction: nothing goes out any more."""
    Feed.objects.filter(owner=account).delete()
    Channel.objects.filter(owner=account).delete()
    Preferences.objects.filter(owner=account).delete()


def _begin(person: Person) -> None:
    take_turn(person.keyring)
    Preferences.objects.update_or_create(owner_id=person.id, defaults=_about(person))


def _about(person: Person) -> dict[str, Any]:
    """Return what reminders have to know of somebody while they are locked."""
    return {"language": person.profile.language, "zone": person.profile.time_zone}


def _today(person: Person, now: datetime) -> date:
    return now.astimezone(person.zone).date()
