"""A draft on its way out and back in: how it reads on paper, and whether it could have been written here."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kindline.ground.page.readable import Readable
from kindline.mine.drafts import rules, shapes
from kindline.mine.drafts.answers import ANSWER_NAMES
from kindline.mine.drafts.forms import LINES, WORDING_NAMES
from kindline.mine.drafts.wording import words_of

KIND_NAMES: dict[str, str | Promise] = {
    "boundary": _("Something to say"),
    "thanks": _("A thanks"),
    "sorry": _("An apology"),
}


def readable(draft: shapes.Draft) -> Readable:
    """Return a draft in words: its touchstone, its wordings, and the lines they are made of."""
    wordings = words_of(draft)
    kept = draft.touchstone if draft.touchstone_at else ""
    return Readable(
        str(KIND_NAMES[draft.kind]),
        draft.changed_at,
        [
            (str(dict(WORDING_NAMES)["touchstone"]), "\n".join(filter(None, (kept, draft.touchstone_offer)))),
            *((str(name), wordings.of(key)) for key, name in WORDING_NAMES if not (kept and key == "touchstone")),
            *((str(said), draft.parts.get(name, "")) for name, (said, _help) in LINES.items()),
            *((str(ANSWER_NAMES[name]), draft.plan.get(name, "")) for name in rules.ANSWERS),
        ],
    )


def is_sound(draft: shapes.Draft) -> bool:
    """Say whether the pages of drafts could have written this one."""
    return (
        draft.kind in rules.KINDS
        and set(draft.parts) <= set(rules.PARTS)
        and set(draft.edited) <= set(rules.WORDINGS)
        and draft.choice in rules.WORDINGS
        and draft.outcome in ("", *rules.OUTCOMES)
        and set(draft.plan) <= set(rules.ANSWERS)
        and draft.stands_by in ("", "yes", "not-yet")
    )
