"""A check-in held apart, in two browsers, and one held side by side without a script: planned, moved, held, ended."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from tests.journeys.browsing import LAPTOP, PHONE, SOON, Window, window
from tests.serving import Server
from tests.visitor import Visitor

pytestmark = pytest.mark.browser

RHYTHMS = "/ours/rhythms/"

# Another tab comes to the front: what is not kept yet is kept then. What is asked for last tells that all was heard.
PUT_AWAY = """async (after) => {
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
  await fetch(after);
}"""


@pytest.fixture
def two(server: Server) -> Iterator[tuple[Visitor, Visitor]]:
    alice, bob = (Visitor(server.url, name=f"{name} {uuid4().hex[:6]}").join() for name in ("Alice", "Bob"))
    with closing(alice), closing(bob):
        alice.share_with(bob)
        yield alice, bob


@pytest.fixture
def hers(browser: Browser, server: Server, two: tuple[Visitor, Visitor]) -> Iterator[Window]:
    with window(browser, server, viewport=PHONE) as opened:
        opened.come_in(two[0])
        yield opened


@pytest.fixture
def his(browser: Browser, server: Server, two: tuple[Visitor, Visitor]) -> Iterator[Window]:
    with window(browser, server, viewport=LAPTOP) as opened:
        opened.come_in(two[1])
        yield opened


def plan(opened: Window) -> str:
    """Plan a check-in as it is offered; return its address."""
    opened.go(RHYTHMS)
    opened.page.get_by_role("link", name=re.compile("A check-in")).click()
    opened.page.get_by_role("button", name="Plan it").click()
    expect(opened.page.get_by_role("heading", level=1)).to_have_text("Our check-in")
    return opened.page.url.removeprefix(opened.server.url)


def test_two_hold_a_check_in_apart_and_each_sees_the_other_at_once(hers: Window, his: Window) -> None:
    path = plan(hers)
    with his.page.expect_response("**/wake/"):
        his.go(path)
    hers.page.get_by_role("button", name=re.compile("Hold it apart")).click()
    his.page.get_by_role("link", name="To the check-in").click(timeout=SOON)
    for one in (hers, his):
        expect(one.page.get_by_role("heading", level=1)).to_have_text("One thanks each")
        expect(one.page.get_by_text(re.compile(r"Until \d\d:\d\d at most"))).to_be_visible()

    hers.page.get_by_label("Thank you for …").fill("For the soup.")
    hers.page.get_by_role("button", name="Give it to").click()
    expect(his.page.get_by_text("For the soup.")).to_be_visible(timeout=SOON)

    # While he writes nothing moves under his hands; his line finds its place all the same.
    his.page.get_by_label("Thank you for …").fill("For the lamp.")
    hers.page.get_by_role("button", name="On to what went well").click()
    expect(his.page.get_by_text("Something new is here.")).to_be_visible(timeout=SOON)
    expect(his.page.get_by_label("Thank you for …")).to_have_value("For the lamp.")
    his.page.get_by_role("button", name="Give it to").click()
    expect(his.page.get_by_role("heading", level=1)).to_have_text("What went well")

    his.page.get_by_role("button", name="That’s enough for today").click()
    expect(hers.page.get_by_role("heading", level=1)).to_have_text("That was your check-in", timeout=SOON)
    expect(hers.page.get_by_text("For the lamp.")).to_be_visible()


def test_a_box_that_came_with_the_others_step_is_not_kept_while_nobody_writes(hers: Window, his: Window) -> None:
    path = plan(hers)
    hers.page.get_by_role("button", name=re.compile("Hold it apart")).click()
    expect(hers.page.get_by_role("heading", level=1)).to_have_text("One thanks each")
    with his.page.expect_response("**/wake/"):
        his.go(hers.page.url.removeprefix(hers.server.url))
    hers.page.get_by_role("button", name="On to what went well").click()
    expect(his.page.get_by_role("heading", level=1)).to_have_text("What went well", timeout=SOON)
    sent: list[str] = []
    his.page.on("request", lambda request: sent.append(request.url))
    his.page.evaluate(PUT_AWAY, path)
    assert [url for url in sent if url.endswith(path)], "what is asked for after it is heard"
    assert not [url for url in sent if url.endswith("/unsaved/")]


def test_one_moves_the_next_time_and_the_other_reads_it(hers: Window, his: Window) -> None:
    path = plan(hers)
    with his.page.expect_response("**/wake/"):
        his.go(path)
    hers.page.get_by_role("link", name=re.compile("^Move")).first.click()
    day = timezone.localdate() + timedelta(days=3)
    hers.page.get_by_label("To").fill(day.isoformat())
    hers.page.get_by_label("At").fill("20:00")
    hers.page.get_by_role("button", name="Move it").click()
    for one in (hers, his):
        said = one.page.get_by_text(f"{day:%A} {day.day} {day:%B}, 20:00")
        expect(said.first).to_be_visible(timeout=SOON)


def test_side_by_side_works_without_a_script(browser: Browser, server: Server, two: tuple[Visitor, Visitor]) -> None:
    with window(browser, server, viewport=PHONE, java_script_enabled=False) as opened:
        opened.come_in(two[0])
        plan(opened)
        opened.page.get_by_role("link", name=re.compile("Hold it side by side")).click()
        opened.page.get_by_role("link", name="Begin").click()
        for heading, on in (
            ("One thanks each", "On to what went well"),
            ("What went well", "On to one topic"),
            ("One topic", "That’s enough for today"),
        ):
            expect(opened.page.get_by_role("heading", level=1)).to_have_text(heading)
            expect(opened.page.get_by_text(re.compile(r"Until \d\d:\d\d at most"))).to_be_visible()
            opened.page.get_by_role("link", name=on).click()
        expect(opened.page.get_by_role("heading", level=1)).to_have_text("You took the time.")
