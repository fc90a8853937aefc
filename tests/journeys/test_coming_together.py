"""Two people in two browsers: a code, a new place, the same six words, and both are in. Then one leaves."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import LAPTOP
from tests.journeys.conftest import OpenWindow, Window
from tests.journeys.test_every_page import look_closely
from tests.visitor import Visitor

pytestmark = pytest.mark.browser


def join(page: Page, name: str) -> None:
    """Make a place with the six words offered, and type the recovery code's last group back."""
    page.get_by_label("What shall we call you?").fill(name)
    page.get_by_role("button", name="Make my place").click()
    page.get_by_role("textbox").fill(page.locator(".code span").last.inner_text())
    page.get_by_role("button", name="I wrote it down").click()


def six_words(page: Page) -> list[str]:
    expect(page.locator(".six-words li")).to_have_count(6)
    return page.locator(".six-words li").all_inner_texts()


def asked_addresses(page: Page) -> list[str]:
    """Note every address that this page asks the server for from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def test_from_a_link_to_both_being_in_without_a_reload(windows: OpenWindow, alice: Visitor, phone: Window) -> None:
    hers, bob = phone.page, f"Bob {uuid4().hex[:8]}"
    phone.go("/together/invite/")
    hers.get_by_role("button", name="Make a code").click()
    code = hers.locator("#code").inner_text()
    link = hers.locator("#link").text_content() or ""
    assert link.endswith(code.replace(" ", "-"))
    with windows(viewport=LAPTOP) as other:
        his = other.page
        asked = asked_addresses(his)
        his.goto(link)
        expect(his.get_by_role("heading", name=f"{alice.name} invites you")).to_be_visible()
        assert his.url.endswith("/invited/")
        his.get_by_role("link", name="Make a place for it, two minutes").click()
        join(his, bob)
        words = six_words(his)
        expect(his.get_by_role("button", name="We read the same words")).to_have_count(0)
        assert six_words(hers) == words  # her page went on by itself
        hers.get_by_label("Your passphrase, to be sure it’s you").fill(alice.passphrase)
        hers.get_by_role("button", name="They are the same").click()
        expect(hers.get_by_role("heading", name=f"You and {bob}")).to_be_visible()
        his.get_by_role("button", name="We read the same words").click()
        expect(his.get_by_role("heading", name=f"You and {alice.name}")).to_be_visible()
        expect(his.get_by_text("Need an evening to yourself? Put it here first.")).to_be_visible()
        # The browser itself knows the part behind "#"; what it asks the server for never has it.
        assert not any(word in address.partition("#")[0] for address in asked for word in code.split())
        his.get_by_role("link", name="Leave this space").click()
        his.get_by_role("button", name="Leave now").click()
        expect(his.get_by_role("heading", name="You have left")).to_be_visible()
        expect(hers.get_by_text("This shared space is closed.")).to_be_visible()


def test_together_shows_by_itself_that_the_guest_is_there(
    alice: Visitor, phone: Window, people: Callable[[], Visitor]
) -> None:
    alice.post("/together/invite/", {})
    code = re.search(r'id="code"[^>]*>([^<]+)<', alice.get("/together/invite/").text)
    phone.go("/together/")
    expect(phone.page.get_by_text("Nobody has opened it yet.")).to_be_visible()
    guest = people()
    guest.get("/invited/")
    guest.post("/invited/", {"code": code[1]})
    guest.post("/invited/yes/", {})
    phone.page.get_by_role("link", name="See the six words").click()
    six_words(phone.page)


def test_without_scripts_one_types_the_words_and_looks_again(windows: OpenWindow) -> None:
    with windows(java_script_enabled=False) as hers_in, windows(java_script_enabled=False) as his_in:
        hers, his = hers_in.page, his_in.page
        hers_in.go("/join/")
        passphrase = hers.locator("#six-words").inner_text()
        join(hers, "Nora")
        hers_in.go("/together/invite/")
        hers.get_by_role("button", name="Make a code").click()
        his_in.go("/invited/")
        his.get_by_label("The seven words you were given").fill("these are not the words")
        his.get_by_role("button", name="See who it is from").click()
        expect(his.locator(".wrong", has_text="That code doesn’t open anything.")).to_be_visible()
        his_in.expected.append("403")
        his.get_by_label("The seven words you were given").fill(hers.locator("#code").inner_text())
        his.get_by_role("button", name="See who it is from").click()
        his.get_by_role("link", name="Make a place for it, two minutes").click()
        join(his, "Emil")
        hers_in.go("/today/")
        hers.get_by_role("link", name="See the six words").click()
        assert six_words(hers) == six_words(his)
        hers.get_by_label("Your passphrase, to be sure it’s you").fill(passphrase)
        hers.get_by_role("button", name="They are the same").click()
        his.get_by_role("link", name="Look again").click()
        his.get_by_role("button", name="We read the same words").click()
        expect(his.get_by_role("heading", name="You and Nora")).to_be_visible()


def test_the_square_reads_as_the_link(alice: Visitor, phone: Window) -> None:
    phone.go("/together/invite/")
    phone.page.get_by_role("button", name="Make a code").click()
    square = phone.page.locator("svg.square")
    side = int((square.get_attribute("viewBox") or "").split()[2])
    assert side > 4 * 2 + 21
    box = square.bounding_box()
    assert box
    assert box["width"] == pytest.approx(box["height"], abs=1)
    assert box["width"] / side > 4  # CSS pixels a dot: what a phone's camera reads at arm's length
    assert re.search(r"^rgb\(255, 255, 255\)$", square.locator("rect").evaluate("one => getComputedStyle(one).fill"))


def test_a_new_link_counts_more_than_one_opened_before(windows: OpenWindow, people: Callable[[], Visitor]) -> None:
    hosts = [people(), people()]
    links = []
    for host in hosts:
        host.post("/together/invite/", {})
        links.append(re.search(r'id="link"[^>]*>([^<]+)<', host.get("/together/invite/").text)[1])
    with windows() as opened:
        for host, link in zip(hosts, links, strict=True):
            opened.page.goto("about:blank")
            opened.page.goto(link)
            expect(opened.page.get_by_role("heading", name=f"{host.name} invites you")).to_be_visible()


def afresh(visitor: Visitor) -> Visitor:
    """Let somebody call anew: while pages are looked at closely, the server hangs up."""
    visitor.close()
    return visitor


def test_every_page_on_the_way_is_good_for_everybody(windows: OpenWindow, people: Callable[[], Visitor]) -> None:
    host, guest = people(), people()
    with windows(reduced_motion="reduce") as hers, windows(reduced_motion="reduce") as his:
        hers.come_in(host)
        his.come_in(guest)
        for path in ("/together/", "/together/invite/"):
            look_closely(hers, path)
        afresh(host).post("/together/invite/", {})
        for path in ("/together/", "/together/invite/", "/today/"):
            look_closely(hers, path)
        code = re.search(r'id="code"[^>]*>([^<]+)<', afresh(host).get("/together/invite/").text)
        afresh(guest).get("/invited/")
        afresh(guest).post("/invited/", {"code": code[1]})
        his.come_in(guest)
        look_closely(his, "/invited/")
        afresh(guest).post("/invited/yes/", {})
        look_closely(hers, "/together/same/")
        look_closely(his, "/together/same/")
        afresh(host).post("/together/same/", {"passphrase": host.passphrase})
        for path in ("/together/same/", "/today/"):
            look_closely(his, path)
        look_closely(hers, "/together/")
        afresh(guest).post("/together/same/", {})
        for path in ("/together/", "/together/leave/", "/together/compare/"):
            look_closely(his, path)
