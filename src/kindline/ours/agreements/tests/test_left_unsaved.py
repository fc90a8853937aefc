"""Words left unsaved where an agreement is begun: those for two and those for oneself wait apart."""

from uuid import uuid4

import pytest
from django.utils import timezone

from kindline.ground.people import inviting
from kindline.ground.vault.circles import close
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NEW = "/ours/agreements/new/"
LEFT = {"us": "keep Sundays free?", "me": "I go for a walk."}
FIELD = {"us": "ask", "me": "limit"}


def leave(by: Somebody) -> dict[str, str]:
    """Leave words of both kinds unsaved, those for oneself last; return the ids of their forms."""
    ids = {whose: str(uuid4()) for whose in LEFT}
    for whose, words in LEFT.items():
        by.client.post("/unsaved/", {"form_id": ids[whose], "page": NEW, "whose": whose, FIELD[whose]: words})
    return ids


def written(by: Somebody, whose: str = "") -> dict[str, str]:
    """Return the words that stand in the form, by whose they are."""
    form = by.client.get(NEW, {"for": whose} if whose else {}).context["form"]
    return {of: form[name].value() or "" for of, name in FIELD.items()}


def test_words_for_two_and_words_for_oneself_wait_apart(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    leave(alice)
    assert written(alice, "us") == {"us": LEFT["us"], "me": ""}
    assert written(alice, "me") == {"us": "", "me": LEFT["me"]}
    assert written(alice) == {"us": "", "me": LEFT["me"]}, "where nothing is said, what was written last"


def test_starting_afresh_leaves_the_other_words_where_they_are(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    ids = leave(alice)
    there = alice.client.post("/ours/agreements/let-go/", {"form_id": ids["me"], "whose": "me"})["Location"]
    assert there == f"{NEW}?for=me"
    assert written(alice, "me") == {"us": "", "me": ""}
    assert written(alice, "us")["us"] == LEFT["us"]


def test_they_wait_apart_while_somebody_is_on_the_way(alice: Somebody) -> None:
    inviting.invite(person=alice.person, now=timezone.now())
    leave(alice)
    assert written(alice, "us") == {"us": LEFT["us"], "me": ""}
    assert written(alice, "me") == {"us": "", "me": LEFT["me"]}


def test_where_the_other_left_words_for_two_are_still_found(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    alice.client.post("/unsaved/", {"form_id": str(uuid4()), "page": NEW, "whose": "us", "ask": LEFT["us"]})
    close(shared_by(bob), timezone.now(), keep=True)
    assert written(alice, "me") == {"us": LEFT["us"], "me": ""}
