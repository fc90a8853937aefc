"""Words of this room for the page one takes along: a topic set aside with a time, what was said on coming back."""

from datetime import datetime

from django.utils.translation import gettext as _

from kindline.ground.page.readable import Readable
from kindline.ours.pauses import words
from kindline.ours.pauses.asides import State
from kindline.ours.pauses.shapes import Soft


def topic(words_of_it: str, at: datetime, state: State, name: str) -> Readable:
    """Return a topic under the time that stands for it, and where that leaves whoever reads and the other, `name`."""
    said = {
        "both": _("It suits you both to talk then about"),
        "asked": _("%(name)s would like to talk then about"),
        "theirs": _("You would like to talk then about"),
    }.get(state, _("It rests for now"))
    return Readable(_("Set aside, with a time"), at, [(said % {"name": name}, words_of_it)])


def back(soft: Soft, name: str) -> Readable:
    """Return what somebody said on coming back, and what they would like next; `name` is "" for whoever reads."""
    said = _("%(name)s said") if name else _("You said")
    way = dict(words.WAYS).get(soft.way, "")
    like = (_("What %(name)s would like now") if name else _("What you would like now")) % {"name": name}
    return Readable(_("Back from a pause"), soft.said_at, [(said % {"name": name}, soft.sentence), (like, str(way))])
