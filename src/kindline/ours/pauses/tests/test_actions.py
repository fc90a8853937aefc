"""Stepping away, needing longer, coming back: Alice and Bob, Charlie a stranger, Dana alone."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from kindline.ground.people.refusing import Refused
from kindline.ground.vault import circles
from kindline.ground.vault.circles import Closed
from kindline.ground.vault.models import Circle
from kindline.ground.vault.records import Changed
from kindline.ours.agreements import queries as agreements
from kindline.ours.agreements.tests import living
from kindline.ours.pauses import actions, models, queries, rules, shapes, words
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NOW = datetime(2026, 5, 3, 18, 53, 20, tzinfo=UTC)
BACK = datetime(2026, 5, 3, 19, 15, tzinfo=UTC)
SENTENCE = "I’m calmer now, and I’d like to hear you."


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def steps_away(
    one: Somebody, now: datetime = NOW, back: datetime | None = None, pause_id: UUID | None = None
) -> models.Pause:
    back = back or rules.back_at(now, 20)
    return actions.step_away(circle=shared_by(one), pause_id=pause_id or uuid4(), return_at=back, now=now)


def needs_longer(one: Somebody, pause: models.Pause, over: datetime, back: datetime, now: datetime) -> models.Pause:
    return actions.need_longer(circle=shared_by(one), pause_id=pause.id, over=over, return_at=back, now=now)


def comes_back(one: Somebody, now: datetime = BACK) -> models.Pause:
    row = actions.come_back(circle=shared_by(one), now=now)
    assert row is not None
    return row


def says(one: Somebody, pause: models.Pause, version: int = 0, sentence: str = SENTENCE, way: str = rules.TALK) -> None:
    actions.say_on_return(
        circle=shared_by(one), pause=pause, sentence=sentence, way=way, version=version, now=BACK + minutes(1)
    )


def around(one: Somebody, now: datetime) -> queries.Around:
    return queries.around(one.person, now)


def mark() -> UUID:
    return Circle.objects.get().mark


def test_a_pause_shows_to_both_until_its_person_is_back(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    steps_away(bob)
    hers, his = around(alice, NOW), around(bob, NOW)
    assert hers.theirs is not None
    assert (hers.theirs.name, hers.theirs.return_at, hers.theirs.state) == ("Bob", BACK, "away")
    assert hers.mine is None
    assert his.mine is not None
    assert (his.mine.return_at, his.theirs) == (BACK, None)
    past = around(alice, BACK)
    assert past.theirs is not None
    assert (past.theirs.state, past.soon) == ("past", None)
    comes_back(bob, BACK + minutes(2))
    hers = around(alice, BACK + minutes(3))
    assert hers.theirs is None
    assert hers.back is not None
    assert around(alice, BACK + timedelta(hours=4)).back is None
    assert around(bob, BACK + minutes(3)).mine is None


def test_stepping_away_needing_longer_and_coming_back_wake_open_pages(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    marks = {mark()}
    row = steps_away(bob)
    marks.add(mark())
    needs_longer(bob, row, BACK, BACK + minutes(20), NOW)
    marks.add(mark())
    comes_back(bob)
    assert len(marks | {mark()}) == 4


def test_the_same_form_twice_is_one_pause_and_whoever_is_away_stays_so(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    first = steps_away(bob)
    assert steps_away(bob, NOW + minutes(1), pause_id=first.id).return_at == BACK
    other = steps_away(bob, NOW + minutes(6), back=BACK + minutes(60))
    assert (other.id, other.return_at) == (first.id, BACK)
    assert models.Pause.objects.count() == 1
    comes_back(bob)
    assert steps_away(bob, BACK, pause_id=first.id).ended_at == BACK, "sent again from a page before it: still ended"


def test_both_can_be_away_and_a_pause_binds_only_its_caller(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    steps_away(bob)
    steps_away(alice, NOW + minutes(1), back=BACK + minutes(30))
    comes_back(alice, BACK)
    hers = around(alice, NOW + minutes(5))
    assert hers.theirs is not None
    assert hers.mine is None
    with pytest.raises(Http404):
        needs_longer(alice, models.Pause.objects.get(person_id=bob.person.id), BACK, BACK + minutes(20), NOW)


def test_a_new_time_can_be_given_twice_and_the_form_twice_gives_one(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    row = steps_away(bob)
    assert needs_longer(bob, row, BACK, BACK + minutes(20), NOW).renewed == 1
    assert needs_longer(bob, row, BACK, BACK + minutes(40), NOW).return_at == BACK + minutes(20)
    assert needs_longer(bob, row, BACK + minutes(20), BACK + minutes(60), BACK).renewed == 2
    with pytest.raises(Refused, match="twice"):
        needs_longer(bob, row, BACK + minutes(60), BACK + minutes(90), BACK)
    hers = around(alice, NOW)
    assert hers.theirs is not None
    assert (hers.theirs.return_at, hers.theirs.away.renewed) == (BACK + minutes(60), 2)


def test_a_new_time_after_the_return_is_refused(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    row = steps_away(bob)
    comes_back(bob)
    with pytest.raises(Refused, match="ended"):
        needs_longer(bob, row, BACK, BACK + minutes(20), BACK)


@pytest.mark.parametrize("back", [NOW - minutes(5), NOW + minutes(14), NOW + timedelta(hours=24, minutes=5)])
def test_a_time_that_does_not_fit_is_refused_with_a_sentence_and_wakes_nobody(
    alice: Somebody, bob: Somebody, back: datetime
) -> None:
    pair(alice, bob)
    before = mark()
    with pytest.raises(Refused) as why:
        steps_away(bob, back=back)
    assert why.value.sentence.endswith(".")
    assert mark() == before
    assert not models.Pause.objects.exists()


def test_a_pause_ends_by_itself_after_a_day_and_the_next_one_takes_its_place(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    steps_away(bob)
    tomorrow = NOW + timedelta(hours=24)
    assert around(alice, tomorrow).theirs is None
    assert queries.away_since(bob.person, tomorrow) is None
    second = steps_away(bob, tomorrow)
    assert list(models.Pause.objects.values_list("id", flat=True)) == [second.id]


def test_of_an_earlier_pause_nothing_stays(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    steps_away(bob)
    says(bob, comes_back(bob))
    steps_away(bob, BACK + minutes(10))
    assert models.Pause.objects.count() == 1
    assert not models.Soft.objects.exists()


def test_the_database_holds_one_pause_a_person_and_two_new_times_at_most(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    row = steps_away(bob)
    for wrong in (
        {"id": uuid4()},  # a second one
        {"renewed": 3},
        {"return_at": row.started_at},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Pause(**{**plain(row), **wrong}).save(force_insert="id" in wrong)


def plain(row: models.Pause) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_coming_back_twice_is_coming_back_once_and_without_a_pause_nothing_happens(
    alice: Somebody, bob: Somebody
) -> None:
    pair(alice, bob)
    assert actions.come_back(circle=shared_by(bob), now=NOW) is None
    steps_away(bob)
    comes_back(bob, BACK)
    before = mark()
    assert comes_back(bob, BACK + minutes(9)).ended_at == BACK
    assert mark() == before


def test_the_one_who_returns_says_a_sentence_and_what_they_would_like(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    row = steps_away(bob)
    with pytest.raises(Refused, match="still away"):
        says(bob, row)
    row = comes_back(bob)
    says(bob, row)
    says(bob, row)  # the form twice
    back = around(alice, BACK + minutes(2)).back
    assert back is not None
    assert back.soft is not None
    assert (back.soft.sentence, back.soft.way) == (SENTENCE, "talk")
    with pytest.raises(Changed):
        says(bob, row, sentence="Let’s eat first.")
    says(bob, row, version=1, sentence="Let’s eat first.", way=rules.DROP)
    assert models.Soft.objects.get().version == 2


def test_what_was_put_in_the_row_of_a_sentence_is_not_believed(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    steps_away(bob)
    says(bob, comes_back(bob))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pauses_soft SET version = 7")
    back = around(alice, BACK + minutes(2)).back
    assert back is not None
    assert back.soft is None


def test_a_topic_is_listed_for_both_until_a_day_after_its_time_and_either_lets_it_go(
    alice: Somebody, bob: Somebody
) -> None:
    pair(alice, bob)
    row, topic_id, at = (steps_away(bob), uuid4(), BACK + timedelta(days=2))
    row = comes_back(bob)
    aside = actions.Aside(topic_id, "the summer", at)
    for _twice in range(2):
        actions.say_on_return(
            circle=shared_by(bob), pause=row, sentence="", way=rules.SET_ASIDE, version=0, aside=aside, now=BACK
        )
    for one, name in ((alice, "Bob"), (bob, "")):
        assert [(topic.topic, topic.at, topic.name) for topic in around(one, at + timedelta(hours=23)).topics] == [
            ("the summer", at, name)
        ]
        assert around(one, at + timedelta(days=1)).topics == []
    with pytest.raises(Changed):
        actions.set_aside(circle=shared_by(bob), topic_id=topic_id, topic="money", at=at, now=BACK)
    actions.let_go(circle=shared_by(alice), topic_id=topic_id)
    assert around(bob, at).topics == []
    with pytest.raises(Http404):
        actions.let_go(circle=shared_by(alice), topic_id=topic_id)


@pytest.mark.parametrize("ahead", [timedelta(), -timedelta(days=1), timedelta(days=61)])
def test_a_topic_for_a_time_that_does_not_fit_says_nothing_at_all(
    alice: Somebody, bob: Somebody, ahead: timedelta
) -> None:
    pair(alice, bob)
    steps_away(bob)
    row = comes_back(bob)
    aside = actions.Aside(uuid4(), "the summer", BACK + ahead)
    with pytest.raises(Refused):
        actions.say_on_return(
            circle=shared_by(bob), pause=row, sentence="", way=rules.SET_ASIDE, version=0, aside=aside, now=BACK
        )
    assert not models.Soft.objects.exists()


def test_a_stranger_and_the_other_find_nothing_of_ones_own(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    pair(alice, bob)
    row = steps_away(bob)
    for one in (alice, charlie):
        with pytest.raises(Http404):
            queries.own(one.person, row.id)
    assert around(charlie, NOW) == queries.Around(None, "", None, None, None, [], None)


def test_an_id_of_somebody_elses_is_not_found(
    alice: Somebody, bob: Somebody, charlie: Somebody, dana: Somebody
) -> None:
    pair(alice, bob)
    pair(charlie, dana)
    row = steps_away(bob)
    with pytest.raises(Http404):
        steps_away(charlie, pause_id=row.id)


def test_in_a_space_that_is_closed_nothing_begins_and_nothing_holds(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    steps_away(bob)
    circle = shared_by(bob)
    circles.close(shared_by(alice), NOW, keep=True)
    with pytest.raises(Closed):
        actions.step_away(circle=circle, pause_id=uuid4(), return_at=BACK, now=NOW)
    assert queries.away_since(bob.person, NOW) is None
    assert around(bob, NOW).mine is None
    pair(alice, bob)
    assert steps_away(bob, NOW + minutes(1)).circle_id != circle.circle


def test_leaving_with_ones_words_takes_ones_pause_words_and_topics_along(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    steps_away(bob)
    says(bob, comes_back(bob))
    for one, topic in ((alice, "the move"), (bob, "the summer")):
        at = BACK + timedelta(days=2)
        actions.set_aside(circle=shared_by(one), topic_id=uuid4(), topic=topic, at=at, now=BACK)
    with transaction.atomic():
        actions.withdraw_words(circle=shared_by(bob))
    assert not models.Pause.objects.exists()
    assert not models.Soft.objects.exists()
    assert [one.topic for one in around(bob, BACK).topics] == ["the move"]


def test_everything_of_the_room_is_taken_along(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    circle = pair(alice, bob)
    steps_away(bob)
    says(bob, comes_back(bob))
    at = BACK + timedelta(days=2)
    actions.set_aside(circle=shared_by(bob), topic_id=uuid4(), topic="the summer", at=at, now=BACK)
    for one in (alice, bob):
        found = list(queries.everything(one.person))
        assert {type(document) for _circle, _row, document in found} == {shapes.Pause, shapes.Soft, shapes.Topic}
        assert {circle_id for circle_id, _row, _document in found} == {circle.circle}
    assert list(queries.everything(charlie.person)) == []


def test_what_is_agreed_beforehand_shows_to_both_while_one_is_away(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    text = words.plan_text(signal="Penguin", minutes=20, where="the balcony", children="whoever stays is with them")
    form_id = uuid4()
    made = actions.prepare_plan(person=alice.person, circle=shared_by(alice), text=text, form_id=form_id, now=NOW)
    assert made == form_id
    assert not queries.is_planned(alice.person, shared_by(alice)), "only laid ready: nobody was asked yet"
    from kindline.ours.agreements import actions as giving  # noqa: PLC0415

    agreement = giving.give(person=alice.person, prepared_id=made, version=1, nonce=uuid4(), now=NOW)
    assert agreement == queries.plan_id(shared_by(bob)), "both know it by the same id"
    assert queries.plan(bob.person, shared_by(bob)) is None
    living.says_yes(bob, agreement)
    assert agreements.standing(bob.person)
    assert around(alice, NOW).plan is None
    steps_away(bob)
    for one in (alice, bob):
        plan = around(one, NOW).plan
        assert plan is not None
        assert plan == queries.Plan(agreement, "Penguin. 20 minutes, then back.")
    again = actions.prepare_plan(person=bob.person, circle=shared_by(bob), text=text, form_id=uuid4(), now=NOW)
    assert agreements.prepared(bob.person, again).prepared.agreement == agreement
