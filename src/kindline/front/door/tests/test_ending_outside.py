"""New keys, after somebody had the open place in their hands: what goes out of it ends with them, when asked to."""

from datetime import time

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kindline.front.door.tests.forms import hidden
from kindline.ground.post import actions as post
from kindline.ground.post import feeds
from kindline.ground.post.models import Channel, Preferences
from kindline.ground.vault.actions import confirm_code_written
from tests.house import things
from tests.people import PASSPHRASE, Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NEW = "a lantern on the quiet ferry home"


@pytest.fixture
def address(alice: Somebody) -> str:
    """Let Alice have a calendar feed, and reminders on a device; return the feed's address."""
    things.channel(alice)
    quiet = {"quiet_from": time(22), "quiet_until": time(7)}
    post.choose(person=alice.person, way="before", minutes=15, daily=time(9), **quiet)
    return f"/calendar/{things.feed(alice)}.ics"


def makes_new_keys(one: Somebody, page: str, *, outside: bool) -> None:
    """Make new keys by one of the three pages."""
    fields = {"passphrase": PASSPHRASE, "own": NEW, "own-again": NEW, **({"outside": "on"} if outside else {})}
    client, shown = one.client, {}
    if page == "recover":
        fields["code"] = one.person.keyring.secrets.unwritten_recovery_code
        client = Client()
    else:
        confirm_code_written(one.person.keyring)
        shown = hidden(client.get(reverse(f"door:{page}")))
    answer = client.post(reverse(f"door:{page}"), {**shown, **fields})
    assert answer.status_code == 302, answer.content.decode()
    one.token = client.cookies[settings.SESSION_COOKIE].value


@pytest.mark.parametrize("page", ["passphrase", "new-recovery", "recover"])
def test_nothing_goes_out_any_more_where_it_did(alice: Somebody, address: str, page: str) -> None:
    makes_new_keys(alice, page, outside=True)
    assert Client().get(address).status_code == 404
    feed = feeds.feed_of(alice.person)
    assert feed is not None
    assert Client().get(f"/calendar/{feeds.secret_of(alice.person, feed)}.ics").status_code == 200
    assert not Channel.objects.exists()
    assert Preferences.objects.get().minutes == 15, "how she likes to be told stays"


@pytest.mark.parametrize("page", ["passphrase", "new-recovery", "recover"])
def test_both_stay_unless_asked(alice: Somebody, address: str, page: str) -> None:
    makes_new_keys(alice, page, outside=False)
    assert Client().get(address).status_code == 200
    assert Channel.objects.count() == 1


def test_whoever_has_neither_may_ask_for_it_too(alice: Somebody) -> None:
    makes_new_keys(alice, "passphrase", outside=True)
    assert feeds.feed_of(alice.person) is None
