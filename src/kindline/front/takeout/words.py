"""What things are called on these pages, and how many there are of them."""

from collections.abc import Callable, Mapping

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

ROOMS: dict[str, str | Promise] = {
    "journal": _("What you wrote"),
    "drafts": _("Things to say"),
    "needs": _("What you need"),
    "calm": _("What calms you"),
    "negotiation": _("Talks on one phone"),
    "reminders": _("Reminders"),
    "agreements": _("What you agreed, or would like to try"),
    "rhythms": _("What comes round"),
    "talks": _("What you talked through"),
    "pauses": _("After a pause, and what was set aside"),
    "thanks": _("The jar"),
}

# By room and kind, as the file names them. What is not listed here comes along without being counted aloud.
COUNTED: dict[str, Callable[[int], str]] = {
    "journal.entry": lambda count: ngettext("%(count)s entry", "%(count)s entries", count),
    "drafts.draft": lambda count: ngettext(
        "%(count)s thing you want to say", "%(count)s things you want to say", count
    ),
    "needs.paper": lambda count: ngettext(
        "%(count)s page about what you need", "%(count)s pages about what you need", count
    ),
    "negotiation.onephone": lambda count: ngettext(
        "%(count)s talk on one phone", "%(count)s talks on one phone", count
    ),
    "reminders.when": lambda count: ngettext("when your reminders come", "when your reminders come", count),
    "calm.practice": lambda count: ngettext("%(count)s practice of your own", "%(count)s practices of your own", count),
    "calm.moment": lambda count: ngettext(
        "%(count)s moment you took for yourself", "%(count)s moments you took for yourself", count
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
    return [_with(said(counts[kind]), counts[kind]) for kind, said in COUNTED.items() if counts.get(kind)]


def left_out(media: int, empty: int) -> list[str]:
    """Return what of a file stays behind, in words."""
    pictures = ngettext(
        "%(count)s picture or recording stays behind.", "%(count)s pictures or recordings stay behind.", media
    )
    wordless = ngettext(
        "%(count)s entry has no words and stays behind.", "%(count)s entries have no words and stay behind.", empty
    )
    return [_with(said, count) for said, count in ((pictures, media), (wordless, empty)) if count]


def _with(said: str, count: int) -> str:
    return said % {"count": number_format(count, force_grouping=True)}
