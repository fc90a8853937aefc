"""How practices and steps are said on a page."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kindline.mine.calm import rules
from kindline.mine.calm.shapes import MomentLine

Said = str | Promise

PRACTICES: dict[str, Said] = {
    "breathe": _("Breathing"),
    "five-things": _("Five things"),
    "far": _("Looking far"),
    "feet": _("Feet on the floor"),
    "walk": _("A walk"),
    "shake": _("Shaking out"),
    "wall": _("Pushing a wall"),
    "water": _("Cold water"),
    "rest": _("Letting it rest"),
    rules.AWAY: _("Only time away"),
}

STEPS: dict[int, Said] = {1: _("calm"), 2: _("a little"), 3: _("quite"), 4: _("very"), 5: _("too much")}


def called(lines: Iterable[MomentLine]) -> dict[str, str]:
    """Return what each practice is called that comes up in these lines, the last one first."""
    names: dict[str, str] = {}
    for line in lines:
        known = PRACTICES.get(line.practice)
        names.setdefault(line.practice, str(known) if known is not None else line.named)
    return names
