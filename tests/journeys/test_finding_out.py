"""The walk moves on step by step and shows what was said; an answer can be taken back; a sentence can be copied."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Window
from tests.visitor import Visitor

pytestmark = pytest.mark.browser


def test_each_step_folds_to_what_was_said_and_any_may_be_left_out(phone: Window, alice: Visitor) -> None:
    assert alice.name
    phone.go("/mine/needs/walk/")
    page = phone.page
    steps = page.locator("[data-step]")
    page.locator("[name=secure]").press_sequentially("one sure hello")
    steps.nth(0).get_by_role("button", name="Next").click()
    expect(steps.nth(0).locator("[data-said-line]")).to_have_text("one sure hello")
    expect(steps.nth(1)).to_have_attribute("open", "")
    steps.nth(1).get_by_role("button", name="Next").click()
    page.get_by_text("a time of return").click()
    expect(page.locator("[name=need][value=predictability]")).to_be_checked()
    steps.nth(2).get_by_role("button", name="Next").click()
    expect(steps.nth(2).locator("[data-said-line]")).to_have_text("Predictability")
    expect(steps.nth(1).locator("[data-said-line]")).to_be_empty()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You took the time. It’s kept.")
    page.get_by_role("link", name="Find words for it").click()
    expect(page.locator("[name=need]")).to_have_value("a time of return")


def test_an_answer_can_be_taken_back_with_the_keyboard(phone: Window, alice: Visitor) -> None:
    assert alice.name
    phone.go("/mine/needs/questions/")
    page = phone.page
    first = page.locator(".statement").first
    expect(first.get_by_text("Leave it out")).to_be_hidden()
    first.locator("input[value='4']").focus()
    page.keyboard.press("Space")
    expect(first.get_by_text("Leave it out")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(first.locator("input[value='5']")).to_be_checked()
    first.locator(".none").click()
    expect(first.get_by_text("Leave it out")).to_be_hidden()
    expect(first.locator("input[value='5']")).not_to_be_checked()
