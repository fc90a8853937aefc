"""Proposing and answering: what stands, what rests, what is refused, and that nothing is lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from kindline.ground.people.refusing import Refused
from kindline.ground.vault.circles import Closed, close
from kindline.ground.vault.models import Circle
from kindline.ground.vault.records import Changed
from kindline.ours.agreements import actions, models, queries
from kindline.ours.agreements.actions import Moved, Yes
from kindline.ours.agreements.tests.living import (
    NOW,
    TEXT,
    agreed,
    exact,
    look,
    proposed,
    says_no,
    says_yes,
    steps_back,
    text,
    worded,
)
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.fixture(autouse=True)
def _together(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)


def test_a_proposal_waits_for_the_other_and_binds_nobody(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    for one in (alice, bob):
        assert look(one, agreement).standing.stands is None
    assert [line.id for line in queries.waiting_for_me(bob.person)] == [agreement]
    assert [line.id for line in queries.waiting_for_other(alice.person)] == [agreement]
    assert queries.waiting_for_me(alice.person) == queries.standing(bob.person) == []


def test_it_stands_when_both_have_said_yes(alice: Somebody, bob: Somebody) -> None:
    agreement = agreed(alice, bob)
    for one, other in ((alice, "Bob"), (bob, "Alice")):
        [line] = queries.standing(one.person)
        assert (line.id, line.title, line.offer, line.name) == (agreement, TEXT.ask, TEXT.offer, other)
        assert line.since == NOW
    assert queries.standing(alice.person)[0].is_mine
    assert not queries.standing(bob.person)[0].is_mine


def test_another_wording_waits_for_the_first_again_and_then_stands(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    worded(bob, agreement, text(ask="Would you keep money until we’ve eaten, on weekdays?"))
    assert [line.id for line in queries.waiting_for_me(alice.person)] == [agreement]
    says_yes(alice, agreement)
    assert "weekdays" in queries.standing(bob.person)[0].title


def test_a_wording_leaves_the_others_need_and_limit_alone(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    for changes in ({"need": "less"}, {"limit": "I stay."}, {"plan": {str(alice.person.id): "Alice gives in."}}):
        with pytest.raises(Refused):
            worded(bob, agreement, text(**changes))
    worded(bob, agreement, text(plan={str(bob.person.id): "I go for a walk and come back."}))
    assert look(alice, agreement).standing.open.version.author == bob.person.id


def test_a_newer_wording_unseats_nothing_until_both_say_yes_to_it(alice: Somebody, bob: Somebody) -> None:
    agreement = agreed(alice, bob)
    worded(bob, agreement, text(offer="Tea first."))
    there = look(alice, agreement).standing
    assert (there.stands.version.number, there.open.version.number) == (1, 2)
    assert queries.waiting_for_me(alice.person)[0].also_open
    says_no(alice, agreement)
    assert look(bob, agreement).standing.stands.version.number == 1
    worded(alice, agreement, text(offer="Tea, then I listen."))
    says_yes(bob, agreement)
    assert look(alice, agreement).standing.stands.version.number == 3


def test_stepping_back_ends_it_at_once_and_nothing_older_comes_back(alice: Somebody, bob: Somebody) -> None:
    agreement = agreed(alice, bob)
    worded(alice, agreement, text(offer="Tea first."))
    says_yes(bob, agreement)
    steps_back(bob, agreement)
    there = look(alice, agreement).standing
    assert (there.state, there.stands) == ("ended", None)
    assert queries.standing(alice.person) == []
    assert [line.id for line in queries.overview(alice.person).past] == [agreement]
    with pytest.raises(Moved):
        says_yes_to(bob, agreement, look(bob, agreement).facts.versions[0].digest)


def says_yes_to(by: Somebody, agreement: object, digest: str) -> None:
    actions.say_yes(person=by.person, to=[Yes(agreement, digest, uuid4())], now=NOW)


def test_after_a_no_only_who_said_no_comes_back_to_it_for_28_days(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    says_no(bob, agreement, word="Not now, the move is too close.")
    there = look(alice, agreement).standing
    assert (there.state, there.no_by, there.rests_until) == ("rests", bob.person.id, NOW + timedelta(days=28))
    assert there.rests.version.text.limit == TEXT.limit
    soon = NOW + timedelta(days=27)
    with pytest.raises(Refused):
        worded(alice, agreement, text(ask="Would you at least try?"), now=soon)
    with pytest.raises(Refused):
        proposed(alice, text(ask="would you keep  money and plans until we’ve eaten"), now=soon)
    says_yes(bob, agreement, now=soon)
    assert look(alice, agreement).standing.state == "stands"
    other = proposed(alice, text(ask="Would you knock?"), now=soon)
    says_no(bob, other, now=soon)
    worded(alice, other, text(ask="Would you knock at night?"), now=soon + timedelta(days=28))
    assert look(bob, other).standing.waits_for(bob.person.id)


def test_saying_no_again_in_other_words_does_not_begin_the_rest_anew(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    says_no(bob, agreement)
    says_no(bob, agreement, now=NOW + timedelta(days=20), word="Still no; thanks for asking.")
    there = look(alice, agreement).standing
    assert there.rests_until == NOW + timedelta(days=28)
    assert there.answers[bob.person.id].statement.word == "Still no; thanks for asking."


def test_a_person_has_one_open_proposal(alice: Somebody, bob: Somebody) -> None:
    first = proposed(alice)
    with pytest.raises(Refused):
        proposed(alice, text(ask="And would you cook?"))
    proposed(bob, text(ask="Would you call when you are late?"))
    worded(bob, first, text(flex="Fridays too."))  # an answer, not a second wish
    with pytest.raises(Refused):
        proposed(alice, text(ask="And would you cook?"))
    says_yes(alice, first)
    proposed(alice, text(ask="And would you cook?"))


def test_one_can_take_a_wording_back_and_ask_anew(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    meant = exact(alice, agreement)
    with pytest.raises(Refused):
        actions.take_back(person=bob.person, agreement=agreement, exact=meant, nonce=uuid4(), now=NOW)
    actions.take_back(person=alice.person, agreement=agreement, exact=meant, nonce=uuid4(), now=NOW)
    assert look(bob, agreement).standing.state == "taken-back"
    assert queries.waiting_for_me(bob.person) == []
    worded(alice, agreement, text(ask="Would you wait ten minutes?"))
    assert [line.title for line in queries.waiting_for_me(bob.person)] == ["Would you wait ten minutes?"]


def test_taking_it_back_after_a_no_does_not_end_the_rest(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    says_no(bob, agreement)
    with pytest.raises(Refused):
        actions.take_back(
            person=alice.person, agreement=agreement, exact=exact(alice, agreement), nonce=uuid4(), now=NOW
        )
    assert look(alice, agreement).standing.state == "rests"


def test_i_need_time_is_an_answer_that_still_waits(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    until = (NOW + timedelta(days=6)).date()
    actions.need_time(
        person=bob.person, agreement=agreement, exact=exact(bob, agreement), nonce=uuid4(), until=until, now=NOW
    )
    [line] = queries.waiting_for_other(alice.person)
    assert line.needs_time
    assert look(alice, agreement).standing.answers[bob.person.id].statement.until == until
    says_yes(bob, agreement)
    assert look(alice, agreement).standing.stands


def test_a_yes_to_a_wording_that_has_just_changed_is_refused(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    meant = exact(bob, agreement)
    worded(alice, agreement, text(ask="Would you keep quiet all evening?"))
    with pytest.raises(Moved):
        says_yes_to(bob, agreement, meant)
    assert models.Statement.objects.count() == 2
    assert look(bob, agreement).standing.stands is None


def test_several_yeses_are_signed_all_or_none(alice: Somebody, bob: Somebody) -> None:
    one = proposed(alice)
    other = agreed(bob, alice, text(ask="Would you call?"))
    meant = exact(bob, one)
    with pytest.raises(Moved):
        actions.say_yes(person=bob.person, to=[Yes(one, meant, uuid4()), Yes(other, "00", uuid4())], now=NOW)
    assert look(bob, one).standing.state == "open"
    assert models.Pin.objects.filter(owner_id=bob.person.id).count() == 1


def test_the_same_form_sent_twice_is_one_statement(alice: Somebody, bob: Somebody) -> None:
    agreement, nonce = proposed(alice), uuid4()
    meant = exact(bob, agreement)
    for _ in range(2):
        actions.say_yes(person=bob.person, to=[Yes(agreement, meant, nonce)], now=NOW)
    assert models.Statement.objects.count() == 2
    with pytest.raises(Changed):
        actions.say_no(person=bob.person, agreement=agreement, exact=meant, nonce=nonce, now=NOW)


def test_a_stranger_finds_nothing(alice: Somebody, bob: Somebody, charlie: Somebody, dana: Somebody) -> None:
    agreement = agreed(alice, bob)
    meant = look(alice, agreement).standing.stands.digest
    pair(charlie, dana)
    for stranger in (charlie, dana):
        assert not queries.overview(stranger.person)
        with pytest.raises(Http404):
            queries.agreement(stranger.person, agreement)
        with pytest.raises(Http404):
            says_yes_to(stranger, agreement, meant)
        with pytest.raises(Http404):
            actions.begin_wording(person=stranger.person, agreement=agreement, now=NOW)
        for act in (actions.say_no, actions.need_time, actions.take_back, actions.withdraw):
            with pytest.raises(Http404):
                act(person=stranger.person, agreement=agreement, exact=meant, nonce=uuid4(), now=NOW)
    nonce = models.Statement.objects.first().id
    with pytest.raises(Http404):
        actions.give(person=charlie.person, prepared_id=uuid4(), version=1, nonce=nonce, now=NOW)


def test_a_stranger_cannot_write_into_somebody_elses_agreement(
    alice: Somebody, bob: Somebody, charlie: Somebody, dana: Somebody
) -> None:
    agreement = agreed(alice, bob)
    before = models.Version.objects.count()
    pair(charlie, dana)
    with pytest.raises(Changed):
        actions.propose(circle=shared_by(charlie), agreement=agreement, text=TEXT, nonce=uuid4(), now=NOW)
    assert models.Version.objects.count() == before
    assert look(alice, agreement).standing.state == "stands"


# Alone.


def test_dana_has_agreements_with_herself(dana: Somebody) -> None:
    ids = [uuid4(), uuid4()]
    for prepared_id, limit in zip(ids, ("I stop at ten.", "I walk first."), strict=True):
        actions.prepare(person=dana.person, prepared_id=prepared_id, text=text(limit=limit), now=NOW, alone=True)
        actions.give(person=dana.person, prepared_id=prepared_id, version=1, nonce=uuid4(), now=NOW)
    mine = queries.with_myself(dana.person)
    assert {line.limit for line in mine} == {"I stop at ten.", "I walk first."}
    assert all(line.is_alone for line in mine)
    assert len({line.circle for line in mine}) == 1, "one circle for all that is mine alone"
    steps_back(dana, mine[0].id)
    assert len(queries.with_myself(dana.person)) == 1


def test_alone_there_is_nobody_to_put_something_to(dana: Somebody) -> None:
    with pytest.raises(Refused):
        actions.prepare(person=dana.person, prepared_id=uuid4(), text=TEXT, now=NOW)
    assert models.Prepared.objects.count() == 0


# What is only prepared.


def test_what_is_prepared_is_private_and_goes_when_it_is_given(alice: Somebody, bob: Somebody) -> None:
    prepared_id, before = uuid4(), Circle.objects.values_list("mark", flat=True).get()
    actions.prepare(person=alice.person, prepared_id=prepared_id, text=TEXT, now=NOW)
    assert Circle.objects.values_list("mark", flat=True).get() == before
    assert queries.in_preparation(bob.person) == []
    with pytest.raises(Http404):
        queries.prepared(bob.person, prepared_id)
    agreement = actions.give(person=alice.person, prepared_id=prepared_id, version=1, nonce=uuid4(), now=NOW)
    assert queries.in_preparation(alice.person) == []
    assert look(bob, agreement).standing.open.version.text == TEXT


def test_giving_twice_is_one_proposal(alice: Somebody) -> None:
    prepared_id, nonce = uuid4(), uuid4()
    actions.prepare(person=alice.person, prepared_id=prepared_id, text=TEXT, now=NOW)
    given = {
        actions.give(person=alice.person, prepared_id=prepared_id, version=1, nonce=nonce, now=NOW) for _ in range(2)
    }
    assert len(given) == 1
    assert models.Version.objects.count() == models.Statement.objects.count() == 1


def test_what_was_changed_since_the_page_was_shown_is_not_given(alice: Somebody) -> None:
    prepared_id = uuid4()
    actions.prepare(person=alice.person, prepared_id=prepared_id, text=TEXT, now=NOW)
    actions.change(
        person=alice.person, prepared_id=prepared_id, version=1, text=text(ask="Would you?"), over=0, now=NOW
    )
    with pytest.raises(Changed):
        actions.give(person=alice.person, prepared_id=prepared_id, version=1, nonce=uuid4(), now=NOW)
    assert models.Version.objects.count() == 0


def test_a_wording_begun_twice_is_one_and_keeps_its_words(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    one = actions.begin_wording(person=bob.person, agreement=agreement, now=NOW)
    actions.change(person=bob.person, prepared_id=one, version=1, text=text(ask="Would you try?"), over=1, now=NOW)
    assert actions.begin_wording(person=bob.person, agreement=agreement, now=NOW) == one
    assert queries.prepared(bob.person, one).prepared.text.ask == "Would you try?"


def test_a_wording_over_an_older_one_is_not_given_and_keeps_its_words(alice: Somebody, bob: Somebody) -> None:
    agreement = proposed(alice)
    prepared_id = actions.begin_wording(person=bob.person, agreement=agreement, now=NOW)
    worded(alice, agreement, text(ask="Would you wait?"))
    with pytest.raises(Moved):
        actions.give(person=bob.person, prepared_id=prepared_id, version=1, nonce=uuid4(), now=NOW)
    assert queries.prepared(bob.person, prepared_id).prepared.text.ask == TEXT.ask


# Where somebody left.


def test_a_closed_space_is_read_and_not_written(alice: Somebody, bob: Somebody) -> None:
    agreement = agreed(alice, bob)
    meant = look(alice, agreement).standing.stands.digest
    close(shared_by(bob), NOW, keep=False)
    there = look(alice, agreement).standing
    assert (there.state, there.stands, there.shown.version.text) == ("closed", None, TEXT)
    assert [line.id for line in queries.overview(alice.person).past] == [agreement]
    with pytest.raises(Closed):
        actions.withdraw(person=alice.person, agreement=agreement, exact=meant, nonce=uuid4(), now=NOW)
    with pytest.raises(Http404):
        queries.agreement(bob.person, agreement)


def test_whoever_leaves_can_take_words_nobody_answered(alice: Somebody, bob: Somebody) -> None:
    together = agreed(alice, bob)
    alone = proposed(alice, text(ask="Would you knock?"))
    actions.withdraw_words(circle=shared_by(alice))
    assert look(bob, together).standing.state == "stands"
    with pytest.raises(Http404):
        queries.agreement(bob.person, alone)


def test_everything_comes_along_with_its_circle(alice: Somebody, bob: Somebody) -> None:
    agreed(alice, bob)
    taken = list(queries.everything(bob.person))
    assert {circle for circle, _row, _document in taken} == {shared_by(bob).circle}
    assert [type(document).__name__ for _circle, _row, document in taken] == ["Wording", "Stated", "Stated"]


def test_deleting_everything_private_leaves_what_is_shared(alice: Somebody, bob: Somebody) -> None:
    agreement = agreed(alice, bob)
    actions.prepare(person=alice.person, prepared_id=uuid4(), text=TEXT, now=NOW)
    own = actions.keep_for_me(person=alice.person, text=TEXT, nonce=uuid4(), now=NOW)
    actions.delete_everything(person=alice.person)
    assert models.Prepared.objects.count() == 0
    with pytest.raises(Http404):
        queries.agreement(alice.person, own)
    assert look(alice, agreement).standing.state == "stands"
    assert models.Pin.objects.filter(owner_id=alice.person.id).count() == 1, "an older copy would still be noticed"
