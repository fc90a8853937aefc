"""Reading what the other would like to try: on a phone the wish has the screen, on a laptop its answers stay there."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import LAPTOP, PHONE
from tests.journeys.conftest import OpenWindow
from tests.visitor import Visitor

pytestmark = pytest.mark.browser
NEW = "/ours/agreements/new/?for=us"
LONG = " ".join(["Half an hour to land when I come home, before anything is asked of me."] * 8)
# How many pixels of the screen are held by what does not move along with the page.
HELD = """() => [...document.querySelectorAll("body *")]
  .filter((one) => ["fixed", "sticky"].includes(getComputedStyle(one).position))
  .map((one) => one.getBoundingClientRect())
  .filter((box) => box.top >= innerHeight / 3 && box.top < innerHeight)
  .reduce((held, box) => Math.max(held, innerHeight - box.top), 0)"""


@pytest.fixture
def asked(people: Callable[[], Visitor]) -> tuple[Visitor, str]:
    """Return somebody who was asked for something in a long letter, and its address."""
    alice, bob = people(), people()
    alice.share_with(bob)
    lines = {"need": LONG, "ask": "keep the bills until we have eaten?", "whose": "us"}
    give = alice.post(NEW, {**alice.get(NEW).hidden, **lines}).headers["location"]
    told = alice.post(give, {**alice.get(give).hidden, "passphrase": alice.passphrase})
    return bob, urlsplit(told.headers["location"]).path


def test_on_a_phone_the_wish_has_the_screen(windows: OpenWindow, asked: tuple[Visitor, str]) -> None:
    bob, there = asked
    with windows(viewport=PHONE) as window:
        window.come_in(bob)
        window.go(there)
        assert window.page.evaluate(HELD) < PHONE["height"] / 5
        window.page.get_by_role("link", name="Four ways to answer").click()
        for answer in ("Agree", "I need time", "No"):
            expect(window.page.get_by_role("link", name=answer, exact=True)).to_be_in_viewport()


def test_on_a_laptop_the_answers_stay_in_view(windows: OpenWindow, asked: tuple[Visitor, str]) -> None:
    bob, there = asked
    with windows(viewport=LAPTOP) as window:
        window.come_in(bob)
        window.go(there)
        expect(window.page.get_by_role("link", name="Agree", exact=True)).to_be_in_viewport()
        expect(window.page.get_by_role("link", name="Four ways to answer")).to_be_hidden()
