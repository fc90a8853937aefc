"""Six words on both screens, the host first, then the guest."""

import re

import pytest
from django.conf import settings
from django.utils import timezone

from kindline.ground.people import actions as people
from kindline.ground.people import inviting, renewing
from kindline.ground.vault.models import Circle
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
SAME, COMPARE = "/together/same/", "/together/compare/"
ASKS = {"HX-Request": "true", "X-Kindline-Refresh": "1"}


@pytest.fixture
def met(alice: Somebody, bob: Somebody) -> list[str]:
    """Alice invited, Bob said yes; return their six words."""
    now = timezone.now()
    inviting.accept(person=bob.person, typed=inviting.invite(person=alice.person, now=now), now=now)
    comparing = inviting.comparing(alice.person)
    assert comparing is not None
    return comparing.words


def shown(one: Somebody, path: str = SAME) -> str:
    answer = one.client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_both_see_the_same_six_words(alice: Somebody, bob: Somebody, met: list[str]) -> None:
    for one in (alice, bob):
        assert re.findall(r"<li>([a-z-]+)</li>", shown(one)) == met  # in this order, and one may come twice


def test_the_host_says_so_with_the_passphrase_and_then_the_guest(alice: Somebody, bob: Somebody, met: object) -> None:
    assert "We read the same words" not in shown(bob)
    wrong = alice.client.post(SAME, {"passphrase": "not hers at all, not hers"})
    assert "That isn’t your passphrase." in wrong.content.decode()
    assert not Circle.objects.exists()
    assert alice.client.post(SAME, {"passphrase": alice.passphrase})["Location"] == "/together/"
    assert "Bob opens it with one press" in shown(alice, "/together/")
    assert "We read the same words" in shown(bob)
    assert bob.client.post(SAME)["Location"] == "/together/"
    assert shared_by(alice).circle == shared_by(bob).circle
    assert "Bob opens it" not in shown(alice, "/together/")


def test_the_guest_cannot_go_first(bob: Somebody, met: object) -> None:
    answer = bob.client.post(SAME)
    assert answer.status_code == 409
    assert inviting.pair_of(bob.person) is None


def test_the_page_of_the_guest_asks_until_it_is_their_turn(alice: Somebody, bob: Somebody, met: object) -> None:
    part = bob.client.get(SAME, headers=ASKS).content.decode()
    assert "<main" not in part
    assert "hx-get" in part
    inviting.give_key(person=alice.person)
    part = bob.client.get(SAME, headers=ASKS).content.decode()
    assert "We read the same words" in part
    assert "hx-get" not in part


def test_the_page_that_asks_leaves_whole_once_the_other_has_stopped(
    alice: Somebody, bob: Somebody, met: object
) -> None:
    inviting.stop(person=alice.person, now=timezone.now())
    answer = bob.client.get(SAME, headers=ASKS)
    assert (answer["HX-Redirect"], answer.content) == ("/together/", b"")


def test_asking_by_itself_does_not_keep_the_place_open(bob: Somebody, met: object) -> None:
    before = bob.person.session.used_at
    bob.client.get(SAME, headers=ASKS)
    assert bob.person.session.used_at == before


@pytest.mark.parametrize("given", [False, True])
def test_words_that_differ_stop_it_for_both(alice: Somebody, bob: Somebody, met: object, *, given: bool) -> None:
    if given:
        inviting.give_key(person=alice.person)
    answer = bob.client.post("/together/differ/")
    assert "Nothing was shared" in answer.content.decode()
    for one in (alice, bob):
        assert inviting.pair_of(one.person) is None
        assert inviting.comparing(one.person) is None


def test_who_comes_too_late_reads_that_it_is_over(alice: Somebody, bob: Somebody, met: object) -> None:
    inviting.stop(person=bob.person, now=timezone.now())
    answer = alice.client.post(SAME, {"passphrase": alice.passphrase})
    assert answer.status_code == 409
    assert "Nothing was shared" in answer.content.decode()
    assert alice.client.get(SAME)["Location"] == "/together/"


def test_on_another_device_the_words_wait_on_today_and_together(alice: Somebody, bob: Somebody, met: object) -> None:
    for one in (alice, bob):
        for path in ("/today/", "/together/"):
            assert SAME in shown(one, path)


def test_an_open_space_is_compared_again_any_time(alice: Somebody, bob: Somebody, met: list[str]) -> None:
    inviting.give_key(person=alice.person)
    inviting.take_key(person=bob.person)
    for one in (alice, bob):
        assert all(f"<li>{word}</li>" in shown(one, "/together/compare/") for word in met)


def test_a_stranger_sees_no_words_of_others(alice: Somebody, bob: Somebody, charlie: Somebody, dana: Somebody) -> None:
    pair(alice, bob)
    for one in (charlie, dana):
        assert one.client.get(SAME)["Location"] == "/together/"
        assert one.client.get("/together/compare/")["Location"] == "/together/"


def test_a_passphrase_typed_at_a_lock_is_not_carried_in_a_page(alice: Somebody, met: object) -> None:
    del alice.client.cookies[settings.SESSION_COOKIE]
    answer = alice.client.post(SAME, {"passphrase": alice.passphrase})
    assert answer.status_code == 401
    assert alice.passphrase not in answer.content.decode()


def renewed(one: Somebody) -> None:
    """Let somebody take a new passphrase, and with it new keys."""
    one.passphrase = "a lantern drifts over the weir"
    one.token = people.change_passphrase(person=one.person, passphrase=one.passphrase, now=timezone.now())
    one.client.cookies[settings.SESSION_COOKIE] = one.token


def test_new_keys_ask_for_another_comparison_and_are_believed_after_it(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    renewed(bob)
    for path in ("/together/", "/today/"):
        assert "Bob has new keys" in shown(alice, path)
        assert "has new keys" not in shown(bob, path)
    page = alice.client.get(COMPARE)
    words = page.context["words"]
    assert all(f"<li>{word}</li>" in shown(bob, COMPARE) for word in words)
    assert alice.client.post(COMPARE, {"compared": page.context["compared"]})["Location"] == "/together/"
    assert "has new keys" not in shown(alice, "/together/")


def test_keys_that_changed_once_more_are_not_believed_unread(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    renewed(bob)
    seen = alice.client.get(COMPARE).context["compared"]
    renewed(bob)
    answer = alice.client.post(COMPARE, {"compared": seen})
    assert answer.status_code == 409
    assert str(renewing.CHANGED_AGAIN) in answer.content.decode()
    assert "Bob has new keys" in shown(alice, "/together/")


@pytest.mark.parametrize("given", [False, True])
@pytest.mark.parametrize("who", ["alice", "bob"])
def test_new_keys_in_between_break_nothing(
    alice: Somebody, bob: Somebody, met: object, who: str, *, given: bool
) -> None:
    if given:
        inviting.give_key(person=alice.person)
    renewed({"alice": alice, "bob": bob}[who])
    for one in (alice, bob):
        for path in ("/today/", "/together/"):
            shown(one, path)
        assert one.client.get(SAME).status_code in {200, 302}
        assert one.client.get("/together/invite/").status_code in {200, 302}
