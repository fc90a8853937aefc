"""What two people do in a talk, and what a stranger cannot."""

from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest
from django.http import Http404

from kindline.ground.vault import circles
from kindline.ground.vault.records import Changed, opened, owned
from kindline.ours.negotiation import actions, models, queries, rules, shapes
from kindline.ours.negotiation.actions import Closed, Refused
from kindline.ours.negotiation.rules import COULD, NOT, WORKS
from kindline.ours.negotiation.tests.talking import (
    NOW,
    begun,
    both_heard,
    both_opened,
    listed,
    look,
    loop_agreed,
    ready,
    taps,
    up_to_taps,
)
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def test_a_talk_goes_from_a_topic_to_a_fair_lay_out(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id, options = up_to_taps(alice, bob)
    taps(alice, talk_id, options, WORKS, COULD, NOT, guess=1)
    taps(bob, talk_id, options, COULD, WORKS, WORKS, guess=0)
    actions.open_mine(person=alice.person, talk_id=talk_id, of="taps", now=NOW)
    for who in (alice, bob):
        now = look(who, talk_id)
        assert (now.step, now.loop.words) == ("laid", "I reach, you go quiet")
        assert now.opened["taps"][bob.person.keyring.account].guess == str(options[0])
        assert [one.state for one in queries.talks(who.person)] == ["laid"]


def test_only_one_talk_is_open_at_a_time(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    first = begun(alice)
    with pytest.raises(Refused, match="One at a time"):
        begun(bob, "mornings")
    actions.rest(person=bob.person, talk_id=first, act_id=uuid4(), now=NOW)
    begun(bob, "mornings", NOW + timedelta(days=1))
    assert [(one.topic, one.state, one.is_mine) for one in queries.talks(alice.person)] == [
        ("mornings", "yours", False),
        ("evenings", "rests", True),
    ]


def test_alone_there_is_nobody_to_talk_with(dana: Somebody) -> None:
    with pytest.raises(Refused, match="On one phone, or on paper"):
        begun(dana)


def test_a_topic_sent_twice_is_one_talk(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id = uuid4()
    for _ in range(2):
        actions.begin(person=alice.person, talk_id=talk_id, topic="evenings", now=NOW)
    with pytest.raises(Changed):
        actions.begin(person=alice.person, talk_id=talk_id, topic="mornings", now=NOW)
    assert models.Talk.objects.count() == 1


# Together.


def test_an_act_sent_twice_is_done_once_and_other_words_are_not_lost(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id, act_id = begun(alice), uuid4()
    both_opened(alice, bob, talk_id)
    for _ in range(2):
        actions.make_sense(person=alice.person, talk_id=talk_id, act_id=act_id, words="I see", now=NOW)
    with pytest.raises(Changed):
        actions.make_sense(person=alice.person, talk_id=talk_id, act_id=act_id, words="I see more", now=NOW)
    assert look(bob, talk_id).senses[alice.person.keyring.account].words == "I see"


def test_words_that_are_no_longer_there_are_not_agreed_to(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id = begun(alice)
    both_opened(alice, bob, talk_id)
    both_heard(alice, bob, talk_id)
    first, second = uuid4(), uuid4()
    actions.word_loop(person=alice.person, talk_id=talk_id, act_id=first, words="you go quiet", now=NOW)
    actions.word_loop(person=alice.person, talk_id=talk_id, act_id=second, words="we both go quiet", now=NOW, on=first)
    with pytest.raises(Refused, match="moved on"):
        actions.accept_loop(person=bob.person, talk_id=talk_id, act_id=uuid4(), on=first, now=NOW)
    actions.accept_loop(person=bob.person, talk_id=talk_id, act_id=uuid4(), on=second, now=NOW)
    assert look(alice, talk_id).loop.words == "we both go quiet"


def test_a_loop_can_be_left_out_by_both(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id = begun(alice)
    both_opened(alice, bob, talk_id)
    both_heard(alice, bob, talk_id)
    loop_agreed(bob, alice, talk_id, words="")
    assert look(alice, talk_id).step == "options"


def test_the_thirteenth_option_is_refused(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id = begun(alice)
    both_opened(alice, bob, talk_id)
    both_heard(alice, bob, talk_id)
    loop_agreed(alice, bob, talk_id)
    for number in range(rules.MOST_OPTIONS):
        actions.add_option(person=bob.person, talk_id=talk_id, act_id=uuid4(), words=f"number {number}", now=NOW)
    with pytest.raises(Refused):
        actions.add_option(person=alice.person, talk_id=talk_id, act_id=uuid4(), words="one more", now=NOW)


def test_options_come_off_by_whoever_put_them_there(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id = begun(alice)
    both_opened(alice, bob, talk_id)
    both_heard(alice, bob, talk_id)
    loop_agreed(alice, bob, talk_id)
    option = uuid4()
    actions.add_option(person=alice.person, talk_id=talk_id, act_id=option, words="walks", now=NOW)
    with pytest.raises(Refused):
        actions.take_off(person=bob.person, talk_id=talk_id, act_id=uuid4(), on=option, now=NOW)
    actions.take_off(person=alice.person, talk_id=talk_id, act_id=uuid4(), on=option, now=NOW)
    assert look(bob, talk_id).options == {}


def test_either_lets_it_rest_at_any_moment(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id = begun(alice)
    ready(alice, talk_id)
    actions.rest(person=bob.person, talk_id=talk_id, act_id=uuid4(), now=NOW)
    with pytest.raises(Refused):
        ready(bob, talk_id)
    assert queries.prepared(alice.person, talk_id, "needs").part.said.need == "Alice needs quiet"
    assert models.Act.objects.count() == 1


# Strangers, leaving, taking along.


def test_a_stranger_reaches_nothing(alice: Somebody, bob: Somebody, charlie: Somebody, dana: Somebody) -> None:
    pair(alice, bob)
    pair(charlie, dana)
    talk_id, act_id, now = begun(alice), uuid4(), NOW
    both_opened(alice, bob, talk_id)
    person = charlie.person
    tries = (
        lambda: queries.talk(person, talk_id),
        lambda: ready(charlie, talk_id),
        lambda: actions.not_ready(person=person, talk_id=talk_id, of="needs", now=now),
        lambda: actions.open_mine(person=person, talk_id=talk_id, of="needs", now=now),
        lambda: actions.make_sense(person=person, talk_id=talk_id, act_id=act_id, words="mine", now=now),
        lambda: actions.confirm(person=person, talk_id=talk_id, act_id=act_id, on=talk_id, now=now),
        lambda: actions.correct(person=person, talk_id=talk_id, act_id=act_id, on=talk_id, words="no", now=now),
        lambda: actions.word_loop(person=person, talk_id=talk_id, act_id=act_id, words="mine", now=now),
        lambda: actions.accept_loop(person=person, talk_id=talk_id, act_id=act_id, on=talk_id, now=now),
        lambda: actions.add_option(person=person, talk_id=talk_id, act_id=act_id, words="mine", now=now),
        lambda: actions.take_off(person=person, talk_id=talk_id, act_id=act_id, on=talk_id, now=now),
        lambda: actions.say_all(person=person, talk_id=talk_id, act_id=act_id, now=now),
        lambda: actions.rest(person=person, talk_id=talk_id, act_id=act_id, now=now),
        lambda: actions.begin(person=person, talk_id=talk_id, topic="mine", now=now),
    )
    for reached in tries:
        with pytest.raises(Http404):
            reached()
    assert queries.talks(person) == []
    assert look(alice, talk_id).step == "sense"


def phone(of: Somebody, **facts: object) -> tuple[object, shapes.OnePhone]:
    one_id, one = uuid4(), shapes.OnePhone(topic="evenings", other="Sam", begun_at=NOW, **facts)
    actions.keep_one_phone(person=of.person, one_id=one_id, document=one, version=0, form_id=one_id, now=NOW)
    return one_id, one


def test_a_talk_on_one_phone_is_its_owners_alone(dana: Somebody, charlie: Somebody) -> None:
    one_id, one = phone(dana)
    on = msgspec.structs.replace(one, needs=(shapes.Needs(need="quiet"),))
    actions.keep_one_phone(person=dana.person, one_id=one_id, document=on, version=1, form_id=uuid4(), now=NOW)
    for version in (0, 1):
        with pytest.raises(Changed):
            actions.keep_one_phone(
                person=dana.person, one_id=one_id, document=one, version=version, form_id=uuid4(), now=NOW
            )
    for reached in (
        lambda: queries.one_phone(charlie.person, one_id),
        lambda: actions.delete_one_phone(person=charlie.person, one_id=one_id),
        lambda: actions.keep_one_phone(
            person=charlie.person, one_id=one_id, document=one, version=2, form_id=uuid4(), now=NOW
        ),
    ):
        with pytest.raises(Http404):
            reached()
    assert queries.one_phone(dana.person, one_id).document == on
    actions.delete_one_phone(person=dana.person, one_id=one_id)
    assert queries.on_one_phone(dana.person) == []


def test_in_a_closed_space_nothing_is_done_and_what_was_there_is_read(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id = begun(alice)
    both_opened(alice, bob, talk_id)
    circles.close(shared_by(bob), NOW, keep=False)
    with pytest.raises(Closed):
        actions.make_sense(person=alice.person, talk_id=talk_id, act_id=uuid4(), words="I see", now=NOW)
    now = look(alice, talk_id)
    assert (now.is_over, now.step, len(now.opened["needs"])) == (True, "sense", 2)
    assert [one.state for one in queries.talks(alice.person)] == ["closed"]
    with pytest.raises(Http404):
        look(bob, talk_id)


def test_words_only_one_wrote_go_with_them(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id = begun(bob)
    both_opened(alice, bob, talk_id)
    both_heard(alice, bob, talk_id)
    loop_agreed(alice, bob, talk_id)
    listed(alice, bob, talk_id, "walks")
    actions.rest(person=bob.person, talk_id=talk_id, act_id=uuid4(), now=NOW)
    alone = begun(alice, "money")
    ready(alice, alone)
    actions.withdraw_words(circle=shared_by(alice))
    now = look(bob, talk_id)
    me, his = alice.person.keyring.account, bob.person.keyring.account
    assert (now.opened["needs"][me].need, now.opened["needs"][his].need) == ("", "Bob needs quiet")
    assert (now.loop.words, [one.words for one in now.options.values()]) == ("I reach, you go quiet", ["walks"])
    assert now.senses[me].words == "Alice hears you"
    assert [one.topic for one in queries.talks(bob.person)] == ["evenings"]
    assert models.Promise.objects.count() == 0


def test_what_was_said_and_not_taken_up_goes_too(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id = begun(bob)
    both_opened(alice, bob, talk_id)
    for who in (alice, bob):
        words = f"{who.name} sees"
        actions.make_sense(person=who.person, talk_id=talk_id, act_id=uuid4(), words=words, now=NOW)
    actions.withdraw_words(circle=shared_by(alice))
    senses = look(bob, talk_id).senses
    assert senses[alice.person.keyring.account].words == ""
    assert senses[bob.person.keyring.account].words == "Bob sees"


def test_everything_is_taken_along_by_each_as_they_can_open_it(alice: Somebody, bob: Somebody) -> None:
    circle = pair(alice, bob)
    talk_id = begun(alice)
    ready(alice, talk_id)
    phone(alice)
    assert [one.topic for _, one in queries.on_one_phone(alice.person)] == ["evenings"]
    hers = list(queries.everything(alice.person))
    assert {(type(one), where) for where, _, one in hers} == {
        (shapes.Talk, circle.circle),
        (shapes.Part, circle.circle),
    }
    assert {type(one) for _, _, one in hers} <= set(queries.SHAPES)
    assert [type(one) for _, _, one in queries.everything(bob.person)] == [shapes.Talk]
    actions.delete_everything(person=alice.person)
    assert [type(one) for _, _, one in queries.everything(alice.person)] == [shapes.Talk]
    assert queries.on_one_phone(alice.person) == []


def test_a_row_somebody_changed_counts_for_nothing(alice: Somebody, bob: Somebody) -> None:
    circle = pair(alice, bob)
    talk_id = begun(alice)
    both_opened(alice, bob, talk_id)
    row = owned(models.Act, circle).first()
    assert opened(row, circle, shapes.Act).kind == "open"
    models.Act.objects.filter(id=row.id).update(sealed=bytes(row.sealed) + b"x")
    assert look(bob, talk_id).step == "needs"


def test_a_talk_whose_row_somebody_changed_is_not_found_and_hides_no_other(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    talk_id = begun(alice)
    actions.rest(person=bob.person, talk_id=talk_id, act_id=uuid4(), now=NOW)
    begun(bob, "mornings")
    models.Talk.objects.filter(id=talk_id).update(version=7)
    with pytest.raises(Http404):
        look(alice, talk_id)
    assert [one.topic for one in queries.talks(alice.person)] == ["mornings"]
