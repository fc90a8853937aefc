"""T12, truly at once: one form sent twice and kept as it is written, all in the same moment, to a real server."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest

from tests.house.browsing import Answer, OverHttp
from tests.house.markup import Form
from tests.house.serving import Server, server
from tests.house.two import join
from tests.people import PASSPHRASE

pytestmark = [pytest.mark.storage]

ROUNDS = 12
SAVED = {302, 409}  # kept, or shown again beside what is kept


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with server(tmp_path_factory.mktemp("house")) as one:
        yield one


@pytest.fixture
def browser(house: Server) -> OverHttp:
    """Return a browser of somebody who has just joined, under a name that nobody else here has."""
    one = house.browser()
    join(one, f"Ada {uuid4()}", PASSPHRASE)
    return one


def with_words(form: Form, words: dict[str, str]) -> list[tuple[str, str]]:
    """Return what a form sends with some of its fields written in."""
    return [(name, words.get(name, value)) for name, value in form.standing()]


def together(house: Server, browser: OverHttp, sendings: list[tuple[str, list[tuple[str, str]]]]) -> list[Answer]:
    """Send several forms in the same moment, each over a connection of its own."""
    gate = Barrier(len(sendings))

    def send(address: str, pairs: list[tuple[str, str]]) -> Answer:
        one = house.browser()
        one.cookies = dict(browser.cookies)
        gate.wait(60)
        return one.ask("POST", address, pairs)

    with ThreadPoolExecutor(len(sendings)) as at_once:
        return list(at_once.map(lambda sending: send(*sending), sendings))


def test_a_form_saved_twice_while_it_is_kept_is_one_record(house: Server, browser: OverHttp) -> None:
    form = next(form for form in browser.ask("GET", "/mine/journal/write/").page.forms if form.named("what"))
    before = len(house.rows()["journal_entry"])
    for number in range(ROUNDS):
        pairs = with_words(form, {"what": f"heron {number}", "form_id": str(uuid4())})
        kept_meanwhile = ("/unsaved/", [*pairs, ("page", "/mine/journal/write/")])
        saved = ("/mine/journal/write/", pairs)
        answers = together(house, browser, [kept_meanwhile, saved, saved, kept_meanwhile])
        assert {answers[1].status, answers[2].status} <= SAVED, [one.status for one in answers]
        assert 302 in {answers[1].status, answers[2].status}
        assert {answers[0].status, answers[3].status} <= {204, 302}
    assert len(house.rows()["journal_entry"]) == before + ROUNDS
    listed = browser.ask("GET", "/mine/journal/").page.words
    assert all(f"heron {number}" in listed for number in range(ROUNDS))
    again = browser.ask("GET", "/mine/journal/write/").page
    assert "heron" not in " ".join(one.value for form in again.forms for one in form.fields)


def test_something_to_say_sent_by_two_buttons_at_once_is_one_draft(house: Server, browser: OverHttp) -> None:
    form = next(form for form in browser.ask("GET", "/mine/drafts/new/").page.forms if form.named("limit"))
    for number in range(ROUNDS):
        pairs = with_words(form, {"need": f"heron {number}", "form_id": str(uuid4())})
        saved = [("/mine/drafts/new/", [*pairs, ("do", do)]) for do in ("keep", "take", "keep")]
        answers = together(house, browser, [*saved, ("/unsaved/", [*pairs, ("page", "/mine/drafts/new/")])])
        assert {one.status for one in answers[:3]} <= SAVED, [one.status for one in answers]
        assert answers[3].status in {204, 302}
    assert len(house.rows()["drafts_draft"]) == ROUNDS
    assert all(f"heron {number}" in browser.ask("GET", "/mine/drafts/").text for number in range(ROUNDS))


def test_of_many_windows_that_change_one_thing_at_once_exactly_one_goes_first(house: Server, browser: OverHttp) -> None:
    form = next(form for form in browser.ask("GET", "/mine/journal/write/").page.forms if form.named("what"))
    first = browser.ask("POST", "/mine/journal/write/", with_words(form, {"what": "heron"}))
    address = first.location.replace("kept/", "edit/")
    for number in range(ROUNDS):
        form = next(form for form in browser.ask("GET", address).page.forms if form.named("what"))
        windows = [(address, with_words(form, {"what": f"plover {number} {window}"})) for window in range(4)]
        answers = together(house, browser, windows)
        assert sorted(one.status for one in answers) == [302, 409, 409, 409]
        for window, answer in enumerate(answers):
            assert answer.status == 302 or f"plover {number} {window}" in answer.page.words
