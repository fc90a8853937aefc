"""Thanks between two, a jar for one: what can be given, who finds it, and what nobody can tell."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.http import Http404

from kindline.ground.people import actions as people
from kindline.ground.people.alone import found_circle
from kindline.ground.people.refusing import Refused
from kindline.ground.vault import circles
from kindline.ground.vault.circles import Closed
from kindline.ground.vault.models import Circle
from kindline.ours.thanks import actions, models, queries
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NOW = datetime(2026, 5, 3, 18, 20, tzinfo=UTC)
TEA = "Thanks for making tea when I couldn’t talk."


def thanked(one: Somebody, text: str = TEA, now: datetime = NOW, form_id: UUID | None = None) -> UUID:
    form_id = form_id or uuid4()
    actions.thank(person=one.person, circle=shared_by(one), text=text, form_id=form_id, now=now)
    return form_id


def put_in(one: Somebody, text: str = "The heron again.", now: datetime = NOW) -> UUID:
    form_id, circle = uuid4(), queries.present_circle(one.person)
    actions.put_in_the_jar(person=one.person, circle=circle, text=text, form_id=form_id, now=now)
    return form_id


def words(one: Somebody) -> list[str]:
    return [line.text for line in queries.jar(one.person).lines]


def mark() -> UUID:
    return Circle.objects.get().mark


def test_thanks_are_on_the_others_today_for_a_day_and_in_the_jar_of_both(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    thanked(alice)
    (new,) = queries.arrived_today(bob.person, NOW + timedelta(hours=23, minutes=59))
    assert (new.text, new.name, new.is_thanks) == (TEA, "Alice", True)
    assert queries.arrived_today(bob.person, NOW + timedelta(hours=24)) == []
    assert queries.arrived_today(alice.person, NOW) == []
    assert words(alice) == words(bob) == [TEA]
    assert [line.name for line in queries.jar(alice.person).lines] == [""]


def test_a_day_holds_one_line_and_the_day_is_the_givers_own(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    people.change_profile(person=alice.person, time_zone="Asia/Tokyo")
    just_before_midnight = datetime(2026, 5, 3, 14, 59, tzinfo=UTC)  # 23:59 in Tokyo
    thanked(alice, now=just_before_midnight)
    with pytest.raises(Refused):
        thanked(alice, "And for the bread.", just_before_midnight + timedelta(seconds=30))
    thanked(alice, "And for the bread.", just_before_midnight + timedelta(minutes=1))
    thanked(bob, "Thanks for the lift.", just_before_midnight)
    assert len(words(bob)) == 3


def test_what_is_refused_changes_nothing(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    thanked(alice)
    before = mark()
    with pytest.raises(Refused):
        thanked(alice, "Once more.")
    assert mark() == before
    assert models.Line.objects.count() == 1


def test_the_same_form_twice_is_one_line(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    form_id = thanked(alice)
    assert thanked(alice, form_id=form_id) == form_id
    assert words(bob) == [TEA]


def test_a_good_moment_goes_into_the_jar_and_not_on_today(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    put_in(alice)
    assert words(bob) == ["The heron again."]
    assert queries.arrived_today(bob.person, NOW) == []
    thanked(alice)  # a day has room for both
    with pytest.raises(Refused):
        put_in(alice, "And the kingfisher.")


def test_somebody_alone_has_a_jar_with_room_for_every_moment(dana: Somebody, charlie: Somebody) -> None:
    assert not words(dana)
    assert not Circle.objects.exists(), "looking begins nothing"
    put_in(dana)
    put_in(dana, "Warm bread.", NOW + timedelta(minutes=1))
    assert words(dana) == ["Warm bread.", "The heron again."]
    assert not words(charlie)
    assert found_circle(dana.person) is not None


def test_ones_own_jar_stays_ones_own_beside_a_shared_one(alice: Somebody, bob: Somebody) -> None:
    put_in(alice)
    own = found_circle(alice.person)
    assert own is not None
    pair(alice, bob)
    assert words(alice) == words(bob) == []
    assert queries.own_beside(alice.person, shared_by(alice)) == own.circle
    assert [line.text for line in queries.jar_of(alice.person, own).lines] == ["The heron again."]
    with pytest.raises(Http404):
        queries.circle_of(bob.person, own.circle)


def test_a_line_can_be_taken_back_for_a_day_and_its_day_stays_used(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    line_id = thanked(alice)
    actions.take_back(person=alice.person, line_id=line_id, now=NOW + timedelta(hours=1))
    assert words(alice) == words(bob) == []
    assert queries.arrived_today(bob.person, NOW + timedelta(hours=1)) == []
    with pytest.raises(Refused):
        thanked(alice, "Other words.", NOW + timedelta(hours=1))
    with pytest.raises(Http404):
        actions.take_back(person=alice.person, line_id=line_id, now=NOW + timedelta(hours=1))


def test_after_a_day_a_line_stays(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    line_id = thanked(alice)
    with pytest.raises(Refused):
        actions.take_back(person=alice.person, line_id=line_id, now=NOW + timedelta(hours=24))
    assert words(bob) == [TEA]


def test_alone_a_moment_can_be_taken_out_any_time(dana: Somebody) -> None:
    line_id = put_in(dana)
    actions.take_back(person=dana.person, line_id=line_id, now=NOW + timedelta(days=400))
    assert not models.Line.objects.exists()


def test_only_whoever_gave_a_line_can_take_it_back(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    pair(alice, bob)
    line_id = thanked(alice)
    for other in (bob, charlie):
        with pytest.raises(Http404):
            actions.take_back(person=other.person, line_id=line_id, now=NOW)
    assert words(bob) == [TEA]


def test_a_closed_jar_shows_nothing_to_whoever_closed_it_and_keeps_what_comes(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    before = mark()
    actions.close_jar(person=bob.person, circle=shared_by(bob))
    assert mark() == before, "nobody's open page hears of it"
    thanked(alice)
    assert queries.jar(bob.person).is_closed
    assert words(bob) == []
    assert queries.arrived_today(bob.person, NOW) == []
    assert words(alice) == [TEA]
    actions.open_jar(person=bob.person, circle=shared_by(bob))
    assert words(bob) == [TEA]
    assert models.Lid.objects.count() == 1


def test_opening_a_jar_that_was_never_closed_writes_nothing(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    actions.open_jar(person=bob.person, circle=shared_by(bob))
    assert not models.Lid.objects.exists()


def test_leaving_can_take_ones_own_lines_along_and_no_others(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    thanked(alice)
    put_in(alice)
    thanked(bob, "Thanks for the lift.")
    with transaction.atomic():
        actions.withdraw_words(circle=shared_by(alice))
    assert words(bob) == ["Thanks for the lift."]


def test_nothing_is_given_into_a_closed_space_and_what_is_there_can_be_read(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    line_id = thanked(alice)
    held = shared_by(alice)
    circles.close(shared_by(bob), NOW, keep=False)
    with pytest.raises(Closed):
        actions.thank(person=alice.person, circle=held, text="Late.", form_id=uuid4(), now=NOW + timedelta(days=2))
    with pytest.raises(Closed):
        actions.take_back(person=alice.person, line_id=line_id, now=NOW)
    kept = queries.jar_of(alice.person, queries.circle_of(alice.person, held.circle))
    assert [line.text for line in kept.lines] == [TEA]
    assert queries.arrived_today(alice.person, NOW) == []


def test_a_row_changed_from_outside_hides_no_other(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    broken = thanked(alice)
    thanked(bob, "Thanks for the lift.")
    row = models.Line.objects.get(id=broken)
    models.Line.objects.filter(id=broken).update(sealed=bytes(row.sealed) + b"x")
    shown = queries.jar(alice.person)
    assert (shown.unreadable, [line.text for line in shown.lines]) == (True, ["Thanks for the lift."])


def test_everything_is_what_ones_circles_hold(alice: Somebody, bob: Somebody, charlie: Somebody) -> None:
    pair(alice, bob)
    line_id = thanked(alice)
    taken = put_in(bob)
    actions.take_back(person=bob.person, line_id=taken, now=NOW)
    for one in (alice, bob):
        ((circle, found, line),) = queries.everything(one.person)
        assert (circle, found, getattr(line, "text", "")) == (shared_by(one).circle, line_id, TEA)
    assert not list(queries.everything(charlie.person))


def test_what_is_kept_for_oneself_goes_with_ones_place(dana: Somebody) -> None:
    put_in(dana)
    own = found_circle(dana.person)
    assert own is not None
    actions.close_jar(person=dana.person, circle=own)
    actions.delete_everything(person=dana.person)
    assert not models.Line.objects.exists()
    assert not models.Lid.objects.exists()
