"""What the demo makes holds every shape that the rooms of two know, for each of them and for nobody else."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from kindline.coach import listen
from kindline.demo.lives import Shown, lives
from kindline.ground.people.inviting import pair_of
from kindline.ground.people.models import Person
from kindline.ground.people.queries import person_of
from kindline.ground.vault import sessions
from kindline.ground.vault.actions import found, passphrase_root, recovery_root
from kindline.ground.vault.circles import CircleKeys
from kindline.mine.journal import queries as journal
from kindline.ours.agreements import queries as agreements
from kindline.ours.negotiation import queries as talks
from kindline.ours.pauses import queries as pauses
from kindline.ours.rhythms import queries as rhythms
from kindline.ours.thanks import queries as thanks
from tests.people import Somebody, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


class Told(NamedTuple):
    alice: Person
    bob: Person
    shown: list[Shown]


def opened_by(one: Shown) -> Person:
    """Return somebody as they are when they unlock with what the command printed."""
    now = timezone.now()
    keyring = found(passphrase_root(one.name, one.passphrase))
    opened = sessions.opened(sessions.start(keyring, now), now)
    assert opened is not None
    return person_of(opened)


def circle_of(person: Person) -> CircleKeys:
    circle = pair_of(person)
    assert circle is not None
    return circle


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Told]:
    """Make one demo for all tests here, which only look at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        shown = lives(timezone.now())
        alice, bob = (opened_by(one) for one in shown)
        yield Told(alice, bob, shown)
        transaction.set_rollback(True)


def test_both_open_with_what_is_printed_and_share_one_space(told: Told) -> None:
    for one, person in zip(told.shown, (told.alice, told.bob), strict=True):
        assert person.name == one.name
        assert found(recovery_root(one.recovery_code)).account == person.keyring.account
    hers, his = circle_of(told.alice), circle_of(told.bob)
    assert (hers.circle, hers.others[0].name, his.others[0].name) == (his.circle, "Bob", "Alice")


def test_agreements_stand_rest_end_and_wait_in_every_way(told: Told) -> None:
    hers, his = agreements.overview(told.alice), agreements.overview(told.bob)
    assert not hers.unverified
    assert not his.unverified
    assert len(hers.standing) == len(his.standing) >= 8
    assert [line.title for line in hers.for_you] == [line.title for line in his.with_other] != []
    (needs_time,) = hers.with_other
    assert needs_time.needs_time
    assert [(line.id, line.needs_time) for line in his.for_you] == [(needs_time.id, True)]
    assert [line.state for line in hers.resting] == ["rests"]
    assert [line.state for line in hers.past] == ["ended"]
    assert (len(hers.mine), len(his.mine)) == (1, 1)


def test_what_stands_came_about_over_wordings_with_plans_of_both_and_days_to_look_again(told: Told) -> None:
    now = timezone.now()
    kept = [agreements.agreement(told.alice, line.id) for line in agreements.standing(told.alice)]
    texts = [one.standing.stands.version.text for one in kept if one.standing.stands]
    assert sum(len(one.facts.versions) > 1 for one in kept) >= 4
    assert sum(len(text.plan) == 2 for text in texts) >= 3
    days = [text.look_again_on for text in texts if text.look_again_on]
    assert len(days) >= 4
    assert all(day > now.date() for day in days)
    assert {one.facts.versions[0].version.author for one in kept} == set(kept[0].circle.members)


def test_the_coach_hears_nothing_to_soften_in_what_stands(told: Told) -> None:
    for person in (told.alice, told.bob):
        found_there = agreements.overview(person)
        for line in (*found_there.standing, *found_there.mine):
            stands = agreements.agreement(person, line.id).standing.stands
            assert stands is not None
            text = stands.version.text
            asked = text.ask if text.ask.endswith("?") else f"Would you {text.ask}?"
            said = (text.need, text.limit, asked, text.offer, text.flex, text.note, *text.plan.values())
            heard = [(words, note) for words in said for note in listen(words, lens="any").notes]
            assert [(words, note.words) for words, note in heard if note.weight != "listen"] == []
            assert not any(listen(words, lens="any").safety for words in said)


def test_thanks_came_from_both_on_many_days_and_one_today(told: Told) -> None:
    jar = thanks.jar(told.alice)
    assert not jar.unreadable
    given = Counter((line.name, line.is_thanks) for line in jar.lines)
    assert all(given[name, True] >= 20 and given[name, False] >= 8 for name in ("", "Bob"))
    assert [line.name for line in thanks.arrived_today(told.alice, timezone.now())] == ["Bob"]
    assert len(thanks.jar(told.bob).lines) == len(jar.lines)


def test_one_talk_came_to_an_agreement_and_one_has_just_begun(told: Told) -> None:
    begun, laid = talks.talks(told.alice)
    assert (begun.state, begun.step, begun.is_mine) == ("yours", "needs", False)
    assert (laid.state, laid.is_mine) == ("laid", True)
    standing = talks.talk(told.bob, laid.id).standing
    assert len(standing.options) == 5
    assert standing.loop is not None
    assert standing.loop.is_agreed
    assert talks.prepared(told.bob, begun.id, "needs") is not None
    assert any("quiet from eight" in line.title for line in agreements.standing(told.alice))


def test_pauses_were_taken_made_longer_and_returned_from_softly(told: Told) -> None:
    circle, now = circle_of(told.alice), timezone.now()
    rows = [row for person in (told.alice, told.bob) if (row := pauses.own_last(circle_of(person)))]
    assert len(rows) == 2
    assert all(row.ended_at is not None for row in rows)
    assert {row.renewed for row in rows} == {0, 1}
    assert all(pauses.said(circle, row.id, row.person_id) for row in rows)
    assert [topic.name for topic in pauses.topics(circle, now)] == ["Bob"]
    assert pauses.plan(told.bob, circle) is not None
    assert pauses.around(told.alice, now).mine is None


def test_a_check_in_comes_round_with_one_moved_and_one_left_out_and_was_held(told: Told) -> None:
    now = timezone.now()
    hers, his = ([one.kept for one in rhythms.listed(person, now)] for person in (told.alice, told.bob))
    assert Counter(one.rhythm.kind for one in his) == {"check-in": 1, "arriving": 1}
    assert [one.rhythm.kind for one in hers if one.is_mine_alone] == ["alone"]
    check_in = next(one for one in his if one.rhythm.kind == "check-in")
    times = rhythms.times(check_in, (), now)
    assert [(time.is_moved, time.is_skipped) for time in times[1:3]] == [(True, False), (False, True)]
    said = [act for _circle, _row, act in rhythms.everything(told.bob) if isinstance(act, rhythms.SHAPES[3])]
    assert {act.by for act in said if act.words} == {told.alice.id, told.bob.id}
    assert [one.marks for one in rhythms.marked(told.alice)] != []
    assert rhythms.marked(told.bob) == []


def test_each_has_things_of_their_own_that_do_not_open_to_the_other(told: Told) -> None:
    for one, other in ((told.alice, told.bob), (told.bob, told.alice)):
        own = [entry_id for entry_id, _entry in journal.everything(one)]
        assert len(own) >= 8
        with pytest.raises(Http404):
            journal.find(other, own[0])
    (begun, _laid) = talks.talks(told.alice)
    assert talks.prepared(told.alice, begun.id, "needs") is None


def test_charlie_opens_nothing_of_theirs(told: Told) -> None:
    charlie: Somebody = somebody("Charlie")
    overview = agreements.overview(told.alice)
    paths = [
        *(f"/ours/agreements/{line.id}/" for line in (*overview.standing, *overview.for_you, *overview.mine)),
        *(f"/ours/negotiation/{one.id}/" for one in talks.talks(told.bob)),
        f"/ours/thanks/of/{circle_of(told.alice).circle}/",
        f"/mine/journal/{next(journal.everything(told.bob))[0]}/",
    ]
    assert {charlie.client.get(path).status_code for path in paths} == {404}
