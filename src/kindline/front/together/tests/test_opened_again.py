"""Whoever runs the server opens a closed space again in the database. It stays closed for whoever left it."""

from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from kindline.ground.people import inviting
from kindline.ground.people.actions import change_passphrase
from kindline.ground.people.refusing import Refused
from kindline.ground.vault.circles import Closed, circles_of
from kindline.ground.vault.models import Account, Circle, Membership
from kindline.ours.agreements.tests.living import agreed, look
from tests.people import PASSPHRASE, Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def left(one: Somebody, choice: str, space: UUID | str = "") -> None:
    assert one.client.post("/together/leave/", {"choice": choice, "space": str(space)}).status_code == 200


def opened_again() -> None:
    """Do what a member can do who holds the database."""
    assert Circle.objects.exclude(closed_at=None).update(closed_at=None)


def unlocked_again(one: Somebody) -> None:
    answer = one.client.post("/unlock/", {"name": one.name, "passphrase": PASSPHRASE, "next": "/today/"})
    assert answer.status_code == 302
    one.token = one.client.cookies[settings.SESSION_COOKIE].value


def test_what_alice_left_stays_closed_whatever_its_row_says(alice: Somebody, bob: Somebody) -> None:
    old = pair(alice, bob)
    agreement = agreed(alice, bob)
    left(alice, "keep")
    opened_again()
    assert look(alice, agreement).standing.state == "closed"
    assert inviting.pair_of(alice.person) is None
    assert "This shared space is closed." in alice.client.get("/together/").content.decode()
    [hers] = circles_of(alice.person.keyring)
    with pytest.raises(Closed):
        hers.in_turn()
    with pytest.raises(Closed):
        old.in_turn()


def test_with_somebody_new_she_is_with_nobody_else(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    pair(alice, bob)
    left(alice, "keep")
    pair(alice, charlie)
    opened_again()
    assert [other.name for other in shared_by(alice).others] == ["Charlie"]
    assert not inviting.doubtful(alice.person)


@pytest.mark.parametrize("removed_later", [False, True])
def test_a_place_that_was_given_back_is_not_hers_when_its_row_is_put_back(
    alice: Somebody, bob: Somebody, *, removed_later: bool
) -> None:
    old = pair(alice, bob)
    row = Membership.objects.get(owner_id=alice.person.id)
    left(alice, "keep" if removed_later else "leave")
    if removed_later:
        assert alice.client.post(f"/together/closed/{old.circle}/remove/").status_code == 302
    row.save(force_insert=True)
    opened_again()
    assert circles_of(alice.person.keyring) == []
    with pytest.raises(Closed):
        old.in_turn()


def test_whoever_stayed_keeps_it_closed_from_their_next_unlocking_on(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    left(alice, "keep")
    unlocked_again(bob)
    version = Account.objects.get(id=bob.person.id).version
    unlocked_again(bob)
    assert Account.objects.get(id=bob.person.id).version == version, "it is written once"
    opened_again()
    assert inviting.pair_of(bob.person) is None


def test_whoever_stayed_keeps_it_closed_once_they_begin_with_somebody_new(
    alice: Somebody, bob: Somebody, charlie: Somebody, dana: Somebody
) -> None:
    pair(alice, bob)
    left(alice, "keep")
    pair(bob, charlie)
    opened_again()
    assert [other.name for other in shared_by(bob).others] == ["Charlie"]
    left(charlie, "keep")
    pair(dana, bob)  # this time as a guest
    opened_again()
    assert [other.name for other in shared_by(bob).others] == ["Dana"]


def test_what_an_older_version_closed_is_sealed_when_its_person_unlocks(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    Circle.objects.update(closed_at=timezone.now())  # as it was done before: a plain column, and nothing else
    assert alice.person.keyring.secrets.over == ()
    unlocked_again(alice)
    opened_again()
    assert inviting.pair_of(alice.person) is None


def test_new_keys_remember_what_was_left(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    left(alice, "keep")
    new = "another long enough passphrase here"
    alice.token = change_passphrase(person=alice.person, passphrase=new, now=timezone.now())
    opened_again()
    assert inviting.pair_of(alice.person) is None


@pytest.fixture
def torn(alice: Somebody, bob: Somebody, charlie: Somebody) -> dict[str, UUID]:
    """Let Alice's whole account be put back to before she left Bob, now that she is with Charlie."""
    spaces = {"Bob": pair(alice, bob).circle}
    before = Account.objects.get(id=alice.person.id)
    left(alice, "keep")
    spaces["Charlie"] = pair(alice, charlie).circle
    before.save()
    opened_again()
    return spaces


def test_two_spaces_open_at_once_are_said_and_none_is_used(alice: Somebody, torn: dict[str, UUID]) -> None:
    for path in ("/today/", "/together/"):
        page = alice.client.get(path).content.decode()
        assert "Two shared spaces are open at once" in page
        assert "Close the one with Bob" in page
        assert "Close the one with Charlie" in page
        assert "Invite somebody" not in page
    marks = set(Circle.objects.values_list("mark", flat=True))
    alice.client.post("/ours/pauses/away/", {"minutes": "20", "form_id": str(uuid4())})
    assert set(Circle.objects.values_list("mark", flat=True)) == marks, "nobody is told"
    with pytest.raises(Refused):
        inviting.invite(person=alice.person, now=timezone.now())


def test_once_one_of_them_is_closed_the_other_goes_on(alice: Somebody, torn: dict[str, UUID]) -> None:
    page = alice.client.get(f"/together/leave/?space={torn['Bob']}").content.decode()
    assert "Leave the space you share with Bob?" in page
    left(alice, "keep", torn["Bob"])
    assert shared_by(alice).circle == torn["Charlie"]
    assert "at once</h2>" not in alice.client.get("/today/").content.decode()
    opened_again()
    assert shared_by(alice).circle == torn["Charlie"]


def test_only_a_space_that_is_doubtful_can_be_named(alice: Somebody, bob: Somebody) -> None:
    circle = pair(alice, bob)
    for named in (uuid4(), "no id", circle.circle):
        page = alice.client.get(f"/together/leave/?space={named}").content.decode()
        assert "Leave the space you share with Bob?" in page
