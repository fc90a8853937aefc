import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kindline.front.door.tests.forms import hidden, is_unlocked, join, offered_words, unlock
from kindline.ground.vault import throttle
from kindline.ground.vault.models import Account
from tests.people import PASSPHRASE, Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def test_joining_with_the_offered_words_leads_to_the_recovery_code_and_then_to_what_happened(client: Client) -> None:
    page = client.get(reverse("door:join"))
    words = offered_words(page)
    assert len(words.split()) == 6
    joined = client.post(reverse("door:join"), {"name": "Mia", "offered": words, "time_zone": "Europe/Berlin"})
    assert joined["location"] == reverse("door:recovery")
    groups = client.get(reverse("door:recovery")).context["groups"]
    assert len(groups) == 9
    done = client.post(reverse("door:recovery"), {"last_group": groups[-1].lower()})
    assert done["location"] == reverse("journal:write")
    assert unlock(Client(), "mia", words)["location"] == reverse("today:today")


def test_the_page_says_who_runs_the_server_and_what_is_protected(client: Client, settings: object) -> None:
    settings.OPERATOR = "Mia’s cousin <Jo>"
    page = client.get(reverse("door:join")).content.decode()
    assert "This server is run by Mia’s cousin &lt;Jo&gt;." in page
    assert page.count("<li>") + page.count("<li class") == 5
    about = client.get(reverse("care:about")).content.decode()
    promises = page[page.index('<ul class="facts">') : page.index("</ul>")]
    assert promises in about


def test_other_words_offers_six_others_and_keeps_the_name(client: Client) -> None:
    first = client.get(reverse("door:join"))
    form = {"name": "Mia", "offered": offered_words(first), "other-words": "1"}
    second = client.post(reverse("door:join"), form)
    assert offered_words(second) != offered_words(first)
    assert second.context["offered"] == offered_words(second)
    assert 'value="Mia"' in second.content.decode()
    assert not Account.objects.exists()


def test_a_passphrase_of_ones_own_is_taken_instead_of_the_words(client: Client) -> None:
    words = offered_words(client.get(reverse("door:join")))
    assert join(client, own=PASSPHRASE, offered=words).status_code == 302
    assert unlock(Client(), "Mia", PASSPHRASE).status_code == 302
    assert unlock(Client(), "Mia", words).status_code == 403


@pytest.mark.parametrize("own", ["zqx-7", "aaaaaaaaaaaaaaaaaaaa", "mia mia mia mia mia"])
def test_a_passphrase_that_could_be_guessed_is_not_taken(client: Client, own: str) -> None:
    refused = join(client, own=own)
    assert refused.status_code == 200
    assert refused.context["form"].errors["own"]
    assert not Account.objects.exists()
    assert own not in refused.content.decode().replace("Mia", "")


def test_an_own_passphrase_that_a_browser_left_out_is_not_quietly_replaced_by_the_words(client: Client) -> None:
    again = join(client, name="", own=PASSPHRASE)
    assert re.search(r'name="own-again" value="1"[^>]* checked', again.content.decode())
    refused = client.post(reverse("door:join"), {**hidden(again), "own-again": "1", "name": "Mia", "own": ""})
    assert refused.context["form"].errors["own"]
    assert not Account.objects.exists()


def test_whoever_would_rather_use_their_own_is_not_given_the_six_words(client: Client) -> None:
    refused = join(client, **{"own-again": "1"})
    assert refused.context["form"].errors["own"]
    assert not Account.objects.exists()
    page = refused.content.decode()
    fold = page[page.index('class="own-words"') : page.index("</section>", page.index('class="own-words"'))]
    assert "take the tick away" in fold
    assert "Not used: your own passphrase below counts." in page


@pytest.mark.parametrize("name", ["door:join", "door:recover", "door:passphrase"])
def test_new_words_are_said_to_be_shown_only_once_and_can_be_copied(alice: Somebody, name: str) -> None:
    page = alice.client.get(reverse(name)).content.decode()
    assert "Write these six words down now. They are not shown again." in page
    assert 'data-copy="#six-words"' in page
    assert not re.search(r'name="own-again"[^>]* checked', page)


def test_words_that_nobody_offered_are_judged_like_ones_own(client: Client) -> None:
    assert join(client, offered="passwordpassword").context["form"].errors["own"]
    assert not Account.objects.exists()


def test_the_same_name_and_passphrase_twice_does_not_open_the_first_place(client: Client, alice: Somebody) -> None:
    refused = join(client, name=alice.name, own=alice.passphrase)
    assert refused.status_code == 200
    assert "can’t be used here" in refused.content.decode()
    assert Account.objects.count() == 1
    assert not is_unlocked(client)


def test_two_people_may_have_the_same_name(client: Client, alice: Somebody) -> None:
    assert join(client, name=alice.name).status_code == 302
    assert Account.objects.count() == 2


def test_an_unknown_time_zone_becomes_utc_and_nobody_is_turned_away(client: Client) -> None:
    assert join(client, time_zone="Middle-earth/Shire").status_code == 302
    assert 'name="time_zone" value="UTC"' in client.get(reverse("door:settings")).content.decode()


def test_by_invitation_only_the_first_person_may_join(client: Client, settings: object) -> None:
    settings.JOIN = "invited"
    assert join(client).status_code == 302
    page = Client().get(reverse("door:join"))
    assert page.status_code == 403
    assert "by invitation" in page.content.decode()
    assert Client().post(reverse("door:join"), {"name": "Eve", "own": PASSPHRASE}).status_code == 403
    assert Account.objects.count() == 1
    assert reverse("door:join") not in Client().get(reverse("door:front")).content.decode()


def test_the_recovery_code_is_shown_until_its_last_group_was_typed(client: Client) -> None:
    join(client)
    groups = client.get(reverse("door:recovery")).context["groups"]
    wrong = client.post(reverse("door:recovery"), {"last_group": groups[0]})
    assert wrong.status_code == 200
    assert groups[-1] in wrong.content.decode()
    client.post(reverse("door:recovery"), {"last_group": groups[-1]})
    assert client.get(reverse("door:recovery"))["location"] == reverse("today:today")


def test_the_cookies_of_a_new_place_are_out_of_reach_of_scripts(client: Client) -> None:
    join(client)
    for name in (settings.SESSION_COOKIE, settings.DEVICE_COOKIE):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


def test_enter_makes_the_place_and_does_not_ask_for_other_words(client: Client) -> None:
    for name in ("door:join", "door:recover"):
        page = client.get(reverse(name)).content.decode()
        form = page[page.index(f'action="{reverse(name)}"') :]
        first_button = form[form.index("<button") :].partition(">")[0]
        assert "name=" not in first_button
        assert "type=" not in first_button


def test_choosing_words_is_no_quicker_way_to_try_somebody_elses(alice: Somebody) -> None:
    with time_machine.travel(datetime(2026, 5, 3, 12, tzinfo=UTC), tick=False):
        for at in range(throttle.FREE_CHOICES):
            assert join(Client(), alice.name, own=f"seven grey herons by weir {at}").status_code == 302
        refused = join(Client(), alice.name.lower(), own=PASSPHRASE)
        assert refused.status_code == 429
        assert "Please wait a second." in refused.context["form"].non_field_errors()[0]
        assert join(Client(), "Somebody else", own=PASSPHRASE).status_code == 302


def test_whoever_was_unlocked_on_a_device_is_locked_when_another_joins_there(alice: Somebody) -> None:
    before = alice.token
    join(alice.client, "Mia", own=PASSPHRASE)
    old = Client()
    old.cookies[settings.SESSION_COOKIE] = before
    assert not is_unlocked(old)
