"""Leaving a shared space, which has to happen in every shared room at once, and what goes on after it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404

from kindline.front.together import rules
from kindline.ground.people import inviting
from kindline.ground.people.models import Person
from kindline.ground.post import actions as post
from kindline.ground.vault import circles
from kindline.ground.vault.circles import CircleKeys
from kindline.ours.agreements import actions as agreements
from kindline.ours.agreements import queries
from kindline.ours.negotiation import actions as negotiation
from kindline.ours.pauses import actions as pauses
from kindline.ours.rhythms import actions as rhythms
from kindline.ours.thanks import actions as thanks

# Every shared room, each with a way to take back what only one wrote.
ROOMS = (thanks, negotiation, pauses, rhythms, agreements)


def leave(*, person: Person, circle: CircleKeys, choice: str, now: datetime) -> None:
    """Leave a circle at once, with what becomes of what was shared; raise Closed when somebody left it already."""
    with transaction.atomic():
        circle = circle.in_turn()
        if choice == rules.WITHDRAW:
            for room in ROOMS:
                room.withdraw_words(circle=circle)
        rhythms.forget_own(circle=circle)
        pauses.revoke_in(circle=circle)
        post.forget(account=person.id)
        inviting.stop(person=person, now=now)  # a guest who was not in yet finds the door closed
        circles.close(circle, now, keep=choice == rules.KEEP)


def keep_for_me(*, person: Person, agreement: UUID, form_id: UUID, now: datetime) -> None:
    """Lay what is one's own in an agreement ready as one with oneself, to look at before it is kept.

    Of what somebody asked for themself: their need, their limit and the rest of their own words. Of what the other
    asked: what one had said yes to doing. Raise Http404 for anybody else's, Changed when the same form came before.
    """
    one = queries.agreement(person, agreement)
    shown = one.standing.shown
    if shown is None:
        raise Http404
    words, me = shown.version.text, str(person.keyring.account)
    plan = {me: words.plan[me]} if me in words.plan else {}
    if not queries.outline(one).is_mine:
        text = agreements.Text(limit=words.ask or words.offer, plan=plan)
    elif words.need or words.cannot or words.limit:
        text = agreements.Text(
            need=words.need, cannot=words.cannot, limit=words.limit, offer=words.offer, flex=words.flex, plan=plan
        )
    else:
        text = agreements.Text(need=words.ask or words.offer, plan=plan)
    agreements.prepare(person=person, prepared_id=form_id, text=text, now=now, alone=True)


def remove(*, circle: CircleKeys, now: datetime) -> None:
    """Give back the key of a circle that is closed; what is in it goes once nobody holds one."""
    with transaction.atomic():
        rhythms.forget_own(circle=circle)
        circles.close(circle, now, keep=False)
