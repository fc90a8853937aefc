"""Rows of talks: what two share opens with their circle's key, what each prepares apart with their own."""

from django.db import models

from kindline.ground.vault.models import SealedRecord, SharedRecord


class Talk(SharedRecord):
    """Something two people talk about."""


class InTalk(SharedRecord):
    """A row that belongs to a talk."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Act(InTalk):
    """One thing that one of the two did there; its id is the form's it came by."""


class Promise(InTalk):
    """Written whenever somebody keeps what they prepare, ready or not; which of the two, only its document says."""


class Part(SealedRecord):
    """What somebody prepares apart."""


class OnePhone(SealedRecord):
    """A talk held on one phone."""
