"""What the table of contents tells of a draft."""

from uuid import UUID

from kindline.mine.drafts.rules import PARTS
from kindline.mine.drafts.shapes import Draft, DraftLine
from kindline.mine.drafts.wording import words_of

TITLE_LENGTH = 120  # characters


def outline(draft_id: UUID, version: int, draft: Draft) -> DraftLine:
    """Return a draft's line in the table of contents."""
    return DraftLine(
        id=draft_id,
        version=version,
        title=first_words(draft),
        kind=draft.kind,
        changed_at=draft.changed_at,
        kept_until=draft.kept_until,
        taken_at=draft.taken_at,
        outcome=draft.outcome,
        touchstone=draft.touchstone,
        touchstone_at=draft.touchstone_at,
    )


def first_words(draft: Draft) -> str:
    """Return the words a draft is known by, on one line: its touchstone, its shortest wording, or any line of it."""
    wordings = words_of(draft)
    candidates = (
        *(draft.touchstone, wordings.of("touchstone"), wordings.of("message")),
        *(draft.parts.get(name, "") for name in PARTS),
        *draft.edited.values(),
    )
    words = " ".join(next(filter(None, candidates), "").split())
    if len(words) <= TITLE_LENGTH:
        return words
    return words[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
