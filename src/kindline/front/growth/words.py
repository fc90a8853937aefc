"""How ranges, levels and stretches are said on a page."""

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kindline.front.growth import rules
from kindline.front.growth.gathering import Stretches

SaidAs = dict[str, str | Promise]

RANGES: SaidAs = {
    "4-weeks": gettext_lazy("4 weeks"),
    "3-months": gettext_lazy("3 months"),
    "year": gettext_lazy("A year"),
    "all": gettext_lazy("All"),
}
LOUD = (gettext_lazy("a little"), gettext_lazy("quite"), gettext_lazy("very"))
MET = (gettext_lazy("hardly"), gettext_lazy("partly"), gettext_lazy("mostly"), gettext_lazy("fully"))
FREE = (gettext_lazy("hardly"), gettext_lazy("with effort"), gettext_lazy("mostly"), gettext_lazy("freely"))
TICKS = 5  # names below a plot that have room beside each other


SPAN_NAMES = {rules.WEEK: "j M", rules.MONTH: "F Y", rules.QUARTER: "M Y", rules.YEAR: "Y"}


def when(stretches: Stretches) -> str:
    """Return what stands above the names of the stretches in a table."""
    return {rules.WEEK: _("Week of"), rules.QUARTER: _("Three months from")}.get(stretches.unit, _("When"))


def span_names(stretches: Stretches) -> list[str]:
    """Return what the stretches are called, in their order."""
    return [date_format(span.start, SPAN_NAMES[stretches.unit]) for span in stretches.spans]


def ticks(stretches: Stretches) -> list[tuple[int, str]]:
    """Name a stretch where the name changes, with room between the names."""
    spans = stretches.spans
    few = len(spans) <= TICKS
    form = {rules.WEEK: "j M" if few else "M", rules.MONTH: "M"}.get(stretches.unit, "Y")
    room, named = -(-len(spans) // TICKS), list[tuple[int, str]]()
    for at, span in enumerate(spans):
        name = date_format(span.start, form)
        if not named or (name != named[-1][1] and at - named[-1][0] >= room):
            named.append((at, name))
    return named


def days_said(days: list[str]) -> str:
    """Return a few days or names in a row, as one says them."""
    *first, last = days
    return _("%(words)s and %(last_word)s") % {"words": ", ".join(first), "last_word": last} if first else last
