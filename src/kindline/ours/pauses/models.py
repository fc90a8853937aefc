"""The rows of this room. A pause shows plain facts, so that it runs while its person is locked; words lie sealed."""

import uuid

from django.db import models

from kindline.ground.vault.models import Account, Circle, SealedRecord, SharedRecord
from kindline.ours.pauses import rules


class Pause(models.Model):
    """Somebody's last pause, deleted when the next begins; beside it the last one that was over before it was told.

    That one takes no other's place: whoever waited would see by the gap that there was one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    started_at = models.DateTimeField()
    return_at = models.DateTimeField(help_text="on a mark of five minutes")
    renewed = models.PositiveSmallIntegerField(default=0, help_text="how often a new time was given")
    ended_at = models.DateTimeField(null=True)
    told_in_time = models.BooleanField(default=True, help_text="False: the other heard of it once it was over")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "told_in_time"], name="pauses_one_told_and_one_untold"),
            models.CheckConstraint(
                condition=models.Q(renewed__lte=rules.MOST_RENEWED), name="pauses_two_new_times_at_most"
            ),
            models.CheckConstraint(
                condition=models.Q(return_at__gt=models.F("started_at")), name="pauses_return_after_the_start"
            ),
        ]


class Soft(SharedRecord):
    """What somebody said on coming back; its id is the pause's."""


class Topic(SharedRecord):
    """A topic set aside with a time."""


class TopicAnswer(SharedRecord):
    """What one of two says of a topic that was set aside; its id comes from both, so that each says one thing."""


class Device(SealedRecord):
    """A device that may start, extend and end its person's pauses in one circle without being unlocked."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    lookup = models.CharField(max_length=64, unique=True, help_text="keyed digest of the token; the token is nowhere")
