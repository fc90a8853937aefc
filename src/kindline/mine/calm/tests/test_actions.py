from uuid import uuid4

import pytest
from django.db import transaction
from django.http import Http404

from kindline.ground.vault import unsaved
from kindline.ground.vault.records import Changed
from kindline.mine.calm import actions, models, queries, rules, shapes
from kindline.mine.calm.tests.moments import DAY, NOW, added, practice, told
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NEW = "/mine/calm/new/"


def names(one: Somebody) -> list[str]:
    return [own.name for own in queries.own_practices(one.person)]


def test_a_practice_of_ones_own_is_kept_sealed(alice: Somebody) -> None:
    practice_id = added(alice.person, "Tea on the step", how="Slowly.")
    assert queries.find(alice.person, practice_id).practice == practice("Tea on the step", how="Slowly.")
    row = models.Practice.objects.values().get()
    assert set(row) == {"id", "owner_id", "key", "version", "sealed"}
    assert b"Tea on" not in bytes(row["sealed"])


def test_the_same_form_twice_makes_one_practice(alice: Somebody) -> None:
    practice_id = added(alice.person)
    with pytest.raises(Changed):
        actions.add(person=alice.person, practice_id=practice_id, practice=practice("Other"), now=NOW)
    assert names(alice) == ["Tea on the step"]


def test_keeping_a_practice_lets_its_unsaved_words_go(alice: Somebody) -> None:
    practice_id = added(alice.person)
    unsaved.keep(alice.person.keyring, practice_id, NEW, {"name": ["late autosave"]}, NOW)
    assert unsaved.waiting(alice.person.keyring, NEW) is None


def test_a_change_is_written_over_exactly_its_version(alice: Somebody) -> None:
    practice_id = added(alice.person)
    record, stale = (queries.find(alice.person, practice_id).record for _ in range(2))
    change = {"person": alice.person, "form_id": practice_id, "now": NOW, "version": 1}
    actions.change(**change, record=record, practice=practice("First"))
    with pytest.raises(Changed):
        actions.change(**change, record=stale, practice=practice("Second"))
    assert names(alice) == ["First"]


def test_practices_come_first_added_first(alice: Somebody) -> None:
    added(alice.person, "Second", NOW)
    added(alice.person, "First", NOW - DAY)
    assert names(alice) == ["First", "Second"]


def test_what_is_put_first_stands_first_and_what_is_added_later_last(alice: Somebody) -> None:
    tea = added(alice.person)
    assert queries.order(alice.person) == [*rules.BUILT_IN, str(tea)]
    assert actions.arrange(person=alice.person, practice="walk", where=rules.FIRST)[0] == "walk"
    actions.arrange(person=alice.person, practice=str(tea), where=rules.FIRST)
    actions.arrange(person=alice.person, practice="five-things", where=rules.UP)
    song = added(alice.person, "A song")
    order = queries.order(alice.person)
    assert (order[:4], order[-1]) == ([str(tea), "walk", "five-things", "breathe"], str(song))
    assert models.Arrangement.objects.count() == 1


def test_a_deleted_practice_leaves_the_order_whole(alice: Somebody) -> None:
    tea = added(alice.person)
    actions.arrange(person=alice.person, practice=str(tea), where=rules.FIRST)
    actions.delete(person=alice.person, record=queries.find(alice.person, tea).record)
    assert queries.order(alice.person) == list(rules.BUILT_IN)
    with pytest.raises(Http404):
        queries.find(alice.person, tea)


def test_a_moment_is_told_once_and_read_from_the_contents(alice: Somebody) -> None:
    told(alice.person, "walk", 4, 2, NOW - DAY)
    moment_id = told(alice.person, "breathe", 3, 1)
    with pytest.raises(Changed):
        actions.tell(person=alice.person, moment_id=moment_id, moment=shapes.Moment(at=NOW, before=5))
    assert [(one.said, one.before, one.after) for one in queries.moments(alice.person)] == [
        ("Breathing", 3, 1),
        ("A walk", 4, 2),
    ]


def test_moments_keep_the_last_name_of_a_practice_that_is_gone(alice: Somebody) -> None:
    told(alice.person, "an-id", 4, 2, NOW - DAY, named="Tea")
    told(alice.person, "an-id", 4, 2, NOW, named="Tea on the step")
    assert {one.said for one in queries.moments(alice.person)} == {"Tea on the step"}


def test_a_forgotten_moment_is_gone_with_its_line(alice: Somebody) -> None:
    moment_id, stays = told(alice.person, "walk", 4, 2), told(alice.person, "rest", 3, 3)
    actions.forget(person=alice.person, record=queries.find_moment(alice.person, moment_id))
    assert [one.id for one in queries.moments(alice.person)] == [stays]
    assert models.Moment.objects.count() == 1


def test_a_stranger_reaches_nothing(alice: Somebody, charlie: Somebody) -> None:
    tea, moment_id = added(alice.person), told(alice.person, "walk", 4, 2)
    record = queries.find(alice.person, tea).record
    for found in (lambda: queries.find(charlie.person, tea), lambda: queries.find_moment(charlie.person, moment_id)):
        with pytest.raises(Http404):
            found()
    with pytest.raises(Http404):
        actions.add(person=charlie.person, practice_id=tea, practice=practice("mine now"), now=NOW)
    with pytest.raises(Http404):
        actions.tell(person=charlie.person, moment_id=moment_id, moment=shapes.Moment(at=NOW))
    with pytest.raises(Changed):
        actions.change(person=charlie.person, record=record, practice=practice("mine"), version=1, form_id=tea, now=NOW)
    actions.delete(person=charlie.person, record=record)
    actions.arrange(person=charlie.person, practice=str(tea), where=rules.FIRST)
    assert queries.order(charlie.person) == list(rules.BUILT_IN)
    assert (names(alice), names(charlie), queries.moments(charlie.person)) == (["Tea on the step"], [], [])


def brought(one: Somebody, documents: list) -> int:
    with transaction.atomic():
        return actions.bring_back(person=one.person, documents=documents)


def test_everything_comes_back_with_its_order_and_its_lines(alice: Somebody, dana: Somebody) -> None:
    tea = added(alice.person)
    actions.arrange(person=alice.person, practice=str(tea), where=rules.FIRST)
    for _ in range(3):
        told(alice.person, str(tea), 4, 2, named="Tea on the step")
    taken = [(uuid4(), document) for _, document in queries.everything(alice.person)]
    again = [(tea if isinstance(one, shapes.Practice) else new, one) for new, one in taken]
    actions.delete_everything(person=alice.person)
    assert list(queries.everything(alice.person)) == []
    assert brought(dana, again) == 5
    assert dict(queries.everything(dana.person)) == dict(again)
    assert queries.order(dana.person)[0] == str(tea)
    assert len(queries.moments(dana.person)) == 3
    assert brought(dana, again) == 0


def test_an_order_made_here_stays_when_another_comes_back(alice: Somebody) -> None:
    actions.arrange(person=alice.person, practice="water", where=rules.FIRST)
    assert brought(alice, [(uuid4(), shapes.Arrangement(order=("rest",)))]) == 0
    assert queries.order(alice.person)[0] == "water"


def test_deleting_everything_leaves_others_theirs(alice: Somebody, charlie: Somebody) -> None:
    for somebody in (alice, charlie):
        added(somebody.person)
        told(somebody.person, "walk", 4, 2)
        actions.arrange(person=somebody.person, practice="walk", where=rules.FIRST)
    actions.delete_everything(person=alice.person)
    kinds = (models.Practice, models.Arrangement, models.Moment, models.ContentsPage)
    assert [model.objects.count() for model in kinds] == [1, 1, 1, 1]
    assert (names(charlie), len(queries.moments(charlie.person))) == (["Tea on the step"], 1)
