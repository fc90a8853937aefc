"""Rows of the vault. A row shows ids, a version and a size; what it says opens with somebody's key only."""

import uuid

from django.db import models


class Installation(models.Model):
    """The one row that says how passphrases are stretched here."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    salt = models.BinaryField()
    stretch_memory = models.PositiveBigIntegerField(help_text="bytes")
    stretch_passes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="vault_one_installation")]


class Account(models.Model):
    """One person's keys, sealed with the account key. Everything that is theirs hangs on this row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()


class Slot(models.Model):
    """One way to open an account. The row says neither whose it is nor of what kind."""

    id = models.CharField(primary_key=True, max_length=64)
    sealed = models.BinaryField()


class Session(models.Model):
    """An unlocked device. The cookie's token opens `sealed`; the row alone opens nothing."""

    id = models.CharField(primary_key=True, max_length=64)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    started_at = models.DateTimeField()
    used_at = models.DateTimeField(help_text="moved by deliberate requests, at most once a minute")
    idle_minutes = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()


class Throttle(models.Model):
    """Wrong tries in one bucket; the bucket's name is a keyed digest."""

    bucket = models.CharField(primary_key=True, max_length=64)
    tries = models.PositiveSmallIntegerField()
    tried_at = models.DateTimeField()


class SealedRecord(models.Model):
    """A row of a private room: whose, which key, which version, and one sealed document."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()

    class Meta:
        abstract = True


class Unsaved(SealedRecord):
    """Words typed into a form and not saved yet; its id is the form's."""


class Arrival(SealedRecord):
    """A file somebody is bringing in: what it holds, and how far it is in. One a person at most."""


class ArrivalPart(SealedRecord):
    """A few hundred things of an arrival that are not in yet."""
