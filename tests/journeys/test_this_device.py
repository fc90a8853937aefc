"""This device: its name and icon, what it keeps on purpose, what other apps share with it."""

import sqlite3
from contextlib import closing
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.browsing import Window
from tests.journeys.places import furnish
from tests.journeys.standing_by import wait_until_it_stands_by
from tests.serving import serving
from tests.visitor import Visitor

pytestmark = pytest.mark.browser

KEPT = "() => JSON.parse(localStorage.getItem('kept') ?? '[]')"
SHARED = "You never listen to me."
# Polled by hand: a function that waits for a promise counts as true at once.
NAMED_SO = """async (words) => {
  while (!(await (await caches.match("/offline/"))?.text())?.includes(words))
    await new Promise((done) => setTimeout(done, 50));
  return true;
}"""


@pytest.fixture
def touchstone(phone: Window, alice: Visitor) -> str:
    """Return the address of a touchstone of Alice's, open in her window."""
    path = f"/mine/drafts/{furnish(alice)['draft_id']}/touchstone/"
    phone.go(path)
    return path


def words_of(page: Page) -> str:
    return page.locator("blockquote").inner_text()


def test_a_touchstone_is_kept_only_when_somebody_says_so_and_then_read_without_key_or_connection(
    phone: Window, touchstone: str
) -> None:
    page = phone.page
    phone.expected += ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED"]
    wait_until_it_stands_by(page)
    words = words_of(page)
    assert page.evaluate(KEPT) == []
    page.get_by_role("button", name="Keep on this device").click()
    expect(page.get_by_role("button", name="Remove from this device")).to_be_focused()
    (one,) = page.evaluate(KEPT)
    assert {name: one[name] for name in ("kind", "text")} == {"kind": "touchstone", "text": words}
    assert set(one) == {"kind", "id", "title", "text", "more", "at"}, "nothing says whose it is"

    phone.go("/settings/")
    page.get_by_role("button", name="Lock now").click()
    page.get_by_role("link", name="Kept on this device").click()
    expect(page.locator("blockquote")).to_have_text(words)
    phone.context.set_offline(True)
    phone.go("/today/")
    expect(page.get_by_text("What you kept on this device is here")).to_be_visible()
    expect(page.locator("blockquote")).to_have_text(words)
    phone.context.set_offline(False)


def test_a_kept_copy_follows_its_original(phone: Window, touchstone: str) -> None:
    page = phone.page
    words = words_of(page)
    page.get_by_role("button", name="Keep on this device").click()
    page.evaluate("localStorage.setItem('kept', localStorage.getItem('kept').replace('I need', 'I needed'))")
    page.goto(phone.server.url + "/kept/")
    phone.go(touchstone)
    expect(page.get_by_role("button", name="Remove from this device")).to_be_visible()
    assert [one["text"] for one in page.evaluate(KEPT)] == [words]


def test_what_is_kept_is_shown_as_text_whatever_it_says(phone: Window) -> None:
    phone.go("/kept/")
    phone.page.evaluate(
        """() => localStorage.setItem("kept", JSON.stringify([{ kind: "touchstone", id: "1", title: "",
          text: "<img src=x onerror=alert(1)> & more", more: "<b>bold</b>", at: "2026-05-03" }]))"""
    )
    phone.page.reload()
    expect(phone.page.get_by_text("<img src=x onerror=alert(1)> & more")).to_be_visible()
    expect(phone.page.get_by_text("Kept on this device, 3 May")).to_be_visible()


@pytest.mark.parametrize("way", ["here", "settings", "rest", "deleted draft", "forget", "everything", "place"])
def test_what_is_kept_goes_when_it_should(phone: Window, touchstone: str, alice: Visitor, way: str) -> None:
    page = phone.page
    page.get_by_role("button", name="Keep on this device").click()
    expect(page.get_by_role("button", name="Remove from this device")).to_be_visible()
    if way == "here":
        page.get_by_role("button", name="Remove from this device").click()
        expect(page.get_by_role("button", name="Keep on this device")).to_be_visible()
    elif way == "settings":
        phone.go("/settings/")
        page.get_by_role("button", name="Remove", exact=True).click()
        expect(page.get_by_text("None of your words are kept on this device.")).to_be_visible()
    elif way == "rest":
        page.get_by_role("button", name="No longer my touchstone").click()
        page.wait_for_url("**/mine/drafts/**kept=words")
    elif way == "deleted draft":
        phone.go(touchstone.replace("touchstone", "delete"))
        page.get_by_role("button", name="Delete for good").click()
        page.wait_for_url(lambda url: "/delete/" not in url)
    elif way == "forget":
        phone.go("/settings/")
        page.get_by_role("button", name="Forget everything on this device").click()
        expect(page.get_by_role("heading", name="Draw a kind line.")).to_be_visible()
    elif way == "everything":
        phone.go("/settings/empty/")
        page.get_by_label("Passphrase", exact=False).first.fill(alice.passphrase)
        page.get_by_role("button", name="Delete what I wrote").click()
        expect(page.get_by_role("heading", name="It’s gone")).to_be_visible()
    else:
        phone.go("/settings/delete/")
        page.get_by_label("Passphrase", exact=False).first.fill(alice.passphrase)
        page.get_by_role("button", name="Delete everything").click()
        expect(page.get_by_role("heading", name="It’s gone")).to_be_visible()
    page.wait_for_load_state()  # a page that says it is gone takes it away with its script
    assert page.evaluate(KEPT) == []


def test_a_discreet_name_is_on_every_page_also_on_those_without_a_connection(phone: Window, alice: Visitor) -> None:
    page = phone.page
    phone.expected += ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED"]
    phone.go("/settings/")
    page.get_by_role("radio", name="Evening").check(force=True)
    page.get_by_role("button", name="Use this name and icon").click()
    expect(page).to_have_title("Your place · Evening")
    wait_until_it_stands_by(page)
    read = phone.context.new_cdp_session(page).send("Page.getAppManifest")
    assert '"name": "Evening"' in read["data"]
    page.wait_for_function(NAMED_SO, arg="· Evening</title>", timeout=30_000)  # its pages are fetched anew
    phone.context.set_offline(True)
    phone.go("/today/")
    expect(page).to_have_title("Without a connection · Evening")


def share(page: Page, url: str) -> None:
    """Send what a phone's share sheet sends: a form from nowhere, without a token."""

    def as_shared(route: Route) -> None:
        kind = {**route.request.headers, "content-type": "application/x-www-form-urlencoded"}
        route.continue_(method="POST", headers=kind, post_data=urlencode({"text": SHARED}))

    page.route("**/share/", as_shared)
    page.goto(url + "/share/")
    page.unroute("**/share/")


def test_what_another_app_shares_stands_in_the_box(phone: Window) -> None:
    share(phone.page, phone.server.url)
    expect(phone.page.get_by_role("textbox")).to_have_value(SHARED)
    expect(phone.page.get_by_text("never").first).to_be_visible()
    phone.page.reload()
    expect(phone.page.get_by_role("textbox")).to_have_value("")


def test_what_is_shared_without_a_connection_stays_where_it_came_from(phone: Window) -> None:
    page = phone.page
    phone.go("/check/")
    wait_until_it_stands_by(page)
    phone.expected += ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED"]
    phone.context.set_offline(True)
    share_from_elsewhere(page, phone.server.url)
    expect(page.get_by_text("What you shared is still in the app it came from.")).to_be_visible()
    phone.go("/today/")
    expect(page.get_by_role("heading", name="You’re without a connection.")).to_be_visible()
    expect(page.get_by_text("What you shared")).to_be_hidden()


def share_from_elsewhere(page: Page, url: str) -> None:
    """Press a button that sends words to a server from a page that is not one of its own."""
    page.goto("about:blank")
    page.set_content(f"""<form method="post" action="{url}/share/"><button name="text" value="a">Share</button>""")
    page.get_by_role("button", name="Share").click()


def test_what_is_shared_while_only_the_server_is_away_stays_where_it_came_from(phone: Window) -> None:
    page = phone.page
    with serving() as server:
        page.goto(server.url + "/check/")
        wait_until_it_stands_by(page)
        phone.expected += ["ERR_CONNECTION_REFUSED", "ERR_FAILED"]
        server.stop()
        share_from_elsewhere(page, server.url)
        expect(page.get_by_text("What you shared is still in the app it came from.")).to_be_visible()
        assert page.url == server.url + "/share/"


def test_what_is_shared_reaches_the_server_as_it_came_with_the_service_worker_standing_by(phone: Window) -> None:
    """The worker asks first whether anybody is there, and does not lend what comes from elsewhere its own name."""
    page = phone.page
    phone.go("/check/")
    wait_until_it_stands_by(page)
    phone.expected.append("403")
    with page.expect_request(lambda request: "/share/" in request.url and bool(request.redirected_from)) as sent:
        share_from_elsewhere(page, phone.server.url)
    assert (sent.value.method, sent.value.post_data) == ("POST", "text=a")
    assert sent.value.all_headers()["sec-fetch-site"] == "cross-site"
    expect(page.get_by_text("This form came from another site.")).to_be_visible()


def test_what_is_shared_goes_over_the_lock_where_the_door_is_closed(phone: Window) -> None:
    phone.expected.append("401")
    with serving(KINDLINE_FRONT_DOOR_COACH="off") as closed, closing(Visitor(closed.url)) as alice:
        alice.join()
        share(phone.page, closed.url)
        expect(phone.page.get_by_text("Your words are here, out of sight in this page.")).to_be_visible()
        phone.page.get_by_label("Your name here").fill(alice.name)
        phone.page.get_by_label("Passphrase", exact=True).fill(alice.passphrase)
        phone.page.get_by_role("button", name="Unlock", exact=True).click()
        expect(phone.page.get_by_role("textbox")).to_have_value(SHARED)


def test_a_link_on_another_site_does_not_count_as_somebody_being_there(
    phone: Window, alice: Visitor, elsewhere: str
) -> None:
    """The service worker hands a page on as the browser asked for it: from where, too."""
    phone.go("/today/")
    wait_until_it_stands_by(phone.page)
    with closing(sqlite3.connect(phone.server.database, timeout=10)) as database:

        def used() -> str:
            return str(database.execute("SELECT max(used_at) FROM vault_session").fetchone()[0])

        with database:
            database.execute("UPDATE vault_session SET used_at = datetime(used_at, '-3 minutes')")
        before = used()
        phone.page.goto(elsewhere)
        phone.page.evaluate("(there) => { location.href = there; }", phone.server.url + "/today/")
        expect(phone.page.get_by_role("link", name="your place")).to_be_visible()
        assert used() == before
        phone.go("/today/")
        assert used() > before
