"""Brings together what the rooms have for today. Reads only."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from kindline.front.today import rules
from kindline.front.together.begun import GoOn, shared, to_go_on_with
from kindline.front.together.gathering import Beginning, ClosedSpace, beginning, closed_spaces, has_new_keys
from kindline.ground.people.inviting import doubtful, pair_of
from kindline.ground.people.models import Person
from kindline.ground.vault.circles import CircleKeys
from kindline.ground.vault.unsaved import AllLeft, Begun
from kindline.mine.drafts import queries as drafts
from kindline.mine.journal import queries as journal
from kindline.ours.agreements import queries as agreements
from kindline.ours.negotiation import queries as negotiation
from kindline.ours.pauses import queries as pauses
from kindline.ours.rhythms import queries as rhythms
from kindline.ours.thanks import queries as thanks


class Waiting(NamedTuple):
    """One thing that waits: of what kind (one of `rules.SMALLEST_FIRST`), and its words."""

    kind: str
    id: UUID
    words: str
    name: str = ""  # of whoever asks
    asks_me: bool = False  # its words are what is asked of the person who reads


class Today(NamedTuple):
    """All that Today shows."""

    waiting: list[Waiting]
    begun: list[GoOn]  # what was begun and left unsaved
    agreed: list[agreements.Outline]  # what stands, with somebody or with oneself
    touchstones: list[drafts.Touchstone]
    journal: journal.ForToday
    resting: drafts.Resting | None
    beginning: Beginning | None  # an invitation on its way
    circle: CircleKeys | None  # what open pages of two people listen to
    closed: list[ClosedSpace]  # since a day at most, so that nobody wonders where everything has gone
    doubtful: list[CircleKeys]  # open at once, so that neither is used until one is closed
    name: str  # of whoever shares it
    has_new_keys: bool  # they, so that both compare again
    heard: list[agreements.Outline]  # what the other answered within a day
    thanks: list[thanks.Said]  # that came within a day
    pauses: pauses.Around  # who is away, and what was set aside with a time
    rhythms: rhythms.ForToday  # what comes round on the rest of this day


def gathered(person: Person, left: AllLeft, now: datetime) -> Today:
    """Gather what waits for a person, the smallest step first, what they began, and what is good to see again."""
    circle = pair_of(person)
    overview, entries = agreements.overview(person), journal.for_today(person, now)
    around, waiting = pauses.around(person, now), []
    if not around.mine:  # nothing the other asks arrives inside somebody's pause
        waiting += [Waiting(_kind(one), one.id, one.title, one.name, asks_me=one.asks_me) for one in overview.for_you]
        waiting += [Waiting("talk", one.id, one.topic, one.name) for one in negotiation.waiting_for_me(person)]
    if not person.profile.essentials:
        waiting += [Waiting(one.kind, one.id, one.title) for one in drafts.waiting(person, now)]
        look = entries.to_look_at_again
        waiting += [Waiting("look-again", look.id, look.first)] if look else []
    name = circle.other_name if circle else ""
    agreed = [*overview.in_force, *overview.mine][: rules.MOST_TOUCHSTONES]
    return Today(
        waiting=rules.smallest_first(waiting),
        begun=[] if around.mine else to_go_on_with(_begun(person, circle, left, now), left, name),
        agreed=agreed,
        touchstones=drafts.touchstones(person)[: rules.MOST_TOUCHSTONES - len(agreed)],
        journal=entries,
        resting=drafts.resting(person, now),
        beginning=beginning(person, now),
        circle=circle,
        closed=[one for one in closed_spaces(person) if now - one.closed_at < rules.NEWS_FOR],
        doubtful=doubtful(person),
        name=name,
        has_new_keys=has_new_keys(circle),
        heard=[] if around.mine else agreements.news(overview, now - rules.NEWS_FOR),
        thanks=thanks.arrived_today(person, now),
        pauses=around,
        rhythms=rhythms.for_today(person, now),
    )


def _begun(person: Person, circle: CircleKeys | None, left: AllLeft, now: datetime) -> list[Begun]:
    own = [] if person.profile.essentials else [*journal.begun(left), *drafts.begun(left)]
    return [*shared(person, circle, left, now), *own]


def _kind(one: agreements.Outline) -> str:
    if one.needs_time:
        return "later"
    return "reworded" if one.is_newer else "asked"
