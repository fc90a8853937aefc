"""Rows of drafts: sealed, with nothing to read from outside."""

from kindline.ground.vault.contents import Contents
from kindline.ground.vault.models import SealedRecord
from kindline.mine.drafts import shapes
from kindline.mine.drafts.outline import outline


class Draft(SealedRecord):
    """One thing to say."""


class ContentsPage(SealedRecord):
    """A page of the table of contents."""


CONTENTS = Contents(ContentsPage, Draft, shapes.Draft, shapes.DraftLine, outline)
