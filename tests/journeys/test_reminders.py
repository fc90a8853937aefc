"""Reminders on a device, from turning them on to what stands on the screen; only the maker's push service is ours."""

import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browsing import Window, window
from tests.journeys.conftest import LIGHT
from tests.journeys.standing_by import wait_until_it_stands_by
from tests.push_service import PushService, push_service
from tests.serving import serving
from tests.visitor import Visitor

pytestmark = pytest.mark.browser

PAGE = "/settings/reminders/"
# In place of the maker's push service: what a browser answers with, once it was asked with the server's key.
GIVEN = """
const plain = (text) => atob(text.replaceAll("-", "+").replaceAll("_", "/"));
const unpacked = (text) => Uint8Array.from(plain(text), (sign) => sign.charCodeAt(0));
const one = (key) => ({
  endpoint: "%(endpoint)s",
  options: { applicationServerKey: key },
  getKey: (name) => unpacked({ p256dh: "%(public)s", auth: "%(auth)s" }[name]).buffer,
  unsubscribe: async () => { sessionStorage.removeItem("key"); return true; },
});
const kept = () => sessionStorage.getItem("key");
PushManager.prototype.getSubscription = async () => (kept() ? one(unpacked(kept()).buffer) : null);
PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey: key }) => {
  if (!userVisibleOnly || key.length !== 65) throw new Error("no such key");
  sessionStorage.setItem("key", btoa(String.fromCharCode(...key)).replaceAll("+", "-").replaceAll("/", "_"));
  return one(key.buffer);
};
"""
SHOWN = """async () => {
  const there = await (await navigator.serviceWorker.ready).getNotifications();
  return there.map(({ title, body, tag, lang, icon }) => ({ title, body, tag, lang, icon: new URL(icon).pathname }));
}"""


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as one:
        yield one


@pytest.fixture
def phone(browser: Browser, service: PushService) -> Iterator[Window]:
    """Return a phone on which somebody is unlocked, at a server that may speak to our push service."""
    light = (sys.executable, "-c", LIGHT)
    with serving(command=light, KINDLINE_PUSH_LOOPBACK="allow") as server, window(browser, server) as opened:
        opened.context.grant_permissions(["notifications"], origin=server.url)
        opened.context.add_init_script(GIVEN % service.fields())
        with closing(Visitor(server.url).join()) as alice:
            opened.come_in(alice)
            yield opened


def deliver(phone: Window, message: bytes) -> None:
    """Hand a message to the device's service worker, as the browser does once it has opened it."""
    line = phone.context.new_cdp_session(phone.page)
    found: list[str] = []

    def note(event: dict[str, Any]) -> None:
        found.extend(one["registrationId"] for one in event["registrations"] if not one["isDeleted"])

    line.on("ServiceWorker.workerRegistrationUpdated", note)
    line.send("ServiceWorker.enable")
    while not found:
        phone.page.wait_for_timeout(20)
    more = {"origin": phone.server.url, "registrationId": found[0], "data": message.decode()}
    line.send("ServiceWorker.deliverPushMessage", more)


def found(page: Page) -> list[dict[str, Any]]:
    """Wait until something is shown, ten seconds at most, and return it."""
    for _look in range(500):
        if shown := page.evaluate(SHOWN):
            return shown
        page.wait_for_timeout(20)
    return []


def test_a_device_is_turned_on_tried_reminded_and_turned_off_again(phone: Window, service: PushService) -> None:
    page = phone.page
    phone.go(PAGE)
    wait_until_it_stands_by(page)
    page.get_by_role("button", name="Turn on for this device").click()
    expect(page.get_by_text("this one")).to_be_visible()
    expect(page.get_by_role("button", name="Turn on for this device")).to_be_hidden()
    expect(page.get_by_label("At", exact=True)).to_be_hidden()
    page.get_by_text("Once a day").click()
    expect(page.get_by_label("At", exact=True)).to_be_visible()

    page.get_by_role("button", name="Send me one now").click()
    expect(page.get_by_text("Sent. It may take a moment.")).to_be_visible()
    [arrived] = service.arrived
    deliver(phone, arrived.plain)
    (shown,) = found(page)
    assert shown.pop("icon").startswith("/static/page/guises/kindline-192")
    said = {"title": "A reminder", "body": "One you set for yourself. Tap to look."}
    assert shown == {**said, "tag": "reminder", "lang": "en"}
    deliver(phone, arrived.plain)  # once more: it takes the place of the first
    page.wait_for_timeout(300)
    assert len(found(page)) == 1

    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("button", name="Turn on for this device")).to_be_visible()
    expect(page.get_by_text("this one")).to_have_count(0)


def test_a_browser_that_was_told_to_show_nothing_says_so(phone: Window) -> None:
    phone.context.clear_permissions()
    phone.context.add_init_script("Notification.requestPermission = async () => 'denied';")
    phone.go(PAGE)
    phone.page.get_by_role("button", name="Turn on for this device").click()
    expect(phone.page.get_by_role("alert")).to_contain_text("told to show nothing")
