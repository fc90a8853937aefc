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
        opened.expected.append("the server responded with a status of 40")  # met a lock that stays closed

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
        self.page.get_by_role("button", name="Set it up").click()
        self.page.get_by_label("Your passphrase, to be sure it’s you").fill(PASSPHRASE)
        if label:
            self.page.get_by_label("What you call this device").fill(label)
        self.page.get_by_role("button", name="Go on").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Now the device asks")
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
    assert re.fullmatch(r"The old blue one\s+since .+ ·\s+this one", listed(phone.page)[0])
    phone.lock_now()
    phone.unlock()
    expect(phone.page).to_have_url(re.compile("/settings/$"))
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text(alice.name)
    phone.go("/settings/phone/")
    phone.page.get_by_role("button", name="Remove").click()
    expect(phone.page.get_by_role("button", name="Set it up")).to_be_visible()
    assert listed(phone.page) == []
    phone.lock_now()
    expect(phone.page.get_by_role("button", name=UNLOCK)).to_have_count(0)
    phone.type_in(alice.name)
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text(alice.name)


def test_words_that_meet_the_lock_go_on_once_the_phone_opened_it(phone: Phone, people: Any) -> None:
    alice = people()
    phone.get_lock()
    phone.come_in(alice)
    phone.set_up()
    expect(phone.page.get_by_role("button", name="Remove My phone")).to_be_visible()
    phone.go("/mine/journal/write/")
    phone.page.get_by_role("textbox", name="What happened?").fill(WORDS)
    alice.post("/lock/", {})  # the same session, ended from elsewhere
    phone.page.get_by_role("button", name="Save").click()
    expect(phone.page.get_by_text("Your words are here, out of sight in this page.")).to_be_visible()
    phone.unlock()
    expect(phone.page).to_have_url(re.compile("/mine/journal/.+/kept/"))
    phone.go("/mine/journal/")
    expect(phone.page.get_by_text(WORDS)).to_have_count(1)


def test_a_phone_that_does_not_know_the_finger_leaves_the_passphrase(phone: Phone, people: Any) -> None:
    alice = people()
    phone.get_lock()
    phone.come_in(alice)
    phone.set_up()
    expect(phone.page.locator(".phone-locks li")).to_have_count(1)
    phone.lock_now()
    phone.know(finger=False)
    phone.unlock()
    expect(phone.page.get_by_role("alert")).to_have_text("It didn’t open. Your name and passphrase do.")
    phone.type_in(alice.name)
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text(alice.name)


def test_a_passkey_deleted_on_the_phone_leaves_the_passphrase(phone: Phone, people: Any) -> None:
    alice = people()
    phone.get_lock()
    phone.come_in(alice)
    phone.set_up()
    expect(phone.page.locator(".phone-locks li")).to_have_count(1)
    phone.lock_now()
    phone.wire.send("WebAuthn.clearCredentials", {"authenticatorId": phone.lock})
    phone.unlock()
    expect(phone.page.get_by_role("alert")).to_have_text("It didn’t open. Your name and passphrase do.")
    phone.type_in(alice.name)
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text(alice.name)


def test_each_of_two_people_on_one_phone_opens_their_own_place(phone: Phone, people: Any) -> None:
    alice, bob = people(), people()
    phone.get_lock()
    phone.come_in(alice)
    phone.set_up()
    expect(phone.page.locator(".phone-locks li")).to_have_count(1)
    phone.lock_now()
    phone.page.goto(phone.url + "/unlock/")
    phone.type_in(bob.name)
    phone.set_up("Bob’s")
    expect(phone.page.locator(".phone-locks li")).to_have_count(1)
    assert [one.partition("since")[0].strip() for one in listed(phone.page)] == ["Bob’s"]
    opened = []
    for _ in range(2):
        phone.lock_now()
        phone.unlock()
        expect(phone.page).to_have_url(re.compile("/settings/$"))
        opened += [name for name in (alice.name, bob.name) if name in phone.page.locator("h1").inner_text()]
        phone.go("/settings/phone/")
        phone.page.get_by_role("button", name="Remove").click()
        expect(phone.page.get_by_role("button", name="Set it up")).to_be_visible()
    assert sorted(opened) == sorted((alice.name, bob.name)), "removing one leaves the other's"
    phone.lock_now()
    expect(phone.page.get_by_role("button", name=UNLOCK)).to_have_count(0)


def test_a_phone_that_makes_no_key_of_its_lock_says_so(phone: Phone, people: Any) -> None:
    alice = people()
    phone.get_lock(hasPrf=False)
    phone.come_in(alice)
    phone.set_up()
    expect(phone.page.get_by_role("alert")).to_contain_text("this browser makes no key from it")
    phone.go("/settings/phone/")
    assert listed(phone.page) == []
    credentials = phone.wire.send("WebAuthn.getCredentials", {"authenticatorId": phone.lock})
    assert credentials["credentials"] == [], "no passkey that opens nothing stays in the phone's list"


def test_a_browser_without_a_lock_says_so_in_one_sentence(phone: Phone, people: Any) -> None:
    phone.come_in(people())
    phone.go("/settings/phone/")
    phone.page.get_by_role("button", name="Set it up").click()
    expect(phone.page.get_by_role("alert")).to_contain_text("This browser can’t use the device’s lock for Kindline.")
    expect(phone.page.get_by_label("Your passphrase, to be sure it’s you")).to_be_hidden()


def test_without_scripts_it_says_so_too(windows: OpenWindow, people: Any) -> None:
    with windows(java_script_enabled=False) as opened:
        opened.come_in(people())
        opened.go("/settings/phone/")
        expect(opened.page.get_by_text("This browser can’t use the device’s lock for Kindline.")).to_be_visible()
        expect(opened.page.get_by_role("button", name="Set it up")).to_be_hidden()


def test_an_address_that_is_a_number_says_so_too(windows: OpenWindow, people: Any) -> None:
    with windows() as opened:
        opened.come_in(people())
        opened.go("/settings/phone/")
        opened.page.get_by_role("button", name="Set it up").click()
        expect(opened.page.get_by_role("alert")).to_contain_text("This browser can’t use the device’s lock")


def test_a_new_passphrase_ends_the_phones_lock(phone: Phone, people: Any) -> None:
    alice = people()
    phone.get_lock()
    phone.come_in(alice)
    phone.set_up()
    expect(phone.page.locator(".phone-locks li")).to_have_count(1)
    assert alice.write("Written before.").status == 302
    phone.go("/settings/passphrase/")
    phone.page.get_by_label("Your old passphrase").fill(PASSPHRASE)
    phone.page.get_by_role("button", name="Use the new passphrase").click()
    expect(phone.page.get_by_role("button", name="I wrote it down")).to_be_visible()
    phone.go("/settings/phone/")
    assert listed(phone.page) == []
    phone.go("/mine/journal/")
    expect(phone.page.get_by_text("Written before.")).to_be_visible()
    phone.lock_now()
    phone.unlock()
    expect(phone.page.get_by_role("alert")).to_have_text("That didn’t open anything here. Your name and passphrase do.")
