"""The page to read says how far what it shows can be relied on."""

import pytest

from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
SAYS = "somebody in the same space who can write to its database could have put them there in the other’s name"


def page_of(one: Somebody) -> str:
    return one.client.post("/takeout/copy/", {"as": "page"}).content.decode()


def test_who_shares_reads_what_carries_a_passphrase_and_what_does_not(
    alice: Somebody, bob: Somebody, dana: Somebody
) -> None:
    pair(alice, bob)
    for one in (alice, bob):
        assert SAYS in page_of(one)
    assert SAYS not in page_of(dana)


def test_who_left_with_a_copy_reads_it_too(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    alice.client.post("/together/leave/", {"choice": "keep"})
    assert SAYS in page_of(alice)
