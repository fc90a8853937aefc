"""Two people who plan and hold something together, in few words, for tests."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from kindline.ground.people.inviting import pair_of
from kindline.ground.vault import circles
from kindline.ours.rhythms import actions, ledger, rules, shapes
from kindline.ours.rhythms.rules import Timing
from tests.people import Somebody

SUNDAY = 6
FIRST = date(2026, 1, 4)  # a Sunday


def weekly(clock: int = 19, *, weekday: int = SUNDAY, zone: str = "UTC", minutes: int = 20) -> Timing:
    """Return a week's rhythm that has gone on since the first Sunday of 2026."""
    return rules.timed(FIRST, time(clock), zone, minutes=minutes, often=rules.WEEKLY, weekdays=[weekday])


def planned(
    by: Somebody,
    *,
    alone: bool = False,
    clock: int = 19,
    timing: Timing | None = None,
    now: datetime | None = None,
    **says: Any,
) -> UUID:
    """Plan a rhythm with the other, or for oneself alone, and return its id."""
    rhythm_id, moment = uuid4(), now or timezone.now()
    words = {"kind": rules.ALONE if alone else rules.CHECK_IN, "title": "Our check-in", **says}
    actions.plan(
        person=by.person,
        circle=None if alone else pair_of(by.person),
        rhythm_id=rhythm_id,
        rhythm=shapes.Rhythm(by=by.person.keyring.account, made_at=moment, **words),
        timing=timing or weekly(clock),
        now=moment,
    )
    return rhythm_id


def changed(by: Somebody, rhythm_id: UUID, clock: int) -> None:
    """Let somebody plan it for another hour."""
    kept = ledger.kept(by.person, rhythm_id)
    actions.change(
        person=by.person,
        kept=kept,
        rhythm=kept.rhythm,
        timing=weekly(clock),
        version=kept.record.version,
        form_id=uuid4(),
        now=timezone.now(),
    )


def begun(by: Somebody, rhythm_id: UUID, now: datetime | None = None) -> UUID:
    """Begin a check-in and return its id."""
    kept = ledger.kept(by.person, rhythm_id)
    return actions.begin(kept=kept, check_in_id=uuid4(), now=now or timezone.now())


def leaves(one: Somebody, *, withdraws: bool = False) -> None:
    """Let somebody leave the space of two as its rooms do it, with a copy to read."""
    circle = pair_of(one.person)
    assert circle is not None
    with transaction.atomic():
        if withdraws:
            actions.withdraw_words(circle=circle)
        actions.forget_own(circle=circle)
        circles.close(circle, timezone.now(), keep=not withdraws)


def next_time(by: Somebody, rhythm_id: UUID, now: datetime | None = None) -> ledger.Time:
    """Return the next time of a rhythm."""
    return ledger.times(ledger.kept(by.person, rhythm_id), (), now or timezone.now())[0]
