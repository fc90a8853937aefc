"""Two windows: somebody steps away on a phone, whoever waits sees it without reloading, before the time and after."""

from collections.abc import Iterator
from contextlib import closing
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import LAPTOP, SOON, Window
from tests.journeys.conftest import OpenWindow
from tests.serving import Server
from tests.visitor import Visitor

pytestmark = pytest.mark.browser
TODAY, WAITING, MOMENT = "/today/", "/ours/pauses/", "/moment/"


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
    with windows() as opened:
        opened.come_in(two[1])
        yield opened


def go_and_listen(window: Window, path: str) -> Page:
    with window.page.expect_response("**/wake/"):
        window.go(path)
    return window.page


def test_two_taps_and_whoever_waits_sees_it_without_reloading(
    his: Window, hers: Window, two: tuple[Visitor, Visitor]
) -> None:
    alice, bob = two
    waits = go_and_listen(hers, TODAY)
    his.go(TODAY)
    his.page.get_by_role("link", name="I need a moment").click()
    his.page.get_by_role("button", name=f"Start, and tell {alice.name}").click()
    expect(waits.get_by_text(f"{bob.name} stepped away")).to_be_visible(timeout=SOON)
    expect(his.page.get_by_role("button", name="I’m back")).to_be_visible()
    assert "/moment/pause/?from=" in his.page.url
    waits.get_by_role("link", name="What’s good for you now").click()
    expect(waits.get_by_text("Nothing to solve until then.")).to_be_visible()
    his.page.get_by_role("button", name="I’m back").click()
    expect(his.page.get_by_role("heading", name="You’re here, earlier than you said.")).to_be_visible()
    expect(waits.get_by_role("heading", name=f"{bob.name} is back")).to_be_visible(timeout=SOON)
    his.page.get_by_role("button", name=f"Say it to {alice.name}").click()
    expect(waits.get_by_text("I’m back earlier than I said.")).to_be_visible(timeout=SOON)


def test_how_stirred_up_is_asked_once_on_the_way_back_and_the_other_is_told_after_it(
    his: Window, hers: Window, two: tuple[Visitor, Visitor]
) -> None:
    alice, bob = two
    his.go(MOMENT)
    his.page.get_by_role("button", name=f"Start, and tell {alice.name}").click()
    his.page.locator("[data-before] label").last.click()
    expect(his.page.get_by_text("Noted. Nothing else to do.")).to_be_visible()
    his.page.get_by_role("button", name="I’m back").click()
    his.page.get_by_role("dialog").get_by_role("button", name="a little").click()
    expect(his.page.get_by_role("heading", name="You’re here, earlier than you said.")).to_be_visible()
    expect(his.page.get_by_text("kept, for you alone")).to_be_visible()
    hers.go(WAITING)
    expect(hers.page.get_by_role("heading", name=f"{bob.name} is back")).to_be_visible()


def test_an_open_page_turns_when_the_time_has_passed(hers: Window, two: tuple[Visitor, Visitor]) -> None:
    alice, bob = two
    alice.get("/settings/")
    later = {"idle_minutes": "60", "hours": "24", "theme": "", "time_zone": "Europe/Berlin"}
    assert alice.post("/settings/", later).status == 302
    bob.get(MOMENT)
    assert bob.post("/ours/pauses/away/", {"form_id": str(uuid4()), "minutes": "20"}).status == 302
    asked: list[str] = []
    hers.page.clock.install()
    waits = go_and_listen(hers, WAITING)
    expect(waits.get_by_text("Nothing to solve until then.")).to_be_visible()
    waits.on("request", lambda one: asked.append(one.url))
    waits.clock.run_for(19 * 60_000)
    assert not [url for url in asked if url.endswith(WAITING)]
    with waits.expect_request(lambda one: one.url.endswith(WAITING)):  # it looks again by itself
        waits.clock.run_for(7 * 60_000)
