"""Leaving at once, locking by itself, coming back: what was on the screen is gone (T18)."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Window, opens_nothing
from tests.serving import Server
from tests.visitor import Visitor

pytestmark = pytest.mark.browser

SECRET = "quince-and-lantern"
# What a page's storage holds beside the pages and files that are the same for everybody.
KEPT = """async () => ({
  caches: (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys())
    .map((one) => new URL(one.url).pathname)))).flat().filter((path) => !path.startsWith("/static/")
      && !["/moment/", "/moment/pause/", "/moment/back/", "/help/", "/kept/", "/offline/"].includes(path)),
  databases: (await indexedDB.databases()).map((one) => one.name),
  local: Object.entries(localStorage),
  session: Object.entries(sessionStorage),
})"""
NOTHING = {"caches": [], "databases": [], "local": [], "session": []}


@pytest.fixture
def reading(phone: Window, alice: Visitor) -> Page:
    """Return a page on which Alice reads what she wrote, with a page of her own before it in the history."""
    told = alice.write(f"It was about the {SECRET}.")
    phone.go("/mine/journal/")
    phone.page.goto(phone.server.url + told.headers["location"].removesuffix("kept/"))
    expect(phone.page.get_by_text(SECRET)).to_be_visible()
    return phone.page


def shows_nothing_private_on_the_way_back(page: Page, steps: int = 2) -> None:
    """Press Back again and again, looking at each page from its first moment on."""
    for _ in range(steps):
        page.go_back(wait_until="commit")
        for state in ("commit", "domcontentloaded", "networkidle"):
            if state != "commit":
                page.wait_for_load_state(state)
            assert SECRET not in page.content()


def test_the_browser_of_these_tests_does_keep_pages_for_the_way_back(phone: Window, elsewhere: str) -> None:
    """Otherwise the tests below would say nothing: what is not kept can't be shown."""
    phone.page.goto(f"{elsewhere}one")
    phone.page.evaluate("window.kept = true")
    phone.page.goto(f"{elsewhere}two")
    phone.page.go_back(wait_until="commit")
    assert phone.page.url.endswith("/one")
    assert phone.page.evaluate("window.kept") is True


def by_the_button(page: Page) -> None:
    page.get_by_role("button", name="Exit this page").click()


def by_shift_three_times(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


def by_the_skip_link(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("leave", [by_the_button, by_shift_three_times, by_the_skip_link])
def test_leaving_at_once_locks_and_back_shows_nothing(
    leave: Callable[[Page], None], reading: Page, alice: Visitor
) -> None:
    leave(reading)
    expect(reading.get_by_role("heading", name="Rain, later sun")).to_be_visible()
    assert opens_nothing(alice)
    shows_nothing_private_on_the_way_back(reading)


def test_shift_with_another_key_or_after_a_long_wait_does_not_leave(reading: Page) -> None:
    reading.clock.install()
    reading.reload()
    for keys in ("Shift", "Shift", "Shift+A"):
        reading.keyboard.press(keys)
    expect(reading.get_by_text(SECRET)).to_be_visible()
    reading.clock.fast_forward(6_000)
    reading.keyboard.press("Shift")
    reading.clock.fast_forward(6_000)
    reading.keyboard.press("Shift")
    reading.keyboard.press("Shift")
    expect(reading.get_by_text("Press it once more to exit")).to_be_attached()
    expect(reading.get_by_text(SECRET)).to_be_visible()


def test_the_page_asks_and_then_locks_by_itself(reading: Page, alice: Visitor) -> None:
    reading.clock.install()
    reading.reload()
    reading.clock.fast_forward("09:30")
    expect(reading.get_by_role("dialog")).to_be_hidden()
    reading.clock.fast_forward("00:11")
    expect(reading.get_by_role("dialog", name="Locking in 20 seconds")).to_be_visible()
    expect(reading.get_by_role("button", name="Stay here")).to_be_focused()
    with reading.expect_response("**/stay/") as stayed:
        reading.keyboard.press("Enter")
    assert stayed.value.status == 204
    expect(reading.get_by_role("dialog")).to_be_hidden()
    assert not opens_nothing(alice)

    reading.clock.fast_forward("09:41")
    expect(reading.get_by_role("dialog")).to_be_visible()
    reading.clock.fast_forward("00:21")
    expect(reading.get_by_role("heading", name="Unlock your place")).to_be_visible()
    assert opens_nothing(alice)
    assert reading.evaluate(KEPT) == NOTHING
    shows_nothing_private_on_the_way_back(reading)


def test_a_laptop_that_slept_wakes_up_locked(reading: Page) -> None:
    reading.clock.install()
    reading.reload()
    reading.clock.fast_forward("08:00:00")
    expect(reading.get_by_role("heading", name="Unlock your place")).to_be_visible()


def test_a_session_whose_time_is_over_on_the_server_opens_nothing(
    server: Server, reading: Page, alice: Visitor
) -> None:
    freeze(server)
    assert opens_nothing(alice)
    reading.get_by_role("link", name="All you wrote").click()
    expect(reading.get_by_role("heading", name="Unlock your place")).to_be_visible()
    assert reading.evaluate(KEPT) == NOTHING
    shows_nothing_private_on_the_way_back(reading)


def test_after_locking_back_shows_nothing_and_nothing_is_stored(reading: Page) -> None:
    reading.evaluate("document.getElementById('lock').requestSubmit()")
    expect(reading.get_by_role("heading", name="Unlock your place")).to_be_visible()
    assert reading.evaluate(KEPT) == NOTHING
    shows_nothing_private_on_the_way_back(reading)


def test_unlocking_goes_on_where_the_lock_was_met(reading: Page, alice: Visitor) -> None:
    reading.evaluate("document.getElementById('lock').requestSubmit()")
    reading.get_by_label("Your name here").fill(alice.name)
    reading.get_by_label("Passphrase", exact=True).fill(alice.passphrase)
    reading.get_by_role("button", name="Unlock", exact=True).click()
    expect(reading.get_by_text(SECRET)).to_be_visible()


def freeze(server: Server) -> None:
    """Let everybody's sessions be last used an hour ago."""
    with closing(sqlite3.connect(server.database, timeout=10)) as database, database:
        database.execute("UPDATE vault_session SET used_at = datetime(used_at, '-1 hour')")
