"""Days at the ends of time, where no calendar and no zone can reckon: asked for once more, and harmless in a row."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from kindline.ground.people.actions import change_profile
from kindline.ours.rhythms import due, models, queries
from kindline.ours.rhythms.tests.living import next_time, planned
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
FAR = ("0001-01-01", "1999-12-31", "2200-01-01", "9999-12-31")


@pytest.fixture(autouse=True)
def _far_from_greenwich(alice: Somebody, bob: Somebody) -> None:
    for one, zone in ((alice, "Pacific/Kiritimati"), (bob, "Pacific/Pago_Pago")):
        change_profile(person=one.person, time_zone=zone)
    pair(alice, bob)


@pytest.mark.parametrize("day", FAR)
@pytest.mark.parametrize("often", ["once", "weekly", "monthly"])
def test_a_far_day_is_asked_for_once_more(bob: Somebody, day: str, often: str) -> None:
    fields = {"form_id": str(uuid4()), "kind": "own", "title": "x", "often": often, "day": day, "clock": "23:55"}
    fields |= {"minutes": "60", "whose": "us", "circle": str(shared_by(bob).circle)}
    answer = bob.client.post("/ours/rhythms/new/", fields)
    assert answer.status_code == 422
    assert "That day is very far away" in answer.content.decode()
    assert not models.Rhythm.objects.exists()


@pytest.mark.parametrize("day", FAR)
def test_one_of_it_cannot_be_moved_there(bob: Somebody, day: str) -> None:
    rhythm = planned(bob)
    original = f"{next_time(bob, rhythm).original:%Y-%m-%dT%H:%M}"
    fields = {"original": original, "over": original, "day": day, "clock": "23:55"}
    answer = bob.client.post(f"/ours/rhythms/{rhythm}/move/", fields)
    assert "That day is very far away" in answer.content.decode()
    assert not models.Change.objects.exists()


@pytest.mark.parametrize("first", ["0001-01-01T00:00", "9999-12-31T23:55", "2199-12-31T23:55"])
@pytest.mark.parametrize("rrule", ["", "FREQ=WEEKLY", "FREQ=MONTHLY;BYDAY=1FR"])
def test_a_row_that_says_one_spoils_no_page_and_no_feed(alice: Somebody, bob: Somebody, first: str, rrule: str) -> None:
    planned(bob)
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        models.Rhythm.objects.update(first=first, rrule=rrule, zone=zone)
        for path in ("/today/", "/ours/rhythms/", "/calendar/", "/together/", "/takeout/"):
            assert alice.client.get(path).status_code == 200, path
        now = datetime(2026, 5, 3, tzinfo=UTC)
        assert queries.feed(alice.person.id, now) is not None
        assert list(due.between(now, now + timedelta(days=8))) == []
    alice.client.post("/calendar/own/")
    found = alice.client.get("/calendar/?address").content.decode()
    address = next(part for part in found.split('"') if part.endswith(".ics") and "/calendar/" in part)
    assert Client().get(address[address.index("/calendar/") :]).status_code == 200
