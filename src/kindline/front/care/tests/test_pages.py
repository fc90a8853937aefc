import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.urls import reverse

from kindline.front.care.views import broken
from tests.house.markup import Page

OWN = """
[[helpline]]
country = "Utopia"
kind = "crisis"
name = "The <Line> & more"
number = "0800 1"
source = "https://line.example/"
verified_on = 2024-05-01
"""


@pytest.fixture
def data(tmp_path: Path, settings: object) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def help_page(client: Client) -> str:
    answer = client.get(reverse("care:help"))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.usefixtures("data")
def test_help_has_three_doors_and_a_number_behind_each(client: Client) -> None:
    page = help_page(client)
    for door in ("afraid", "might", "here"):
        section = page[page.index(f'<section class="stack" id="{door}"') :]
        assert f'href="#{door}"' in page
        assert 'href="tel:' in section[: section.index("</section>")]
    assert 'href="https://findahelpline.com/"' in page


@pytest.mark.usefixtures("data")
def test_help_says_once_and_above_the_numbers_that_nobody_checked_them(client: Client) -> None:
    page = help_page(client)
    calm = "These numbers could not be checked when this version was made."
    assert page.count(calm) == 1
    assert page.index(calm) < page.index('class="call"')
    assert page.lower().count("checked") == 1


def test_the_operators_own_list_takes_the_place_of_ours(client: Client, data: Path) -> None:
    (data / "helplines.toml").write_text(OWN)
    with time_machine.travel(datetime(2026, 5, 3, tzinfo=UTC), tick=False):
        page = help_page(client)
    assert "The &lt;Line&gt; &amp; more" in page
    assert "Samaritans" not in page
    assert "Last checked on May 1, 2024; it may have changed" in page


def test_a_number_checked_this_year_is_shown_without_a_warning(client: Client, data: Path) -> None:
    (data / "helplines.toml").write_text(OWN)
    with time_machine.travel(datetime(2024, 6, 1, tzinfo=UTC), tick=False):
        page = help_page(client)
    assert "Checked on May 1, 2024" in page
    assert "If one does not answer" not in page


def test_a_list_with_some_dates_says_that_the_others_were_not_checked(client: Client, data: Path) -> None:
    (data / "helplines.toml").write_text(OWN + OWN.replace("verified_on = 2024-05-01", ""))
    with time_machine.travel(datetime(2024, 6, 1, tzinfo=UTC), tick=False):
        page = help_page(client)
    assert page.count("those without a day beside them, not at all") == 1
    assert page.count("hecked on May 1, 2024") == 1


def test_a_wrong_entry_is_left_out_and_named_in_the_log(
    client: Client, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (data / "helplines.toml").write_text(OWN + OWN.replace('"crisis"', '"gossip"').replace("The", "No"))
    with caplog.at_level(logging.WARNING):
        page = help_page(client)
    assert "The &lt;Line&gt;" in page
    assert "No &lt;Line&gt;" not in page
    assert "entry 2" in caplog.text
    assert "“kind”" in caplog.text


@pytest.mark.parametrize("content", [b"[[helpline", b"\xff\xfe\0\0", b"", b'[[helpline]]\ncountry = "x"'])
def test_a_list_without_one_usable_entry_gives_way_to_ours(client: Client, data: Path, content: bytes) -> None:
    (data / "helplines.toml").write_bytes(content)
    assert "Samaritans" in help_page(client)


def test_a_list_that_cannot_be_opened_gives_way_to_ours(client: Client, data: Path) -> None:
    (data / "helplines.toml").mkdir()
    assert "Samaritans" in help_page(client)


def test_about_names_the_operator_or_says_that_nobody_did(client: Client, settings: object) -> None:
    settings.OPERATOR = "Jo <jo@example.org>"
    assert "This server is run by Jo &lt;jo@example.org&gt;." in client.get(reverse("care:about")).content.decode()
    settings.OPERATOR = ""
    page = client.get(reverse("care:about")).content.decode()
    assert "hasn’t said who they are" in page
    assert "Affero" in page


def test_what_is_not_there_answers_kindly(client: Client) -> None:
    answer = client.get("/no/such/place/")
    assert answer.status_code == 404
    assert "nothing at this address" in answer.content.decode()


def test_our_mistakes_answer_without_database_or_details() -> None:
    answer = broken(RequestFactory().get("/mine/journal/?q=secret-words"))
    assert answer.status_code == 500
    assert "Something went wrong here." in answer.content.decode()
    assert "secret-words" not in answer.content.decode()


def test_a_form_that_could_not_be_kept_is_given_back_ready_to_be_sent_again() -> None:
    said = 'He left.\n"Without" <b>a word.'
    request = RequestFactory().post("/mine/journal/write/?kind=good", {"what": said, "did": ["quiet", "freeze"]})
    html = broken(request).content.decode()
    assert "That couldn’t be kept just now." in html
    (form,) = Page(html, "/mine/journal/write/").forms
    assert (form.method, form.action) == ("post", "/mine/journal/write/?kind=good")
    sent = [(one.name, one.value) for one in form.fields if one.name != "csrfmiddlewaretoken"]
    assert sent == [("what", said), ("did", "quiet"), ("did", "freeze")]
    assert form.named("csrfmiddlewaretoken").value
    assert "&lt;b&gt;a word." in html
    assert "<b>a word." not in html


@pytest.mark.parametrize("address", ["/unlock/", "/settings/passphrase/", "/join/"])
def test_what_opens_a_place_is_never_given_back(address: str) -> None:
    html = broken(RequestFactory().post(address, {"passphrase": "six words of mine in a row"})).content.decode()
    assert "six words" not in html


def test_a_body_that_cannot_be_read_has_a_page_all_the_same(settings: object) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1
    answer = broken(RequestFactory().post("/mine/journal/write/", {"what": "x y", "did": "quiet"}))
    assert answer.status_code == 500
    assert "Something went wrong here." in answer.content.decode()


def test_a_way_out_that_is_too_old_still_leads_out_and_takes_the_key_along(settings: object) -> None:
    answer = Client(enforce_csrf_checks=True).post("/exit/")
    assert answer.status_code == 403
    assert f'http-equiv="refresh" content="0; url={settings.EXIT_URL}"' in answer.content.decode()
    assert answer.cookies[settings.SESSION_COOKIE].value
