"""What comes round today, in one line; inside one's own pause nothing of it is said."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from kindline.ours.pauses import actions as pauses
from kindline.ours.rhythms.tests import living
from tests.people import pair, shared_by, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

SATURDAY = 5


def today(client: Client) -> str:
    return client.get("/today/").content.decode()


@pytest.mark.parametrize(
    ("clock", "says"),
    [(9, "This morning at 09:00: Soup"), (15, "This afternoon at 15:00: Soup"), (19, "Tonight at 19:00: Soup")],
)
def test_today_says_it_in_one_line(clock: int, says: str) -> None:
    with time_machine.travel(datetime(2026, 5, 2, 5, 0, tzinfo=UTC), tick=False) as now:
        dana = somebody("Dana")
        living.planned(dana, alone=True, timing=living.weekly(clock, weekday=SATURDAY), title="Soup")
        assert says in today(dana.client)
        for minutes, there in ((clock * 60 - 5 * 60 + 10, "Now, until"), (20, "")):
            now.shift(timedelta(minutes=minutes))
            keeps = somebody(f"Dana {minutes}")  # whoever was here is locked by now
            living.planned(keeps, alone=True, timing=living.weekly(clock, weekday=SATURDAY), title="Soup")
            assert (f"{there} {clock:02}:20: Soup" in today(keeps.client)) == bool(there)


def test_inside_ones_own_pause_nothing_of_it_is_said() -> None:
    now = datetime(2026, 5, 2, 19, 5, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        alice, bob = somebody("Alice"), somebody("Bob")
        pair(alice, bob)
        timing = living.weekly(19, weekday=SATURDAY, minutes=120)
        living.planned(alice, timing=timing, title="Soup for two")
        assert "Soup for two" in today(bob.client)
        back = now + timedelta(minutes=20)
        pauses.step_away(circle=shared_by(bob), pause_id=uuid4(), return_at=back, now=now)
        assert "Soup for two" not in today(bob.client)
        assert "Soup for two" in today(alice.client)
