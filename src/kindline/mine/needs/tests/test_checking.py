"""The small check and the room's first page: quiet, and never more than once a week on their own account."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from kindline.mine.needs import queries, rules
from kindline.mine.needs.tests.papers import NOW, answered, by_hand, checked, said, walked
from kindline.mine.needs.tests.test_walking import main_of
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

CHECK = "/mine/needs/check/"


def sent(**answers: str) -> dict[str, Any]:
    return {"form_id": str(uuid4()), **answers}


def test_five_taps_are_a_check(alice: Somebody) -> None:
    met = {f"met-{need}": str(level) for need, level in zip(rules.NEEDS, (1, 2, 3, 4), strict=True)}
    answer = alice.client.post(CHECK, sent(**met, free="2"))
    assert answer.url == "/mine/needs/checks/?kept=yes"
    (kept,) = queries.checks(alice.person)
    assert (kept.met, kept.free) == (dict(zip(rules.NEEDS, (1, 2, 3, 4), strict=True)), 2)
    page = main_of(alice.client.get(answer.url))
    for words in ("hardly", "partly", "mostly", "fully", "with effort"):
        assert words in page


def test_any_statement_may_be_left_out(alice: Somebody) -> None:
    alice.client.post(CHECK, sent(free="4"))
    assert queries.checks(alice.person)[0].met == {}
    assert "Safety" not in main_of(alice.client.get("/mine/needs/checks/"))


def test_leaving_out_all_keeps_nothing(alice: Somebody) -> None:
    assert alice.client.post(CHECK, sent()).url == "/mine/needs/"
    assert queries.checks(alice.person) == []


def test_the_same_form_twice_is_one_check(alice: Somebody) -> None:
    form = sent(free="4")
    assert {alice.client.post(CHECK, form).status_code for _ in range(2)} == {302}
    assert len(queries.checks(alice.person)) == 1


def test_an_answer_nobody_offered_is_refused(alice: Somebody) -> None:
    assert alice.client.post(CHECK, sent(free="9")).status_code == 422
    assert queries.checks(alice.person) == []


@pytest.mark.parametrize(("free", "leads_to_help"), [(1, True), (2, True), (3, False), (0, False)])
def test_where_saying_no_is_hard_help_is_near(alice: Somebody, free: int, *, leads_to_help: bool) -> None:
    checked(alice.person, free=free, safety=3)
    assert (reverse("care:help") in main_of(alice.client.get("/mine/needs/checks/"))) is leads_to_help


@pytest.mark.parametrize(("days", "offered"), [(6, False), (7, True)])
def test_it_is_offered_once_a_week_at_most(alice: Somebody, days: int, *, offered: bool) -> None:
    checked(alice.person, timezone.now() - timedelta(days=days))
    assert ("See how it is" in main_of(alice.client.get("/mine/needs/"))) is offered


def test_a_check_is_deleted_for_good(alice: Somebody, charlie: Somebody) -> None:
    check_id = checked(alice.person)
    delete = reverse("needs:delete-check", args=[check_id])
    assert charlie.client.post(delete).status_code == 404
    assert alice.client.get(delete).status_code == 200
    assert alice.client.post(delete).url == "/mine/needs/checks/"
    assert queries.checks(alice.person) == []


def test_the_first_page_of_somebody_new_has_one_thing_to_do(dana: Somebody) -> None:
    page = main_of(dana.client.get("/mine/needs/"))
    assert page.count('class="button"') == 1
    assert reverse("needs:walk") in page
    assert "may suit you" not in page


def test_the_first_page_shows_the_last_of_everything(alice: Somebody) -> None:
    walked(alice.person, NOW, secure="Old words.")
    walked(alice.person, NOW + timedelta(days=1), secure="New words.")
    checked(alice.person, safety=2)
    said(alice.person, "I do come back.")
    by_hand(alice.person, reaching=6, stepping_back=1)
    page = main_of(alice.client.get("/mine/needs/"))
    for words in ("New words.", "partly", "I do come back.", "Arrive and check in"):
        assert words in page
    assert "Old words." not in page
    assert "One line first" not in page


def test_the_first_page_opens_no_paper(alice: Somebody, django_assert_max_num_queries: Any) -> None:
    for keep in (walked, checked, answered, said):
        keep(alice.person)
    with django_assert_max_num_queries(12):
        alice.client.get("/mine/needs/")
