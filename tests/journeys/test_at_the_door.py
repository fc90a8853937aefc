"""What scripts and style sheets say at the door and in a moment: which words count, which time it is, what is free."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Route, ViewportSize, expect

from tests.journeys.browsing import PHONE
from tests.journeys.conftest import OpenWindow
from tests.visitor import BY_DAY, Visitor

pytestmark = pytest.mark.browser

WORDS = "You never listen to me."
LATE = datetime(2026, 5, 3, 22, 58, tzinfo=ZoneInfo(BY_DAY))


def test_the_button_that_keeps_stands_there_once_there_are_words(windows: OpenWindow) -> None:
    with windows() as opened:
        page = opened.page
        opened.go("/check/")
        link, button = (page.get_by_role(role, name=re.compile("^Make a place")) for role in ("link", "button"))
        here = page.get_by_text("Notes appear here as you write.")
        expect(link).to_be_visible()
        expect(button).to_be_hidden()
        expect(here).to_be_visible()
        page.get_by_role("textbox").fill(WORDS)
        expect(link).to_be_hidden()
        expect(here).to_be_hidden()
        button.click()
        expect(page.get_by_text("Your words come along.")).to_be_visible()
        assert WORDS not in page.url
        expect(page.locator("input[name=text]")).to_have_value(WORDS)


def test_without_scripts_the_words_come_along_too_and_a_button_asks_the_coach(windows: OpenWindow) -> None:
    with windows(java_script_enabled=False) as opened:
        page = opened.page
        opened.go("/check/")
        page.get_by_role("textbox").fill(WORDS)
        page.get_by_role("button", name="Listen").click()
        expect(page.locator("article.note").first).to_be_visible()
        page.get_by_role("button", name=re.compile("^Make a place")).click()
        page.get_by_label("What shall we call you?").fill(f"Nora {id(opened)}")
        page.get_by_role("button", name="Make my place").click()
        page.get_by_role("textbox").fill(page.locator(".code span").last.inner_text())
        page.get_by_role("button", name="I wrote it down").click()
        expect(page.get_by_role("textbox", name="What happened?")).to_have_value(WORDS)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_six_words_are_set_aside_while_ones_own_count(windows: OpenWindow, *, scripts: bool) -> None:
    with windows(java_script_enabled=scripts) as opened:
        page = opened.page
        opened.go("/join/")
        own, aside = page.locator("#id_own"), page.get_by_text("Not used: your own passphrase below counts.")
        write_down = page.get_by_text("They are not shown again.")
        tick = page.get_by_label("I’d rather use my own")
        expect(own).to_be_hidden()
        expect(aside).to_be_hidden()
        tick.check()
        expect(own).to_be_visible()
        expect(aside).to_be_visible()
        expect(write_down).to_be_hidden()
        own.fill("short")
        page.get_by_label("What shall we call you?").fill("Mia")
        page.get_by_role("button", name="Make my place").click()
        expect(tick).to_be_checked()
        expect(page.locator(".own-words .wrong")).to_be_visible()
        page.wait_for_load_state()  # what is ticked before goes unheard
        expect(aside).to_be_visible()
        own.fill("typed and then let go")
        tick.uncheck()
        counts_own = not scripts  # without scripts what was typed stays, and the page says that it counts
        expect(aside).to_be_visible(visible=counts_own)
        expect(write_down).to_be_visible(visible=not counts_own)
        assert bool(own.input_value()) == counts_own


@pytest.mark.parametrize("address", ["/unlock/", "/join/"])
def test_whoever_types_before_all_scripts_are_there_types_on(windows: OpenWindow, address: str) -> None:
    with windows() as opened:
        page, late = opened.page, list[Route]()

        def hold(route: Route) -> None:
            late.append(route)

        page.route("**/peek*.js", hold)
        with page.expect_request("**/peek*.js"):
            page.goto(opened.server.url + address, wait_until="commit")
        box = page.locator("input[type=password]")
        if address == "/join/":
            page.get_by_label("I’d rather use my own").check()
        box.focus()
        page.keyboard.type("heron ")
        late[0].continue_()
        expect(page.get_by_role("button", name="Show")).to_be_visible()
        page.keyboard.type("at six")
        expect(box).to_have_value("heron at six")


def test_a_return_on_the_next_morning_says_tomorrow_until_it_is_today(windows: OpenWindow) -> None:
    with windows() as opened:
        page = opened.page
        page.clock.install(time=LATE)
        opened.go("/moment/")
        said = page.locator("#message p:visible")
        expect(said).to_contain_text("back at 23:20.")
        page.locator("input[value='60']").check(force=True)
        expect(said).to_contain_text("back at 0:00.")
        page.locator("input[value=own]").check(force=True)
        page.locator("#at").fill("07:00")
        expect(said).to_contain_text("back at 7:00, tomorrow.")
        page.get_by_role("button", name="Start").click()
        time = page.locator("[data-time]")
        expect(time).to_have_text("Back at 7:00, tomorrow")
        page.clock.fast_forward("02:00:00")
        expect(time).to_have_text("Back at 7:00")


def test_clock_times_are_read_by_script_as_the_server_writes_them(windows: OpenWindow, alice: Visitor) -> None:
    with windows(locale="en-US") as opened:
        opened.come_in(alice)
        page = opened.page
        page.clock.install(time=LATE.replace(hour=23, minute=48))
        opened.go("/moment/")
        expect(page.locator("[data-clock-in='20']")).to_have_text("00:10")
        expect(page.locator("#message p:visible")).to_contain_text("back at 00:10.")


def test_whoever_returns_late_is_not_told_the_time_they_said(windows: OpenWindow) -> None:
    with windows() as opened:
        page = opened.page
        page.clock.install(time=LATE)
        opened.go("/moment/")
        page.get_by_role("button", name="Start").click()
        expect(page.locator("[data-time]")).to_contain_text("Back at 23:20")
        back = page.get_by_role("link", name="I’m back")
        expect(back).to_have_attribute("href", re.compile("early=short"))
        page.clock.fast_forward("15:00")
        expect(back).to_have_attribute("href", re.compile("23:20"))
        page.clock.fast_forward("25:00")
        expect(page.locator("[data-time]")).to_contain_text("It’s past 23:20")
        back.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("You’re here.")
        assert "?" not in page.url


@pytest.mark.parametrize(
    ("address", "primary"),
    [("/unlock/", "Unlock"), ("/join/", "Make my place"), ("/recover/", "Open my place"), ("/check/", "")],
)
def test_the_moment_never_lies_over_what_a_page_is_for(windows: OpenWindow, address: str, primary: str) -> None:
    with windows() as opened:
        page = opened.page
        opened.go(address)
        if not primary:
            page.get_by_role("textbox").fill(WORDS)
            expect(page.locator("article.note").first).to_be_visible()
        button = page.get_by_role("button", name=primary or re.compile("^Make a place"), exact=True)
        moment = page.get_by_role("link", name="I need a moment")
        expect(moment).to_be_visible()
        for scrolled in range(0, 4000, 90):
            page.evaluate("(to) => scrollTo(0, to)", scrolled)
            assert not over(moment, button), scrolled


@pytest.mark.parametrize("size", [PHONE, {"width": 740, "height": 360}, {"width": 320, "height": 480}])
def test_on_a_phone_words_end_where_the_moment_begins(alice: Visitor, windows: OpenWindow, size: ViewportSize) -> None:
    """No line runs beside or under it, at rest or on the way: what holds it is as wide as the screen."""
    with windows(viewport=size) as opened:
        opened.come_in(alice)
        opened.go("/today/")
        moment = opened.page.get_by_role("link", name="I need a moment").bounding_box()
        bar = opened.page.locator(".bar").bounding_box()
        assert moment
        assert bar
        if moment["y"] == bar["y"]:
            assert moment["height"] == bar["height"]
            assert moment["width"] + bar["width"] == size["width"]
        else:
            assert moment["y"] + moment["height"] == bar["y"]
            assert moment["width"] == bar["width"] == size["width"]
        opened.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        last = opened.page.get_by_role("link", name="Help", exact=True).bounding_box()
        assert last
        assert last["y"] + last["height"] <= moment["y"], "what comes last can be read"


def over(one: Locator, other: Locator) -> bool:
    """Say whether two things on a page lie over each other."""
    first, second = one.bounding_box(), other.bounding_box()
    assert first
    assert second
    return not (
        first["y"] + first["height"] <= second["y"]
        or second["y"] + second["height"] <= first["y"]
        or first["x"] + first["width"] <= second["x"]
        or second["x"] + second["width"] <= first["x"]
    )
