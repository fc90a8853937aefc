"""The words of this room: ways on after a pause, and what two could agree beforehand."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kindline.ours.agreements.actions import Text
from kindline.ours.pauses import rules

WAYS = (
    (rules.TALK, gettext_lazy("talk now")),
    (rules.AGAIN, gettext_lazy("another moment first")),
    (rules.SET_ASIDE, gettext_lazy("set a time for it")),
    (rules.DROP, gettext_lazy("let it be")),
)
# Ready to be said or changed. How calm somebody is they say themself: nobody puts that into anybody's mouth.
HERE = gettext_lazy("I’m here, and I’d like to hear you.")
SOONER = gettext_lazy("I’m back earlier than I said.")


def plan_text(*, signal: str, minutes: int, where: str, children: str) -> Text:
    """Return an agreement about stepping away, in the voice of whoever asks, from what they filled in."""
    says = _("I say or show: %(signal)s.") % {"signal": signal.rstrip(".")} if signal else ""
    goes = _("I go to: %(where)s.") % {"where": where.rstrip(".")} if where else ""
    stays = _("For that long, I usually need %(minutes)s minutes.") % {"minutes": minutes}
    cared = _("The children: %(children)s.") % {"children": children.rstrip(".")} if children else ""
    back = _("I say when I’ll be back, by the clock, and I come back then, if only to say that I need longer.")
    return Text(
        need=_("a moment apart when it gets too loud in me"),
        limit=" ".join(filter(None, (says, goes, stays, cared, back))),
        ask=_("Would you let me go then, without following, and take a moment yourself when you need one?"),
        offer=_("When I’m back, I listen first."),
        note=_("%(signal)s. %(minutes)s minutes, then back.") % {"signal": signal.rstrip("."), "minutes": minutes}
        if signal
        else _("%(minutes)s minutes, then back.") % {"minutes": minutes},
    )
