"""When reminders come is taken along and back in; where they come is not, and what was chosen here stays."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from kindline.front.takeout import actions, queries
from kindline.ground.post.models import Channel, Preferences
from kindline.ground.post.queries import preferences
from kindline.ground.post.rules import BEFORE, DAILY
from kindline.ground.post.tests.reminding import choose, remind_by_mail, remind_on_device
from tests.house.things import entry
from tests.people import Somebody
from tests.push_service import push_service

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
CHOSEN = {"way": DAILY, "minutes": 15, "daily": time(8, 7), "quiet_from": time(21), "quiet_until": time(6, 30)}


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def chose(one: Somebody, **habits: Any) -> None:
    remind_by_mail(one, f"{one.name.lower()}@example.org")
    choose(one, **{**CHOSEN, **habits})


def file_of(one: Somebody) -> bytes:
    return queries.takeout(one.person, NOW)


def looked_into(one: Somebody, raw: bytes) -> str:
    answer = one.client.post("/takeout/read/", {"file": SimpleUploadedFile("any.name", raw)}, follow=True)
    return answer.content.decode()


def brought(one: Somebody, raw: bytes) -> None:
    looked_into(one, raw)
    waiting = queries.waiting(one.person)
    assert waiting is not None
    one.client.post("/takeout/bring/", {"arrival": str(waiting.row.id)})


def when(one: Somebody) -> dict[str, Any] | None:
    liked = preferences(one.person.id)
    return liked and {name: getattr(liked, name) for name in CHOSEN}


def test_when_they_come_goes_along_and_where_they_come_does_not(alice: Somebody, settings: Any) -> None:
    settings.PUSH_LOOPBACK = True
    with push_service() as service:
        device = remind_on_device(alice, service)
    chose(alice)
    raw = file_of(alice)
    [document] = json.loads(raw)["rooms"]["reminders"]
    assert document["holds"] == {
        "way": "daily",
        "minutes": 15,
        "daily": "08:07:00",
        "quiet_from": "21:00:00",
        "quiet_until": "06:30:00",
    }
    assert b"alice@example.org" not in raw
    assert device.target.encode() not in raw
    assert "when your reminders come" in alice.client.get("/takeout/").content.decode()


def test_who_never_turned_them_on_takes_nothing_of_them_along(alice: Somebody) -> None:
    assert json.loads(file_of(alice))["rooms"]["reminders"] == []
    assert "There is nothing to take along yet." in alice.client.get("/takeout/").content.decode()


def test_the_page_to_read_says_it_in_words(alice: Somebody) -> None:
    chose(alice)
    page = alice.client.post("/takeout/copy/", {"as": "page"}).content.decode()
    for words in ("Reminders", "Once a day", "08:07", "from 21:00 until 06:30"):
        assert words in page
    choose(alice, **{**CHOSEN, "way": BEFORE, "minutes": 60})
    page = alice.client.post("/takeout/copy/", {"as": "page"}).content.decode()
    assert "An hour before" in page
    assert "08:07" not in page


def test_in_another_place_they_come_as_before_once_they_are_turned_on(alice: Somebody, dana: Somebody) -> None:
    chose(alice)
    assert "when your reminders come" in looked_into(dana, file_of(alice))
    assert when(dana) is None, "looked at, nothing is chosen yet"
    brought(dana, file_of(alice))
    assert when(dana) == CHOSEN
    assert not Channel.objects.filter(owner=dana.person.id).exists()
    assert "Off. If you like" in dana.client.get("/settings/reminders/").content.decode(), "it turns nothing on"
    remind_by_mail(dana, "dana@example.org")
    assert when(dana) == CHOSEN
    assert 'value="08:07"' in dana.client.get("/settings/reminders/").content.decode()
    assert "All of it is here already" in looked_into(dana, file_of(alice))


def test_what_was_chosen_here_stays(alice: Somebody, dana: Somebody) -> None:
    chose(alice)
    chose(dana, minutes=60, way=BEFORE)
    before = when(dana)
    brought(dana, file_of(alice))
    assert when(dana) == before
    assert Preferences.objects.count() == 2


def test_they_come_in_beside_what_was_written(alice: Somebody, dana: Somebody) -> None:
    entry(alice, "The door again.")
    chose(alice)
    brought(dana, file_of(alice))
    assert when(dana) == CHOSEN
    assert [one.what for one in queries.documents(dana.person)["journal"].values()] == ["The door again."]  # type: ignore[attr-defined]
    actions.delete_everything(person=dana.person)
    assert when(dana) is None
    assert when(alice) == CHOSEN


@pytest.mark.parametrize(
    "wrong",
    [
        {"way": "hourly"},
        {"minutes": 7},
        {"minutes": -30},
        {"daily": "08:07:30"},
        {"daily": "08:07:00Z"},
        {"quiet_from": "25:00:00"},
        {"quiet_until": 7},
        {"quiet_until": None},
    ],
    ids=str,
)
def test_what_no_page_could_have_chosen_refuses_the_file(
    wrong: dict[str, Any], alice: Somebody, dana: Somebody
) -> None:
    chose(alice)
    whole = json.loads(file_of(alice))
    whole["rooms"]["reminders"][0]["holds"] |= wrong
    assert "Nothing was changed." in looked_into(dana, json.dumps(whole).encode())
    assert queries.waiting(dana.person) is None
    assert when(dana) is None
