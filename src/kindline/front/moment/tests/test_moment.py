import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kindline.ground.people.actions import change_profile
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

EVENING = datetime(2026, 5, 3, 18, 55, tzinfo=UTC)  # 20:55 in Berlin


@pytest.fixture
def alice_in_berlin(alice: Somebody) -> Somebody:
    change_profile(person=alice.person, time_zone="Europe/Berlin")
    return alice


def test_a_visitor_sees_minutes_and_no_clock_that_could_be_wrong(client: Client) -> None:
    page = client.get(reverse("moment:moment")).content.decode()
    assert "I’ll be back in 20 minutes." in page
    assert not re.search(r"\d\d:\d\d", page)
    assert re.search(r'value="20" checked', page)


def test_somebody_with_a_place_sees_their_own_clock(alice_in_berlin: Somebody) -> None:
    with time_machine.travel(EVENING, tick=False):
        page = alice_in_berlin.client.get(reverse("moment:moment")).content.decode()
    for clock in ("21:10", "21:15", "21:25", "21:55"):
        assert f"I’ll be back at {clock}." in page


def test_a_person_without_a_script_gets_an_address_that_keeps_the_time_they_said(alice_in_berlin: Somebody) -> None:
    with time_machine.travel(EVENING, tick=False):
        started = alice_in_berlin.client.get(reverse("moment:pause"), {"minutes": "20", "from": "", "back": ""})
    assert started["location"] == reverse("moment:pause") + "?from=20%3A55&back=21%3A15"
    page = alice_in_berlin.client.get(started["location"]).content.decode()
    assert "Back at 21:15" in page


def test_a_visitor_without_a_script_gets_the_minutes(client: Client) -> None:
    page = client.get(reverse("moment:pause"), {"minutes": "30"}).content.decode()
    assert "30 minutes, by your own clock" in page
    assert not re.search(r"\d\d:\d\d", page)


def test_a_time_of_ones_own_is_taken_only_when_it_was_chosen(client: Client) -> None:
    own = client.get(reverse("moment:pause"), {"minutes": "own", "at": "22:40"}).content.decode()
    assert "Back at 22:40" in own
    other = client.get(reverse("moment:pause"), {"minutes": "15", "at": "22:40"}).content.decode()
    assert "22:40" not in other


@pytest.mark.parametrize("value", ["<script>", "25:00", "'\"><img>", "\0", "a" * 5000])
def test_a_strange_address_still_opens_a_quiet_page(client: Client, value: str) -> None:
    for name in ("moment:pause", "moment:back"):
        answer = client.get(reverse(name), {"minutes": value, "from": value, "back": value, "at": value})
        assert answer.status_code == 200
        assert value not in answer.content.decode()


def test_the_quiet_page_stays_open_when_the_device_locks(alice: Somebody) -> None:
    page = alice.client.get(reverse("moment:pause"), {"from": "20:55", "back": "21:15"}).content.decode()
    assert "data-lock-after" not in page
    assert "page/lock" not in page
    assert alice.name not in page.replace(f"{alice.name}, your place", "")


def test_the_one_who_returns_hears_the_time_they_said(client: Client) -> None:
    page = client.get(reverse("moment:back"), {"back": "21:15"}).content.decode()
    assert "21:15</time> and you’re here." in page


@pytest.mark.parametrize("name", ["moment:moment", "moment:pause", "moment:back"])
def test_a_visitor_leaves_nothing_in_the_database(client: Client, name: str) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(reverse(name), {"minutes": "20"}).status_code == 200
    assert not list(asked)
    assert client.post(reverse(name)).status_code == 405


def test_no_practice_asks_to_hold_the_breath_or_to_hurry(client: Client) -> None:
    page = client.get(reverse("moment:pause")).content.decode().casefold()
    assert "hold" not in page
    assert "nothing to force" in page
    assert "eyes open" in page


def test_just_breathing_needs_no_time(client: Client, alice_in_berlin: Somebody) -> None:
    for somebody in (client, alice_in_berlin.client):
        assert f'href="{reverse("moment:pause")}"' in somebody.get(reverse("moment:moment")).content.decode()
        answer = somebody.get(reverse("moment:pause"))
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "data-time" not in page
        assert "I need longer" not in page
        assert "Say when I’m back" in page


def test_whoever_needs_longer_has_a_message_that_says_so(client: Client, alice_in_berlin: Somebody) -> None:
    pause = client.get(reverse("moment:pause"), {"from": "20:55", "back": "21:15"}).content.decode()
    address = f"{reverse('moment:moment')}?longer"
    assert f'href="{address}"' in pause
    page = client.get(address).content.decode()
    assert "I need a little longer. I’ll be back in 20 minutes." in page
    assert "stepping away" not in page
    with time_machine.travel(EVENING, tick=False):
        own = alice_in_berlin.client.get(address).content.decode()
    assert "I need a little longer. I’ll be back at 21:15." in own


def test_a_return_after_midnight_says_tomorrow(alice_in_berlin: Somebody) -> None:
    late = datetime(2026, 5, 3, 21, 25, tzinfo=UTC)  # 23:25 in Berlin
    with time_machine.travel(late, tick=False):
        page = alice_in_berlin.client.get(reverse("moment:moment")).content.decode()
    assert "I’ll be back at 23:45." in page
    assert "I’ll be back at 00:25, tomorrow." in page


def test_the_one_who_returns_without_a_time_hears_none(client: Client) -> None:
    assert "<h1>You’re here.</h1>" in client.get(reverse("moment:back")).content.decode()
