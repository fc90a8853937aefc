"""Leaving a shared space: the one thing that has to happen in every shared room at once."""

from datetime import datetime

from django.db import transaction

from kindline.front.together import rules
from kindline.ground.people import inviting
from kindline.ground.people.models import Person
from kindline.ground.vault import circles
from kindline.ground.vault.circles import CircleKeys
from kindline.ours.agreements import actions as agreements
from kindline.ours.negotiation import actions as negotiation
from kindline.ours.pauses import actions as pauses
from kindline.ours.thanks import actions as thanks

# Every shared room, each with a way to take back what only one wrote.
ROOMS = (thanks, negotiation, pauses, agreements)


def leave(*, person: Person, circle: CircleKeys, choice: str, now: datetime) -> None:
    """Leave a circle at once, with what becomes of what was shared; raise Closed when somebody left it already."""
    with transaction.atomic():
        circle = circle.in_turn()
        if choice == rules.WITHDRAW:
            for room in ROOMS:
                room.withdraw_words(circle=circle)
        inviting.stop(person=person, now=now)  # a guest who was not in yet finds the door closed
        circles.close(circle, now, keep=choice == rules.KEEP)


def remove(*, circle: CircleKeys, now: datetime) -> None:
    """Give back the key of a circle that is closed; what is in it goes once nobody holds one."""
    circles.close(circle, now, keep=False)
