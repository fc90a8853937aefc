"""What falls due: from plain columns only, so that it is known while everybody is locked."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from kindline.ground.clock import zones
from kindline.ground.clock.occurrences import between as coming_round
from kindline.ground.post.rules import Due
from kindline.ground.vault.models import Membership
from kindline.ours.rhythms import ledger, models, rules

KIND = "rhythm"


def between(start: datetime, end: datetime, people: Collection[UUID] | None = None) -> Iterator[Due]:
    """Yield what comes round between two moments, for each person who should hear of it, or for some people only.

    Left out: what was left out or ended, what sleeps in a quiet season of both or of that person, and what that
    person wants no reminder of. The key is another one when the time is another.
    """
    held = Membership.objects.filter(circle__closed_at=None)
    if people is not None:
        held = held.filter(owner__in=people)
    members: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for circle, person in held.order_by("owner_id").values_list("circle_id", "owner_id"):
        members[circle].append(person)
    there = models.Rhythm.objects.filter(ended_at=None, circle__in=held.values("circle")).exclude(first="")
    rows = list(there.order_by("id"))
    changes = ledger.changes_of(row.id for row in rows)
    of_circle, of_person = _seasons(people, members)
    own = models.Own.objects.filter(is_muted=True)
    muted = set((own if people is None else own.filter(person__in=people)).values_list("rhythm_id", "person_id"))
    for row in rows:
        series = ledger.series_of(ledger.timing(row), changes[row.id])
        for one in coming_round(series, start, end) if series else ():
            day = zones.local(one.starts_at, zones.zone(row.zone)).date()
            at = rules.stored(one.original)
            for person in members[row.circle_id]:
                quiet = (of_circle.get(row.circle_id), of_person.get(person))
                if (row.id, person) not in muted and not rules.sleeps(day, quiet):
                    yield Due(person, one.starts_at, KIND, f"{row.id.hex} {at} {one.starts_at:%Y%m%dT%H%M}")


def _seasons(
    people: Collection[UUID] | None, circles: Collection[UUID]
) -> tuple[dict[UUID, rules.Season], dict[UUID, rules.Season]]:
    rows = models.Season.objects.all()
    if people is not None:
        rows = rows.filter(Q(person__in=people) | Q(circle__in=list(circles)))
    return (
        {row.circle_id: rules.Season(row.since_date, row.until_date) for row in rows if row.circle_id},
        {row.person_id: rules.Season(row.since_date, row.until_date) for row in rows if row.person_id},
    )
