"""The room's rows: sealed papers of four kinds that look alike from outside, and their table of contents."""

from kindline.ground.vault.contents import Contents
from kindline.ground.vault.models import SealedRecord
from kindline.mine.needs import shapes


class Paper(SealedRecord):
    """A walk, a check, a questionnaire answered, or a sentence of one's own."""


class ContentsPage(SealedRecord):
    """Up to 500 lines of the table of contents."""


CONTENTS: Contents[shapes.PaperLine] = Contents(ContentsPage, Paper, shapes.Paper, shapes.PaperLine, shapes.outline)
