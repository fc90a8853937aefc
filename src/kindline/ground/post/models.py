"""What the post keeps. All of it lies in the clear, because reminders go out while everybody is locked."""

import uuid

from django.db import models
from django.db.models import Q

from kindline.ground.post import rules
from kindline.ground.vault.models import Account

PUSH, MAIL = "push", "mail"
REMINDER, TRIAL, CONFIRM = "reminder", "trial", "confirm"
LONGEST_TARGET = 1000  # characters


class Preferences(models.Model):
    """How somebody wants to be reminded. There is no row before they turn reminders on."""

    owner = models.OneToOneField(Account, primary_key=True, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)
    zone = models.CharField(max_length=60)
    way = models.CharField(max_length=10, default=rules.BEFORE)
    minutes = models.PositiveSmallIntegerField(default=30, help_text="before something begins")
    daily = models.TimeField(default=rules.Habits._field_defaults["daily"])
    quiet_from = models.TimeField(default=rules.Habits._field_defaults["quiet_from"])
    quiet_until = models.TimeField(default=rules.Habits._field_defaults["quiet_until"])
    lost_on = models.DateField(null=True, help_text="when a device stopped taking reminders; told once")
    asks = models.PositiveSmallIntegerField(default=0, help_text="mails that asked for a confirmation on that day")
    asked_on = models.DateField(null=True)


class Channel(models.Model):
    """A way to reach somebody: a device's own push endpoint, or an e-mail address.

    What waits for a channel goes out together, so the lease and the tries are the channel's, not each notice's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=4)
    target = models.CharField(max_length=LONGEST_TARGET, help_text="the endpoint, or the address")
    public = models.BinaryField(default=bytes, help_text="the device's public key")
    auth = models.BinaryField(default=bytes, help_text="the device's authentication secret")
    form = models.CharField(max_length=10, default="", help_text="phone or computer")
    added_on = models.DateField()
    is_confirmed = models.BooleanField(default=False)
    leased_until = models.DateTimeField(null=True, help_text="a worker is at it until then")
    tries = models.PositiveSmallIntegerField(default=0, help_text="in vain, one after the other")
    next_at = models.DateTimeField(null=True, help_text="not before")
    given_up_at = models.DateTimeField(null=True, help_text="when a notice was given up; the next that arrives ends it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind", "target"], name="post_once_a_target"),
            models.UniqueConstraint(fields=["owner"], condition=Q(kind=MAIL), name="post_one_mail"),
        ]


class Notice(models.Model):
    """Something to tell somebody through one channel. The key keeps it from being told twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=8)
    key = models.CharField(max_length=64, unique=True, help_text="a digest of channel, occurrence and time")
    due_at = models.DateTimeField()
    begins_from = models.DateTimeField(null=True, help_text="when what it tells of begins; of a day, its start")
    begins_before = models.DateTimeField(null=True, help_text="before when that is; of a day, its end")
    settled_at = models.DateTimeField(null=True, help_text="when it went out, or was given up")

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(settled_at=None), name="post_waiting")]


class Round(models.Model):
    """The one row that says how far the worker has come."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="post_one_round")]


class Feed(models.Model):
    """A calendar that somebody's calendar app may fetch, with the secret address that it has; see `feeds`."""

    owner = models.OneToOneField(Account, primary_key=True, on_delete=models.CASCADE, related_name="+")
    salt = models.BinaryField(help_text="together with a key of its owner it gives the address again")
    lookup = models.CharField(max_length=64, unique=True, help_text="digest of the secret in the address")
    language = models.CharField(max_length=10)
