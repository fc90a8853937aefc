"""The page of reminders: off at first, each person's own, honest about what does not work; gone with its person."""

from datetime import time

import pytest
from django.utils import timezone

from kindline.ground.post import actions, outbox, queries
from kindline.ground.post.models import Channel, Notice, Preferences
from kindline.ground.post.rules import BEFORE, DAILY
from kindline.ground.post.tests.reminding import Planned, remind_on_device
from tests.people import Somebody
from tests.push_service import PushService

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

PAGE = "/settings/reminders/"
WHEN = {"when": "daily", "daily": "08:30", "quiet_from": "21:00", "quiet_until": "06:00"}


def shown(one: Somebody) -> str:
    return one.client.get(PAGE).content.decode()


def turn_on(one: Somebody, service: PushService, **headers: str) -> Channel:
    before = set(Channel.objects.values_list("id", flat=True))
    told = one.client.post(f"{PAGE}device/", service.fields(), headers=headers)
    assert told.status_code == 302
    return Channel.objects.exclude(id__in=before).get()


def test_reminders_are_off_until_somebody_turns_them_on(alice: Somebody) -> None:
    assert "Off. If you like" in shown(alice)
    assert "When they come" not in shown(alice)
    assert queries.preferences(alice.person.id) is None


def test_a_device_is_turned_on_and_removed_again(alice: Somebody, service: PushService) -> None:
    phone = {"User-Agent": "Mozilla/5.0 (Linux; Android 15) Mobile Safari/537.36"}
    channel = turn_on(alice, service, **phone)
    page = shown(alice)
    assert "A phone" in page
    assert "30\u00a0min before" in page
    assert alice.client.post(f"{PAGE}{channel.id}/remove/").status_code == 302
    assert "A phone" not in shown(alice)
    assert not Channel.objects.exists()


def test_the_same_device_twice_is_one_with_its_newer_keys(alice: Somebody, service: PushService) -> None:
    channel = turn_on(alice, service)
    fields = {**service.fields(), "endpoint": channel.target}
    assert alice.client.post(f"{PAGE}device/", fields).status_code == 302
    assert len(queries.devices(alice.person.id)) == 1
    assert bytes(Channel.objects.get().public) != bytes(channel.public)


def test_one_device_may_be_two_peoples(alice: Somebody, bob: Somebody, service: PushService) -> None:
    fields = service.fields()
    for one in (alice, bob):
        assert one.client.post(f"{PAGE}device/", fields).status_code == 302
    assert Channel.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "https://192.168.1.1/to/me"},
        {"endpoint": "https://169.254.169.254/latest/meta-data/"},
        {"endpoint": "http://push.example.net/to/me"},
        {"endpoint": "file:///etc/passwd"},
        {"endpoint": ""},
        {"public": "AAAA"},
        {"public": "not base64"},
        {"auth": "AAAA"},
        {"auth": ""},
    ],
    ids=str,
)
def test_what_is_no_device_is_refused_in_a_sentence(wrong: dict[str, str], alice: Somebody) -> None:
    endpoint = {"endpoint": "https://push.example.net/to/me"}
    told = alice.client.post(f"{PAGE}device/", {**PushService().fields(), **endpoint, **wrong})
    assert told.status_code == 422
    assert "can’t be used from here" in told.content.decode()
    assert not Channel.objects.exists()
    assert not Preferences.objects.exists()


def test_ten_devices_are_the_most(alice: Somebody, service: PushService) -> None:
    for _ in range(10):
        turn_on(alice, service)
    told = alice.client.post(f"{PAGE}device/", service.fields())
    assert told.status_code == 422
    assert "Ten devices" in told.content.decode()
    assert Channel.objects.count() == 10


def test_when_they_come_is_ones_own_to_choose(alice: Somebody, service: PushService) -> None:
    turn_on(alice, service)
    assert "Kept." not in shown(alice)
    assert "Kept. That’s when they come now." in alice.client.post(PAGE, WHEN, follow=True).content.decode()
    liked = queries.preferences(alice.person.id)
    assert liked is not None
    assert (liked.way, liked.daily, liked.quiet_from, liked.quiet_until) == (DAILY, time(8, 30), time(21), time(6))
    assert alice.client.post(PAGE, {**WHEN, "when": "60"}).status_code == 302
    liked.refresh_from_db()
    assert (liked.way, liked.minutes) == (BEFORE, 60)


@pytest.mark.parametrize("wrong", [{"when": "45"}, {"when": ""}, {"daily": "25:00"}, {"quiet_from": ""}])
def test_a_strange_choice_is_asked_again_and_changes_nothing(
    wrong: dict[str, str], alice: Somebody, service: PushService
) -> None:
    turn_on(alice, service)
    told = alice.client.post(PAGE, {**WHEN, **wrong})
    assert "One more look, please" in told.content.decode()
    liked = queries.preferences(alice.person.id)
    assert liked is not None
    assert (liked.way, liked.minutes) == (BEFORE, 30)


def test_reminders_follow_the_zone_from_the_settings(alice: Somebody, service: PushService) -> None:
    turn_on(alice, service)
    settings = {"time_zone": "Pacific/Auckland", "idle_minutes": "10", "hours": "24", "theme": ""}
    assert alice.client.post("/settings/", settings).status_code == 302
    liked = queries.preferences(alice.person.id)
    assert liked is not None
    assert liked.zone == "Pacific/Auckland"


def test_somebody_can_try_it_once_also_in_quiet_hours(alice: Somebody, service: PushService) -> None:
    remind_on_device(alice, service)
    hour = timezone.now().time()
    Preferences.objects.update(quiet_from=hour.replace(minute=0, second=0), quiet_until=hour.replace(minute=59))
    assert "Sent." in alice.client.post(f"{PAGE}try/").content.decode()
    assert len(service.arrived) == 1


def test_a_try_that_arrives_nowhere_says_so(alice: Somebody, service: PushService) -> None:
    turn_on(alice, service)
    service.status = 500
    assert "tries again" in alice.client.post(f"{PAGE}try/").content.decode()
    assert "could not be reached yet" in shown(alice)
    service.status = 201
    Notice.objects.all().delete()
    assert "Sent." in alice.client.post(f"{PAGE}try/").content.decode()
    assert "could not be reached" not in shown(alice)


def test_a_try_with_nowhere_to_go_says_so(alice: Somebody) -> None:
    assert "nowhere to send" in alice.client.post(f"{PAGE}try/").content.decode()


def test_the_page_says_when_no_worker_runs(alice: Somebody, service: PushService) -> None:
    turn_on(alice, service)
    assert "stands still" in shown(alice)
    outbox.hand_over(Planned().between, timezone.now())
    assert "stands still" not in shown(alice)


def test_nobody_sees_or_removes_anothers_devices(alice: Somebody, charlie: Somebody, service: PushService) -> None:
    channel = turn_on(alice, service)
    assert channel.target not in shown(charlie)
    assert charlie.client.post(f"{PAGE}{channel.id}/remove/").status_code == 404
    assert Channel.objects.exists()


def test_locking_leaves_reminders_on(alice: Somebody, service: PushService) -> None:
    turn_on(alice, service)
    alice.client.post("/lock/")
    assert Channel.objects.exists()


def test_a_removed_devices_notices_go_with_it(alice: Somebody, service: PushService) -> None:
    channel = turn_on(alice, service)
    Notice.objects.create(channel=channel, kind="reminder", key="one", due_at=timezone.now())
    actions.remove(person=alice.person, channel=channel.id)
    assert not Notice.objects.exists()
