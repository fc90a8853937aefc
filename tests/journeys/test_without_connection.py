"""Without a connection: what a device shows, and that no word is lost on the way."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.journeys.browsing import PHONE, QUIET, Window
from tests.journeys.places import furnish
from tests.journeys.standing_by import only_the_shell, stores, wait_until_it_stands_by
from tests.machine import chromium
from tests.serving import Server, serving
from tests.visitor import Visitor

pytestmark = pytest.mark.browser

WORDS = "It was about the plums."


@contextmanager
def profile(playing: Playwright, folder: Path) -> Iterator[BrowserContext]:
    """Open a browser with a profile of its own, as somebody does who starts their phone."""
    context = playing.chromium.launch_persistent_context(
        folder, executable_path=chromium(), args=QUIET, viewport=PHONE, locale="en-GB"
    )
    yield context
    context.close()


@pytest.fixture
def standing_by(phone: Window, alice: Visitor) -> Page:
    """Return Alice's page, with the service worker standing by and nothing said about failing requests."""
    phone.go("/today/")
    wait_until_it_stands_by(phone.page)
    phone.expected += ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED"]
    return phone.page


def test_a_browser_misses_nothing_to_install_it(playing: Playwright, server: Server, tmp_path: Path) -> None:
    with profile(playing, tmp_path) as context:
        page = context.pages[0]
        page.goto(server.url + "/")
        wait_until_it_stands_by(page)
        wire = context.new_cdp_session(page)
        assert wire.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
        read = wire.send("Page.getAppManifest")
        assert read["url"] == server.url + "/manifest/kindline/"
        assert read["errors"] == []


def test_from_a_cold_start_there_is_a_moment_and_an_honest_page(playing: Playwright, server: Server) -> None:
    with tempfile.TemporaryDirectory(prefix="kindline-profile-") as folder:
        with profile(playing, Path(folder)) as context:
            context.pages[0].goto(server.url + "/")
            wait_until_it_stands_by(context.pages[0])
        with profile(playing, Path(folder)) as context:
            context.set_offline(True)
            page = context.pages[0]
            page.goto(server.url + "/today/")
            expect(page.get_by_role("heading", name="You’re without a connection.")).to_be_visible()
            page.get_by_role("link", name="I need a moment").click()
            expect(page.get_by_role("heading", name="How long do you need?")).to_be_visible()
            page.get_by_role("button", name="Start").click()
            expect(page.get_by_text("Back at")).to_be_visible()
            page.get_by_role("link", name="I’m back").click()
            expect(page.get_by_role("heading", name="You’re here, earlier than you said.")).to_be_visible()
            page.get_by_role("contentinfo").get_by_role("link", name="Help").click()
            expect(page.get_by_role("heading", name="Where there is help")).to_be_visible()
            expect(page.get_by_role("link", name="116 123")).to_be_visible()


def test_with_the_network_back_the_page_that_was_asked_for_comes_by_itself(standing_by: Page, phone: Window) -> None:
    phone.context.set_offline(True)
    phone.go("/mine/journal/")
    expect(standing_by.get_by_role("heading", name="You’re without a connection.")).to_be_visible()
    assert standing_by.url.endswith("/mine/journal/")
    phone.context.set_offline(False)
    expect(standing_by.get_by_role("heading", name="You’re without a connection.")).to_be_hidden()
    assert standing_by.url.endswith("/mine/journal/")


def test_while_the_network_answers_no_kept_page_is_shown(standing_by: Page, phone: Window) -> None:
    """The kept moment is nobody's; the one from the network knows Alice."""
    phone.go("/moment/")
    expect(standing_by.get_by_role("link", name="your place")).to_be_visible()
    phone.context.set_offline(True)
    phone.go("/moment/")
    expect(standing_by.get_by_role("heading", name="How long do you need?")).to_be_visible()
    expect(standing_by.get_by_role("link", name="your place")).to_be_hidden()


def test_a_form_sent_without_a_connection_stays_with_its_words(standing_by: Page, phone: Window) -> None:
    phone.go("/mine/journal/write/")
    box = standing_by.get_by_role("textbox", name="What happened?")
    phone.context.set_offline(True)
    box.fill(WORDS)
    standing_by.get_by_role("button", name="Save").click()
    expect(standing_by.get_by_role("alert").filter(has_text="there is no connection right now")).to_be_visible()
    expect(box).to_have_value(WORDS)
    expect(standing_by.get_by_role("alert").filter(has_text="there is no connection right now")).to_be_focused()

    phone.context.set_offline(False)
    standing_by.get_by_role("button", name="Save").click()
    standing_by.get_by_role("link", name="Read it").click()
    expect(standing_by.get_by_text(WORDS)).to_be_visible()


def test_going_elsewhere_without_a_connection_asks_first(standing_by: Page, phone: Window) -> None:
    phone.go("/mine/journal/write/")
    box = standing_by.get_by_role("textbox", name="What happened?")
    phone.context.set_offline(True)
    box.fill(WORDS)
    asked: list[str] = []
    standing_by.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    with standing_by.expect_event("dialog"):
        standing_by.get_by_role("link", name="Today").click()
    expect(box).to_have_value(WORDS)
    assert asked == ["beforeunload"]

    phone.context.set_offline(False)
    with standing_by.expect_response("**/unsaved/"):
        box.press_sequentially(" Ripe ones.")
    expect(standing_by.get_by_text("Kept as you write.")).to_be_visible()  # and from here on nothing is asked
    standing_by.get_by_role("link", name="Today").click()
    standing_by.wait_for_url("**/today/")
    phone.go("/mine/journal/write/")
    expect(box).to_have_value(f"{WORDS} Ripe ones.")


def test_leaving_at_once_leads_away_without_a_connection_too(standing_by: Page, phone: Window, elsewhere: str) -> None:
    phone.go("/mine/journal/write/")
    standing_by.get_by_role("textbox", name="What happened?").fill(WORDS)
    phone.context.set_offline(True)
    with standing_by.expect_event("requestfailed", lambda request: request.url == elsewhere):
        standing_by.get_by_role("button", name="Exit this page").click()
    expect(standing_by.get_by_text(WORDS)).to_be_hidden()


def test_leaving_at_once_from_a_kept_page_leads_away_once_there_is_a_connection(
    standing_by: Page, phone: Window
) -> None:
    phone.expected.append("403")
    phone.context.set_offline(True)
    phone.go("/moment/")
    phone.context.set_offline(False)
    standing_by.get_by_role("button", name="Exit this page").click()
    expect(standing_by.get_by_role("heading", name="Rain, later sun")).to_be_visible()
    phone.go("/today/")
    expect(standing_by.get_by_role("heading", name="Unlock your place")).to_be_visible()


def test_nothing_of_anybody_is_kept_by_the_service_worker(standing_by: Page, phone: Window, alice: Visitor) -> None:
    ids = furnish(alice)
    for path in ("/today/", "/mine/journal/", f"/mine/journal/{ids['entry_id']}/", "/moment/", "/settings/"):
        phone.go(path)
    assert only_the_shell(standing_by)
    assert not [words for store in stores(standing_by).values() for words in store.values() if alice.name in words]


def test_another_release_replaces_what_was_kept(phone: Window) -> None:
    with serving() as other:
        phone.page.goto(other.url + "/")
        wait_until_it_stands_by(phone.page)
        (before,) = stores(phone.page)
        other.stop()
        other.more["KINDLINE_EXIT_URL"] = "https://weather.example/"
        other.start()
        phone.page.goto(other.url + "/moment/")
        for _ in range(300):
            names = list(stores(phone.page))
            if names != [before] and len(names) == 1:
                break
            phone.page.wait_for_timeout(100)
        (after,) = stores(phone.page)
        assert after != before
        assert only_the_shell(phone.page)


def test_what_another_site_sends_is_refused_with_the_service_worker_standing_by(
    standing_by: Page, phone: Window, elsewhere: str
) -> None:
    phone.expected += ["403", "favicon"]
    standing_by.goto(elsewhere)
    standing_by.evaluate(
        """(there) => {
          const form = document.createElement("form");
          form.method = "post";
          form.action = there;
          document.body.append(form);
          form.submit();
        }""",
        phone.server.url + "/lock/",
    )
    expect(standing_by.get_by_text("This form came from another site.")).to_be_visible()
