"""The sentence grows while somebody types, and what they change by hand is never written over."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browsing import Window
from tests.visitor import Visitor

pytestmark = pytest.mark.browser

NEW = "/mine/drafts/new/"


@pytest.fixture
def saying(phone: Window, alice: Visitor) -> Page:
    """Return a page on which Alice begins to find words."""
    phone.go(NEW)
    return phone.page


def sheet(page: Page) -> Locator:
    return page.locator("#sheet")


def test_the_sentence_grows_line_by_line_and_the_coach_listens(saying: Page) -> None:
    saying.locator("[name=need]").press_sequentially("tea at five")
    expect(sheet(saying)).to_have_value("I need tea at five. How is that for you?")
    saying.get_by_role("button", name="Next").first.click()
    saying.keyboard.type("talk on the phone, so I’ll call back at six")
    expect(sheet(saying)).to_have_value(re.compile("I.ll call back at six"))
    expect(saying.locator("[data-said-line]").first).to_have_text("tea at five")
    expect(saying.locator(".leaves")).to_contain_text("a need")


def test_what_is_written_before_the_page_listens_is_on_the_sheet_once_it_does(phone: Window, alice: Visitor) -> None:
    assert alice.name
    page, held = phone.page, []
    page.route("**/say.*.js", lambda script: held.append(script))  # noqa: PLW0108 - Playwright takes no builtin
    page.goto(phone.server.url + NEW, wait_until="commit")
    page.locator("[name=need]").fill("tea at five")
    expect(sheet(page)).to_have_value("")
    assert held, "the page waits for its script"
    for script in held:
        script.continue_()
    expect(sheet(page)).to_have_value("I need tea at five. How is that for you?")


def test_what_was_changed_by_hand_stays_until_it_is_made_new(saying: Page) -> None:
    saying.locator("[name=need]").fill("tea at five")
    expect(sheet(saying)).to_have_value("I need tea at five. How is that for you?")
    sheet(saying).fill("Tea at five would be lovely.")
    saying.locator("[name=need]").fill("tea at six")
    saying.get_by_text("Plain", exact=True).click()
    expect(sheet(saying)).to_have_value("I need tea at six.")
    saying.get_by_text("Warm", exact=True).click()
    expect(sheet(saying)).to_have_value("Tea at five would be lovely.")
    saying.get_by_role("button", name="Make it new from my lines").click()
    expect(sheet(saying)).to_have_value("I need tea at six. How is that for you?")


def test_on_a_phone_the_wording_stays_in_view_while_a_later_line_is_written(saying: Page) -> None:
    saying.locator("[name=need]").fill("tea at five")
    saying.locator("summary", has_text="More, if it helps").click()
    saying.locator("summary", has_text="When we look at it again").click()
    last = saying.locator("[name=look_again]")
    last.fill("in three weeks")
    expect(sheet(saying)).to_have_value(re.compile("in three weeks"))
    expect(sheet(saying)).to_be_in_viewport()
    expect(last).to_be_in_viewport()
    words, line = sheet(saying).bounding_box(), last.bounding_box()
    assert words is not None
    assert line is not None
    assert words["y"] + min(words["height"], 740 * 0.34) <= line["y"]
