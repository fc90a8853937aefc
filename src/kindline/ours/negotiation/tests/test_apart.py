"""What each prepares apart: nothing of it reaches the other before both are ready, not even that it is there."""

from uuid import uuid4

import msgspec
import pytest

from kindline.ground.vault.models import Circle
from kindline.ground.vault.records import Changed, each_opened, rewrite
from kindline.ours.negotiation import actions, models, queries, shapes
from kindline.ours.negotiation.actions import Refused
from kindline.ours.negotiation.rules import COULD, NOT, WORKS
from kindline.ours.negotiation.tests.talking import NOW, begun, keeps, look, ready, said, taps, up_to_taps
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def mark() -> object:
    return Circle.objects.get().mark


def test_whoever_is_ready_first_learns_nothing_and_tells_nothing(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id = begun(alice)
    before, shared = mark(), models.Act.objects.count()
    ready(alice, talk_id)
    assert (mark(), models.Act.objects.count()) == (before, shared)
    assert look(bob, talk_id).opened == {"needs": {}, "taps": {}}
    assert queries.prepared(bob.person, talk_id, "needs") is None
    assert [one.state for one in queries.talks(bob.person)] == ["yours"]
    assert [one.state for one in queries.talks(alice.person)] == ["theirs"]


def test_nothing_that_the_other_can_open_holds_the_words_before_both_are_ready(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id = begun(alice)
    ready(alice, talk_id, need="half an hour to land")
    his = shared_by(bob)
    documents = [
        msgspec.json.encode(one)
        for model, shape in (
            *((models.Talk, shapes.Talk), (models.Act, shapes.Act)),
            (models.Promise, shapes.Promise),
        )
        for _, _, one in each_opened(model, his, shape)
    ]
    assert documents
    assert not any(b"half an hour" in document for document in documents)


def test_being_ready_looks_like_keeping_once_more(alice: Somebody, bob: Somebody) -> None:
    """Row by row, for somebody who holds no key: the same columns, the same sizes, a version more."""
    pair(alice, bob)
    talk_id = begun(alice)

    def rows() -> list[tuple[object, ...]]:
        return [
            (one.id, one.version, len(bytes(one.sealed)))
            for model in (models.Part, models.Promise)
            for one in model.objects.all()
        ]

    keeps(alice, talk_id, need="half an hour to land")
    first = rows()
    keeps(alice, talk_id, need="half an hour to land")
    kept_again = rows()
    ready(alice, talk_id, need="half an hour to land")
    was_ready = rows()
    actions.not_ready(person=alice.person, talk_id=talk_id, of="needs", now=NOW)
    assert [[row[::2] for row in each] for each in (kept_again, was_ready, rows())] == [[row[::2] for row in first]] * 3
    assert [row[1] for row in was_ready] == [row[1] + 1 for row in kept_again] == [row[1] + 2 for row in first]


def test_whoever_is_ready_second_opens_and_the_first_follows(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id = begun(alice)
    ready(alice, talk_id)
    before = mark()
    ready(bob, talk_id)
    assert mark() != before
    me, his = alice.person.keyring.account, bob.person.keyring.account
    now = look(alice, talk_id)
    assert (now.both_ready("needs"), now.together("needs"), set(now.opened["needs"])) == (True, False, {his})
    for _ in range(2):
        actions.open_mine(person=alice.person, talk_id=talk_id, of="needs", now=NOW)
    assert look(bob, talk_id).opened["needs"][me].need == "Alice needs quiet"
    assert look(bob, talk_id).step == "sense"


def test_what_one_was_ready_with_can_change_until_both_are(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id = begun(alice)
    ready(alice, talk_id, need="quiet")
    actions.not_ready(person=alice.person, talk_id=talk_id, of="needs", now=NOW)
    ready(bob, talk_id)
    assert not look(bob, talk_id).both_ready("needs")
    ready(alice, talk_id, need="a sure hello")
    actions.open_mine(person=bob.person, talk_id=talk_id, of="needs", now=NOW)
    assert look(bob, talk_id).opened["needs"][alice.person.keyring.account].need == "a sure hello"


def test_once_both_are_ready_neither_changes_a_word(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id = begun(alice)
    ready(alice, talk_id)
    ready(bob, talk_id)
    with pytest.raises(Refused, match="both ready"):
        actions.not_ready(person=alice.person, talk_id=talk_id, of="needs", now=NOW)
    with pytest.raises(Refused, match="both ready"):
        keeps(alice, talk_id, need="something else now")
    with pytest.raises(Refused, match="moved on"):
        keeps(bob, talk_id, need="something else now")


def test_words_put_in_behind_the_app_are_not_taken_for_the_promised_ones(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id = begun(alice)
    ready(alice, talk_id)
    ready(bob, talk_id)
    mine = queries.prepared(alice.person, talk_id, "needs")
    changed = msgspec.structs.replace(mine.part.said, need="after reading yours")
    part = msgspec.structs.replace(mine.part, said=changed)
    rewrite(mine.record, alice.person.keyring, part, mine.record.version)
    actions.open_mine(person=alice.person, talk_id=talk_id, of="needs", now=NOW)
    assert set(look(bob, talk_id).opened["needs"]) == {bob.person.keyring.account}


def test_nobody_opens_alone(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id = begun(alice)
    ready(alice, talk_id)
    for of in ("needs", "taps", "everything"):
        with pytest.raises(Refused):
            actions.open_mine(person=alice.person, talk_id=talk_id, of=of, now=NOW)
    with pytest.raises(Refused):
        actions.open_mine(person=bob.person, talk_id=talk_id, of="needs", now=NOW)


def test_two_windows_never_overwrite_each_other(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id = begun(alice)
    keeps(alice, talk_id, need="from one window")
    with pytest.raises(Changed):
        actions.keep(person=alice.person, talk_id=talk_id, said=said(need="other"), version=0, form_id=uuid4(), now=NOW)
    assert queries.prepared(alice.person, talk_id, "needs").part.said.need == "from one window"


def test_taps_are_apart_in_the_same_way(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id, options = up_to_taps(alice, bob)
    before = mark()
    taps(alice, talk_id, options, WORKS, WORKS, WORKS)
    assert mark() == before
    assert look(bob, talk_id).opened["taps"] == {}
    taps(bob, talk_id, options, NOT, WORKS, COULD)
    assert look(alice, talk_id).step == "taps"
    actions.open_mine(person=alice.person, talk_id=talk_id, of="taps", now=NOW)
    assert look(bob, talk_id).step == "laid"
