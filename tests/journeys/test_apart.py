"""A phone that is locked, and then without a connection: the pause runs all the same, and is told once it can be."""

import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import LAPTOP, SOON, Window
from tests.journeys.conftest import OpenWindow
from tests.journeys.standing_by import wait_until_it_stands_by
from tests.serving import Server, serving
from tests.visitor import Visitor

pytestmark = pytest.mark.browser
WAITING, MOMENT = "/ours/pauses/", "/moment/"
STORED = "() => Object.fromEntries(Object.keys(localStorage).map((name) => [name, JSON.parse(localStorage[name])]))"


@pytest.fixture
def two(server: Server) -> Iterator[tuple[Visitor, Visitor]]:
    """Two people who share a space."""
    alice, bob = (Visitor(server.url, name=f"{name} {uuid4().hex[:6]}") for name in ("Alice", "Bob"))
    with closing(alice), closing(bob):
        alice.join().share_with(bob.join())
        yield alice, bob


@pytest.fixture
def hers(windows: OpenWindow, two: tuple[Visitor, Visitor]) -> Iterator[Window]:
    with windows(viewport=LAPTOP) as opened:
        opened.come_in(two[0])
        yield opened


@pytest.fixture
def his(windows: OpenWindow, two: tuple[Visitor, Visitor]) -> Iterator[Window]:
    """Bob's phone, with the service worker standing by."""
    with windows() as opened:
        opened.come_in(two[1])
        opened.go("/today/")
        wait_until_it_stands_by(opened.page)
        opened.expected += ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "401", "410"]
        yield opened


def stored(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(STORED)
    return found


def allow(window: Window) -> None:
    """Let this phone pause without unlocking, in the settings."""
    window.go("/settings/")
    window.page.get_by_role("link", name="A pause without unlocking").click()
    window.page.get_by_role("button", name="Allow it on this device").click()
    expect(window.page.get_by_text("this one")).to_be_visible()


def lock(window: Window) -> None:
    window.page.evaluate("document.getElementById('lock').requestSubmit()")
    expect(window.page.get_by_role("heading", name="Unlock your place")).to_be_visible()


def unlock(window: Window, visitor: Visitor) -> None:
    window.page.get_by_label("Your name here").fill(visitor.name)
    window.page.get_by_label("Passphrase", exact=True).fill(visitor.passphrase)
    window.page.get_by_role("button", name="Unlock", exact=True).click()


def waits(window: Window) -> Page:
    with window.page.expect_response("**/wake/"):
        window.go(WAITING)
    return window.page


def start(page: Page) -> None:
    """Say for how long, once the page hears what is pressed, and wait for the quiet page to hear it too."""
    page.wait_for_url(re.compile(r"/moment/(\?|$)"))
    page.get_by_role("button", name=re.compile("^Start")).click()
    expect(page.get_by_text(re.compile("Back at .*, in (about )?20 minutes"))).to_be_visible()
    page.wait_for_load_state()


def begin_without_a_connection(window: Window) -> Page:
    window.context.set_offline(True)
    window.go(MOMENT)
    start(window.page)
    return window.page


def test_two_taps_on_a_locked_phone_that_may_and_whoever_waits_sees_it_at_once(
    his: Window, hers: Window, two: tuple[Visitor, Visitor]
) -> None:
    _alice, bob = two
    allow(his)
    lock(his)
    page, she = his.page, waits(hers)
    page.get_by_role("link", name="I need a moment").click()
    start(page)
    expect(she.get_by_role("heading", name=f"{bob.name} stepped away")).to_be_visible(timeout=SOON)
    page.get_by_role("link", name="I need longer").click()
    page.get_by_role("button", name="Tell the new time").click()
    expect(she.get_by_role("heading", name=f"{bob.name} needs longer")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name="I’m back").click()
    expect(page.get_by_role("heading", name="You’re here, earlier than you said.")).to_be_visible()
    expect(she.get_by_role("heading", name=f"{bob.name} is back")).to_be_visible(timeout=SOON)
    page.get_by_role("link", name="Unlock, and say one sentence").click()
    unlock(his, bob)
    page.get_by_role("button", name=re.compile("^Say it to")).click()
    expect(she.get_by_text("I’m back earlier than I said.")).to_be_visible(timeout=SOON)
    page.wait_for_load_state()
    assert stored(page) == {}


def test_locked_and_offline_it_starts_and_is_told_with_the_true_times_once_there_is_a_connection(
    his: Window, hers: Window, two: tuple[Visitor, Visitor]
) -> None:
    _alice, bob = two
    allow(his)
    lock(his)
    she, page = waits(hers), begin_without_a_connection(his)
    assert set(stored(page)) == {"pause"}
    assert set(stored(page)["pause"]) == {"id", "started_at", "return_at"}
    expect(she.get_by_role("heading", name="Nobody is away")).to_be_visible()

    his.go(MOMENT)
    expect(page.get_by_text(re.compile("Back at"))).to_be_visible()
    page.get_by_role("link", name="I need longer").click()
    page.wait_for_url("**/moment/?longer*")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text(re.compile(r"Back at .*, in \d\d minutes"))).to_be_visible()
    until = stored(page)["pause"]["return_at"]
    expect(page.get_by_text("Nobody was told yet: there is no connection.")).to_be_visible()

    his.context.set_offline(False)
    expect(page.get_by_text("Now it’s told.")).to_be_visible()
    expect(she.get_by_role("heading", name=f"{bob.name} stepped away")).to_be_visible()
    page.wait_for_function("() => localStorage.length === 0")
    promised = she.locator("#waits time").get_attribute("datetime")
    assert promised is not None
    assert page.evaluate("([one, other]) => new Date(one) - new Date(other)", [promised, until]) == 0

    his.context.set_offline(True)
    page.get_by_role("link", name="I’m back").click()
    expect(page.get_by_role("heading", name="You’re here, earlier than you said.")).to_be_visible()
    his.context.set_offline(False)
    expect(she.get_by_role("heading", name=f"{bob.name} is back")).to_be_visible()
    page.wait_for_function("() => localStorage.length === 0")
    expect(page.get_by_role("link", name="Unlock, and say one sentence")).to_be_visible()


def test_without_the_permission_it_is_told_after_the_next_unlock(
    his: Window, hers: Window, two: tuple[Visitor, Visitor]
) -> None:
    _alice, bob = two
    lock(his)
    she, page = waits(hers), begin_without_a_connection(his)
    with page.expect_response("**/told/") as answer:
        his.context.set_offline(False)
    assert answer.value.status == 401
    expect(page.get_by_text("Nobody was told yet: your place is locked.")).to_be_visible()
    his.go("/unlock/")
    expect(page.get_by_text("without a connection. Whoever unlocks here next")).to_be_visible()
    expect(she.get_by_role("heading", name="Nobody is away")).to_be_visible()
    unlock(his, bob)
    expect(she.get_by_role("heading", name=f"{bob.name} stepped away")).to_be_visible()
    page.wait_for_function("() => localStorage.length === 0")


def test_what_waits_to_be_told_can_be_let_go_without_unlocking(his: Window) -> None:
    lock(his)
    page = begin_without_a_connection(his)
    his.context.set_offline(False)
    his.go("/unlock/")
    page.get_by_role("button", name="Let it go, untold").click()
    expect(page.get_by_role("button", name="Let it go, untold")).to_be_hidden()
    assert stored(page) == {}


def test_just_for_me_keeps_nothing_and_tells_nobody(his: Window) -> None:
    his.context.set_offline(True)
    his.go(MOMENT)
    his.page.get_by_role("button", name="Just for me").click()
    expect(his.page.get_by_text(re.compile("Back at"))).to_be_visible()
    assert stored(his.page) == {}


def test_the_net_goes_in_the_middle_and_the_return_is_told_later(
    his: Window, hers: Window, two: tuple[Visitor, Visitor]
) -> None:
    _alice, bob = two
    she, page = waits(hers), his.page
    his.go(MOMENT)
    start(page)
    expect(she.get_by_role("heading", name=f"{bob.name} stepped away")).to_be_visible(timeout=SOON)
    his.context.set_offline(True)
    page.wait_for_function("() => 'pause-heard' in localStorage")
    expect(page.get_by_text("told yet").first).to_be_hidden()
    page.get_by_role("button", name="I’m back").click()
    expect(page.get_by_role("heading", name="You’re here, earlier than you said.")).to_be_visible()
    assert set(stored(page)) == {"pause-over"}
    assert set(stored(page)["pause-over"]) == {"id", "started_at", "return_at"}
    expect(page.get_by_text("That you’re back isn’t told yet.")).to_be_visible()
    his.context.set_offline(False)
    expect(page.get_by_text("Now it’s told.")).to_be_visible()
    expect(she.get_by_role("heading", name=f"{bob.name} is back")).to_be_visible()
    page.wait_for_function("() => localStorage.length === 0")


def test_a_pause_that_was_over_before_anybody_heard_alarms_nobody(his: Window, hers: Window) -> None:
    she, page = waits(hers), begin_without_a_connection(his)
    page.wait_for_timeout(1_000)
    page.get_by_role("link", name="I’m back").click()
    expect(page.get_by_role("heading", name="You’re here, earlier than you said.")).to_be_visible()
    with page.expect_response("**/told/") as answer:
        his.context.set_offline(False)
    assert answer.value.status == 204
    page.wait_for_function("() => localStorage.length === 0")
    she.reload()
    expect(she.get_by_role("heading", name="Nobody is away")).to_be_visible()


def test_somebody_who_has_no_place_here_leaves_nothing_on_the_device(phone: Window) -> None:
    phone.expected += ["ERR_INTERNET_DISCONNECTED", "410"]
    phone.go("/")
    wait_until_it_stands_by(phone.page)
    page = begin_without_a_connection(phone)
    with page.expect_response("**/told/") as answer:
        phone.context.set_offline(False)
    assert answer.value.status == 410
    page.wait_for_function("() => localStorage.length === 0")


def test_where_there_is_a_network_and_no_server_the_pause_goes_on_by_itself(windows: OpenWindow) -> None:
    with serving() as away, windows() as opened:
        alice, bob = (Visitor(away.url, name=name) for name in ("Alice", "Bob"))
        with closing(alice), closing(bob):
            alice.join().share_with(bob.join())
            opened.server, page = away, opened.page
            opened.expected += ["ERR_CONNECTION_REFUSED", "Failed to fetch", "Failed to load resource", "the script"]
            opened.come_in(bob)
            opened.go("/today/")
            wait_until_it_stands_by(page)
            opened.go(MOMENT)
            away.stop()
            start(page)
            assert set(stored(page)) == {"pause"}
            away.start()
            with page.expect_response("**/told/") as answer:
                page.reload()
            assert answer.value.status == 204
            page.wait_for_function("() => localStorage.length === 0")
            alice.close()
            assert "Bob stepped away" in alice.get(WAITING).text


def test_a_time_that_is_too_soon_is_not_begun_without_a_connection_either(his: Window) -> None:
    his.context.set_offline(True)
    his.go(MOMENT)
    page = his.page
    page.get_by_label("at a time of my own").check(force=True)
    soon = page.evaluate("() => new Date(Date.now() + 6 * 60000).toTimeString().slice(0, 5)")
    page.get_by_label("Back at").fill(soon)
    page.get_by_role("button", name="Start").click()
    assert page.url.endswith(MOMENT)
    assert stored(page) == {}
