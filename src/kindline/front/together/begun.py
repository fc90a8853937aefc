"""What somebody began to write in a room and left: said again in one line, for them alone. Reads only."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kindline.ground.people.models import Person
from kindline.ground.vault.circles import CircleKeys
from kindline.ground.vault.unsaved import AllLeft, Begun
from kindline.ours.agreements import queries as agreements
from kindline.ours.negotiation import queries as negotiation
from kindline.ours.thanks import queries as thanks

MOST = 3
WITH_OTHER = {
    "wish": _("something to try with {name}"),
    "thanks": _("a thank-you to {name}"),
    "talk": _("a talk with {name}"),
}
SAYS = {
    "wish": _("something to try"),
    "own": _("something you’ll do yourself"),
    "moment": _("a good moment for the jar"),
    "phone": _("a talk on one phone"),
    "entry": _("what happened"),
    "draft": _("something to say"),
}


class GoOn(NamedTuple):
    """One thing to go on with: what it is, as a line says it, and where it is."""

    says: str
    address: str


def shared(person: Person, circle: CircleKeys | None, left: AllLeft, now: datetime) -> list[Begun]:
    """Return what a person began in the shared rooms, of all that they left unsaved."""
    return [
        *agreements.begun(left),
        *negotiation.begun(person, circle, left),
        *thanks.begun(person, circle, left, now),
    ]


def to_go_on_with(found: Iterable[Begun], left: AllLeft, name: str) -> list[GoOn]:
    """Return three of them at most as a page says them, those on the page that was left last first."""
    pages = list(left)
    newest = sorted(found, key=lambda one: pages.index(one.address.partition("?")[0]))[:MOST]
    with_other = WITH_OTHER if name else {}
    return [GoOn(str(with_other.get(one.kind) or SAYS[one.kind]).format(name=name), one.address) for one in newest]
