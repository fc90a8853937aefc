"""The whole first walk, as somebody new would go it: from a pasted message to a touchstone in print."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import LAPTOP, Window
from tests.journeys.conftest import OpenWindow

pytestmark = pytest.mark.browser

HURT = "You never listen to me. You always look at your phone when I talk."


@pytest.mark.parametrize("look", [{"color_scheme": "dark"}, {"color_scheme": "light", "viewport": LAPTOP}])
def test_a_person_alone_walks_from_a_pasted_message_to_a_printed_touchstone(windows: OpenWindow, look: dict) -> None:
    with windows(**look) as opened:
        page = opened.page
        a_pasted_message_is_answered(opened)
        joining_leads_to_the_first_entry(opened)
        a_friction_is_kept_and_looked_at_again(page)
        an_insight_becomes_words(page)
        words_become_a_touchstone(opened)


def a_pasted_message_is_answered(opened: Window) -> None:
    page = opened.page
    opened.go("/")
    page.get_by_role("link", name="What are you about to send?").click()
    page.get_by_role("textbox", name="What are you about to send?").fill(HURT)
    note = page.locator("article.note").first
    expect(note).to_be_visible()
    expect(page.locator(".mirror mark").first).to_be_visible()
    page.get_by_role("button", name="Use this").first.click()
    expect(page.get_by_role("textbox", name="What are you about to send?")).not_to_have_value(HURT)


def joining_leads_to_the_first_entry(opened: Window) -> None:
    page = opened.page
    page.get_by_role("button", name=re.compile("Make a place")).click()
    expect(page.get_by_text("Your words come along.")).to_be_visible()
    page.get_by_label("What shall we call you?").fill(f"Mara {id(opened)}")
    page.get_by_role("button", name="Make my place").click()
    groups = page.locator(".code span").all_inner_texts()
    assert len(groups) == 9
    page.get_by_role("textbox").fill("0000")
    page.get_by_role("button", name="I wrote it down").click()
    expect(page.locator(".wrong").first).to_be_visible()
    page.get_by_role("textbox").fill(groups[-1].lower())
    page.get_by_role("button", name="I wrote it down").click()
    expect(page.get_by_role("heading", name="What happened?")).to_be_visible()
    expect(page.get_by_role("textbox", name="What happened?")).to_have_value(re.compile("phone"))
    assert all(cookie["httpOnly"] for cookie in page.context.cookies())


def a_friction_is_kept_and_looked_at_again(page: Page) -> None:
    page.get_by_role("textbox", name="What happened?").fill("Jonas looked at his phone while I told him about Mum.")
    page.get_by_text("What did you feel?").first.click()
    page.locator(".chip").first.click()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Look again now").click()
    page.locator("input[name=need]").first.check(force=True)
    page.get_by_label("In your own words: I need").fill("to be heard when it matters")
    page.get_by_label("What were you afraid of?").fill("that I don't count")
    page.get_by_role("button", name="Save").click()


def an_insight_becomes_words(page: Page) -> None:
    page.get_by_role("link", name="Ask for something").click()
    expect(page.locator("[name=need]")).to_have_value(re.compile("be heard when it matters"))
    sheet = page.locator("#sheet")
    expect(sheet).to_have_value(re.compile("be heard when it matters"))
    expect(sheet).not_to_have_value(re.compile("Jonas"))
    ask = page.locator("details:has([name=ask])")
    ask.locator("summary").click()
    ask.locator("textarea").fill("put the phone away while we talk after dinner")
    expect(sheet).to_have_value(re.compile("put the phone away while we talk after dinner"))
    expect(page.locator(".leaves li").first).to_be_visible()
    by_hand = f"{sheet.input_value()} You never listen."
    sheet.fill(by_hand)
    expect(page.locator("article.note").first).to_be_visible()
    page.get_by_role("button", name=re.compile("^Take it along")).click()


def words_become_a_touchstone(opened: Window) -> None:
    page = opened.page
    words = page.locator("#words").inner_text()
    assert "be heard when it matters" in words
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert what_can_be_pasted(opened) == words
    page.get_by_role("link", name="As a card").click()
    expect(page.locator("blockquote")).to_be_visible()
    page.get_by_role("button", name="Keep as my touchstone").click()
    expect(page.get_by_text("Yours alone, since")).to_be_visible()
    assert page.pdf().count(b"/Type /Page\n") == 1


def what_can_be_pasted(opened: Window) -> str:
    page = opened.another()
    page.goto(opened.server.url + "/check/")
    box = page.get_by_role("textbox", name="What are you about to send?")
    box.press("Control+v")
    expect(box).not_to_have_value("")
    pasted = box.input_value()
    page.close()
    return pasted
