"""What goes wrong while people are writing: they read an honest page, and nothing that was acknowledged is lost."""

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from html import escape
from http import HTTPStatus
from uuid import uuid4

import pytest

from tests.faults.disks import disk, fill
from tests.serving import Server, serving
from tests.visitor import Answer, Visitor

pytestmark = pytest.mark.faults

SIGNS = "🙂 e\N{COMBINING ACUTE ACCENT} \N{RIGHT-TO-LEFT MARK}שלום <b>&amp;</b> {{ 7 }} {% load %} %s \\ '\""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Serve from a new folder, for all tests here that leave it well."""
    with serving() as running:
        yield running


def test_a_full_disk_is_said_honestly_and_loses_nothing() -> None:
    with disk("12m") as place, serving(place / "data") as server, closing(Visitor(server.url)) as alice:
        alice.join()
        first, second = uuid4(), uuid4()
        assert alice.write("The dishes stood there again.", first).status == HTTPStatus.FOUND
        with closing(sqlite3.connect(server.database)) as database, database:
            a_while_ago = datetime.now(UTC) - timedelta(seconds=90)
            database.execute("UPDATE vault_session SET used_at = ?", [f"{a_while_ago:%Y-%m-%d %H:%M:%S.%f}"])
        ballast = fill(place)

        # Reading goes on, though the idle clock cannot be moved.
        assert "The dishes stood there" in alice.get("/mine/journal/").text
        told = alice.write("He left without a word. " * 400, second)
        assert told.status >= HTTPStatus.INTERNAL_SERVER_ERROR, told.status
        assert "Kindline" in told.text
        assert alice.get(f"/mine/journal/{second}/").status == HTTPStatus.NOT_FOUND

        ballast.unlink()
        assert alice.write("He left without a word. " * 400, second).status == HTTPStatus.FOUND
        assert "He left without a word." in alice.get(f"/mine/journal/{second}/").text
        assert "The dishes stood there again." in alice.get(f"/mine/journal/{first}/").text
        with closing(sqlite3.connect(server.database)) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert database.execute("SELECT count(*) FROM journal_entry").fetchone() == (2,)


def test_an_entry_that_is_too_long_is_refused_with_its_limit_and_kept_in_the_box(alice: Visitor) -> None:
    words = "Nobody asked me. " * 5883  # 100,011 characters
    told = alice.write(words)
    assert told.status == HTTPStatus.OK
    assert re.search(r"20[,.]?000 characters", told.text)
    assert words.strip() in told.text
    assert "Nobody asked me" not in alice.get("/mine/journal/").text


def test_a_body_that_is_too_large_is_refused_in_a_sentence(alice: Visitor) -> None:
    told = alice.write("a" * (2 * 1024 * 1024 + 1))
    assert told.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "Nothing was kept" in told.text
    assert alice.write("And then a short one.").status == HTTPStatus.FOUND


def test_words_with_every_kind_of_sign_come_back_as_they_were(alice: Visitor) -> None:
    entry_id = uuid4()
    assert alice.write(SIGNS, entry_id).status == HTTPStatus.FOUND
    shown = alice.get(f"/mine/journal/{entry_id}/").text
    assert escape(unicodedata.normalize("NFC", SIGNS)) in shown


def test_forty_tries_to_unlock_at_once_hold_nobody_else_up(server: Server, alice: Visitor) -> None:
    alice.post("/lock/", {})
    strangers = [Visitor(server.url, name=f"Nobody {number}") for number in range(40)]
    for stranger in strangers:
        stranger.get("/unlock/")
    with closing(Visitor(server.url)) as reader, ThreadPoolExecutor(len(strangers)) as pool:
        tries = [pool.submit(_try_to_unlock, stranger) for stranger in strangers]
        pages = 0
        while not any(one.done() for one in tries):
            assert reader.get("/help/").status == HTTPStatus.OK
            pages += 1
        known = alice.unlock()
        while not all(one.done() for one in tries):
            assert reader.get("/help/").status == HTTPStatus.OK
            pages += 1
    answers = [one.result() for one in tries]

    assert known.status == HTTPStatus.FOUND, known.status
    assert pages >= 5, "who waited for all of them would have read one or two"
    assert {answer.status for answer in answers} == {HTTPStatus.FORBIDDEN, HTTPStatus.SERVICE_UNAVAILABLE}
    busy = next(answer for answer in answers if answer.status == HTTPStatus.SERVICE_UNAVAILABLE)
    assert "Please try again in a moment." in busy.text


def test_wrong_tries_from_elsewhere_do_not_lock_somebody_out_of_their_own_device(
    server: Server, alice: Visitor
) -> None:
    alice.post("/lock/", {})
    stranger = Visitor(server.url, passphrase="not this one, and not that one")
    assert [_try_to_unlock(stranger).status for _ in range(5)] == [HTTPStatus.FORBIDDEN] * 5
    # Each further one has to wait twice as long as the one before: where a try takes seconds, the first few need not.
    assert any(_try_to_unlock(stranger).status == HTTPStatus.TOO_MANY_REQUESTS for _ in range(8))
    assert alice.unlock().status == HTTPStatus.FOUND


def _try_to_unlock(stranger: Visitor) -> Answer:
    if not stranger.cookies:
        stranger.get("/unlock/")
    told = stranger.post("/unlock/", {"name": stranger.name, "passphrase": stranger.passphrase})
    stranger.close()
    return told
