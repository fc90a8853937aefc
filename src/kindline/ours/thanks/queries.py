"""What this room can be asked. Everything starts at a person, or at a circle as one of its members holds it."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from kindline.ground.page.readable import Readable
from kindline.ground.people.alone import found_circle
from kindline.ground.people.inviting import pair_of
from kindline.ground.people.models import Person
from kindline.ground.vault import unsaved
from kindline.ground.vault.circles import CircleKeys, circles_of
from kindline.ground.vault.primitives import Unopened
from kindline.ground.vault.records import each_opened, opened, owned
from kindline.ground.vault.sealing import Shape
from kindline.ours.pauses import queries as pauses
from kindline.ours.thanks import models, rules, shapes

SHAPES = (shapes.Line,)  # of what `everything` yields


class Said(NamedTuple):
    """One line as a page shows it. `name` is who gave it, "" for the person who reads."""

    id: UUID
    text: str
    name: str
    is_thanks: bool
    at: datetime


class Jar(NamedTuple):
    """A circle's jar as one member sees it, the newest line first. A closed one shows no lines."""

    circle: CircleKeys | None  # None before there is one: somebody alone who has put nothing in
    name: str  # the other's; "" for somebody alone
    is_closed: bool
    lines: list[Said]
    unreadable: bool  # something in it was changed from outside


class Given(NamedTuple):
    """A line of one's own: its row, what it says, and the circle it lies in."""

    record: models.Line
    line: shapes.Line
    circle: CircleKeys

    @property
    def is_thanks(self) -> bool:
        """Say whether it is thanks, and not a good moment."""
        return self.line.kind == rules.THANKS


def present_circle(person: Person) -> CircleKeys | None:
    """Return the circle whose jar is this person's now: the open one of two, else the one of theirs alone if begun."""
    return pair_of(person) or found_circle(person)


def jar(person: Person, now: datetime | None = None) -> Jar:
    """Return the jar of the circle this person is in now; with `now`, as it is shown inside a pause of theirs."""
    circle = present_circle(person)
    return jar_of(person, circle, now) if circle else Jar(None, "", is_closed=False, lines=[], unreadable=False)


def jar_of(person: Person, circle: CircleKeys, now: datetime | None = None) -> Jar:
    """Return the jar of one of this person's circles, open or left.

    With `now`: what the other put in since this person stepped away waits until they are back.
    """
    since = pauses.away_since(person, now) if now else None
    name = circle.other_name
    if is_closed(person, circle):
        return Jar(circle, name, is_closed=True, lines=[], unreadable=False)
    found = list(_opened_lines(circle))
    lines = sorted((one for one in found if one[1] and not one[1].is_taken_back), key=_newest_first)
    said = [_said(circle, line_id, line) for line_id, line in lines if line and not _waits(circle, line, since)]
    return Jar(circle, name, is_closed=False, lines=said, unreadable=any(line is None for _id, line in found))


def circle_of(person: Person, circle_id: UUID) -> CircleKeys:
    """Return one of this person's circles, or raise Http404."""
    found = next((one for one in circles_of(person.keyring) if one.circle == circle_id), None)
    if found is None:
        raise Http404
    return found


def arrived_today(person: Person, now: datetime) -> list[Said]:
    """Return the thanks that the other gave within the last 24 hours, unless this person keeps their jar closed."""
    circle = pair_of(person)
    if circle is None or is_closed(person, circle):
        return []
    since = pauses.away_since(person, now)
    new = [
        (line_id, line)
        for line_id, line in _opened_lines(circle)
        if line
        and not _waits(circle, line, since)
        and line.by != circle.me
        and line.kind == rules.THANKS
        and line.text
        and rules.is_new(line, now)
    ]
    return [_said(circle, line_id, line) for line_id, line in sorted(new, key=_newest_first)]


def given(person: Person, line_id: UUID) -> Given:
    """Return a line that this person gave and did not take back, or raise Http404."""
    for circle in circles_of(person.keyring):
        record = owned(models.Line, circle).filter(id=line_id).first()
        if record is not None:
            line = opened(record, circle, shapes.Line)
            if line.by == circle.me and not line.is_taken_back:
                return Given(record, line, circle)
    raise Http404


def mine_in(circle: CircleKeys) -> list[tuple[UUID, shapes.Line]]:
    """Return every line that the member who asks gave, those without words included."""
    return [(line_id, line) for line_id, line in _opened_lines(circle) if line and line.by == circle.me]


def has_room(person: Person, circle: CircleKeys, kind: str, now: datetime) -> bool:
    """Say whether this person can give a line of a kind today, their own day; alone there is always room."""
    if not circle.others:
        return True
    return rules.has_room((line for _id, line in mine_in(circle)), kind, now.astimezone(person.zone).date())


def begun(person: Person, circle: CircleKeys | None, left: unsaved.AllLeft, now: datetime) -> list[unsaved.Begun]:
    """Return the lines this person began, of all that they left unsaved, as far as there is room for them today.

    What was meant for somebody who is not here any more can still go into a jar of one's own.
    """
    places = (
        (rules.THANKS if circle else rules.MOMENT, reverse("thanks:thank")),
        (rules.MOMENT, reverse("thanks:put-in")),
    )
    written = [(kind, page) for kind, page in places if unsaved.has_words(left.get(page, ()), ["text"])]
    return [unsaved.Begun(kind, page) for kind, page in written if not circle or has_room(person, circle, kind, now)]


def instead_of(person: Person, line_id: UUID, kind: str, now: datetime) -> str:
    """Return the words that already lie where a line was to go: the same form's, or today's; "" when there are none."""
    circle = present_circle(person)
    mine = dict(mine_in(circle)) if circle else {}
    today = now.astimezone(person.zone).date()
    lines = (
        [mine[line_id]] if line_id in mine else [one for one in mine.values() if (one.kind, one.day) == (kind, today)]
    )
    return lines[0].text if lines else ""


def may_take_back(one: Given, now: datetime) -> bool:
    """Say whether a line can be taken back: within a day of giving it, and any time when nobody else reads it."""
    return one.circle.is_open and (not one.circle.others or rules.is_new(one.line, now))


def lids(person: Person) -> shapes.Lids:
    """Return which jars this person keeps closed."""
    return next((lid for _id, _version, lid in each_opened(models.Lid, person.keyring, shapes.Lids)), shapes.Lids())


def is_closed(person: Person, circle: CircleKeys) -> bool:
    """Say whether this person keeps a circle's jar closed."""
    return circle.circle in lids(person).closed


def own_beside(person: Person, circle: CircleKeys | None) -> UUID | None:
    """Return the circle of the jar this person has for themself alone, when another one is shown and it has lines."""
    own = found_circle(person)
    if own is None or (circle and circle.circle == own.circle) or not owned(models.Line, own).exists():
        return None
    return own.circle


def everything(person: Person) -> Iterator[tuple[UUID, UUID, Shape]]:
    """Yield circle, row and document of every line this person can open, for taking along."""
    for circle in circles_of(person.keyring):
        for line_id, line in _opened_lines(circle):
            if line and not line.is_taken_back:
                yield circle.circle, line_id, line


def readable(person: Person) -> list[Readable]:
    """Return every line in this person's jars as it is read on paper."""
    return [
        Readable(str(_("Thanks") if line.is_thanks else _("A good moment")), line.at, [(line.name, line.text)])
        for circle in circles_of(person.keyring)
        for line in jar_of(person, circle).lines
    ]


def _opened_lines(circle: CircleKeys) -> Iterator[tuple[UUID, shapes.Line | None]]:
    """Yield every line; None for one that was tampered with, so that it hides no other."""
    for record in owned(models.Line, circle).iterator(chunk_size=500):
        try:
            yield record.id, opened(record, circle, shapes.Line)
        except Unopened:
            yield record.id, None


def _waits(circle: CircleKeys, line: shapes.Line, since: datetime | None) -> bool:
    """Say whether a line came from the other since somebody stepped away."""
    return since is not None and line.by != circle.me and line.at >= since


def _newest_first(one: tuple[UUID, shapes.Line | None]) -> tuple[float, UUID]:
    line_id, line = one
    return (-line.at.timestamp() if line else 0.0, line_id)


def _said(circle: CircleKeys, line_id: UUID, line: shapes.Line) -> Said:
    names = {other.account: other.name for other in circle.others}
    return Said(line_id, line.text, names.get(line.by, ""), line.kind == rules.THANKS, line.at)
