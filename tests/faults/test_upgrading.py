"""T15: whatever a released version left behind is brought up to date by this one, and everything in it opens."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from http import HTTPStatus
from pathlib import Path

import pytest

from tests.faults.opening import Held, everything_in
from tests.faults.releases import RELEASED, Release, read
from tests.serving import serving
from tests.size import tell
from tests.visitor import Visitor

pytestmark = pytest.mark.faults

FILES = sorted(RELEASED.glob("*.json.gz"))
# What a careless migration might do.
LOSSES = {
    "a column": "ALTER TABLE journal_entry DROP COLUMN sealed",
    "a row": "DELETE FROM journal_entry WHERE rowid = (SELECT min(rowid) FROM journal_entry)",
    "what a row is bound to": "UPDATE drafts_draft SET version = version + 1",
}


def words_in(document: object) -> Iterator[str]:
    """Yield every text of a document, however deep it stands."""
    if isinstance(document, str):
        yield document
    elif isinstance(document, dict):
        for value in document.values():
            yield from words_in(value)
    elif isinstance(document, list):
        for value in document:
            yield from words_in(value)


def missing(before: Held, after: Held) -> list[str]:
    """Return what was there and is not any more: rooms, documents, words."""
    lost = []
    for room, documents in before.items():
        for one, document in documents.items():
            here = after.get(room, {}).get(one)
            if here is None:
                lost.append(f"{room} {one}")
            else:
                lost += [f"{room} {one}: {words}" for words in set(words_in(document)) - set(words_in(here))]
    return lost


@pytest.fixture(params=FILES, ids=lambda file: file.name.removesuffix(".json.gz"))
def release(request: pytest.FixtureRequest) -> Release:
    return read(request.param)


@pytest.fixture
def upgraded(release: Release, tmp_path: Path) -> Iterator[Path]:
    """Return the data folder of a release, brought up to date by the real server."""
    release.unpack(tmp_path / "data")
    with serving(tmp_path / "data") as server:
        with closing(Visitor(server.url, release.name, release.passphrase)) as visitor:
            assert visitor.unlock().status == HTTPStatus.FOUND, server.stderr
            assert visitor.get("/mine/journal/").text.count('href="/mine/journal/') > 10
            for page in ("/today/", "/mine/journal/", "/mine/drafts/", "/mine/needs/"):
                assert visitor.get(page).status == HTTPStatus.OK, page
        server.stop()
    return tmp_path / "data"


def test_everything_from_an_older_release_opens_and_no_word_is_missing(release: Release, upgraded: Path) -> None:
    after = everything_in(upgraded, release.name, release.passphrase)
    assert missing(release.held, after) == []
    count = sum(map(len, release.held.values()))
    tell("T15", f"{len(FILES)} released schema ({count} documents): all brought up to date, every word there")

    # And this check does notice what a careless migration would do.
    whole = (upgraded / "kindline.sqlite3").read_bytes()
    for what, statement in LOSSES.items():
        (upgraded / "kindline.sqlite3").write_bytes(whole)
        with closing(sqlite3.connect(upgraded / "kindline.sqlite3")) as database, database:
            database.execute(statement)
        with pytest.raises(AssertionError):
            assert not missing(release.held, everything_in(upgraded, release.name, release.passphrase)), what


def test_a_release_holds_something_of_every_room_it_had(release: Release) -> None:
    assert all(release.held.values())
    assert sum(1 for documents in release.held.values() for one in documents.values() for _ in words_in(one)) > 100


def test_there_is_a_release_to_begin_with() -> None:
    assert FILES
