"""What falls due: from plain columns only, so that it is known while everybody is locked."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from kindline.ground.clock import zones
from kindline.ground.clock.occurrences import between as coming_round
from kindline.ground.post.rules import Due
from kindline.ground.vault.models import Membership
from kindline.ours.rhythms import ledger, models, rules

KIND = "rhythm"


def between(start: datetime, end: datetime) -> Iterator[Due]:
    """Yield what comes round between two moments, for each person who should hear of it.

    Left out: what was left out or ended, what sleeps in a quiet season of both or of that person, and what that
    person wants no reminder of. The key is another one when the time is another.
    """
    rows = list(models.Rhythm.objects.filter(ended_at=None, circle__closed_at=None).exclude(first="").order_by("id"))
    changes = ledger.changes_of(row.id for row in rows)
    members: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for circle, person in Membership.objects.filter(circle__closed_at=None).values_list("circle_id", "owner_id"):
        members[circle].append(person)
    of_circle, of_person = _seasons()
    muted = set(models.Own.objects.filter(is_muted=True).values_list("rhythm_id", "person_id"))
    for row in rows:
        series = ledger.series_of(ledger.timing(row), changes[row.id])
        for one in coming_round(series, start, end) if series else ():
            day = zones.local(one.starts_at, zones.zone(row.zone)).date()
            at = rules.stored(one.original)
            for person in members[row.circle_id]:
                quiet = (of_circle.get(row.circle_id), of_person.get(person))
                if (row.id, person) not in muted and not rules.sleeps(day, quiet):
                    yield Due(person, one.starts_at, KIND, f"{row.id.hex} {at} {one.starts_at:%Y%m%dT%H%M}")


def _seasons() -> tuple[dict[UUID, rules.Season], dict[UUID, rules.Season]]:
    rows = models.Season.objects.all()
    return (
        {row.circle_id: rules.Season(row.since_date, row.until_date) for row in rows if row.circle_id},
        {row.person_id: rules.Season(row.since_date, row.until_date) for row in rows if row.person_id},
    )
