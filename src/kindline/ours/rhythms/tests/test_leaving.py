"""What becomes of rhythms when somebody leaves, empties their place, or takes everything along."""

from datetime import date
from uuid import uuid4

import pytest

from kindline.ground.people.alone import own_circle
from kindline.ground.people.inviting import pair_of
from kindline.ground.vault.circles import Closed
from kindline.ours.rhythms import actions, ledger, models, queries, rules
from kindline.ours.rhythms.tests import living
from kindline.ours.rhythms.tests.test_actions import NOW, TODAY, frozen, titles, two
from tests.people import Somebody, shared_by

__all__ = ["frozen", "two"]
pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def test_leaving_takes_back_what_only_one_planned_and_what_one_chose(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    mine, theirs = living.planned(alice, title="Mine"), living.planned(bob, title="Theirs")
    for rhythm in (mine, theirs):
        kept = ledger.kept(alice.person, rhythm)
        actions.choose(person=alice.person, kept=kept, is_muted=True, feed_says="Tea")
        actions.choose(person=bob.person, kept=kept, is_muted=True, feed_says="")
    living.leaves(alice, withdraws=True)
    assert set(models.Rhythm.objects.values_list("id", flat=True)) == {theirs}
    assert set(models.Own.objects.values_list("person_id", flat=True)) == {bob.person.keyring.account}
    assert ledger.kept(bob.person, theirs).rhythm.title == "Theirs"
    assert titles(bob) == [], "closed: nothing comes round any more"


def test_leaving_takes_no_words_of_the_other_along(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    rhythm = living.planned(alice, title="Sunday table")
    talk = living.begun(bob, rhythm)
    for one, words in ((alice, "For the tea."), (bob, "For the lamp.")):
        found = ledger.check_in(one.person, talk, NOW)
        actions.give(person=one.person, talk=found, part=rules.THANKS, words=words, act_id=uuid4(), now=NOW)
    living.leaves(alice, withdraws=True)
    left = ledger.check_in(bob.person, talk, NOW)
    assert [act.words for act in left.acts] == ["For the lamp."]
    assert left.kept.rhythm.title == "Sunday table"


def test_nothing_is_written_in_a_space_that_somebody_left(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    rhythm = living.planned(alice)
    kept, time = ledger.kept(bob.person, rhythm), living.next_time(bob, rhythm)
    living.leaves(alice)
    for act in (
        lambda: actions.skip(kept=kept, original=time.original, over=time.wall),
        lambda: actions.end(kept=kept, now=NOW),
        lambda: actions.begin(kept=kept, check_in_id=uuid4(), now=NOW),
        lambda: living.changed(bob, rhythm, 8),
    ):
        with pytest.raises(Closed):
            act()


def test_everything_of_ones_own_goes_when_a_place_is_emptied(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    rhythm = living.planned(bob)
    living.planned(alice, alone=True)
    kept = ledger.kept(alice.person, rhythm)
    actions.mark(person=alice.person, kept=kept, original=living.next_time(alice, rhythm).original, how=rules.KEPT)
    actions.choose(person=alice.person, kept=kept, is_muted=True, feed_says="Tea")
    actions.call_season(person=alice.person, circle=None, today=TODAY, until=date(2026, 4, 1))
    actions.delete_everything(person=alice.person)
    assert titles(alice) == titles(bob) == ["Our check-in"], "what two share stays with both"
    assert not models.Marks.objects.exists()
    assert not models.Own.objects.exists()
    assert not models.Season.objects.exists()


def test_all_that_two_share_and_what_is_ones_own_is_taken_along(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    rhythm, own = living.planned(alice), living.planned(alice, alone=True)
    talk = living.begun(bob, rhythm)
    line = uuid4()
    actions.give(
        person=bob.person,
        talk=ledger.check_in(bob.person, talk, NOW),
        part=rules.THANKS,
        words="For the tea.",
        act_id=line,
        now=NOW,
    )
    actions.mark(
        person=alice.person,
        kept=ledger.kept(alice.person, rhythm),
        original=living.next_time(alice, rhythm).original,
        how=rules.KEPT,
    )
    shared, marks = shared_by(alice).circle, ledger.marks_id(alice.person, rhythm)
    found = [(circle, row) for circle, row, _document in queries.everything(alice.person)]
    assert sorted(found) == sorted(
        [
            (shared, rhythm),
            (shared, marks),
            (shared, talk),
            (shared, line),
            (own_circle(alice.person).circle, own),
        ]
    )
    assert {row for _circle, row, _document in queries.everything(bob.person)} == {rhythm, talk, line}


def test_marks_of_a_rhythm_stay_readable_after_leaving_with_a_copy(two: tuple[Somebody, Somebody]) -> None:
    alice, _bob = two
    rhythm = living.planned(alice)
    kept = ledger.kept(alice.person, rhythm)
    actions.mark(person=alice.person, kept=kept, original=living.next_time(alice, rhythm).original, how=rules.KEPT)
    living.leaves(alice)
    assert pair_of(alice.person) is None
    assert ledger.marks(alice.person, rhythm) is not None


def test_on_paper_both_are_named_in_a_check_in_with_the_part_it_was_given_in(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    talk = living.begun(bob, living.planned(alice))
    for one, part, words in ((alice, rules.THANKS, "For the tea."), (bob, rules.WISH, "A walk.")):
        found = ledger.check_in(one.person, talk, NOW)
        actions.give(person=one.person, talk=found, part=part, words=words, act_id=uuid4(), now=NOW)
    assert queries.readable(alice.person)[-1].parts == [
        ("You · One thanks each", "For the tea."),
        ("Bob · One wish each", "A walk."),
    ]
    assert queries.readable(bob.person)[-1].parts == [
        ("Alice · One thanks each", "For the tea."),
        ("You · One wish each", "A walk."),
    ]


@pytest.mark.parametrize("leaver", [0, 1])
def test_both_find_the_way_to_a_check_in_they_held_when_the_space_is_closed(
    leaver: int, two: tuple[Somebody, Somebody]
) -> None:
    alice, bob = two
    rhythm = living.planned(alice, title="Sunday table")
    talk = living.begun(bob, rhythm)
    found = ledger.check_in(bob.person, talk, NOW)
    actions.give(person=bob.person, talk=found, part=rules.THANKS, words="For the lamp.", act_id=uuid4(), now=NOW)
    actions.stop(person=bob.person, talk=found, part=rules.THANKS, act_id=uuid4(), now=NOW)
    space, way = shared_by(alice).circle, f'href="/ours/rhythms/check-in/{talk}/"'
    assert way in alice.client.get(f"/ours/rhythms/{rhythm}/").content.decode()
    living.leaves(two[leaver])
    for one in (alice, bob):
        for where in (f"/ours/rhythms/{rhythm}/", f"/together/closed/{space}/"):
            assert way in one.client.get(where).content.decode(), where
        assert "For the lamp." in one.client.get(f"/ours/rhythms/check-in/{talk}/").content.decode()
