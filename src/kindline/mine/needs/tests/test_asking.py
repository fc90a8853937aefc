"""The leaning and other questionnaires as a browser answers them: plain words, no label, nothing too soon."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from kindline.ground.vault import unsaved
from kindline.mine.needs import actions, queries
from kindline.mine.needs.tests.files import CSI_4, ECR_RS
from kindline.mine.needs.tests.papers import NOW, answered, by_hand
from kindline.mine.needs.tests.test_walking import main_of
from tests.house.test_words import FORBIDDEN, LABELS
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

ASK, HAND = "/mine/needs/questions/", "/mine/needs/leaning/by-hand/"
UNEASY = {f"item-{number}": "7" for number in (1, 3, 5)} | {f"item-{number}": "1" for number in (7, 9)}
NEAR = {f"item-{number}": "1" for number in (2, 6, 8)} | {f"item-{number}": "7" for number in (4, 10)}


def sent(**answers: str) -> dict[str, Any]:
    return {"form_id": str(uuid4()), "of": "leaning", "about": "Sam", **answers}


@pytest.fixture
def instruments(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    folder = tmp_path / "instruments"
    folder.mkdir()
    (folder / "ecr-rs.toml").write_text(ECR_RS)
    (folder / "csi-4.toml").write_text(CSI_4)
    return folder


def test_ten_statements_become_two_numbers_on_a_line(alice: Somebody) -> None:
    form = sent(**UNEASY, **NEAR)
    answer = alice.client.post(ASK, form)
    assert answer.url == reverse("needs:reading", args=[form["form_id"]]) + "?kept=yes"
    page = main_of(alice.client.get(answer.url))
    assert "7 on a line from 1 to 7" in page
    assert "1 on a line from 1 to 7" in page
    assert page.count('role="img"') == 2
    assert queries.leaning(alice.person) == {"reaching": 7.0, "stepping-back": 1.0}


def test_no_page_gives_a_label_a_rank_or_a_verdict(alice: Somebody, instruments: Path) -> None:
    assert instruments.exists()
    pages = []
    for form in (sent(**UNEASY, **NEAR), sent(of="csi-4", **{f"item-{number}": "0" for number in range(1, 5)})):
        pages.append(main_of(alice.client.get(alice.client.post(ASK, form).url)))
    pages.append(main_of(alice.client.get("/mine/needs/leaning/")))
    for page in pages:
        said = re.sub(r"<[^>]+>", " ", page)
        assert not FORBIDDEN.search(said)
        assert not LABELS.search(said)
        assert not re.search(r"distress|normal|average|disorder|%", said, re.IGNORECASE)


def test_with_too_few_answers_a_line_stays_empty_and_says_so(alice: Somebody) -> None:
    page = main_of(alice.client.get(alice.client.post(ASK, sent(**UNEASY)).url))
    assert "When it gets close or heavy: too few answers to say. That’s fine." in page
    assert queries.leaning(alice.person) == {"reaching": 7.0}


def test_an_answer_can_be_taken_back(alice: Somebody) -> None:
    assert alice.client.post(ASK, sent(**{**UNEASY, "item-1": ""})).status_code == 302
    reading_id = queries.lines(alice.person)[0].id
    assert "1" not in queries.find(alice.person, reading_id, "reading").holds.answers


def test_nothing_answered_is_nothing_kept(alice: Somebody) -> None:
    assert alice.client.post(ASK, sent()).status_code == 422
    assert alice.client.post(HAND, {"form_id": str(uuid4()), "about": "Sam"}).status_code == 422
    assert queries.lines(alice.person) == []


@pytest.mark.parametrize("wrong", ["8", "0", "1.5", "x"])
def test_an_answer_nobody_offered_is_refused(alice: Somebody, wrong: str) -> None:
    assert alice.client.post(ASK, sent(**{"item-1": wrong})).status_code == 422
    assert queries.lines(alice.person) == []


def test_too_soon_is_said_calmly_and_the_answers_stay_on_the_page(alice: Somebody) -> None:
    answered(alice.person, timezone.now() - timedelta(days=89), about="Sam")
    answer = alice.client.post(ASK, sent(**UNEASY, **NEAR))
    assert answer.status_code == 422
    assert "A second look" in (page := answer.content.decode()) or "a second look" in page
    assert re.search(r'name="item-1" value="7"[^>]* checked', page)
    assert len(queries.lines(alice.person)) == 1
    assert alice.client.post(ASK, sent(**{**UNEASY, **NEAR, "about": "Jo"})).status_code == 302


def test_before_its_days_are_over_it_is_shown_and_not_asked_again(alice: Somebody) -> None:
    answered(alice.person, timezone.now() - timedelta(days=3), about="Sam")
    page = main_of(alice.client.get("/mine/needs/leaning/"))
    assert "4 on a line from 1 to 7" in page
    assert "Such things move slowly." in page
    assert "Look again" not in page


def test_after_its_days_it_may_be_looked_at_again(alice: Somebody) -> None:
    answered(alice.person, timezone.now() - timedelta(days=90), about="Sam")
    page = main_of(alice.client.get("/mine/needs/leaning/"))
    assert "Look again" in page
    assert "Such things move slowly." not in page


@pytest.mark.parametrize(
    ("first", "says"),
    [(5, "ordinary wobble"), (4, "Higher than last time"), (7, "About as last time")],
)
def test_a_small_change_is_ordinary_wobble(alice: Somebody, first: int, says: str) -> None:
    """The second time the number is 6."""
    reaching = {"1": first, "3": first, "5": first, "7": 8 - first, "9": 8 - first}
    answered(alice.person, timezone.now() - timedelta(days=100), about="Sam", answers=reaching)
    second = {"1": 6, "3": 6, "5": 6, "7": 2, "9": 2}
    reading_id = answered(alice.person, timezone.now() - timedelta(days=1), about="sam", answers=second)
    assert says in main_of(alice.client.get(reverse("needs:reading", args=[reading_id])))


def test_two_people_one_thinks_of_are_not_compared(alice: Somebody) -> None:
    answered(alice.person, about="Sam")
    reading_id = answered(alice.person, NOW + timedelta(days=1), about="Jo")
    assert "last time" not in main_of(alice.client.get(reverse("needs:reading", args=[reading_id])))


def test_a_leaning_can_be_set_by_hand_and_deleted_again(alice: Somebody) -> None:
    form = {"form_id": str(uuid4()), "reaching": "6", "about": "Sam"}
    assert alice.client.post(HAND, form).url == "/mine/needs/leaning/"
    assert alice.client.post(HAND, form).url == "/mine/needs/leaning/"
    assert queries.leaning(alice.person) == {"reaching": 6.0}
    page = main_of(alice.client.get("/mine/needs/leaning/"))
    assert "Set by you." in page
    delete = reverse("needs:delete-reading", args=[form["form_id"]])
    assert alice.client.post(delete).url == "/mine/needs/leaning/"
    assert queries.leaning(alice.person) == {}


@pytest.mark.parametrize(
    ("reaching", "stepping_back", "first", "later"),
    [(6, 2, "Arrive and check in", "One line first"), (2, 6, "One line first", "Arrive and check in")],
)
def test_what_may_suit_stands_first_and_nothing_is_left_out(
    alice: Somebody, reaching: int, stepping_back: int, first: str, later: str
) -> None:
    by_hand(alice.person, reaching=reaching, stepping_back=stepping_back)
    page = main_of(alice.client.get("/mine/needs/leaning/"))
    assert page.index(first) < page.index(later)
    assert "Your own way of relating is the starting point." in page


@pytest.mark.parametrize("name", ["a-hello", "a-set-hour", "one-line", "same-room", "ten-minutes"])
def test_an_idea_begins_a_draft(alice: Somebody, name: str) -> None:
    assert f'href="{reverse("drafts:new")}?start={name}"' in main_of(alice.client.get("/mine/needs/leaning/"))
    draft = alice.client.get(reverse("drafts:new"), {"start": name}).content.decode()
    for words in queries.start_of(alice.person, name).values():
        assert words in draft


def test_an_operators_questionnaire_is_asked_and_its_scales_are_read_as_a_leaning(
    alice: Somebody, instruments: Path
) -> None:
    assert "ECR-RS" in main_of(alice.client.get("/mine/needs/"))
    page = main_of(alice.client.get(ASK, {"of": "ecr-rs"}))
    assert page.count("<fieldset") == 9
    assert 'name="about"' not in page
    alice.client.post(ASK, sent(of="ecr-rs", **{f"item-{number}": "4" for number in range(1, 10)}))
    assert queries.leaning(alice.person) == {"reaching": 4.0, "stepping-back": 4.0}
    reading = reverse("needs:reading", args=[queries.lines(alice.person)[0].id])
    assert reading in main_of(alice.client.get("/mine/needs/")), "the last time is a tap away"
    assert "numbers only" in main_of(alice.client.get(reading))
    (instruments / "ecr-rs.toml").unlink()
    assert "Your answers are still kept." in main_of(alice.client.get(reading))
    assert "4 on a line" in main_of(alice.client.get("/mine/needs/leaning/"))


def test_one_that_shows_the_course_says_how_it_changed_and_names_no_end(alice: Somebody, instruments: Path) -> None:
    assert instruments.exists()
    csi = queries.instruments().find("csi-4")
    assert csi
    answers = {"1": 4, "2": 3, "3": 3, "4": 3}
    answered(alice.person, timezone.now() - timedelta(days=200))  # another questionnaire is no earlier time of this
    for days, last in ((200, 3), (100, 5), (1, 1)):
        at, given = timezone.now() - timedelta(days=days), {**answers, "4": last}
        actions.answer(person=alice.person, reading_id=uuid4(), instrument=csi, answers=given, about="", now=at)
    last_line, middle, _first, _other = queries.lines(alice.person)
    assert "Lower than last time" in main_of(alice.client.get(reverse("needs:reading", args=[last_line.id])))
    assert "ordinary wobble" in main_of(alice.client.get(reverse("needs:reading", args=[middle.id])))


def test_a_questionnaire_that_is_not_there_is_not_found(alice: Somebody) -> None:
    assert alice.client.get(ASK, {"of": "ecr-rs"}).status_code == 404
    assert alice.client.post(ASK, sent(of="../secret")).status_code == 404


def test_half_the_answers_come_back_to_the_questionnaire_they_belong_to(alice: Somebody, instruments: Path) -> None:
    assert instruments.exists()
    fields = {"of": ["ecr-rs"], "item-2": ["6"]}
    unsaved.keep(alice.person.keyring, uuid4(), ASK, fields, timezone.now())
    page = alice.client.get(ASK)
    assert page.context["instrument"].id == "ecr-rs"
    assert re.search(r'name="item-2" value="6"[^>]* checked', page.content.decode())
    assert alice.client.get(ASK, {"of": "leaning"}).context["instrument"].id == "leaning"
    (instruments / "ecr-rs.toml").unlink()
    assert alice.client.get(ASK).context["instrument"].id == "leaning", "its file is gone"


def test_a_stranger_finds_nothing_and_nothing_offers_to_share_it(alice: Somebody, charlie: Somebody) -> None:
    reading_id = answered(alice.person, about="Sam")
    for name in ("needs:reading", "needs:delete-reading"):
        address = reverse(name, args=[reading_id])
        assert charlie.client.get(address).status_code == 404
        assert "data-share" not in alice.client.get(address).content.decode()
    assert charlie.client.post(reverse("needs:delete-reading", args=[reading_id])).status_code == 404
    assert "Sam" not in re.sub(r"<[^>]*>", "", main_of(charlie.client.get("/mine/needs/leaning/")))
    assert "data-share" not in alice.client.get("/mine/needs/leaning/").content.decode()


@pytest.mark.parametrize(
    ("reaching", "stepping_back", "kinds"),
    [
        ("6", "2", ["arriving", "check-in"]),
        ("2", "6", ["small-steps", "alone"]),
        ("6", "7", ["small-steps", "alone", "arriving", "check-in"]),
    ],
)
def test_a_leaning_suggests_what_could_come_round_and_tells_nobody(
    reaching: str, stepping_back: str, kinds: list[str], alice: Somebody
) -> None:
    form = {"form_id": str(uuid4()), "about": "Sam", "reaching": reaching, "stepping_back": stepping_back}
    assert alice.client.post(HAND, form).status_code == 302
    page = main_of(alice.client.get("/mine/needs/"))
    links = re.findall(r'href="(/ours/rhythms/new/\?kind=([a-z-]+))"', page)
    assert [kind for _link, kind in links] == kinds, "the stronger one first, and nothing but a kind in the address"
    assert "Your own way of relating is the starting point." in page
    for link, _kind in links:
        assert alice.client.get(link).status_code == 200


def test_without_a_leaning_both_ways_are_offered_on_its_page(alice: Somebody) -> None:
    page = main_of(alice.client.get("/mine/needs/leaning/"))
    assert len(re.findall(r"/ours/rhythms/new/\?kind=", page)) == 4
