"""The rows of this room. When a rhythm comes round stands in the clear, for reminders and the calendar; words don't."""

import uuid

from django.db import models

from kindline.ground.vault.models import Account, Circle, SealedRecord, SharedRecord


class Rhythm(SharedRecord):
    """Something that recurs, of two or of one alone."""

    first = models.CharField(max_length=16, help_text="on the wall of its zone; empty: whenever it comes up")
    zone = models.CharField(max_length=64)
    minutes = models.PositiveSmallIntegerField()
    rrule = models.CharField(max_length=200, help_text="as RFC 5545 writes it; empty: once")
    ended_at = models.DateTimeField(null=True)


class Change(models.Model):
    """One time that was moved or left out, for everybody in it; nothing says by whom."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    rhythm = models.ForeignKey(Rhythm, on_delete=models.CASCADE, related_name="+")
    original = models.CharField(max_length=16, help_text="on the wall, when it would have been")
    moved_to = models.CharField(max_length=16, help_text="on the wall; empty: not this time")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rhythm", "original"], name="rhythms_one_change_a_time")]


class Own(models.Model):
    """What one person chose for themself about a rhythm: no reminder of it, or a title in their calendar feed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rhythm = models.ForeignKey(Rhythm, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    is_muted = models.BooleanField(default=False)
    feed_says = models.CharField(max_length=80, help_text="chosen to be read by the server; empty: a neutral title")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rhythm", "person"], name="rhythms_own_once")]


class Season(models.Model):
    """A quiet season, of a circle for all in it or of one person alone. It is deleted when it ends."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circle = models.OneToOneField(Circle, on_delete=models.CASCADE, null=True, related_name="+")
    person = models.OneToOneField(Account, on_delete=models.CASCADE, null=True, related_name="+")
    since_date = models.DateField()
    until_date = models.DateField(help_text="the day on which everything is awake again")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(circle=None, person__isnull=False) | models.Q(circle__isnull=False, person=None),
                name="rhythms_season_of_a_circle_or_a_person",
            )
        ]


class Marks(SealedRecord):
    """What somebody marked of their own part in one rhythm."""


class CheckIn(SharedRecord):
    """A check-in that has begun."""

    rhythm = models.ForeignKey(Rhythm, on_delete=models.CASCADE, related_name="+")


class Act(SharedRecord):
    """One thing that one of the two did in a check-in; its id is the form's it came by."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="+")
