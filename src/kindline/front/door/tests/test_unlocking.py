from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kindline.front.door.tests.forms import hidden, is_unlocked, join, unlock
from kindline.ground.vault import throttle
from tests.people import PASSPHRASE, Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

OTHER = "seven grey herons wait by a weir"
NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)


def said(response: object) -> list[str]:
    return list(response.context["form"].non_field_errors())


def test_a_wrong_name_and_a_wrong_passphrase_are_answered_in_the_same_words(alice: Somebody) -> None:
    wrong = unlock(Client(), alice.name, "not this one, surely")
    unknown = unlock(Client(), "Nobody", alice.passphrase)
    assert wrong.status_code == unknown.status_code == 403
    assert said(wrong) == said(unknown)
    assert wrong.cookies.get(settings.SESSION_COOKIE) is None


def test_name_and_passphrase_forgive_case_of_the_name_and_extra_spaces(alice: Somebody) -> None:
    browser = Client()
    assert unlock(browser, f"  {alice.name.upper()} ", f" {alice.passphrase}  ").status_code == 302
    assert is_unlocked(browser)


def test_unlocking_goes_on_where_the_lock_was_met(alice: Somebody) -> None:
    browser = Client()
    met = browser.get(reverse("door:name"))
    assert met["location"].startswith(reverse("door:unlock"))
    onward = browser.get(met["location"]).context["next"]
    assert unlock(browser, alice.name, next=onward)["location"] == reverse("door:name")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "\t//evil.example",
        "today/",
        "/" + "a" * 2000,
    ],
)
def test_next_never_leads_elsewhere(alice: Somebody, elsewhere: str) -> None:
    browser = Client()
    assert unlock(browser, alice.name, next=elsewhere)["location"] == reverse("today:today")
    locked = browser.post(reverse("door:lock"), {"next": elsewhere})
    assert locked["location"] == reverse("door:unlock")


def test_after_five_wrong_tries_a_right_one_has_to_wait_too(alice: Somebody) -> None:
    browser = Client()
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(throttle.FREE_TRIES):
            assert unlock(browser, alice.name, "not this one, surely").status_code == 403
        early = unlock(browser, alice.name)
        assert early.status_code == 429
        assert "Please wait a second." in said(early)[0]
        clock.shift(timedelta(seconds=1))
        assert unlock(browser, alice.name, "not this one either").status_code == 403
        assert "wait 2 seconds" in said(unlock(browser, alice.name))[0]
        clock.shift(timedelta(seconds=2))
        assert unlock(browser, alice.name).status_code == 302


def test_wrong_tries_from_elsewhere_never_slow_down_a_known_device(alice: Somebody) -> None:
    known = Client()
    with time_machine.travel(NOON, tick=False):
        assert unlock(known, alice.name).status_code == 302
        known.post(reverse("door:lock"))
        stranger = Client()
        for _ in range(throttle.FREE_TRIES + 1):
            unlock(stranger, alice.name, "not this one, surely")
        assert unlock(stranger, alice.name).status_code == 429
        assert unlock(known, alice.name).status_code == 302


def test_a_place_under_the_same_name_gives_nobody_more_tries(alice: Somebody) -> None:
    stranger = Client()
    join(stranger, alice.name, own=OTHER)
    with time_machine.travel(NOON, tick=False):
        answers = []
        for _ in range(4):
            answers += [unlock(stranger, alice.name, "not this one, surely").status_code for _ in range(3)]
            answers.append(unlock(stranger, alice.name, OTHER).status_code)
    assert answers[:4] == [403, 403, 403, 302]
    assert answers[-4:] == [429] * 4


def test_a_place_under_the_same_name_slows_down_nobody_else(alice: Somebody) -> None:
    known, stranger = Client(), Client()
    join(stranger, alice.name, own=OTHER)
    with time_machine.travel(NOON, tick=False):
        unlock(known, alice.name)
        for _ in range(throttle.FREE_TRIES + 1):
            last = unlock(stranger, alice.name, "not this one, surely")
        assert last.status_code == 429
        assert unlock(known, alice.name).status_code == 302


def test_carried_words_wait_for_their_place_and_not_for_its_name(alice: Somebody) -> None:
    shared, form_id = Client(), str(uuid4())
    unlock(shared, alice.name)
    shared.post(reverse("door:lock"))
    met = shared.post(reverse("journal:write"), {"form_id": form_id, "what": "only mine"})
    join(Client(), alice.name, own=OTHER)
    refused = unlock(shared, alice.name, OTHER, **hidden(met))
    assert refused.status_code == 403
    assert not is_unlocked(shared)


def test_a_device_is_known_by_the_names_that_opened_it_and_by_no_other(alice: Somebody, bob: Somebody) -> None:
    shared = Client()
    with time_machine.travel(NOON, tick=False):
        unlock(shared, alice.name)
        shared.post(reverse("door:lock"))
        for _ in range(throttle.FREE_TRIES + 1):
            unlock(Client(), bob.name, "not this one, surely")
        assert unlock(shared, bob.name).status_code == 429
        assert unlock(shared, alice.name).status_code == 302


def test_a_forged_device_cookie_is_no_known_device(alice: Somebody) -> None:
    forger = Client()
    unlock(forger, alice.name)
    forger.cookies[settings.DEVICE_COOKIE] = forger.cookies[settings.DEVICE_COOKIE].value[:-2] + "xx"
    with time_machine.travel(NOON, tick=False):
        for _ in range(throttle.FREE_TRIES + 1):
            unlock(Client(), alice.name, "not this one, surely")
        assert unlock(forger, alice.name).status_code == 429


def test_locking_replaces_the_cookie_by_one_that_opens_nothing(alice: Somebody) -> None:
    before = alice.client.cookies[settings.SESSION_COOKIE].value
    locked = alice.client.post(reverse("door:lock"))
    after = locked.cookies[settings.SESSION_COOKIE].value
    assert after
    assert after != before
    assert not is_unlocked(alice.client)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE] = before
    assert not is_unlocked(thief)


def test_unlocking_makes_a_new_token_and_ends_the_old_one(alice: Somebody) -> None:
    before = alice.client.cookies[settings.SESSION_COOKIE].value
    unlock(alice.client, alice.name)
    assert alice.client.cookies[settings.SESSION_COOKIE].value != before
    old = Client()
    old.cookies[settings.SESSION_COOKIE] = before
    assert not is_unlocked(old)


def test_the_way_out_locks_and_leads_to_the_exit_site(alice: Somebody) -> None:
    out = alice.client.post(reverse("door:exit"))
    assert out["location"] == settings.EXIT_URL
    assert not is_unlocked(alice.client)


def test_it_locks_by_itself_after_the_quiet_minutes(client: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        join(client, own=PASSPHRASE)
        clock.shift(timedelta(minutes=9))
        assert is_unlocked(client)
        clock.shift(timedelta(minutes=10, seconds=1))
        assert not is_unlocked(client)


def test_it_locks_after_twelve_hours_even_in_use(client: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        join(client, own=PASSPHRASE)
        for _ in range(12 * 60 // 9):
            clock.shift(timedelta(minutes=9))
            assert is_unlocked(client)
        clock.shift(timedelta(minutes=9))
        assert not is_unlocked(client)


def test_somebody_unlocked_is_led_from_the_front_page_to_today(alice: Somebody) -> None:
    assert alice.client.get(reverse("door:front"))["location"] == reverse("today:today")
