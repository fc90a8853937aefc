from datetime import timedelta

import pytest
from django.urls import reverse

from kindline.ground.people.actions import change_profile
from kindline.mine.journal.shapes import Insight
from kindline.mine.journal.tests.entries import NOW, kept
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

LIST, SEARCH = "/mine/journal/", "/mine/journal/search/"
DAY = timedelta(days=1)


def shown(one: Somebody, **chosen: str) -> list[str]:
    return [line.first for line in one.client.get(LIST, chosen).context["page"]]


def test_an_empty_journal_says_one_thing_and_shows_one_button(dana: Somebody) -> None:
    page = dana.client.get(LIST).content.decode().partition("<main")[2].partition("</main>")[0]
    assert "One line about what happened is a whole entry." in page
    assert page.count('class="button') == 1


def test_the_list_is_by_month_and_thirty_a_page(alice: Somebody) -> None:
    for number in range(31):
        kept(alice.person, f"Entry {number}.", NOW - number * DAY)
    first, second = alice.client.get(LIST), alice.client.get(LIST, {"page": "2"})
    assert len(first.context["page"]) == 30
    assert [line.first for line in second.context["page"]] == ["Entry 30."]
    assert "<h2>March 2026</h2>" in first.content.decode()
    assert "<h2>February 2026</h2>" in first.content.decode()
    assert 'href="?page=2"' in first.content.decode()


def test_a_month_is_the_persons_own(alice: Somebody) -> None:
    kept(alice.person, at=NOW.replace(month=3, day=31, hour=23))
    change_profile(person=alice.person, time_zone="Asia/Tokyo")
    assert "<h2>April 2026</h2>" in alice.client.get(LIST).content.decode()


def test_filters_find_by_kind_need_and_feeling(alice: Somebody) -> None:
    kept(alice.person, "hurt", NOW, feelings={"hurt": 1}, insight=Insight(need="safety"))
    kept(alice.person, "tired", NOW - DAY, feelings={"tired": 1}, insight=Insight(need="autonomy"))
    kept(alice.person, "good", NOW - 2 * DAY, kind="good", feelings={"glad": 1})
    assert shown(alice, feeling="hurt") == ["hurt"]
    assert shown(alice, need="autonomy") == ["tired"]
    assert shown(alice, kind="good") == ["good"]
    assert shown(alice, kind="friction", feeling="glad") == []
    assert shown(alice, need="unheard of") == ["hurt", "tired", "good"]
    assert "Nothing like that" in alice.client.get(LIST, {"feeling": "proud"}).content.decode()


def test_a_page_keeps_its_filter(alice: Somebody) -> None:
    for number in range(31):
        kept(alice.person, at=NOW - number * DAY, feelings={"hurt": 1})
    assert 'href="?feeling=hurt&amp;page=2"' in alice.client.get(LIST, {"feeling": "hurt"}).content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "99", ""])
def test_an_unknown_page_is_the_nearest(alice: Somebody, page: str) -> None:
    kept(alice.person)
    assert len(alice.client.get(LIST, {"page": page}).context["page"]) == 1


def test_a_search_shows_where_the_words_are_and_escapes_them(alice: Somebody) -> None:
    entry_id = kept(alice.person, "<b>You said</b> never & left.")
    page = alice.client.post(SEARCH, {"asked": "NEVER"}).content.decode()
    assert '&lt;b&gt;You said&lt;/b&gt; <mark class="found">never</mark> &amp; left.' in page
    assert reverse("journal:entry", args=[entry_id]) in page


def test_what_is_looked_for_stands_in_no_address(alice: Somebody) -> None:
    for number in range(31):
        kept(alice.person, f"secretword {number}")
    answer = alice.client.post(SEARCH, {"asked": "secretword"})
    addresses = [part.split('"')[0] for part in answer.content.decode().split('href="')[1:]]
    assert not any("secretword" in address for address in addresses)
    assert len(answer.context["page"]) == 30
    assert len(alice.client.post(SEARCH, {"asked": "secretword", "page": "2"}).context["page"]) == 1
    assert alice.client.get(SEARCH, {"asked": "secretword"}).url == LIST


@pytest.mark.parametrize("asked", ["", "   ", "x" * 201, "\x00"])
def test_a_search_for_nothing_says_so(alice: Somebody, asked: str) -> None:
    kept(alice.person)
    answer = alice.client.post(SEARCH, {"asked": asked})
    assert answer.status_code == 200
    assert answer.context["search"].errors


def test_a_search_without_a_find_offers_a_way_on(alice: Somebody) -> None:
    kept(alice.person)
    assert "One word alone may find it." in alice.client.post(SEARCH, {"asked": "giraffe"}).content.decode()


def test_a_stranger_finds_none_of_it(alice: Somebody, charlie: Somebody) -> None:
    kept(alice.person, "giraffe")
    assert "giraffe" not in charlie.client.get(LIST).content.decode()
    assert not charlie.client.post(SEARCH, {"asked": "giraffe"}).context["page"].object_list
