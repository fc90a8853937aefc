"""An open page hears of what it shows, and of nothing else: not that a phone is back, nor of a press in vain."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from kindline.ground.vault.models import Circle
from kindline.ours.pauses import actions, cookie, models, queries, rules, shapes
from kindline.ours.pauses.queries import Allowed
from tests.people import Somebody, pair, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NOW = datetime(2026, 5, 3, 18, 55, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _together(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def wakes(act: Callable[[], object]) -> bool:
    before = Circle.objects.get().mark
    act()
    return Circle.objects.get().mark != before


def device_of(one: Somebody) -> Allowed:
    """Return what pauses for somebody while they are locked."""

    token = cookie.new_token(24, one.person.zone)
    row = actions.allow(person=one.person, circle=shared_by(one), token=token, is_phone=True, now=NOW)
    return Allowed(row.id, row.circle_id, row.owner_id, token)


@pytest.mark.parametrize("locked", [True, False])
def test_only_what_changes_something_wakes_the_other(alice: Somebody, *, locked: bool) -> None:
    circle, pause_id = device_of(alice) if locked else shared_by(alice), uuid4()
    back, later = NOW + minutes(20), NOW + minutes(50)

    def starts(now: datetime, until: datetime, one_id: UUID) -> None:
        actions.step_away(circle=circle, pause_id=one_id, return_at=until, now=now)

    def needs_longer() -> None:
        actions.need_longer(circle=circle, pause_id=pause_id, over=back, return_at=later, now=NOW + minutes(9))

    def is_back() -> None:
        actions.come_back(circle=circle, now=NOW + minutes(30))

    assert wakes(lambda: starts(NOW, back, pause_id))
    assert not wakes(lambda: starts(NOW, back, pause_id)), "the form came twice"
    assert not wakes(lambda: starts(NOW + minutes(5), later, uuid4())), "away already"
    assert wakes(needs_longer)
    assert not wakes(needs_longer), "the form came twice"
    assert wakes(is_back)
    assert not wakes(is_back), "back already"


def tells(one: Somebody, told: rules.Away, now: datetime, pause_id: UUID | None = None) -> Callable[[], models.Pause]:
    given, circle = pause_id or uuid4(), shared_by(one)
    return lambda: actions.tell(circle=circle, pause_id=given, told=told, shown=now, now=now)


def test_a_phone_that_is_back_with_a_pause_that_is_over_wakes_nobody(alice: Somebody, bob: Somebody) -> None:
    over = rules.Away(NOW - minutes(300), NOW - minutes(270))
    assert not wakes(tells(alice, over, NOW))
    assert [type(one) for _circle, _row, one in queries.everything(alice.person)] == [shapes.Pause]
    assert list(queries.everything(bob.person)) == [], "nor does his own copy tell of it"


def test_a_pause_that_still_runs_wakes_the_other_once(alice: Somebody) -> None:
    told = tells(alice, rules.Away(NOW - minutes(5), NOW + minutes(20)), NOW)
    assert wakes(told)
    assert not wakes(told)


def test_what_was_over_before_it_was_told_wakes_nobody_while_an_earlier_one_still_shows(alice: Somebody) -> None:
    actions.step_away(circle=shared_by(alice), pause_id=uuid4(), return_at=NOW + minutes(20), now=NOW)
    actions.come_back(circle=shared_by(alice), now=NOW + minutes(20))
    later = NOW + minutes(90)
    assert not wakes(tells(alice, rules.Away(NOW + minutes(30), NOW + minutes(60)), later))
