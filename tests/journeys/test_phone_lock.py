"""Unlocking with a device's own lock, in a browser whose authenticator is a virtual one."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.journeys.browsing import Window
from tests.journeys.conftest import OpenWindow
from tests.visitor import PASSPHRASE, Visitor

pytestmark = pytest.mark.browser

PHONE_NAME = "Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 Chrome/150.0.0.0 Mobile Safari/537.36"
UNLOCK = "Unlock with this phone’s lock"
WORDS = "He went quiet again, and so did I."


class Phone:
    """A phone's window at an address with a name, and its lock, which obeys the tests."""

    def __init__(self, opened: Window) -> None:
        self.window, self.page = opened, opened.page
        self.url = f"http://localhost:{opened.server.port}"
        self.wire: CDPSession = opened.context.new_cdp_session(opened.page)
        self.wire.send("WebAuthn.enable")
        self.lock = ""

    def get_lock(self, **more: Any) -> None:
        """Give the phone a lock of its own."""
        options = {
            "protocol": "ctap2",
            "ctap2Version": "ctap2_1",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "hasPrf": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        added = self.wire.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, **more}})
        self.lock = added["authenticatorId"]

    def know(self, *, finger: bool) -> None:
        """Say whether the phone knows whoever holds it."""
        self.wire.send("WebAuthn.setUserVerified", {"authenticatorId": self.lock, "isUserVerified": finger})

    def go(self, path: str) -> None:
        self.page.goto(self.url + path)

    def come_in(self, visitor: Visitor) -> None:
        """Take over the cookies of somebody who is unlocked."""
        cookies = [{"name": name, "value": value, "url": self.url} for name, value in visitor.cookies.items()]
        self.window.context.add_cookies(cookies)

    def set_up(self, label: str = "") -> None:
        """Let this phone's lock open the place of whoever is unlocked, with the passphrase typed again."""
        self.go("/settings/phone/")
        self.page.get_by_label("Your passphrase, to be sure it's you").fill(PASSPHRASE)
        if label:
            self.page.get_by_label("What you call this device").fill(label)
        self.page.get_by_role("button", name="Set it up").click()
        self.page.get_by_role("button", name="Go on").click()

    def lock_now(self) -> None:
        self.go("/settings/")
        self.page.get_by_role("button", name="Lock now").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Unlock your place")

    def unlock(self) -> None:
        self.page.get_by_role("button", name=UNLOCK).click()

    def type_in(self, name: str) -> None:
        """Unlock with name and passphrase."""
        self.page.get_by_label("Your name here").fill(name)
        self.page.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
        self.page.get_by_role("button", name="Unlock", exact=True).click()


@pytest.fixture
def phone(windows: OpenWindow) -> Iterator[Phone]:
    with windows(user_agent=PHONE_NAME) as opened:
        yield Phone(opened)


def listed(page: Page) -> list[str]:
    return page.locator(".phone-locks li > span").all_inner_texts()


def test_the_phones_lock_opens_the_place_until_it_is_removed(phone: Phone, people: Any) -> None:
    alice = people()
    phone.get_lock()
    phone.come_in(alice)
    phone.go("/unlock/")
    expect(phone.page.get_by_role("button", name=UNLOCK)).to_have_count(0)
    phone.set_up("The old blue one")
    expect(phone.page.locator(".phone-locks li")).to_have_count(1)
    assert re.fullmatch(r"The old blue one since .+ · this one", listed(phone.page)[0])
    phone.lock_now()
    phone.unlock()
    expect(phone.page).to_have_url(re.compile("/settings/$"))
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text(alice.name)
    phone.go("/settings/phone/")
    phone.page.get_by_role("button", name="Remove").click()
    assert listed(phone.page) == []
    phone.lock_now()
    expect(phone.page.get_by_role("button", name=UNLOCK)).to_have_count(0)
    phone.type_in(alice.name)
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text(alice.name)
