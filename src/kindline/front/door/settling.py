"""What rooms settle before somebody's keys change."""

from datetime import datetime

from kindline.ground.people.models import Person
from kindline.ours.agreements import actions as agreements
from kindline.ours.pauses import actions as pauses


def settle(*, person: Person, now: datetime) -> None:
    """Pin what was agreed with the former keys, and let no device pause unlocked that was allowed with them."""
    agreements.pin_everything(person=person, now=now)
    pauses.revoke_everywhere(person=person)
