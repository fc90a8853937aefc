import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from kindline.front.moment.practices import BUILT_IN
from kindline.ground.people.actions import change_profile
from kindline.mine.calm import queries
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

EVENING = datetime(2026, 5, 3, 18, 55, tzinfo=UTC)  # 20:55 in Berlin


@pytest.fixture
def alice_in_berlin(alice: Somebody) -> Somebody:
    change_profile(person=alice.person, time_zone="Europe/Berlin")
    return alice


def shown(page: str) -> str:
    """Return the words of a page, without what only its scripts read."""
    return re.sub(r"<[^>]*>", " ", page)


def hidden(page: str, mark: str) -> bool:
    """Say whether the element with this mark is hidden."""
    (tag,) = re.findall(rf"<[^>]* {mark}\b[^>]*>", page)
    return " hidden" in tag


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


@pytest.mark.parametrize(
    ("minutes", "asks", "greets"),
    [
        (3, "?early=short", "You’re here, earlier than you said."),
        (18, "?back=21%3A15", "You said 21:15 and you’re here."),
        (40, "", "You’re here."),
    ],
)
def test_somebody_away_for_themselves_is_greeted_with_what_is_true_without_a_script(
    dana: Somebody, minutes: int, asks: str, greets: str
) -> None:
    change_profile(person=dana.person, time_zone="Europe/Berlin")
    address = f"{reverse('moment:back')}?from=20:55&back=21:15"
    with time_machine.travel(EVENING + timedelta(minutes=minutes), tick=False):
        quiet = dana.client.get(reverse("moment:pause"), {"from": "20:55", "back": "21:15"}).content.decode()
        answer = dana.client.get(address)
    assert f'href="{escape(address)}"' in quiet
    assert answer["Location"] == reverse("moment:back") + asks
    page = dana.client.get(answer["Location"]).content.decode()
    assert greets in re.sub(r"<[^>]*>", "", page)
    assert hidden(page, "data-short") is (asks != "?early=short")


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
    assert not re.search(r"\bhold", re.sub(r'(nonce|value)="[^"]*"', "", page))
    assert "easy, don’t force it" in page
    assert "eyes open" in page


def test_just_breathing_needs_no_time(client: Client, alice_in_berlin: Somebody) -> None:
    for somebody in (client, alice_in_berlin.client):
        assert f'href="{reverse("moment:pause")}"' in somebody.get(reverse("moment:moment")).content.decode()
        answer = somebody.get(reverse("moment:pause"))
        assert answer.status_code == 200
        page = answer.content.decode()
        for one, is_there in (("data-time", False), ("data-longer", False), ("data-say-when", True)):
            assert hidden(page, one) is not is_there


def test_whoever_needs_longer_has_a_message_that_says_so(client: Client, alice_in_berlin: Somebody) -> None:
    pause = client.get(reverse("moment:pause"), {"from": "20:55", "back": "21:15"}).content.decode()
    address = f"{reverse('moment:moment')}?longer"
    assert f'href="{address}&amp;back=21:15"' in pause
    page = shown(client.get(address).content.decode())
    assert "I need a little longer. I’ll be back in 20 minutes." in page
    assert "stepping away" not in page
    with time_machine.travel(EVENING, tick=False):
        own = alice_in_berlin.client.get(address).content.decode()
        after = alice_in_berlin.client.get(f"{address}&back=21:15").content.decode()
        without_script = {"promised": "21:15", "minutes": "20", "from": "", "back": ""}
        pause = alice_in_berlin.client.get(reverse("moment:pause"), without_script)
    assert "I need a little longer. I’ll be back at 21:15." in own
    assert "I need a little longer. I’ll be back at 21:35." in after
    assert pause["Location"].endswith("back=21%3A35")


def test_a_return_soon_after_midnight_is_still_this_evening(alice_in_berlin: Somebody) -> None:
    late = datetime(2026, 5, 3, 21, 25, tzinfo=UTC)  # 23:25 in Berlin
    with time_machine.travel(late, tick=False):
        page = alice_in_berlin.client.get(reverse("moment:moment")).content.decode()
    assert "I’ll be back at 23:45." in page
    assert "I’ll be back at 00:25." in page


def test_a_return_on_the_next_morning_says_tomorrow(alice_in_berlin: Somebody) -> None:
    late = datetime(2026, 5, 3, 20, 25, tzinfo=UTC)  # 22:25 in Berlin
    with time_machine.travel(late, tick=False):
        page = alice_in_berlin.client.get(f"{reverse('moment:moment')}?longer&back=07:00").content.decode()
    assert "I’ll be back at 07:20, tomorrow." in page


def test_the_one_who_returns_without_a_time_hears_none(client: Client) -> None:
    page = shown(client.get(reverse("moment:back")).content.decode())
    assert "You’re here." in page
    assert "You said" not in page


def test_the_practices_need_no_account_and_read_without_a_script(client: Client) -> None:
    page = shown(client.get(reverse("moment:pause")).content.decode())
    for words in ("Five things you can see", "One thing you can taste", "Walk to the corner", "Shake out your hands"):
        assert words in page
    for words in ("Lean both palms against a wall", "Cold water over your wrists", "Eyes stay open"):
        assert words in page


def test_every_built_in_practice_has_its_page_and_its_name(client: Client) -> None:
    page = client.get(reverse("moment:pause")).content.decode()
    for key in queries.BUILT_IN:
        assert f'id="{key}"' in page
        assert f'href="#{key}"' in page
    assert [one.key for one in BUILT_IN] == list(queries.BUILT_IN)


def test_a_pace_is_five_six_or_seven_and_six_from_the_start(client: Client) -> None:
    page = client.get(reverse("moment:pause")).content.decode()
    assert re.findall(r'name="pace" value="(\d)"( checked)?', page) == [("5", ""), ("6", " checked"), ("7", "")]


def test_ones_own_practices_are_there_in_ones_own_order_and_nobody_elses(alice: Somebody, charlie: Somebody) -> None:
    tea = uuid4()
    practice = {"form_id": str(tea), "name": "Tea <b>", "how": "Slowly.", "minutes": "10"}
    alice.client.post(reverse("calm:new"), practice)
    alice.client.post(reverse("calm:arrange"), {"first": "water"})
    alice.client.post(reverse("calm:arrange"), {"first": str(tea)})
    page = alice.client.get(reverse("moment:pause")).content.decode()
    assert re.findall(r'<section class="practice[^"]*" id="([^"]*)"', page)[:3] == [str(tea), "water", "breathe"]
    assert "Tea &lt;b&gt;" in page
    assert "About 10 minutes." in page
    for other in (charlie.client, Client()):
        assert "Tea &lt;b&gt;" not in other.get(reverse("moment:pause")).content.decode()


def test_how_stirred_up_is_asked_only_where_somebody_has_a_place(client: Client, alice: Somebody) -> None:
    asks = "How stirred up are you?"
    assert asks not in client.get(reverse("moment:pause")).content.decode()
    assert asks in alice.client.get(reverse("moment:pause")).content.decode()
    client.cookies[settings.DEVICE_COOKIE] = "a mark of this device"
    assert asks in client.get(reverse("moment:pause")).content.decode()


def test_somebody_back_may_say_how_it_was_once(alice: Somebody, client: Client) -> None:
    asks, back = "How stirred up were you, and now?", reverse("moment:back")
    assert asks in alice.client.get(back).content.decode()
    for answered in ("?asked", "?kept"):
        assert asks not in alice.client.get(back + answered).content.decode()
    assert "kept, for you alone" in alice.client.get(f"{back}?kept").content.decode()
    assert asks not in client.get(back).content.decode()


def test_the_three_pages_offer_no_form_that_needs_the_server(client: Client) -> None:
    """They lie on devices for the time without a connection; leaving works there too."""
    for name in ("moment:moment", "moment:pause", "moment:back"):
        page = client.get(reverse(name)).content.decode()
        assert set(re.findall(r'<form[^>]* action="([^"]+)', page)) <= {reverse("door:exit"), reverse("moment:pause")}
        assert not re.search(r"\shx-", page)
