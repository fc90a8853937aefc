"""Writing drafts: kept, resting, taken along, told about, kept as a touchstone, deleted. A stranger finds nothing."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.http import Http404

from kindline.ground.people import actions as people
from kindline.ground.vault.records import Changed
from kindline.mine.drafts import actions, models, queries
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

NOW = datetime(2026, 5, 3, 20, 40, tzinfo=UTC)  # 22:40 in Berlin
PARTS = {"need": "quiet after ten"}


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def kept(somebody: Somebody, **changes: object) -> UUID:
    draft_id = uuid4()
    changes = {"parts": PARTS, **changes}
    actions.keep(person=somebody.person, draft_id=draft_id, version=0, changes=changes, now=NOW)
    return draft_id


def found(somebody: Somebody, draft_id: UUID) -> queries.Found:
    return queries.draft(somebody.person, draft_id)


def test_a_new_draft_is_kept_with_its_line_in_the_contents(dana: Somebody) -> None:
    draft_id = kept(dana)
    [line] = queries.drafts(dana.person)
    assert (line.id, line.state, line.changed_at) == (draft_id, "writing", NOW)
    assert found(dana, draft_id).draft.parts == PARTS


def test_the_same_form_sent_twice_makes_one_draft(alice: Somebody) -> None:
    draft_id = uuid4()
    for _ in range(2):
        actions.keep(person=alice.person, draft_id=draft_id, version=0, changes={"parts": PARTS}, now=NOW)
    assert [line.id for line in queries.drafts(alice.person)] == [draft_id]


def test_a_second_first_version_with_other_words_changes_nothing(alice: Somebody) -> None:
    draft_id = kept(alice)
    with pytest.raises(Changed):
        actions.keep(person=alice.person, draft_id=draft_id, version=0, changes={"parts": {"need": "tea"}}, now=NOW)
    assert found(alice, draft_id).draft.parts == PARTS


def test_the_loser_of_two_edits_overwrites_nothing(alice: Somebody) -> None:
    draft_id = kept(alice)
    actions.keep(person=alice.person, draft_id=draft_id, version=1, changes={"parts": {"need": "tea"}}, now=NOW)
    with pytest.raises(Changed):
        actions.keep(person=alice.person, draft_id=draft_id, version=1, changes={"parts": {"need": "rest"}}, now=NOW)
    assert found(alice, draft_id).draft.parts == {"need": "tea"}


def test_the_draft_changed_last_comes_first(alice: Somebody) -> None:
    first, second = kept(alice), kept(alice)
    later = NOW + timedelta(minutes=1)
    actions.keep(person=alice.person, draft_id=first, version=1, changes={"parts": PARTS}, now=later)
    assert [line.id for line in queries.drafts(alice.person)] == [first, second]


def test_kept_until_morning_it_waits_on_the_persons_own_clock(alice: Somebody) -> None:
    people.change_profile(person=alice.person, time_zone="Europe/Berlin")
    draft_id = uuid4()
    changes = {"parts": PARTS}
    actions.keep(person=alice.person, draft_id=draft_id, version=0, changes=changes, until_morning=True, now=NOW)
    morning = datetime(2026, 5, 4, 5, tzinfo=UTC)
    assert found(alice, draft_id).draft.kept_until == morning
    assert queries.waiting(alice.person, morning - timedelta(minutes=1)) == []
    [one] = queries.waiting(alice.person, morning)
    assert (one.kind, one.id, one.title) == ("morning", draft_id, "I need quiet after ten.")


def test_what_is_kept_again_in_the_morning_waits_no_longer(alice: Somebody) -> None:
    draft_id = uuid4()
    actions.keep(person=alice.person, draft_id=draft_id, version=0, changes={}, until_morning=True, now=NOW)
    actions.keep(person=alice.person, draft_id=draft_id, version=1, changes={"parts": PARTS}, now=NOW)
    assert queries.waiting(alice.person, NOW + timedelta(days=1)) == []


def test_two_days_after_it_was_taken_along_it_is_asked_about_until_answered(alice: Somebody) -> None:
    draft_id = kept(alice)
    actions.take_along(person=alice.person, draft_id=draft_id, version=1, now=NOW)
    assert queries.waiting(alice.person, NOW + timedelta(days=1)) == []
    later = NOW + timedelta(days=2)
    assert [one.kind for one in queries.waiting(alice.person, later)] == ["did-you-say-it"]
    actions.tell_outcome(person=alice.person, draft_id=draft_id, version=2, outcome="quiet", now=later)
    assert queries.waiting(alice.person, later + timedelta(days=9)) == []
    assert queries.drafts(alice.person)[0].state == "said"


def test_taking_it_along_again_asks_anew(alice: Somebody) -> None:
    draft_id = kept(alice)
    actions.take_along(person=alice.person, draft_id=draft_id, version=1, now=NOW)
    actions.tell_outcome(person=alice.person, draft_id=draft_id, version=2, outcome="not-said", now=NOW)
    assert queries.drafts(alice.person)[0].state == "writing"
    actions.take_along(person=alice.person, draft_id=draft_id, version=3, now=NOW)
    assert queries.drafts(alice.person)[0].state == "going"


def test_an_outcome_nobody_offered_is_not_noted(alice: Somebody) -> None:
    draft_id = kept(alice)
    with pytest.raises(ValueError, match="gave in"):
        actions.tell_outcome(person=alice.person, draft_id=draft_id, version=1, outcome="gave in", now=NOW)


def test_a_plan_is_kept_with_the_draft(alice: Somebody) -> None:
    draft_id = kept(alice)
    plan = {"hurt": "What did you hear?"}
    actions.rehearse(person=alice.person, draft_id=draft_id, version=1, plan=plan, stands_by="yes", now=NOW)
    assert found(alice, draft_id).draft.plan == plan


def test_a_touchstone_dates_from_the_day_it_was_first_kept(alice: Somebody) -> None:
    draft_id = kept(alice)
    person, later = alice.person, NOW + timedelta(days=20)
    actions.keep_touchstone(person=person, draft_id=draft_id, version=1, text="Quiet at ten.", offer="", now=NOW)
    actions.keep_touchstone(person=person, draft_id=draft_id, version=2, text="Quiet at nine.", offer="", now=later)
    assert queries.touchstones(alice.person) == [queries.Touchstone(draft_id, "Quiet at nine.", NOW)]


def test_a_touchstone_can_rest_and_the_draft_stays(alice: Somebody) -> None:
    draft_id = kept(alice)
    actions.keep_touchstone(person=alice.person, draft_id=draft_id, version=1, text="Quiet.", offer="", now=NOW)
    actions.let_touchstone_rest(person=alice.person, draft_id=draft_id, version=2, now=NOW)
    assert queries.touchstones(alice.person) == []
    assert found(alice, draft_id).draft.parts == PARTS


def test_deleted_is_deleted_for_good(alice: Somebody) -> None:
    draft_id = kept(alice)
    actions.delete(person=alice.person, draft_id=draft_id, page=f"/mine/drafts/{draft_id}/", now=NOW)
    assert queries.drafts(alice.person) == []
    assert not models.Draft.objects.exists()


def test_a_stranger_finds_no_draft_in_any_action_or_query(alice: Somebody, charlie: Somebody) -> None:
    draft_id, stranger = kept(alice), charlie.person
    common = {"person": stranger, "draft_id": draft_id, "now": NOW}
    attempts = [
        lambda: queries.draft(stranger, draft_id),
        lambda: actions.keep(**common, version=0, changes={"parts": {"need": "to know"}}),
        lambda: actions.keep(**common, version=1, changes={"parts": {"need": "to know"}}),
        lambda: actions.take_along(**common, version=1),
        lambda: actions.rehearse(**common, version=1, plan={}, stands_by=""),
        lambda: actions.tell_outcome(**common, version=1, outcome="agreed"),
        lambda: actions.keep_touchstone(**common, version=1, text="Mine.", offer=""),
        lambda: actions.let_touchstone_rest(**common, version=1),
        lambda: actions.delete(**common, page="/"),
    ]
    for attempt in attempts:
        with pytest.raises(Http404):
            attempt()
    assert queries.drafts(stranger) == []
    assert queries.touchstones(stranger) == []
    assert queries.waiting(stranger, NOW + timedelta(days=9)) == []
    assert found(alice, draft_id).version == 1


def test_nothing_of_a_draft_can_be_read_in_its_rows(alice: Somebody) -> None:
    kept(alice, parts={"need": "a canary in the kitchen"})
    rows = [*models.Draft.objects.values_list("sealed"), *models.ContentsPage.objects.values_list("sealed")]
    assert rows
    assert all(b"canary" not in bytes(sealed) for (sealed,) in rows)
