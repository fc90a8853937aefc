"""What every page must be: readable for everybody, in both themes, at any size, still, light and without complaint."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, CDPSession, Page

from tests.journeys.browsing import PATIENCE, PHONE, Window, window
from tests.journeys.conftest import OpenWindow
from tests.journeys.places import FOR_ANYBODY, ONLY_LOCKED, Place, places
from tests.journeys.places import furnish as furnished
from tests.serving import Server
from tests.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.walks]

EVERYTHING = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
CONTRAST = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
UNFOLD = """() => {
  for (const fold of document.querySelectorAll("details")) {
    fold.removeAttribute("name");
    fold.open = true;
  }
}"""
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(window.jumped))))"
WIDE = "() => document.documentElement.scrollWidth"
PLACES = places()
PARTS = 3  # in which all pages are weighed, by as many workers as there are
SLOW = 12  # times slower than this machine
LARGE_OR_CHANGED_BY_SCRIPTS = (
    "today:today", "drafts:new", "drafts:touchstone", "agreements:touchstone", "journal:journal", "moment:pause",
    "needs:leaning",
)  # fmt: skip
FIRST_VISIT = 60_000  # bytes over the wire, with style and scripts
NEXT_VISIT = 15_000
# Private pages are not compressed, so that nobody can guess at words from sizes; these hold forms of many parts.
# What they weigh (first visit, next visit) is their limit until they are lighter.
LARGER = {
    "drafts:draft": (68_000, 24_000),
    "drafts:new": (66_000, 21_000),
    "needs:questions": (FIRST_VISIT, 16_500),
    "door:settings": (60_500, 15_200),
    "journal:edit": (FIRST_VISIT, 15_200),
    "rhythms:rhythm": (FIRST_VISIT, 15_200),
}


@pytest.fixture(scope="module")
def resident(server: Server) -> Iterator[tuple[Visitor, dict[str, str]]]:
    """Return somebody with a lively place, and the ids of what is in it."""
    with closing(Visitor(server.url, name="Robin")) as visitor:
        yield visitor.join(), furnished(visitor)


@pytest.fixture(scope="module")
def outside(browser: Browser, server: Server) -> Iterator[Window]:
    with window(browser, server, reduced_motion="reduce") as opened:
        yield opened


@pytest.fixture(scope="module")
def inside(browser: Browser, server: Server, resident: tuple[Visitor, dict[str, str]]) -> Iterator[Window]:
    with window(browser, server, reduced_motion="reduce") as opened:
        opened.come_in(resident[0])
        yield opened


@pytest.mark.parametrize("place", [one for one in PLACES if one.is_public], ids=lambda one: one.name)
def test_a_page_for_everybody_is_good_for_everybody(place: Place, outside: Window) -> None:
    look_closely(outside, place.path(FOR_ANYBODY))


@pytest.mark.parametrize("place", [one for one in PLACES if one.name not in ONLY_LOCKED], ids=lambda one: one.name)
def test_a_page_for_somebody_unlocked_is_good_for_everybody(
    place: Place, inside: Window, resident: tuple[Visitor, dict[str, str]]
) -> None:
    look_closely(inside, place.path(resident[1]))


@pytest.mark.parametrize("path", ["/nothing-here/", "/mine/journal/00000000-0000-4000-8000-000000000000/"])
def test_a_page_that_is_not_there_is_good_for_everybody(path: str, inside: Window) -> None:
    inside.expected.append("404")
    look_closely(inside, path, status=404)


def test_on_a_slow_phone_nothing_jumps_either(inside: Window, resident: tuple[Visitor, dict[str, str]]) -> None:
    page = inside.page
    page.set_viewport_size(PHONE)
    wire = inside.context.new_cdp_session(page)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
    jumped = {}
    for place in (one for one in PLACES if one.name in LARGE_OR_CHANGED_BY_SCRIPTS):
        page.goto(inside.server.url + place.path(resident[1]), timeout=SLOW * PATIENCE)
        if moved := round(page.evaluate(SETTLED), 3):
            jumped[place.name] = moved
    wire.detach()
    assert jumped == {}


def look_closely(opened: Window, path: str, status: int = 200) -> None:
    page, before = opened.page, len(opened.complaints)
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="light")
    answer = page.goto(opened.server.url + path)
    assert answer is not None
    assert (answer.status, page.url.partition("?")[0]) == (status, opened.server.url + path)
    if page.locator("[data-sheet]").count():
        page.wait_for_load_state("networkidle")  # the coach answers by itself
    assert round(page.evaluate(SETTLED), 3) == 0, "something jumped"
    page.evaluate(UNFOLD)
    faults = [f"light: {one}" for one in violations(page, EVERYTHING)]
    page.emulate_media(color_scheme="dark")
    faults += [f"dark: {one}" for one in violations(page, CONTRAST)]
    faults += too_wide(page)
    assert faults == []
    assert [one for one in opened.complaints[before:] if one in opened.unexpected] == []


def violations(page: Page, options: dict) -> list[str]:
    """Return what axe finds: the rule and the place."""
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['target']} {node['html'][:160]}" for one in found for node in one["nodes"]]


def too_wide(page: Page) -> list[str]:
    """Return at which sizes one would have to scroll sideways."""
    found = []
    for width, size in ((320, "100%"), (360, "200%"), (320, "200%")):
        page.set_viewport_size({"width": width, "height": 740})
        page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", size)
        reached = page.evaluate(WIDE)
        if reached > width:
            found.append(f"{reached} px wide at {width} px and {size} text")
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_pages_are_light(part: int, windows: OpenWindow, resident: tuple[Visitor, dict[str, str]]) -> None:
    too_heavy = {}
    for comes_in in (False, True):
        # The service worker asks for its pages after everything else; what a page itself weighs is looked at alone.
        with windows(service_workers="block") as opened:
            opened.expected.append("Service Worker registration blocked")
            if comes_in:
                opened.come_in(resident[0])
            wire, sizes = counting(opened)
            for place in PLACES[part::PARTS]:
                if not (place.is_public or comes_in):
                    continue
                wire.send("Network.clearBrowserCache")
                weights = [weight(opened, sizes, place.path(resident[1])) for _visit in range(2)]
                limits = LARGER.get(place.name, (FIRST_VISIT, NEXT_VISIT))
                if any(size > most for size, most in zip(weights, limits, strict=True)):
                    too_heavy[place.name] = weights
    assert too_heavy == {}


def counting(opened: Window) -> tuple[CDPSession, list[int]]:
    """Return the line to the browser's network, and a list that grows by the bytes of each answer from now on."""
    sizes: list[int] = []
    wire = opened.context.new_cdp_session(opened.page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    return wire, sizes


def weight(opened: Window, sizes: list[int], path: str) -> int:
    """Return how many bytes came over the wire for a page and what it needs."""
    opened.page.goto("about:blank")  # what the page before was still waiting for is not counted to this one
    sizes.clear()
    opened.page.goto(opened.server.url + path)
    return sum(sizes)
