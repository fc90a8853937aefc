"""Two people look at the same time: what one gives shows on the other's open page, and nothing else ever does."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from time import monotonic
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.journeys.browsing import LAPTOP, SOON, Window, window
from tests.serving import Server, serving
from tests.visitor import Visitor

pytestmark = pytest.mark.browser

JAR, THANK, TODAY, TOGETHER = "/ours/thanks/", "/ours/thanks/thank/", "/today/", "/together/"
NEWS = "Something new is here."


@pytest.fixture(scope="module")
def house() -> Iterator[Server]:
    """Serve from a server of these tests' own, which they stop and start again."""
    with serving() as running:
        yield running


@pytest.fixture
def two(house: Server) -> Iterator[tuple[Visitor, Visitor]]:
    """Return Alice and Bob, who share a space."""
    alice, bob = (Visitor(house.url, name=f"{name} {uuid4().hex[:8]}").join() for name in ("Alice", "Bob"))
    alice.share_with(bob)
    yield alice, bob
    alice.close()
    bob.close()


@pytest.fixture
def his(browser: Browser, house: Server, two: tuple[Visitor, Visitor]) -> Iterator[Window]:
    """Return a window in which Bob is unlocked."""
    with window(browser, house, viewport=LAPTOP) as opened:
        opened.come_in(two[1])
        yield opened


def thank(alice: Visitor, words: str = "Thanks for the tea.") -> str:
    told = alice.post(THANK, {**alice.get(THANK).hidden, "text": words})
    assert told.status == 302, told.text
    return words


def put_in(alice: Visitor, words: str = "The heron again.") -> str:
    told = alice.post(f"{JAR}put-in/", {**alice.get(f"{JAR}put-in/").hidden, "text": words})
    assert told.status == 302, told.text
    return words


def opens(page: Page) -> list[str]:
    """Note every document that this page loads from now on."""
    loaded: list[str] = []
    page.on("request", lambda one: loaded.append(one.url) if one.is_navigation_request() else None)
    return loaded


def streams(page: Page) -> list[Request]:
    """Keep every stream this page opens from now on."""
    opened: list[Request] = []
    page.on("request", lambda one: opened.append(one) if one.url.endswith("/wake/") else None)
    return opened


def go_and_listen(opened: Window, path: str) -> None:
    """Open a page and wait until its stream stands."""
    with opened.page.expect_response("**/wake/"):
        opened.go(path)


def hidden(page: Page, *, away: bool) -> None:
    """Send the tab to the background, or bring it back: a headless browser has no other tab to switch to."""
    page.evaluate(
        """away => {
             Object.defineProperty(document, "hidden", { configurable: true, get: () => away });
             document.dispatchEvent(new Event("visibilitychange"));
           }""",
        away,
    )


def test_thanks_show_on_open_pages_without_loading_anew(his: Window, two: tuple[Visitor, Visitor]) -> None:
    alice, _bob = two
    today, jar = his.page, his.another()
    go_and_listen(his, TODAY)
    with jar.expect_response("**/wake/"):
        jar.goto(his.server.url + JAR)
    loaded = opens(today) + opens(jar)
    for give in (put_in, thank):  # how soon is measured in benchmarks/live.py: here others may crowd the machine
        words = give(alice)
        expect(jar.get_by_text(words)).to_be_visible(timeout=SOON)
    expect(today.get_by_text(words)).to_be_visible(timeout=SOON)
    assert loaded == []
    expect(today.get_by_text(f"From {alice.name}")).to_be_visible()


@pytest.mark.parametrize("path", [TOGETHER, JAR, THANK, f"{JAR}put-in/"])
def test_pages_of_two_listen(his: Window, path: str) -> None:
    opened = streams(his.page)
    go_and_listen(his, path)
    assert len(opened) == 1


def test_while_somebody_writes_nothing_moves(his: Window, two: tuple[Visitor, Visitor]) -> None:
    alice, page = two[0], his.page
    go_and_listen(his, THANK)
    box = page.get_by_role("textbox")
    box.press_sequentially("Thanks for wa")
    page.evaluate("document.querySelector('main form').dataset.same = 'yes'")
    put_in(alice)
    expect(page.get_by_text(NEWS)).to_be_visible()
    box.press_sequentially("iting.")
    expect(box).to_have_value("Thanks for waiting.")
    expect(box).to_be_focused()
    expect(page.locator("main form[data-same]")).to_have_count(1)
    box.blur()
    expect(page.get_by_text(NEWS)).to_be_visible()
    expect(box).to_have_value("Thanks for waiting.")


def test_whoever_puts_the_pen_down_unused_sees_what_came(his: Window, two: tuple[Visitor, Visitor]) -> None:
    alice, page = two[0], his.page
    go_and_listen(his, TODAY)
    box = page.get_by_role("textbox")
    if not box.count():  # an empty place asks for nothing yet
        two[1].write("Tea.")
        two[1].post("/mine/journal/write/", {"what": "Tea, again.", "kind": "good", "form_id": str(uuid4())})
        go_and_listen(his, THANK)
        box = page.get_by_role("textbox")
    box.focus()
    put_in(alice)
    expect(page.get_by_text(NEWS)).to_be_visible()
    box.blur()
    expect(page.get_by_text(NEWS)).to_be_hidden()


def test_words_that_came_back_refused_stay_where_they_are(his: Window, two: tuple[Visitor, Visitor]) -> None:
    alice, page = two[0], his.page
    go_and_listen(his, THANK)
    page.get_by_role("textbox").fill("x" * 241)
    with page.expect_response("**/wake/"):
        page.get_by_role("button", name="Give it to").click()
    expect(page.locator(".wrong-summary")).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    put_in(alice)
    expect(page.get_by_text(NEWS)).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_value("x" * 241)


def test_private_acts_wake_nobody(his: Window, two: tuple[Visitor, Visitor]) -> None:
    alice, page = two[0], his.page
    go_and_listen(his, JAR)
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    for path in (TODAY, JAR, TOGETHER, "/mine/journal/"):
        alice.get(path)
    alice.write("For me alone.")
    alice.post("/unsaved/", {"form_id": str(uuid4()), "page": THANK, "text": "Half a li"})
    of = re.search(rf"{JAR}of/[0-9a-f-]+/close/", alice.get(JAR).text)
    assert of
    assert alice.post(of[0], {}).status == 302
    page.wait_for_timeout(1_500)
    assert [url for url in asked if "/static/" not in url] == []  # a browser asks for a page's sign when it likes


def test_a_tab_in_the_background_holds_no_connection(his: Window, two: tuple[Visitor, Visitor]) -> None:
    alice, page = two[0], his.page
    go_and_listen(his, JAR)
    ended = []
    page.on("requestfailed", lambda one: ended.append(one.url))
    hidden(page, away=True)
    expect_soon(page, lambda: any(url.endswith("/wake/") for url in ended))
    opened = streams(page)
    words = put_in(alice)
    page.wait_for_timeout(1_200)
    assert opened == []
    expect(page.get_by_text(words)).to_be_hidden()
    hidden(page, away=False)
    expect(page.get_by_text(words)).to_be_visible(timeout=SOON)


def test_after_a_restart_the_stream_comes_back(his: Window, two: tuple[Visitor, Visitor], house: Server) -> None:
    alice, page = two[0], his.page
    his.expected += ["/wake/", "fetching the script"]  # the browser looks for a newer worker just then
    go_and_listen(his, JAR)
    alice.close()
    began = monotonic()
    house.stop()
    assert monotonic() - began < 4.5, "open streams hold nothing up: those would be waited for five seconds long"
    house.start()
    words = put_in(alice)  # while nobody is listening
    expect(page.get_by_text(words)).to_be_visible(timeout=30_000)
    more = thank(alice)
    expect(page.get_by_text(more)).to_be_visible(timeout=SOON)


def test_a_lock_ends_the_stream_and_the_page_asks_for_the_key(
    his: Window, two: tuple[Visitor, Visitor], house: Server
) -> None:
    page = his.page
    his.expected += ["/wake/", "MIME type", "401"]
    go_and_listen(his, JAR)
    page.clock.install()
    with (
        page.expect_event("requestfinished", lambda one: one.url.endswith("/wake/")),
        closing(sqlite3.connect(house.database, timeout=10)) as database,
        database,
    ):
        database.execute("DELETE FROM vault_session")
    page.wait_for_timeout(100)
    deadline = monotonic() + 30
    while "/unlock/" not in page.url and monotonic() < deadline:
        page.clock.run_for(2_000)
        page.wait_for_timeout(300)
    expect(page.get_by_role("heading", name="Unlock your place")).to_be_visible()
    expect(page.get_by_text("The jar")).to_be_hidden()


def test_whoever_stays_sees_that_the_space_is_closed(his: Window, two: tuple[Visitor, Visitor]) -> None:
    alice, page = two[0], his.page
    go_and_listen(his, THANK)
    alice.get("/together/leave/")
    assert alice.post("/together/leave/", {"choice": "keep"}).status in {200, 302}
    expect(page.get_by_role("heading", name="Your jar")).to_be_visible(timeout=SOON)


def test_the_frame_of_an_open_page_says_where_one_is_now(his: Window, two: tuple[Visitor, Visitor]) -> None:
    alice, page = two[0], his.page
    go_and_listen(his, JAR)
    expect(page.locator(".room")).to_have_text("Together")
    page.evaluate("window.stayed = true")
    alice.get("/together/leave/")
    assert alice.post("/together/leave/", {"choice": "keep"}).status in {200, 302}
    expect(page.locator(".room")).to_have_text("For me", timeout=SOON)
    expect(page.locator(".bar [aria-current]")).to_have_text("For me")
    assert page.evaluate("window.stayed") is True, "without loading anew"


def expect_soon(page: Page, holds: Callable[[], Any], seconds: float = 10) -> None:
    """Wait until something holds that the page itself doesn't show."""
    end = monotonic() + seconds
    while not holds() and monotonic() < end:
        page.wait_for_timeout(50)
    assert holds()
