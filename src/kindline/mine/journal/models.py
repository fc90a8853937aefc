"""The journal's rows: sealed entries, and the sealed pages of their table of contents."""

from kindline.ground.vault.contents import Contents
from kindline.ground.vault.models import SealedRecord
from kindline.mine.journal import shapes


class Entry(SealedRecord):
    """One friction or good moment."""


class ContentsPage(SealedRecord):
    """Up to 500 lines of the table of contents."""


CONTENTS: Contents[shapes.EntryLine] = Contents(ContentsPage, Entry, shapes.Entry, shapes.EntryLine, shapes.outline)
