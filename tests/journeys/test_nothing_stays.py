"""What a browser keeps on disk of a place that was locked: none of its words (T4, the browser's part)."""

import gzip
import re
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from uuid import uuid4

import pytest
from playwright.sync_api import Playwright, expect

from tests.journeys.browsing import PHONE, QUIET
from tests.journeys.standing_by import only_the_shell, wait_until_it_stands_by
from tests.machine import chromium
from tests.serving import Server
from tests.visitor import Visitor

pytestmark = pytest.mark.browser

CANARY = "marmalade-otter-42"
ON_PURPOSE = "quiet-harbour-17"
# A browser writes its session down two and a half seconds after something in it changed. Waiting for that gives the
# answer to a form as long again to become an ordinary page, on a slow machine, too.
WRITTEN_DOWN = 3_000  # ms
IN_TIME = 2.0  # s
ATTEMPTS = 4


def spellings(words: str) -> list[bytes]:
    """Return the ways in which a browser may write words down."""
    return [words.encode(), words.encode("utf-16-le"), words.encode("utf-16-be")]


def holds(folder: Path, words: str) -> list[str]:
    """Return the files below a folder in which words stand, plain or compressed."""
    looked_for = spellings(words)
    return [
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and any(one in data for one in looked_for for data in contents(file))
    ]


def contents(file: Path) -> Iterator[bytes]:
    data = file.read_bytes()
    yield data
    for opened in (gzip.decompress, zlib.decompress):
        try:
            yield opened(data)
        except (OSError, EOFError, zlib.error):
            continue


def test_the_profile_holds_no_word_of_a_place_that_was_locked(playing: Playwright, server: Server) -> None:
    for attempt in range(ATTEMPTS):
        alice = Visitor(server.url, name=f"Alice {uuid4().hex[:8]}").join()
        alice.close()
        with tempfile.TemporaryDirectory(prefix="kindline-profile-") as folder:
            profile = Path(folder)
            if write_and_lock(playing, server, alice, profile) > IN_TIME and attempt < ATTEMPTS - 1:
                continue  # the browser was faster in writing its session down: once more, when it is less crowded
            assert holds(profile, CANARY) == []
            # What somebody keeps on purpose is there, in the one place for it; so the search does find such words.
            assert {Path(file).parts[1] for file in holds(profile, ON_PURPOSE)} == {"Local Storage"}
            assert holds(profile, alice.passphrase) == []
            assert holds(profile, server.url.removeprefix("http://")), "the search finds what a profile does hold"
            return


def write_and_lock(playing: Playwright, server: Server, alice: Visitor, profile: Path) -> float:
    """Live with a new profile until the place is locked; return for how many seconds a refused form was in the air."""
    context = playing.chromium.launch_persistent_context(
        profile, executable_path=chromium(), args=QUIET, viewport=PHONE
    )
    page = context.pages[0]
    page.goto(server.url + "/unlock/")
    page.get_by_label("Your name here").fill(alice.name)
    page.get_by_label("Passphrase", exact=True).fill(alice.passphrase)
    page.get_by_role("button", name="Unlock", exact=True).click()
    wait_until_it_stands_by(page)
    page.goto(server.url + "/mine/drafts/new/")
    page.locator("[name=need]").fill(f"a {ON_PURPOSE} in the evening")
    page.get_by_role("button", name=re.compile("^Take it along")).click()
    page.wait_for_url("**/take/**")
    page.goto(page.url.replace("/take/", "/touchstone/"))
    page.get_by_role("button", name="Keep as my touchstone").click()
    page.get_by_role("button", name="Keep on this device").click()
    page.goto(server.url + "/mine/journal/write/")
    with page.expect_response("**/unsaved/"):
        page.get_by_role("textbox", name="What happened?").fill(f"It began with {CANARY} at breakfast.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Read it").click()
    expect(page.get_by_text(CANARY)).to_be_visible()
    page.goto(server.url + "/mine/journal/")
    page.get_by_role("searchbox").fill(CANARY)
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_text(CANARY).first).to_be_visible()
    page.goto(server.url + "/mine/journal/write/")
    with page.expect_response("**/unsaved/"):
        page.get_by_role("textbox", name="What happened?").fill(f"Too long, {CANARY}. " * 1000)
    page.wait_for_timeout(WRITTEN_DOWN)
    began = monotonic()
    with page.expect_response("**/unsaved/"):
        page.get_by_role("button", name="Save").click()
    took = monotonic() - began
    expect(page.get_by_text("All of it is still in the box.").first).to_be_visible()
    page.goto(server.url + "/mine/journal/write/")
    expect(page.get_by_role("textbox", name="What happened?")).to_have_value(re.compile(CANARY))
    page.evaluate("document.getElementById('lock').requestSubmit()")
    expect(page.get_by_role("heading", name="Unlock your place")).to_be_visible()
    assert only_the_shell(page)
    context.close()
    return took


def test_the_search_finds_words_in_every_spelling(tmp_path: Path) -> None:
    for number, spelled in enumerate([*spellings(CANARY), gzip.compress(CANARY.encode())]):
        (tmp_path / str(number)).write_bytes(b"before" + spelled if spelled[:2] != b"\x1f\x8b" else spelled)
    with sqlite3.connect(tmp_path / "database") as database:
        database.execute("CREATE TABLE words (word)")
        database.execute("INSERT INTO words VALUES (?)", [CANARY])
    database.close()
    assert len(holds(tmp_path, CANARY)) == 5
