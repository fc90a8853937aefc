"""Somebody brings an old journal in: chosen, looked at, coming in step by step, and on its way when the power goes."""

import csv
import io
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from time import sleep

import pytest
from playwright.sync_api import Page, expect

from tests.faults import conftest as faults
from tests.faults.opening import everything_in
from tests.journeys.browsing import Window
from tests.journeys.conftest import OpenWindow
from tests.serving import Server
from tests.visitor import Visitor

pytestmark = pytest.mark.browser
server, alice = faults.server, faults.alice  # for each test its own: this server is going to be killed

DAYS = 15_000  # more than comes in within one step
A_PART = 500
PATIENCE = 120_000  # milliseconds, on a crowded machine
TEXTS = [f"Day {number}. We talked for a while, and then it was quiet." for number in range(DAYS)]


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Lay an old journal onto the device, a line for each day."""
    held = io.StringIO()
    out = csv.writer(held)
    out.writerow(["Date", "Text"])
    out.writerows([date(1980, 1, 1) + timedelta(days=number), text] for number, text in enumerate(TEXTS))
    file = tmp_path / "journal.csv"
    file.write_text(held.getvalue())
    return file


def look_into(opened: Window, alice: Visitor, journal: Path) -> Page:
    """Choose the file on its page, and read what it would bring."""
    opened.come_in(alice)
    opened.go("/takeout/")
    page = opened.page
    page.get_by_label("Your file").set_input_files(journal)
    page.get_by_role("button", name="Look into it").click()
    expect(page.get_by_role("heading", name="This would come in")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("15,000 entries")).to_be_visible()
    expect(page.get_by_text("from 1 January 1980 to 24 January 2021")).to_be_visible()
    page.get_by_text("Mostly good moments").click()
    return page


def in_the_database(server: Server) -> int:
    """Return how many entries are in, as the database itself counts them."""
    with closing(sqlite3.connect(server.database, timeout=30)) as database:
        return int(database.execute("SELECT count(*) FROM journal_entry").fetchone()[0])


def kill_in_the_middle(server: Server) -> None:
    """Wait until one more part is in, and end the server while the next is on its way."""
    before = in_the_database(server)
    there = before
    while there == before < DAYS:
        sleep(0.01)
        there = in_the_database(server)
    server.kill()
    there = in_the_database(server)
    assert before < there < DAYS, "it was over too soon for this test to say anything"
    assert there % A_PART == 0, "a part is in whole or not at all"


def all_of_it_is_in_once(server: Server, alice: Visitor) -> None:
    held = everything_in(server.data, alice.name, alice.passphrase)["journal"].values()
    assert sorted(one["what"] for one in held) == sorted(TEXTS)
    assert {one["kind"] for one in held} == {"good"}, "what was said before the power went still counts after it"


def test_a_file_comes_in_by_itself_and_goes_on_after_the_power_went(
    windows: OpenWindow, server: Server, alice: Visitor, journal: Path
) -> None:
    with windows() as opened:
        page = look_into(opened, alice, journal)
        assert in_the_database(server) == 0, "nothing is in before somebody says so"
        page.get_by_role("button", name="Bring it in").click()
        expect(page.get_by_role("heading", name="On its way in")).to_be_visible(timeout=PATIENCE)
        # Whoever waits for an answer that never comes; and the browser may be looking for a newer worker just then.
        opened.expected += ["ERR_", "htmx:", "fetching the script"]
        kill_in_the_middle(server)
        server.start()
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("heading", name="It’s all in")).to_be_visible(timeout=PATIENCE)
        page.get_by_role("link", name="All you wrote").click()
        expect(page.get_by_text(TEXTS[-1])).to_be_visible()
    all_of_it_is_in_once(server, alice)


def test_without_scripts_each_step_is_pressed_and_it_goes_on_after_the_power_went(
    windows: OpenWindow, server: Server, alice: Visitor, journal: Path
) -> None:
    with windows(java_script_enabled=False) as opened:
        page = look_into(opened, alice, journal)
        page.get_by_role("button", name="Bring it in").click()
        expect(page.get_by_role("heading", name="On its way in")).to_be_visible(timeout=PATIENCE)
        opened.expected += ["ERR_"]
        page.get_by_role("button", name="Go on").click(no_wait_after=True)
        kill_in_the_middle(server)
        server.start()
        opened.go("/takeout/")
        expect(page.get_by_text("A file of yours is partly in.")).to_be_visible()
        page.get_by_role("link", name="Look at it").click()
        expect(page.get_by_role("heading", name="Partly in")).to_be_visible()
        go_on, all_in = page.get_by_role("button", name="Go on"), page.get_by_role("heading", name="It’s all in")
        while go_on.is_visible():
            go_on.click(timeout=PATIENCE)
            expect(go_on.or_(all_in)).to_be_visible(timeout=PATIENCE)
        expect(all_in).to_be_visible()
    all_of_it_is_in_once(server, alice)
