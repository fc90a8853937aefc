"""T12, truly at once: one form sent twice and kept as it is written, all in the same moment, to a real server."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from uuid import uuid4

import pytest

from tests.house.browsing import Answer, OverHttp
from tests.house.serving import Server, server
from tests.house.test_nothing_in_clear import join

pytestmark = [pytest.mark.storage]

ROUNDS = 25
SAVED = {302, 409}  # kept, or shown again beside what is kept


def together(house: Server, browser: OverHttp, sendings: list[tuple[str, list[tuple[str, str]]]]) -> list[Answer]:
    """Send several forms in the same moment, each over a connection of its own."""
    gate = Barrier(len(sendings))

    def send(address: str, pairs: list[tuple[str, str]]) -> Answer:
        one = house.browser()
        one.cookies = dict(browser.cookies)
        gate.wait()
        return one.ask("POST", address, pairs)

    with ThreadPoolExecutor(len(sendings)) as at_once:
        return list(at_once.map(lambda sending: send(*sending), sendings))


def test_a_form_saved_twice_while_it_is_kept_is_one_record(tmp_path: Path) -> None:
    with server(tmp_path) as house:
        browser = house.browser()
        join(browser)
        form = next(form for form in browser.ask("GET", "/mine/journal/write/").page.forms if form.named("what"))
        for number in range(ROUNDS):
            words = {"what": f"heron {number}", "form_id": str(uuid4())}
            pairs = [(name, words.get(name, value)) for name, value in form.standing()]
            kept_meanwhile = ("/unsaved/", [*pairs, ("page", "/mine/journal/write/")])
            saved = ("/mine/journal/write/", pairs)
            answers = together(house, browser, [kept_meanwhile, saved, saved, kept_meanwhile])
            assert {answers[1].status, answers[2].status} <= SAVED, [one.status for one in answers]
            assert 302 in {answers[1].status, answers[2].status}
            assert {answers[0].status, answers[3].status} <= {204, 302}
        assert len(house.rows()["journal_entry"]) == ROUNDS
        listed = browser.ask("GET", "/mine/journal/").page.words
        assert all(f"heron {number}" in listed for number in range(ROUNDS))
        again = browser.ask("GET", "/mine/journal/write/").page
        assert "heron" not in " ".join(one.value for form in again.forms for one in form.fields)


def test_of_many_windows_that_change_one_thing_at_once_exactly_one_goes_first(tmp_path: Path) -> None:
    with server(tmp_path) as house:
        browser = house.browser()
        join(browser)
        form = next(form for form in browser.ask("GET", "/mine/journal/write/").page.forms if form.named("what"))
        first = [(name, "heron" if name == "what" else value) for name, value in form.standing()]
        address = browser.ask("POST", "/mine/journal/write/", first).location.replace("kept/", "edit/")
        for number in range(ROUNDS // 2):
            form = next(form for form in browser.ask("GET", address).page.forms if form.named("what"))
            windows = [
                (
                    address,
                    [
                        (name, f"plover {number} {window}" if name == "what" else value)
                        for name, value in form.standing()
                    ],
                )
                for window in range(4)
            ]
            answers = together(house, browser, windows)
            assert sorted(one.status for one in answers) == [302, 409, 409, 409]
            for window, answer in enumerate(answers):
                assert answer.status == 302 or f"plover {number} {window}" in answer.page.words
