"""What things are called on these pages, and how many there are of them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

ROOMS: dict[str, str | Promise] = {
    "journal": _("What you wrote"),
    "drafts": _("Things to say"),
    "needs": _("What you need"),
    "calm": _("What calms you"),
}

# By room and kind, as the file names them. What is not listed here comes along without being counted aloud.
COUNTED = {
    "journal.entry": ngettext_lazy("%(number)d entry", "%(number)d entries", "number"),
    "drafts.draft": ngettext_lazy("%(number)d thing to say", "%(number)d things to say", "number"),
    "needs.paper": ngettext_lazy(
        "%(number)d page about what you need", "%(number)d pages about what you need", "number"
    ),
    "calm.practice": ngettext_lazy("%(number)d practice of your own", "%(number)d practices of your own", "number"),
    "calm.moment": ngettext_lazy(
        "%(number)d moment you took for yourself", "%(number)d moments you took for yourself", "number"
    ),
}

SOURCES: dict[str, str | Promise] = {
    "kindline": _("This is a file from Kindline."),
    "day-one": _("This is a journal from Day One."),
    "journiv": _("This is a journal from Journiv."),
    "dailytxt": _("This is a journal from DailyTxT."),
    "table": _("This is a table with a line for each entry."),
}


def counted(counts: Mapping[str, int]) -> list[str]:
    """Return how many things of each kind there are, in words."""
    return [COUNTED[kind] % {"number": counts[kind]} for kind in COUNTED if counts.get(kind)]


def left_out(media: int, empty: int) -> list[str]:
    """Return what of a file stays behind, in words."""
    said = []
    if media:
        said.append(
            ngettext("%(n)d picture or recording stays behind.", "%(n)d pictures or recordings stay behind.", media)
            % {"n": media}
        )
    if empty:
        said.append(
            ngettext(
                "%(n)d entry has no words and stays behind.", "%(n)d entries have no words and stay behind.", empty
            )
            % {"n": empty}
        )
    return said
