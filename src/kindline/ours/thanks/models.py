"""The rows of this room. When a line was given, by whom and of which kind lies sealed."""

from kindline.ground.vault.models import SealedRecord, SharedRecord


class Line(SharedRecord):
    """One line in a circle's jar."""


class Lid(SealedRecord):
    """Which jars a person keeps closed; one row for each person who ever closed one."""
