"""The rows of this room: sealed practices and their order, sealed moments and the pages of their contents."""

from kindline.ground.vault.contents import Contents
from kindline.ground.vault.models import SealedRecord
from kindline.mine.calm import shapes


class Practice(SealedRecord):
    """Something of one's own that calms. There are few, so that they need no table of contents."""


class Arrangement(SealedRecord):
    """Which practices come first; one row for each person who chose."""


class Moment(SealedRecord):
    """How stirred up somebody was before and after."""


class ContentsPage(SealedRecord):
    """Up to 500 lines of the moments' table of contents."""


CONTENTS: Contents[shapes.MomentLine] = Contents(ContentsPage, Moment, shapes.Moment, shapes.MomentLine, shapes.outline)
