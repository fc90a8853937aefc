"""Whose words a plan speaks in: nobody writes in somebody else's name."""

import re
from uuid import uuid4

import pytest

from kindline.ours.rhythms import ledger, queries, rules, shapes
from kindline.ours.rhythms.tests.test_pages import CHECK_IN, NEW, hidden, id_of, page, planned
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
OWN = {
    "title": "Time to myself",
    "purpose": "To rest.",
    "back": "At nine.",
    "brings": "An open ear.",
    "sentence": "It isn’t about you.",
}
IN_HER_NAME = {**OWN, "back": "When Bob calls me.", "brings": "An apology. I was wrong to go."}


@pytest.fixture
def two(alice: Somebody, bob: Somebody) -> tuple[Somebody, Somebody]:
    pair(alice, bob)
    return alice, bob


def words_of(one: Somebody, path: str) -> dict[str, str]:
    rhythm = ledger.kept(one.person, id_of(path)).rhythm
    return {name: getattr(rhythm, name) for name in OWN}


@pytest.mark.parametrize("kind", ["alone", "check-in", "own"])
def test_whoever_did_not_plan_a_time_alone_changes_when_it_is_and_none_of_its_words(
    kind: str, two: tuple[Somebody, Somebody]
) -> None:
    alice, bob = two
    path = planned(alice, kind="alone", **OWN)
    form = hidden(bob, f"{path}change/")
    shown = page(bob, f"{path}change/")
    assert "These words are Alice’s own and stay so." in shown
    assert all(line in shown for line in OWN.values())
    for name in OWN:
        assert f'name="{name}"' not in bob.client.get(f"{path}change/").content.decode()
    sent = {**CHECK_IN, **form, "kind": kind, **IN_HER_NAME, "clock": "20:30"}
    assert bob.client.post(f"{path}change/", sent).status_code == 302
    assert words_of(alice, path) == OWN
    now = ledger.kept(alice.person, id_of(path))
    assert (now.rhythm.kind, now.timing.first.hour, now.rhythm.is_of_both) == ("alone", 20, False)
    assert "You both found the words." not in page(bob, path)


def test_whoever_planned_a_time_alone_changes_its_words(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    path = planned(alice, kind="alone", **OWN)
    later = {**OWN, "back": "At ten."}
    assert (
        alice.client.post(f"{path}change/", {**CHECK_IN, **hidden(alice, f"{path}change/"), **later}).status_code == 302
    )
    assert words_of(bob, path) == later
    assert "You both found the words." not in page(bob, path)


def test_a_plan_whose_words_the_other_changed_says_so_to_both_and_goes_on_saying_it(
    two: tuple[Somebody, Somebody],
) -> None:
    alice, bob = two
    path = planned(alice)
    sent = {**CHECK_IN, **hidden(bob, f"{path}change/"), "title": "Soup and us"}
    for _twice in range(2):
        assert bob.client.post(f"{path}change/", sent).status_code == 302
    assert "Planned by you; Bob sees it, too. It binds nobody. You both found the words." in page(alice, path)
    assert "Planned by Alice, for you both. It binds nobody. You both found the words." in page(bob, path)
    sent = {**CHECK_IN, **hidden(alice, f"{path}change/"), "title": "Our soup"}
    assert alice.client.post(f"{path}change/", sent).status_code == 302
    assert "You both found the words." in page(bob, path)
    [plan] = [one for _circle, _row, one in queries.everything(bob.person) if isinstance(one, shapes.Plan)]
    assert plan.rhythm.is_of_both


def test_a_time_that_the_other_changed_leaves_the_words_their_planners(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    path = planned(alice)
    before = words_of(alice, path)
    sent = {**CHECK_IN, **before, **hidden(bob, f"{path}change/"), "form_id": str(uuid4()), "clock": "18:00"}
    assert bob.client.post(f"{path}change/", sent).status_code == 302
    assert ledger.kept(alice.person, id_of(path)).timing.first.hour == 18
    assert "You both found the words." not in page(alice, path)


def test_a_sentence_for_a_hard_hour_is_said_of_two_only_where_there_are_two(
    two: tuple[Somebody, Somebody], dana: Somebody
) -> None:
    alice, bob = two
    assert "If one of you finds it hard We can stop." in page(bob, planned(alice, sentence="We can stop."))
    for one in (alice, dana):
        path = planned(one, kind="alone", whose="me", sentence="I come back gladly.")
        assert "If somebody finds it hard I come back gladly." in page(one, path)


def test_a_check_in_with_oneself_speaks_of_nobody_else(dana: Somebody) -> None:
    form = page(dana, f"{NEW}?kind=check-in")
    assert "A check-in with myself" in dana.client.get(f"{NEW}?kind=check-in").content.decode()
    path = planned(dana, whose="me", title="A check-in with myself")
    parts = ("", *rules.PARTS, rules.OVER)
    steps = "".join(page(dana, f"{path}side-by-side/?part={part}&until=19:20") for part in parts)
    others = re.compile(r"\b(between you|you both|either of you|each|the other|one of you|our)\b", re.IGNORECASE)
    for words in (form, page(dana, path), steps):
        assert not others.search(words), words
