"""Rows of agreements: what two share opens with their circle's key, what is only prepared or pinned with one's own."""

from django.db import models

from kindline.ground.vault.models import SealedRecord, SharedRecord


class Act(SharedRecord):
    """A row of an agreement, in its order: two written at once cannot both be the next."""

    agreement = models.UUIDField()
    ordinal = models.PositiveIntegerField()

    class Meta:
        abstract = True


class Version(Act):
    """One wording of an agreement."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "ordinal"], name="agreements_one_next_wording")]


class Statement(Act):
    """What one member said to one version; its id is the nonce of the form it came by."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "ordinal"], name="agreements_one_next_word")]


ACTS: tuple[type[Act], ...] = (Version, Statement)


class Prepared(SealedRecord):
    """A wording not given to anybody yet."""


class Pin(SealedRecord):
    """How an agreement stood when its owner last did something there."""
