"""Own practices and moments: as a browser does it."""

import re
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kindline.ground.vault import unsaved
from kindline.mine.calm import queries, rules
from kindline.mine.calm.models import Moment, Practice
from kindline.mine.calm.tests.moments import DAY, NOW, added, told
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

NEW, TELL, HELPS = "/mine/calm/new/", "/mine/calm/tell/", "/mine/calm/helps/"
FETCH = {"X-Requested-With": "fetch"}


def sent(name: str = "Tea on the step", **fields: Any) -> dict[str, Any]:
    return {"form_id": str(uuid4()), "name": name, "how": "", "minutes": "", **fields}


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def test_a_name_is_a_whole_practice(dana: Somebody) -> None:
    answer = dana.client.post(NEW, sent("Tea"), follow=True)
    assert "Tea" in text(answer)
    (own,) = queries.own_practices(dana.person)
    assert (own.name, own.how, own.minutes) == ("Tea", "", 0)


def test_without_a_name_the_words_stay_in_the_box(alice: Somebody) -> None:
    answer = alice.client.post(NEW, sent("  ", how="Slowly."))
    assert "A word is enough." in text(answer)
    assert "Slowly." in answer.content.decode()
    assert not Practice.objects.exists()


@pytest.mark.parametrize("minutes", ["0", "181", "-3", "ten"])
def test_minutes_that_cannot_be_are_asked_about(alice: Somebody, minutes: str) -> None:
    answer = alice.client.post(NEW, sent(minutes=minutes))
    assert answer.status_code == 200
    assert 'class="wrong"' in answer.content.decode()


def test_a_form_sent_twice_makes_one_practice(alice: Somebody) -> None:
    form = sent()
    for _ in range(2):
        assert alice.client.post(NEW, form).status_code == 302
    assert len(queries.own_practices(alice.person)) == 1


def test_a_practice_is_changed_and_keeps_when_it_was_added(alice: Somebody) -> None:
    first, second = added(alice.person, "First", NOW - DAY), added(alice.person, "Second")
    address = reverse("calm:practice", args=[first])
    page = alice.client.get(address)
    assert 'value="First"' in page.content.decode()
    alice.client.post(address, sent("Still first", minutes="5", version=str(page.context["version"])))
    assert [own.id for own in queries.own_practices(alice.person)] == [first, second]
    assert queries.own_practices(alice.person)[0].minutes == 5


def test_two_windows_show_both_and_either_can_be_kept(alice: Somebody) -> None:
    practice_id = added(alice.person, "Kept")
    address = reverse("calm:practice", args=[practice_id])
    alice.client.post(address, sent("From one window", version="1"))
    met = alice.client.post(address, sent("From the other", version="1"))
    assert met.status_code == 409
    assert "This changed in another window." in text(met)
    assert "From one window" in text(met)
    assert 'value="From the other"' in met.content.decode()
    both = sent("From the other", version=str(met.context["version"]), both="1", form_id=str(met.context["form_id"]))
    assert alice.client.post(address, both).status_code == 302
    assert {own.name for own in queries.own_practices(alice.person)} == {"From one window", "From the other"}


def test_words_for_a_practice_that_is_gone_can_be_kept_as_a_new_one(alice: Somebody) -> None:
    practice_id = added(alice.person)
    assert alice.client.post(reverse("calm:delete", args=[practice_id])).status_code == 302
    met = alice.client.post(reverse("calm:practice", args=[practice_id]), sent("Still here", version="1"))
    assert met.status_code == 404
    assert 'value="Still here"' in met.content.decode()
    assert 'action="/mine/calm/new/"' in met.content.decode()


def test_unsaved_words_come_back_and_can_be_let_go(alice: Somebody) -> None:
    form_id = uuid4()
    unsaved.keep(alice.person.keyring, form_id, NEW, {"name": ["Half a na"]}, timezone.now())
    page = alice.client.get(NEW)
    assert 'value="Half a na"' in page.content.decode()
    alice.client.post(reverse("calm:let-go"), {"form_id": form_id})
    assert "Half a na" not in alice.client.get(NEW).content.decode()


def test_deleting_asks_once(alice: Somebody) -> None:
    practice_id = added(alice.person)
    address = reverse("calm:delete", args=[practice_id])
    page = alice.client.get(address).content.decode()
    assert "Delete this for good?" in page
    assert f'data-drop-kept="practice:{practice_id}"' in page
    assert Practice.objects.count() == 1
    assert alice.client.post(address).url == reverse("calm:list")
    assert not Practice.objects.exists()


def test_any_practice_can_be_put_first_or_further_up(alice: Somebody) -> None:
    alice.client.post(reverse("calm:arrange"), {"first": "rest"})
    alice.client.post(reverse("calm:arrange"), {"up": "walk"})
    assert queries.order(alice.person)[:5] == ["rest", "breathe", "five-things", "far", "walk"]
    page = text(alice.client.get(reverse("calm:list")))
    assert page.index("Letting it rest") < page.index("Breathing")


def test_an_order_of_something_unknown_changes_nothing(alice: Somebody) -> None:
    for fields in ({"first": "<script>"}, {"up": str(uuid4())}, {}):
        assert alice.client.post(reverse("calm:arrange"), fields).status_code == 302
    assert queries.order(alice.person) == list(rules.BUILT_IN)


# Before and after.


def test_one_tap_before_and_one_after_is_kept(alice: Somebody) -> None:
    answers = {"form_id": str(uuid4()), "before": "4", "after": "2", "practice": "walk", "minutes": "20"}
    for _ in range(2):  # told twice, kept once
        assert alice.client.post(TELL, answers, headers=FETCH).status_code == 204
    (moment,) = queries.moments(alice.person)
    assert (moment.said, moment.before, moment.after, moment.minutes) == ("A walk", 4, 2, 20)


def test_without_a_script_it_leads_back_with_a_word(alice: Somebody) -> None:
    answer = alice.client.post(TELL, {"before": "4", "after": "2", "practice": ""}, follow=True)
    assert "How it was before and after is kept, for you alone." in text(answer)
    (moment,) = queries.moments(alice.person)
    assert moment.said == "Only time away"


def test_ones_own_practice_is_told_by_its_name_and_a_strangers_is_not(alice: Somebody, charlie: Somebody) -> None:
    tea = added(alice.person, "Tea")
    for somebody in (alice, charlie):
        somebody.client.post(TELL, {"before": "4", "after": "2", "practice": str(tea)})
    assert queries.moments(alice.person)[0].said == "Tea"
    assert queries.moments(charlie.person)[0].said == "Only time away"


@pytest.mark.parametrize("fields", [{}, {"before": "4"}, {"after": "2"}, {"before": "9", "after": "0"}])
def test_what_is_told_by_half_is_not_kept_and_holds_nobody_up(alice: Somebody, fields: dict[str, str]) -> None:
    assert alice.client.post(TELL, fields).status_code == 302
    assert not Moment.objects.exists()


def test_locked_it_is_not_kept_and_the_answer_goes_over_the_lock(alice: Somebody) -> None:
    form = {"before": "4", "after": "2", "practice": "walk"}
    assert Client().post(TELL, form, headers=FETCH).status_code == 401
    locked = Client()
    met = locked.post(TELL, form)
    assert met.status_code == 401
    assert not Moment.objects.exists()
    unlocking = {"name": alice.name, "passphrase": alice.passphrase, **dict(met.context["carried"])}
    assert locked.post(reverse("door:unlock"), unlocking).url == reverse("moment:back") + "?kept="
    assert [moment.said for moment in queries.moments(alice.person)] == ["A walk"]


def test_two_walks_say_nothing_yet_and_five_do(alice: Somebody) -> None:
    for _ in range(2):
        told(alice.person, "walk", 4, 2)
    assert "After three with the same practice" in text(alice.client.get(HELPS))
    told(alice.person, "walk", 3, 3)
    told(alice.person, "walk", 5, 1)
    told(alice.person, "walk", 3, 2)
    page = alice.client.get(HELPS)
    assert "After a walk you were calmer 4 of 5 times." in text(page)
    assert "this can’t tell the two apart" in text(page)
    assert "<svg viewBox" in page.content.decode()


def test_an_empty_page_says_how_it_fills(dana: Somebody) -> None:
    page = text(dana.client.get(HELPS))
    assert "What helps shows here by and by." in page
    assert "<table" not in page


def test_ones_own_practice_stands_in_the_sentence_as_written(alice: Somebody) -> None:
    for _ in range(3):
        told(alice.person, str(uuid4()), 5, 2, named="<i>Tea</i> 50% %(calmer)s")
    assert "Tea" not in text(alice.client.get(HELPS)).split("Every moment")[0]
    tea = str(uuid4())
    for _ in range(3):
        told(alice.person, tea, 5, 2, named="<i>Tea</i> 50% %(calmer)s")
    page = alice.client.get(HELPS).content.decode()
    assert "After “&lt;i&gt;Tea&lt;/i&gt; 50% %(calmer)s” you were calmer 3 of 3 times." in page


def test_a_moment_can_be_forgotten(alice: Somebody, charlie: Somebody) -> None:
    moment_id = told(alice.person, "walk", 4, 2)
    address = reverse("calm:forget", args=[moment_id])
    assert address in alice.client.get(HELPS).content.decode()
    assert charlie.client.post(address).status_code == 404
    assert alice.client.post(address).url == reverse("calm:helps")
    assert queries.moments(alice.person) == []


def test_many_moments_stand_on_pages_of_their_own(alice: Somebody) -> None:
    with time_machine.travel(NOW, tick=False):
        for number in range(31):
            told(alice.person, "walk", 4, 2, NOW - number * DAY)
        assert alice.client.get(HELPS).content.decode().count("/forget/") == 30
        assert alice.client.get(f"{HELPS}?page=2").content.decode().count("/forget/") == 1


@pytest.mark.parametrize("name", ["practice", "delete"])
def test_a_stranger_finds_nothing_here(alice: Somebody, charlie: Somebody, name: str) -> None:
    address = reverse(f"calm:{name}", args=[added(alice.person, "Only hers")])
    for answer in (charlie.client.get(address), charlie.client.post(address, sent("Mine", version="1"))):
        assert answer.status_code == 404
        assert "Only hers" not in answer.content.decode()
    assert [own.name for own in queries.own_practices(alice.person)] == ["Only hers"]
    assert Client().get(address).url.startswith("/unlock/")
