"""What this room can be asked. Everything starts at a person, and at the circle of two that they are in."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone

from kindline.ground.page.clock_face import clock_face
from kindline.ground.page.readable import Readable
from kindline.ground.people.inviting import pair_of
from kindline.ground.people.models import Person
from kindline.ground.vault.circles import CircleKeys, circles_of
from kindline.ground.vault.moments import EARLIEST
from kindline.ground.vault.primitives import Unopened, derive
from kindline.ground.vault.records import opened, owned
from kindline.ground.vault.sealing import Shape
from kindline.ours.agreements import queries as agreements
from kindline.ours.pauses import cookie, ledger, models, on_paper, rules, shapes

SHAPES = (shapes.Pause, shapes.Soft, shapes.Topic, shapes.TopicAnswer)  # of what `everything` yields
all_topics, topics = ledger.all_topics, ledger.topics
MINUTES, USUAL, LONGEST, back_at = rules.MINUTES, rules.USUAL, rules.LONGEST, rules.back_at
is_tomorrow = rules.is_tomorrow
Told = rules.Away  # a pause as a device tells it


class Allowed(NamedTuple):
    """A device that may pause for its person while it is locked: it holds no key, and opens nothing."""

    id: UUID
    circle: UUID
    me: UUID
    token: cookie.Token


class Device(NamedTuple):
    """A device that may pause without unlocking, as its person's list shows it."""

    id: UUID
    is_phone: bool
    since: datetime | None  # of one whose row says nothing this person wrote: None
    is_this_one: bool


class Plan(NamedTuple):
    """What two people agreed beforehand about stepping away: the agreement, and its touchstone's words."""

    agreement: UUID
    words: str


class Shown(NamedTuple):
    """One pause as a page shows it. `name` is who is away, "" for the person who reads."""

    id: UUID
    name: str
    away: rules.Away
    state: rules.State
    may_be_longer: bool
    is_tomorrow: bool = False  # on the wall of whoever reads
    soft: shapes.Soft | None = None

    @property
    def return_at(self) -> datetime:
        """Return when they said they would be back."""
        return self.away.return_at

    @property
    def welcome(self) -> rules.Welcome:
        """Return how the one who came back is greeted."""
        return rules.welcome(self.away)


class Around(NamedTuple):
    """All that pages show of pauses between two people, at one moment."""

    circle: CircleKeys | None
    name: str  # the other's; "" for somebody alone
    mine: Shown | None  # running
    theirs: Shown | None  # running, past their time included
    back: Shown | None  # theirs, ended lately
    topics: list[ledger.Topic]
    plan: Plan | None  # only while one of them is away

    @property
    def soon(self) -> Shown | None:
        """Return the pause whose return time is still ahead, so that a page can look again by itself."""
        return self.theirs if self.theirs and self.theirs.state == "away" else None


def allowed(request: HttpRequest) -> Allowed | None:
    """Return the device that a request comes from, when its person let it pause without unlocking."""
    token = cookie.token_of(request)
    row = models.Device.objects.filter(lookup=token.lookup, circle__closed_at=None).first() if token else None
    return Allowed(row.id, row.circle_id, row.owner_id, token) if row and token else None


def is_allowed(request: HttpRequest) -> bool:
    """Say whether a request comes from a device that may pause without unlocking."""
    return allowed(request) is not None


def whose(request: HttpRequest) -> CircleKeys | Allowed | None:
    """Return as whom a request pauses: as who is unlocked, in their circle of two, otherwise as the device."""
    person: Person | None = request.person  # type: ignore[attr-defined]
    return pair_of(person) if person is not None else allowed(request)


@contextmanager
def clock_of(request: HttpRequest) -> Iterator[None]:
    """Read clocks as they are read on this device while it is locked; unlocked, its person's own settings stay."""
    person: Person | None = request.person  # type: ignore[attr-defined]
    token = cookie.token_of(request) if person is None else None
    if token is None:
        yield
        return
    with timezone.override(token.zone), clock_face(token.hours):
        yield


def devices(person: Person, request: HttpRequest) -> list[Device]:
    """Return the devices that may pause for this person without unlocking, the oldest first."""
    token = cookie.token_of(request)
    found = []
    for row in owned(models.Device, person.keyring).filter(circle__closed_at=None):
        is_this_one = token is not None and row.lookup == token.lookup
        try:
            device = opened(row, person.keyring, shapes.Device)
        except Unopened:  # whoever wrote that row let a device of theirs in; it has to be seen to be removed
            found.append(Device(row.id, is_phone=False, since=None, is_this_one=is_this_one))
        else:
            found.append(Device(row.id, device.is_phone, device.since, is_this_one))
    return sorted(found, key=lambda one: (one.since or EARLIEST, one.id))


def lets_any_device(person: Person) -> bool:
    """Say whether any device may pause for this person without unlocking."""
    return owned(models.Device, person.keyring).filter(circle__closed_at=None).exists()


def unsaid(circle: CircleKeys, now: datetime) -> Shown | None:
    """Return the pause somebody came back from lately without having said anything: there is still room for it."""
    row = own_last(circle)
    one = shown(row, now) if row else None
    is_open = one is not None and rules.words_still_show(one.away, now) and said(circle, one.id, circle.me) is None
    return one if is_open else None


def own_running(device: Allowed, now: datetime) -> Shown | None:
    """Return the pause that a device's person is in, for its page while it is locked."""
    row = own_last(device)
    one = shown(row, now) if row else None
    return one if one and rules.is_running(one.away, now) else None


def own_back(device: Allowed, now: datetime) -> Shown | None:
    """Return the pause that a device's person came back from lately: a sentence waits for them to unlock."""
    row = own_last(device)
    one = shown(row, now) if row else None
    return one if one and rules.words_still_show(one.away, now) else None


def around(person: Person, now: datetime) -> Around:
    """Return what there is of pauses between this person and the other."""
    circle = pair_of(person)
    if circle is None:
        return Around(None, "", None, None, None, [], None)
    rows, other = models.Pause.objects.filter(circle_id=circle.circle).order_by("-started_at"), circle.others[0]
    mine = next((shown(row, now) for row in rows if row.person_id == circle.me), None)
    all_theirs = [shown(row, now)._replace(name=other.name) for row in rows if row.person_id == other.account]
    theirs = next((one for one in all_theirs if one.away.told_in_time), None)
    running = [one for one in (mine, theirs) if one and rules.is_running(one.away, now)]
    return Around(
        circle,
        other.name,
        mine if mine in running else None,
        theirs if theirs in running else None,
        _back(circle, all_theirs, now),
        topics(circle, now, since=mine.away.started_at if mine in running and mine else None),
        plan(person, circle) if running else None,
    )


def away_since(person: Person, now: datetime) -> datetime | None:
    """Return since when this person is away from a circle of two, or None. What is new since then waits for them."""
    row = models.Pause.objects.filter(
        person_id=person.keyring.account, circle__closed_at=None, told_in_time=True
    ).first()
    return row.started_at if row and rules.is_running(away(row), now) else None


def own(person: Person, pause_id: UUID) -> models.Pause:
    """Return this person's own last pause, or raise Http404: the other's is nobody else's page."""
    row = models.Pause.objects.filter(id=pause_id, person_id=person.keyring.account).first()
    if row is None:
        raise Http404
    return row


def own_last(circle: CircleKeys | Allowed) -> models.Pause | None:
    """Return the last pause of whoever asks in a circle, running or not."""
    return models.Pause.objects.filter(circle_id=circle.circle, person_id=circle.me).order_by("-started_at").first()


def last_of(account: UUID) -> models.Pause | None:
    """Return somebody's last pause in whichever circle, also one that nobody heard of while it ran."""
    return models.Pause.objects.filter(person_id=account).order_by("-started_at").first()


def shown(row: models.Pause, now: datetime) -> Shown:
    """Return one's own pause as a page shows it."""
    facts = away(row)
    is_tomorrow = rules.is_tomorrow(timezone.localtime(now), timezone.localtime(facts.return_at))
    return Shown(row.id, "", facts, rules.state(facts, now), rules.may_be_longer(facts, now), is_tomorrow)


def away(row: models.Pause) -> rules.Away:
    """Return a row's plain facts."""
    return rules.Away(row.started_at, row.return_at, row.renewed, row.ended_at, row.told_in_time)


def greeting(pause: rules.Away) -> dict[str, str]:
    """Return what the address of the page for coming back says, so that it greets with true words."""
    way = rules.welcome(pause)
    if way == "then":
        return {"back": f"{timezone.localtime(pause.return_at):%H:%M}"}
    return {"early": "short" if way == "short" else ""} if way else {}


def said(circle: CircleKeys, pause_id: UUID, by: UUID) -> tuple[models.Soft, shapes.Soft] | None:
    """Return what somebody said on coming back from a pause; None also for what was changed from outside."""
    row = owned(models.Soft, circle).filter(id=pause_id).first()
    try:
        soft = opened(row, circle, shapes.Soft) if row else None
    except Unopened:
        return None
    return (row, soft) if row and soft and (soft.by, soft.pause) == (by, pause_id) else None


def plan_id(circle: CircleKeys) -> UUID:
    """Return the id of the one agreement about stepping away: the same for both, random for everybody else."""
    return UUID(bytes=derive(circle.ties.keys[0].secret, "pauses-plan", circle.circle.bytes)[:16], version=4)


def plan(person: Person, circle: CircleKeys) -> Plan | None:
    """Return what two people agreed about stepping away, while it stands."""
    try:
        found = agreements.relied_on(agreements.agreement(person, plan_id(circle)))
    except Http404:
        return None
    return Plan(plan_id(circle), found.version.text.note or found.version.text.limit) if found else None


def is_planned(person: Person, circle: CircleKeys) -> bool:
    """Say whether that agreement was ever put to one of them, whatever came of it."""
    try:
        agreements.agreement(person, plan_id(circle))
    except Http404:
        return False
    return True


def laid_ready(person: Person, prepared_id: UUID) -> str:
    """Return what lies ready to be agreed, as its author would do it."""
    return agreements.prepared(person, prepared_id).prepared.text.limit


def everything(person: Person) -> Iterator[tuple[UUID, UUID, Shape]]:
    """Yield circle, row and document of every pause, word and topic this person can open, for taking along.

    Of a space that somebody left only the words: everybody has one pause that was told, which goes with their next.
    """
    for circle in circles_of(person.keyring):
        if not circle.others:
            continue
        pauses = models.Pause.objects.filter(circle_id=circle.circle).order_by("id")
        for pause in pauses if circle.is_open else ():
            facts = away(pause)
            if pause.person_id != circle.me and not facts.told_in_time:
                continue  # the other's, and over before anybody heard of it: no page ever showed it
            yield (
                circle.circle,
                pause.id,
                shapes.Pause(
                    by=pause.person_id, started_at=facts.started_at, return_at=facts.return_at, ended_at=facts.ended_at
                ),
            )
        for row in owned(models.Soft, circle):
            try:
                yield circle.circle, row.id, opened(row, circle, shapes.Soft)
            except Unopened:
                continue
        for topic_id, topic in ledger.opened_topics(circle):
            yield circle.circle, topic_id, topic
        for answer, one in ledger.answers_in(circle).items():
            yield circle.circle, answer, one


def readable(person: Person) -> list[Readable]:
    """Return every topic set aside, and what was said on coming back, as it is read on paper."""
    found = []
    for circle in circles_of(person.keyring):
        names = {other.account: other.name for other in circle.others}
        found += [on_paper.topic(one.topic, one.at, one.state, circle.other_name) for one in all_topics(circle)]
        for row in owned(models.Soft, circle):
            with suppress(Unopened):
                soft = opened(row, circle, shapes.Soft)
                found.append(on_paper.back(soft, names.get(soft.by, "")))
    return found


def _back(circle: CircleKeys, theirs: list[Shown], now: datetime) -> Shown | None:
    """Return the other's newest pause of which pages still say something, now that they are back from it."""
    for one in theirs:
        if rules.words_still_show(one.away, now):
            found = said(circle, one.id, circle.others[0].account)
            if found or rules.back_still_shows(one.away, now):
                return one._replace(soft=found[1] if found else None)
    return None
