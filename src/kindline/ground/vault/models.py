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


class Circle(models.Model):
    """People who share. Everything that is theirs together hangs on this row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mark = models.UUIDField(default=uuid.uuid4, help_text="new with every act that is shared; open pages ask for it")
    closed_at = models.DateTimeField(null=True, help_text="when somebody left; nothing is written from then on")


class Sealed(models.Model):
    """A row with one sealed document: which key opens it, and its version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()

    class Meta:
        abstract = True


class SealedRecord(Sealed):
    """A row of a private room: it opens with one person's key."""

    owner = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class SharedRecord(Sealed):
    """A row of a shared room: it opens with a circle's key, which its members hold."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Membership(SealedRecord):
    """Somebody's place in a circle: its keys and whom they know there, sealed for them alone."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "circle"], name="vault_once_in_a_circle")]


class Unsaved(SealedRecord):
    """Words typed into a form and not saved yet; its id is the form's."""


class Arrival(SealedRecord):
    """A file somebody is bringing in: what it holds, and how far it is in. One a person at most."""


class ArrivalPart(SealedRecord):
    """A few hundred things of an arrival that are not in yet."""
