"""A lock holds in every window at once, keeps every word, and waits out a missing connection."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Window
from tests.visitor import Visitor

pytestmark = pytest.mark.browser

DOOR = re.compile(r"/unlock/")
WORDS = "Half a thought about the kitchen."


def begin(page: Page, window: Window) -> None:
    page.goto(window.server.url + "/mine/journal/write/")
    page.get_by_label("What happened?").fill(WORDS)


def unlock(page: Page, alice: Visitor) -> None:
    page.get_by_label("Your name here").fill(alice.name)
    page.get_by_label("Passphrase", exact=True).fill(alice.passphrase)
    page.get_by_role("button", name="Unlock", exact=True).click()


def test_locking_one_window_locks_the_others_and_keeps_their_words(phone: Window, alice: Visitor) -> None:
    other = phone.another()
    begin(other, phone)
    phone.go("/settings/")
    phone.page.get_by_role("button", name="Lock now").first.click()
    expect(phone.page).to_have_url(DOOR)
    expect(other).to_have_url(DOOR)
    unlock(other, alice)
    expect(other.get_by_label("What happened?")).to_have_value(WORDS)


def test_leaving_at_once_takes_the_other_windows_along(phone: Window, alice: Visitor) -> None:
    other = phone.another()
    other.goto(phone.server.url + "/mine/journal/")
    phone.go("/today/")
    phone.page.get_by_role("button", name="Exit this page").click()
    expect(other).to_have_url(DOOR)


def test_without_a_connection_the_page_is_covered_and_the_words_wait(phone: Window, alice: Visitor) -> None:
    phone.expected.append("ERR_INTERNET_DISCONNECTED")
    phone.page.clock.install()
    begin(phone.page, phone)
    phone.context.set_offline(True)
    phone.page.clock.run_for(11 * 60 * 1000)
    cover = phone.page.get_by_role("dialog", name="Locked. There is no connection right now.")
    expect(cover).to_be_visible()
    phone.page.keyboard.press("Escape")
    expect(cover).to_be_visible()
    phone.context.set_offline(False)
    phone.page.clock.resume()
    cover.get_by_role("button", name="Try again").click()
    expect(phone.page).to_have_url(DOOR)
    unlock(phone.page, alice)
    expect(phone.page.get_by_label("What happened?")).to_have_value(WORDS)
