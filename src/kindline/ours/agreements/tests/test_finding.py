"""Finding one of many agreements by a word in it."""

from uuid import uuid4

import pytest

from kindline.ours.agreements.tests.living import agreed, proposed, text
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
LIST = "/ours/agreements/"


def titles(of: Somebody, asked: str) -> list[str]:
    return [line.title for line in of.client.post(LIST, {"asked": asked}).context["found"]]


def test_a_word_in_any_line_finds_it_however_it_stands(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    agreed(alice, bob, text(ask="leave the Lamp on", note="light in the hall"))
    proposed(alice, text(ask="knock first", need="a closed door"))
    for one in (alice, bob):
        assert titles(one, "lamp") == ["Leave the Lamp on"]
        assert titles(one, "HALL light") == ["Leave the Lamp on"]
        assert titles(one, "closed") == ["Knock first"]
        assert titles(one, "shower") == ["Knock first", "Leave the Lamp on"], "what waits comes first"
        assert titles(one, "lamp knock") == []
    assert "None of your agreements has all of these words" in alice.client.post(LIST, {"asked": "q"}).content.decode()


def test_it_is_offered_once_there_are_many(dana: Somebody) -> None:
    for number in range(7):
        keep(dana, f"line {number}")
    assert dana.client.get(LIST).context["find"] is None
    keep(dana, "line 7")
    page = dana.client.get(LIST)
    assert 'role="search"' in page.content.decode()
    assert len(page.context["mine"]) == 8
    assert titles(dana, "line 3") == ["Line 3"]
    assert titles(dana, "") == []
    assert len(dana.client.post(LIST, {"asked": " "}).context["mine"]) == 8


def test_what_was_asked_comes_back_as_text(dana: Somebody) -> None:
    page = dana.client.post(LIST, {"asked": '"><script>alert(1)</script>'}).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_nobody_finds_what_is_not_theirs(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    pair(alice, bob)
    proposed(alice)
    keep(bob, "I walk to the shower")
    assert titles(charlie, "shower") == []
    assert "I walk to the shower" not in titles(alice, "shower")


def keep(one: Somebody, limit: str) -> None:
    form = {"form_id": str(uuid4()), "version": "0", "whose": "me", "limit": limit}
    assert one.client.post(f"{LIST}new/", form).status_code == 302
