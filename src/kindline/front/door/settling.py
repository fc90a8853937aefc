"""What rooms settle before somebody's keys change."""

from datetime import datetime

from kindline.ground.people.actions import Settle
from kindline.ground.people.models import Person
from kindline.ground.post import actions as post
from kindline.ours.agreements import actions as agreements
from kindline.ours.pauses import actions as pauses


def settle(*, person: Person, now: datetime) -> None:
    """Pin what was agreed with the former keys, and let no device pause unlocked that was allowed with them."""
    agreements.pin_everything(person=person, now=now)
    pauses.revoke_everywhere(person=person)


def settling(*, outside: bool) -> Settle:
    """Return what is settled: with what goes out of the place, too, when its person wants that ended."""
    return _settle_outside if outside else settle


def _settle_outside(*, person: Person, now: datetime) -> None:
    settle(person=person, now=now)
    post.end_outside(person=person)
