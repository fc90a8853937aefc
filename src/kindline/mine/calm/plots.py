"""What helps, in a sentence and a plot, out of what analysis found. Only about the person who told it."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from kindline.ground.page.charts import Plot, tally
from kindline.mine.calm import rules
from kindline.mine.calm.analysis import Helped


class Shown(NamedTuple):
    """A plot with the one sentence that says what it shows, and the other sentences below it."""

    said: str
    plot: Plot
    more: list[str]


def helped(found: Sequence[Helped]) -> Shown | None:
    """Return what calmed in words and in dots, one for each time, or None when there is too little to say."""
    if not found:
        return None
    rows = [(one.said, one.calmer, one.times) for one in found]
    plot = tally(rows, title=_("How often you were calmer after"), head=(_("What"), _("Calmer"), _("Times")))
    return Shown(_sentence(found[0]), plot, [_sentence(one) for one in found[1:]])


def _sentence(one: Helped) -> str:
    if one.practice == rules.AWAY:
        said = _("After only time away you were calmer %(calmer)s of %(times)s times.")
    else:
        said = _("After “%(practice)s” you were calmer %(calmer)s of %(times)s times.")
    ready: dict[str, str] = {
        "breathe": _("After breathing you were calmer %(calmer)s of %(times)s times."),
        "five-things": _("After the five things you were calmer %(calmer)s of %(times)s times."),
        "far": _("After looking far you were calmer %(calmer)s of %(times)s times."),
        "feet": _("After feeling your feet you were calmer %(calmer)s of %(times)s times."),
        "walk": _("After a walk you were calmer %(calmer)s of %(times)s times."),
        "shake": _("After shaking out you were calmer %(calmer)s of %(times)s times."),
        "wall": _("After pushing a wall you were calmer %(calmer)s of %(times)s times."),
        "water": _("After cold water you were calmer %(calmer)s of %(times)s times."),
        "rest": _("After letting it rest you were calmer %(calmer)s of %(times)s times."),
    }
    said = ready.get(one.practice, said)
    return said % {"practice": one.said, "calmer": one.calmer, "times": one.times}
