"""From the plan of two people into another program's calendar: the feed itself, fetched and read."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from kindline.ours.rhythms import actions, queries
from kindline.ours.rhythms.tests.living import planned, weekly
from tests.calendars.readers import READERS
from tests.calendars.test_other_readers import readers
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

START, END = datetime(2026, 3, 1, tzinfo=UTC), datetime(2027, 4, 30, tzinfo=UTC)  # three changes of Berlin's clocks


@readers
def test_a_check_in_stands_in_another_calendar_where_the_two_see_it(
    reader: str, alice: Somebody, bob: Somebody
) -> None:
    with time_machine.travel(START, tick=False):
        pair(alice, bob)
        rhythm = planned(alice, timing=weekly(zone="Europe/Berlin"))
        planned(alice, alone=True, timing=weekly(7, weekday=2, zone="Europe/Berlin"))
        kept = queries.kept(alice.person, rhythm)
        moved, left_out = datetime(2026, 3, 29, 19), datetime(2026, 10, 25, 19)  # both on a day that clocks change
        actions.move(kept=kept, original=moved, over=moved, to=moved + timedelta(days=1, hours=1), now=START)
        actions.skip(kept=kept, original=left_out, over=left_out)
        for one, times in ((alice, 2), (bob, 1)):
            one.client.post("/calendar/own/")
            address = re.search(r"/calendar/[\w-]{43}\.ics", one.client.get("/calendar/").content.decode())
            assert address is not None
            [found] = READERS[reader]([(Client().get(address[0]).content, START, END)])
            ahead = [at.occurrence for at in queries.ahead(one.person, START, END)]
            assert [start for _, start, _ in found] == [at.starts_at for at in ahead]
            assert [end for _, _, end in found] == [at.ends_at for at in ahead]
            assert len({uid for uid, _, _ in found}) == times
            assert datetime(2026, 3, 30, 18, tzinfo=UTC) in {start for _, start, _ in found}, "20:00, already summer"
