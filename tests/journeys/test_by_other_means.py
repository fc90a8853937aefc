"""By keyboard alone, and without JavaScript: joining, writing, finding words and a touchstone all work."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import OpenWindow

pytestmark = pytest.mark.browser

IS_FOCUSED = "(element) => element === document.activeElement"
MOST_STEPS = 80


def step_to(page: Page, aim: Locator) -> None:
    """Press Tab until something has the focus, and see that the focus shows."""
    for _ in range(MOST_STEPS):
        if aim.evaluate(IS_FOCUSED):
            assert aim.evaluate("(element) => element.matches(':focus-visible')")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{aim} was not reached by keyboard")


def press(page: Page, name: str, role: str = "button") -> None:
    """Press something that leads to another page, and wait for that page: the next one may have the same on it."""
    step_to(page, page.get_by_role(role, name=re.compile(name)).first)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_somebody_joins_and_writes_by_keyboard_alone(windows: OpenWindow) -> None:
    with windows() as opened:
        page = opened.page
        opened.go("/")
        press(page, "^Make a place$", "link")
        step_to(page, page.get_by_label("What shall we call you?"))
        page.keyboard.type(f"Kim {id(opened)}")
        press(page, "^Make my place$")
        expect(page.locator(".code span")).to_have_count(9)
        step_to(page, page.get_by_role("textbox"))
        page.keyboard.type(page.locator(".code span").last.inner_text())
        with page.expect_navigation():
            page.keyboard.press("Enter")
        box = page.get_by_role("textbox", name="What happened?")
        step_to(page, box)
        page.keyboard.type("Written without a mouse.")
        fold = page.locator("summary", has_text="What did you feel?")
        step_to(page, fold)
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        press(page, "^Save$")
        expect(page.get_by_role("heading", name="It’s kept")).to_be_visible()
        press(page, "^Read it$", "link")
        expect(page.get_by_text("Written without a mouse.")).to_be_visible()
        expect(page.get_by_text("quite")).to_be_visible()
        press(page, "^Change it$", "link")
        press(page, "^I need a moment$", "link")
        press(page, "^Start$")
        expect(page.locator(".breathing")).to_be_visible()
        press(page, "^Exit this page$")
        expect(page.get_by_role("heading", name="Rain, later sun")).to_be_visible()


def test_the_first_walk_works_without_javascript(windows: OpenWindow) -> None:
    with windows(java_script_enabled=False) as opened:
        page = opened.page
        opened.go("/check/")
        page.get_by_role("textbox").fill("You never listen to me.")
        page.get_by_role("button", name="Listen to this").click()
        expect(page.locator("article.note").first).to_be_visible()
        expect(page.locator("p.marked mark").first).to_be_visible()
        page.get_by_role("button", name="Use this").first.click()
        expect(page.get_by_role("textbox")).not_to_have_value(re.compile("You never listen"))

        opened.go("/join/")
        page.get_by_label("What shall we call you?").fill(f"Noor {id(opened)}")
        page.get_by_role("button", name="Make my place").click()
        page.get_by_role("textbox").fill(page.locator(".code span").last.inner_text())
        page.get_by_role("button", name="I wrote it down").click()
        page.get_by_role("textbox", name="What happened?").fill("He walked out in the middle of it.")
        page.get_by_role("button", name="Save").click()
        page.get_by_role("link", name="Look again now").click()
        page.get_by_label("to be told beforehand").check(force=True)
        page.get_by_label("In your own words: I need").fill("to know when he comes back")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Predictability")).to_be_visible()
        page.get_by_role("link", name="Draw a line").click()
        expect(page.get_by_text("In your journal: “to know when he comes back”")).to_be_visible()
        expect(page.locator("#sheet")).to_have_value("")
        expect(page.get_by_role("button", name=re.compile("^Keep until"))).to_be_hidden()
        page.locator("[name=need]").fill("to know when you come back")
        ask = page.locator("details:has([name=ask])")
        ask.locator("summary").click()
        ask.locator("textarea").fill("say when you will be back")
        page.get_by_role("button", name="Make the sentence from my lines").click()
        sheet = page.locator("#sheet")
        expect(sheet).to_have_value(re.compile("say when you will be back"))
        sheet.fill(sheet.input_value() + " You always walk out.")
        page.get_by_role("button", name=re.compile("^Listen")).click()
        expect(page.locator("article.note").first).to_be_visible()
        page.get_by_role("button", name=re.compile("^Take it along")).click()
        expect(page.locator("#words")).to_contain_text("say when you will be back")
        page.get_by_role("link", name="As a card").click()
        page.get_by_role("button", name="Keep as my touchstone").click()
        expect(page.get_by_text("Yours alone, since")).to_be_visible()
        page.get_by_role("button", name="Exit this page").click()
        expect(page.get_by_role("heading", name="Rain, later sun")).to_be_visible()
