"""What this room keeps on its way out and back in: how it reads on paper, whether it could have been written here."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kindline.ground.page.readable import Readable
from kindline.ground.vault.sealing import Shape
from kindline.mine.calm import rules, shapes, words


def readable(document: Shape) -> Readable | None:
    """Return a practice or a moment in words; an order of practices is nothing to read."""
    if isinstance(document, shapes.Practice):
        parts = [("", document.name), ("", document.how), ("", _minutes(document.minutes))]
        return Readable(_("Something that calms"), document.added_at, parts)
    if isinstance(document, shapes.Moment):
        known = words.PRACTICES.get(document.practice)
        parts = [
            ("", document.named if known is None else str(known)),
            ("", _minutes(document.minutes)),
            (_("Stirred up before"), str(words.STEPS.get(document.before, ""))),
            (_("Afterwards"), str(words.STEPS.get(document.after, ""))),
        ]
        return Readable(_("A moment"), document.at, parts)
    return None


def is_sound(document: Shape) -> bool:
    """Say whether this room's own pages could have written a document."""
    if isinstance(document, shapes.Practice):
        return 0 < len(document.name.strip()) <= rules.LONGEST_NAME and 0 <= document.minutes <= rules.LONGEST_PRACTICE
    if isinstance(document, shapes.Moment):
        steps = (0, *rules.STEPS)
        named = len(document.practice) <= rules.LONGEST_NAME and len(document.named) <= rules.LONGEST_NAME
        told = document.before in steps and document.after in steps
        return named and told and 0 <= document.minutes <= rules.LONGEST_MOMENT
    return isinstance(document, shapes.Arrangement)


def _minutes(minutes: int) -> str:
    return ngettext("a minute", "%(minutes)d minutes", minutes) % {"minutes": minutes} if minutes else ""
