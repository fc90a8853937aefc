"""Leaving at once and alone, and what the other finds."""

from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from kindline.front.together.tests.pages import without_tokens
from kindline.ground.people import actions as people
from kindline.ground.people import inviting
from kindline.ground.vault.circles import CircleKeys, circles_of
from kindline.ground.vault.models import Circle
from kindline.ours.agreements import actions as agreements
from kindline.ours.agreements import queries
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture
def circle(alice: Somebody, bob: Somebody) -> CircleKeys:
    return pair(alice, bob)


def asked(one: Somebody, words: str) -> UUID:
    """Let somebody ask the other for something; return the agreement's id."""
    agreement = uuid4()
    circle = inviting.pair_of(one.person)
    assert circle is not None
    text = agreements.Text(ask=words)
    agreements.propose(circle=circle, agreement=agreement, text=text, nonce=uuid4(), now=timezone.now())
    return agreement


def left(one: Somebody, choice: str) -> str:
    answer = one.client.post("/together/leave/", {"choice": choice})
    assert answer.status_code == 200
    return answer.content.decode()


def page_of(one: Somebody, path: str = "/together/") -> str:
    answer = one.client.get(path)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_leaving_asks_once_and_says_what_the_other_sees(bob: Somebody, circle: CircleKeys) -> None:
    page = page_of(bob, "/together/leave/")
    assert "Alice gets no message" in page
    assert "you can simply stop writing; nothing shows it." in page
    assert inviting.pair_of(bob.person) is not None


def test_without_a_choice_nothing_happens(bob: Somebody, circle: CircleKeys) -> None:
    assert bob.client.post("/together/leave/", {"choice": "whatever"}).status_code == 200
    assert inviting.pair_of(bob.person) is not None


def test_the_other_finds_it_closed_and_nothing_of_why(alice: Somebody, bob: Somebody, circle: CircleKeys) -> None:
    pages = []
    for choice in ("keep", "leave"):
        asked(alice, "Phones away at dinner")
        left(bob, choice)
        page = page_of(alice)
        assert "This shared space is closed." in page
        closed = next(one for one in circles_of(alice.person.keyring) if one.others)
        pages.append(without_tokens(page).replace(str(closed.circle), "…"))
        assert alice.client.post(f"/together/closed/{closed.circle}/remove/").status_code == 302
        for mine in circles_of(bob.person.keyring):
            bob.client.post(f"/together/closed/{mine.circle}/remove/")
        pair(alice, bob)
    assert pages[0] == pages[1]


def test_a_copy_is_kept_to_read_by_both(alice: Somebody, bob: Somebody, circle: CircleKeys) -> None:
    asked(alice, "Phones away at dinner")
    left(bob, "keep")
    for one in (alice, bob):
        assert "Phones away at dinner" in page_of(one, f"/together/closed/{circle.circle}/")


def test_what_is_left_there_stays_for_the_other(alice: Somebody, bob: Somebody, circle: CircleKeys) -> None:
    asked(bob, "A hello before phones")
    left(bob, "leave")
    assert circles_of(bob.person.keyring) == []
    assert bob.client.get(f"/together/closed/{circle.circle}/").status_code == 404
    assert "A hello before phones" in page_of(alice, f"/together/closed/{circle.circle}/")


def test_words_only_i_wrote_go_for_both(alice: Somebody, bob: Somebody, circle: CircleKeys) -> None:
    mine, hers = asked(bob, "A hello before phones"), asked(alice, "Phones away at dinner")
    left(bob, "withdraw")
    assert not apps.get_model("agreements.Version").objects.filter(agreement=mine).exists()
    assert apps.get_model("agreements.Version").objects.filter(agreement=hers).exists()
    page = page_of(alice, f"/together/closed/{circle.circle}/")
    assert "Phones away at dinner" in page
    assert "A hello before phones" not in page


def test_a_failure_in_between_leaves_everything_as_it_was(
    alice: Somebody, bob: Somebody, circle: CircleKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = asked(bob, "A hello before phones")
    monkeypatch.setattr("kindline.ground.vault.circles.close", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bob.client.post("/together/leave/", {"choice": "withdraw"})
    assert apps.get_model("agreements.Version").objects.filter(agreement=mine).exists()
    assert inviting.pair_of(bob.person) is not None


def test_who_leaves_second_finds_it_closed(alice: Somebody, bob: Somebody, circle: CircleKeys) -> None:
    left(alice, "leave")
    assert bob.client.post("/together/leave/", {"choice": "leave"})["Location"] == "/together/"
    assert "This shared space is closed." in page_of(bob)


def test_once_both_removed_it_nothing_is_left(alice: Somebody, bob: Somebody, circle: CircleKeys) -> None:
    asked(alice, "Phones away at dinner")
    left(bob, "leave")
    assert alice.client.post(f"/together/closed/{circle.circle}/remove/")["Location"] == "/together/"
    assert not Circle.objects.exists()
    assert not apps.get_model("agreements.Version").objects.exists()


def test_an_open_space_is_not_removed_by_that_door(alice: Somebody, bob: Somebody, circle: CircleKeys) -> None:
    assert alice.client.post(f"/together/closed/{circle.circle}/remove/").status_code == 404
    assert inviting.pair_of(alice.person) is not None


def test_strangers_find_no_closed_space(alice: Somebody, bob: Somebody, charlie: Somebody, circle: CircleKeys) -> None:
    left(bob, "leave")
    for path in (f"/together/closed/{circle.circle}/", f"/together/closed/{uuid4()}/"):
        assert charlie.client.get(path).status_code == 404
        assert charlie.client.post(f"{path}remove/").status_code == 404
    assert "This shared space is closed." in page_of(alice)


def test_who_deletes_their_place_leaves_the_same_way(alice: Somebody, bob: Somebody, circle: CircleKeys) -> None:
    people.leave(person=bob.person, now=timezone.now())
    assert "This shared space is closed." in page_of(alice)


def test_a_host_whose_guest_never_came_can_leave_and_invite_again(alice: Somebody, bob: Somebody) -> None:
    now = timezone.now()
    inviting.accept(person=bob.person, typed=inviting.invite(person=alice.person, now=now), now=now)
    inviting.give_key(person=alice.person)
    left(alice, "leave")
    assert bob.client.post("/together/same/").status_code == 409
    assert "Make a code" in page_of(alice, "/together/invite/")


def test_afterwards_a_new_space_begins_and_the_old_one_stays_closed(
    alice: Somebody, bob: Somebody, circle: CircleKeys
) -> None:
    asked(alice, "Phones away at dinner")
    left(bob, "keep")
    new = pair(bob, alice)
    assert new.circle != circle.circle
    assert queries.waiting_for_me(bob.person) == []
    assert "This shared space is closed." in page_of(alice)


def test_if_we_part_is_open_to_everybody(alice: Somebody) -> None:
    for browser in (alice.client, Client()):
        page = browser.get("/if-we-part/").content.decode()
        assert "You don’t have to leave to stop. If closing could anger someone, you can simply stop writing" in page


def kept_for_me(one: Somebody, circle: CircleKeys, agreement: UUID, form_id: UUID) -> str:
    answer = one.client.post(
        f"/together/closed/{circle.circle}/keep/", {"agreement": str(agreement), "form_id": str(form_id)}
    )
    assert answer.status_code == 302
    return answer["Location"]


def test_what_is_mine_in_an_agreement_goes_on_for_myself(alice: Somebody, bob: Somebody, circle: CircleKeys) -> None:
    agreement, form_id = uuid4(), uuid4()
    text = agreements.Text(need="quiet", limit="I read in the other room", ask="Phones away at dinner")
    shared = inviting.pair_of(alice.person)
    agreements.propose(circle=shared, agreement=agreement, text=text, nonce=uuid4(), now=timezone.now())
    left(bob, "keep")
    assert kept_for_me(alice, circle, agreement, form_id) == kept_for_me(alice, circle, agreement, form_id)
    assert queries.with_myself(alice.person) == [], "she looks at the words before they are hers"
    [hers] = queries.in_preparation(alice.person)
    assert (hers.prepared.text.limit, hers.prepared.text.ask) == ("I read in the other room", "")
    kept_for_me(bob, circle, agreement, uuid4())
    [his] = queries.in_preparation(bob.person)
    assert his.prepared.text.limit == "Phones away at dinner"  # what she asked him to do, and nothing of what is hers


def test_nothing_of_another_space_is_kept_by_that_door(
    alice: Somebody, bob: Somebody, charlie: Somebody, circle: CircleKeys
) -> None:
    agreement = asked(alice, "Phones away at dinner")
    left(bob, "leave")
    fields = {"agreement": str(agreement), "form_id": str(uuid4())}
    assert charlie.client.post(f"/together/closed/{circle.circle}/keep/", fields).status_code == 404
    for wrong in (str(uuid4()), "", "no id"):
        answer = alice.client.post(f"/together/closed/{circle.circle}/keep/", {**fields, "agreement": wrong})
        assert answer.status_code == 404
    assert queries.with_myself(charlie.person) == []
