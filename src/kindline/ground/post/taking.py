"""What is taken along of reminders: how it is found, how it reads on paper, whether it could have been chosen here."""

from datetime import time
from uuid import UUID

from django.utils.translation import gettext as _

from kindline.ground.page.clock_face import clock
from kindline.ground.page.readable import Readable
from kindline.ground.people.models import Person
from kindline.ground.post import forms, queries, rules, shapes
from kindline.ground.vault.primitives import derived_id
from kindline.ground.vault.sealing import Shape

SHAPES = (shapes.When,)


def everything(person: Person) -> list[tuple[UUID, shapes.When]]:
    """Return when somebody's reminders come, if they ever turned them on."""
    liked = queries.preferences(person.id)
    if liked is None:
        return []
    chosen = {name: getattr(liked, name) for name in shapes.When.__struct_fields__}
    return [(derived_id(person.keyring.naming_key, "reminders-when"), shapes.When(**chosen))]


def is_sound(document: Shape) -> bool:
    """Say whether the page of reminders could have chosen it."""
    if not isinstance(document, shapes.When):
        return False
    clocks = (document.daily, document.quiet_from, document.quiet_until)
    return document.way in rules.WAYS and document.minutes in rules.LEADS and all(map(_is_of_the_clock, clocks))


def readable(document: Shape) -> Readable | None:
    """Return it in words."""
    if not isinstance(document, shapes.When):
        return None
    is_daily = document.way == rules.DAILY
    way = dict(forms.WHEN)[rules.DAILY if is_daily else str(document.minutes)]
    quiet = _("from %(begins)s until %(ends)s") % {
        "begins": clock(document.quiet_from),
        "ends": clock(document.quiet_until),
    }
    parts = [("", str(way)), (_("At"), clock(document.daily) if is_daily else ""), (_("Quiet"), quiet)]
    return Readable(_("When they come"), None, parts)


def _is_of_the_clock(at: time) -> bool:
    return at.tzinfo is None and at == time(at.hour, at.minute)
