"""The words of a draft: composed from its lines, or as the person changed them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kindline.coach import Statement, compose
from kindline.mine.drafts.rules import FIRST_LINES, PARTS, WORDINGS
from kindline.mine.drafts.shapes import Draft


@dataclass(frozen=True, slots=True)
class Words:
    """Four wordings as composed, and those the person changed."""

    composed: Mapping[str, str]
    edited: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """Return one wording as it would be said."""
        return self.edited.get(name) or self.composed.get(name, "")


def composed(parts: Mapping[str, str]) -> dict[str, str]:
    """Make the four wordings from a draft's lines; all are empty before the first line."""
    wordings = compose(Statement(**{name: words for name, words in parts.items() if name in PARTS}))
    return {name: getattr(wordings, name) for name in WORDINGS}


def words_of(draft: Draft) -> Words:
    """Return a draft's wordings."""
    made = composed(draft.parts) if draft.kind == "boundary" else {}
    return Words(made, draft.edited)


def touchstone_of(draft: Draft) -> tuple[str, str]:
    """Return the sentence for a touchstone and, apart from it, what is offered alongside.

    A kept touchstone stays as it was kept, whatever happens to the lines.
    """
    if draft.touchstone_at is not None:
        return draft.touchstone, draft.touchstone_offer
    sentence = words_of(draft).of("touchstone")
    offer = composed({"give": draft.parts.get("give", "")})["touchstone"]
    has_more = any(draft.parts.get(name) for name in FIRST_LINES if name != "give")
    if offer and has_more and sentence.endswith(f" {offer}"):
        return sentence.removesuffix(offer).rstrip(), offer
    return sentence, ""


def with_its_touchstone(draft: Draft) -> dict[str, Any]:
    """Return the fields that keep a touchstone's sentence among a draft's wordings, and on its sheet.

    A thanks or an apology has one wording only; a sentence that differs is put below it.
    """
    sentence = " ".join(filter(None, (draft.touchstone, draft.touchstone_offer)))
    if draft.kind != "boundary":
        message = draft.edited.get("message", "")
        if not sentence or sentence in message:
            return {}
        return {"edited": {**draft.edited, "message": f"{message}\n\n{sentence}".strip()}}
    if not sentence or sentence == words_of(draft).of("touchstone"):
        return {"choice": "touchstone"}
    return {"choice": "touchstone", "edited": {**draft.edited, "touchstone": sentence}}
