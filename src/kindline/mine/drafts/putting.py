"""A draft's lines as an agreement begins with them."""

import re

from kindline.mine.drafts.shapes import Draft
from kindline.ours.agreements.actions import Text

NOTE_LIMIT = 240  # characters
# "listen when voices rise, so I’ll step out": what I can’t, and what I do.
BOTH_HALVES = re.compile(r"(?P<cannot>.+?),?\s+so\s+(?P<limit>I(?:[’']ll|\s+will)\s.+)", re.DOTALL | re.IGNORECASE)


def agreement_of(draft: Draft, me: str) -> Text:
    """Return what an agreement takes from a draft; what is only for its author stays there."""
    parts = draft.parts
    line = parts.get("limit", "").strip()
    halves = BOTH_HALVES.fullmatch(line)
    limit = halves["limit"] if halves else line
    note = draft.touchstone if draft.touchstone_at and len(draft.touchstone) <= NOTE_LIMIT else ""
    return Text(
        need=parts.get("need", ""),
        cannot=halves["cannot"] if halves else "",
        limit=limit[:1].upper() + limit[1:],
        ask=parts.get("ask", ""),
        offer=parts.get("give", ""),
        flex=parts.get("flexes", ""),
        note=note,
        plan={me: parts["soothe"]} if parts.get("soothe") else {},
    )
