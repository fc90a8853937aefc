"""The coach beside a draft: lines under the right letters, cards that can be used or put aside, and few questions."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.journeys.browsing import LAPTOP, Window, hold_the_clock
from tests.journeys.conftest import OpenWindow
from tests.visitor import Visitor

pytestmark = pytest.mark.browser

NEW = "/mine/drafts/new/?kind=sorry"
HARD = "You never listen to me"
SAID = "The coach has a word on this, below."
PAUSE = 400  # ms; longer than the pause after which the coach is asked
# The words under a line as they stand in the box, and whether box and mirror break their lines alike.
MARKED = """() => {
  const box = document.getElementById("sheet");
  const mirror = document.querySelector("[data-sheet=sheet] .mirror");
  const found = [];
  let at = 0;
  for (const node of mirror.childNodes) {
    const length = node.textContent.length;
    if (node.nodeName === "MARK") found.push(box.value.slice(at, at + length));
    at += length;
  }
  const alike = box.clientWidth === mirror.clientWidth && box.scrollHeight <= mirror.clientHeight;
  return { found, same: mirror.textContent === box.value, alike };
}"""
# Writes down every change of what is announced.
ANNOUNCED = """() => {
  const status = document.querySelector("[data-heard-said]");
  window.announced = [];
  new MutationObserver(() => window.announced.push(status.textContent)).observe(status, { childList: true });
}"""


@pytest.fixture
def saying(phone: Window, alice: Visitor) -> Page:
    """Return a page on which Alice begins to say sorry."""
    phone.go(NEW)
    return phone.page


def sheet(page: Page) -> Locator:
    return page.locator("#sheet")


def write(page: Page, words: str) -> None:
    """Put words on the sheet and wait until the coach has answered to all of them and its answer is on the page."""
    with page.expect_response(lambda answer: asks_about(answer.request, words)):
        sheet(page).fill(words)
    answered(page)


def answered(page: Page) -> None:
    """Wait until what the coach answered is on the page: htmx lays it there after it has come."""
    expect(page.locator(".htmx-request")).to_have_count(0)


def asks_about(request: Request, words: str) -> bool:
    """Say whether a page asks the coach about these words; browsers write the ends of lines in their own way."""
    fields = parse_qs(request.post_data or "")
    return request.url.endswith("/listen/") and fields.get("text", [""])[0].split() == words.split()


def marked(page: Page) -> list[str]:
    """Return the words of the box that have a line under them; mirror and box must agree in everything else."""
    seen = page.evaluate(MARKED)
    assert seen["same"]
    assert seen["alike"]
    return seen["found"]


def caret(page: Page, at: int) -> None:
    sheet(page).evaluate("(box, at) => { box.focus(); box.setSelectionRange(at, at); }", at)


@pytest.mark.parametrize(
    "before",
    [
        "",
        "Hello 👋🏽 ",
        "👩‍👩‍👧‍👦 and 🏳️‍🌈: ",
        "One line.\r\nAnother.\n\n",
        "\u200fשלום\u200e, \u202bwords\u202c ",
        "e\u0301te\u0301, İstanbul, ﬁne: ",
        "a\u200bb\u00adc. ",
        "\t<b>&amp;  ",
        "A long way round, " * 12,
    ],
    ids=["plain", "emoji", "joined emoji", "lines", "both ways", "combined", "invisible", "markup", "wrapped"],
)
def test_the_line_stands_under_the_words_that_were_heard(before: str, saying: Page) -> None:
    write(saying, f"{before}{HARD}. 🧡")
    expect(saying.locator(".note h3 .heard")).to_have_text(HARD)
    assert marked(saying) == [HARD]


def test_the_line_goes_along_with_the_words_while_one_types(saying: Page) -> None:
    write(saying, f"Hm.\n{HARD}. Yes.")
    for at, typed in ((0, "🧑🏽‍🤝‍🧑🏻 "), (3, "\n"), (len(f"Hm.\n{HARD}. Yes.") + 8, " Well")):
        caret(saying, at)
        saying.keyboard.insert_text(typed)
        assert marked(saying) == [HARD]
    expect(saying.locator(".note")).to_be_visible()


def test_a_line_goes_when_its_words_are_changed_and_comes_back_with_them(saying: Page) -> None:
    write(saying, f"🧡 {HARD}.")
    caret(saying, len("🧡 ") + 1 + 5)  # an emoji counts two in a browser
    saying.keyboard.insert_text("x")
    assert marked(saying) == []
    expect(saying.locator(".note")).to_be_hidden()
    saying.keyboard.press("Backspace")
    expect(saying.locator(".note")).to_be_visible()
    assert marked(saying) == [HARD]


def test_gentler_words_take_the_place_of_the_right_letters_and_undo_takes_them_back(saying: Page) -> None:
    before, after = "👩‍👩‍👧 Hello.\n", "\nAnd 🧡 more."
    write(saying, f"{before}{HARD}.{after}")
    gentler = saying.locator(".tries li").first.locator("span").inner_text()
    saying.get_by_role("button", name="Use this").first.click()
    expect(sheet(saying)).to_have_value(f"{before}{gentler}{after}")
    expect(saying.locator(".note h3", has_text=HARD)).to_have_count(0)
    saying.keyboard.press("Control+z")
    expect(sheet(saying)).to_have_value(f"{before}{HARD}.{after}")


def test_what_was_put_aside_stays_aside_in_this_draft_only_and_lies_sealed(saying: Page, phone: Window) -> None:
    write(saying, f"{HARD}.")
    key = saying.locator(".note").get_attribute("data-note")
    assert key
    note = saying.locator(f'[data-note="{key}"]')
    with saying.expect_response("**/listen/"):
        saying.get_by_role("button", name="Put this aside").click()
    expect(note).to_have_count(0)
    expect(sheet(saying)).to_be_focused()
    saying.get_by_role("button", name="Keep it here").click()
    saying.wait_for_url("**/?kept=*")
    saying.reload()
    expect(sheet(saying)).to_have_value(f"{HARD}.")
    expect(note).to_have_count(0)
    write(saying, f"{HARD}. Truly.")
    expect(note).to_have_count(0)
    files = list(phone.server.data.glob("kindline.sqlite3*"))
    assert files
    assert not any(key.encode() in file.read_bytes() for file in files)
    phone.go(NEW)
    write(saying, f"{HARD}.")
    expect(note).to_have_count(1)


def test_what_works_stands_before_what_could_be_softer_and_the_need_first_of_all(saying: Page) -> None:
    write(saying, f"I feel sad. I need a quiet hour. {HARD}.")
    first = saying.locator("#sheet-heard .leaves li").first
    expect(first).to_have_text("a need")
    leaf, note = first.bounding_box(), saying.locator(".note").first.bounding_box()
    assert leaf is not None
    assert note is not None
    assert leaf["y"] < note["y"]


def test_it_is_told_politely_once_for_an_answer_and_never_for_a_key(saying: Page) -> None:
    status = saying.locator("[data-heard-said]")
    expect(status).to_have_role("status")  # polite by its role
    assert saying.locator("#sheet-heard").get_attribute("aria-live") is None
    hold_the_clock(saying)
    saying.evaluate(ANNOUNCED)
    for words in (f"{HARD}.", " You never call."):
        sheet(saying).press_sequentially(words)
        with saying.expect_response("**/listen/"):
            saying.clock.run_for(PAUSE)
        answered(saying)
        expect(status).to_have_text(SAID)
    assert saying.evaluate("window.announced") == [SAID]
    saying.clock.resume()
    write(saying, "See you at six.")
    expect(status).to_have_text("Nothing here that the coach would say differently.")


@pytest.mark.parametrize("words", ["You hit me last night.", "x" * 20_001], ids=["safety", "too long"])
def test_what_matters_more_than_wording_is_told_as_well(words: str, saying: Page) -> None:
    write(saying, words)
    expect(saying.locator("[data-heard-said]")).to_have_text(SAID)


# Writes down what the coach is asked, and how many questions were open at most.
ASKED = """() => {
  window.asked = { words: [], most: 0 };
  const open = [];
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (body) {
    window.asked.words.push(String(body));
    open.push(this);
    window.asked.most = Math.max(window.asked.most, open.filter((one) => one.readyState < 4).length);
    return send.call(this, body);
  };
}"""


def slow(opened: Window, milliseconds: int) -> None:
    wire: Any = opened.context.new_cdp_session(opened.page)
    wire.send("Network.enable")
    limits = {"offline": False, "latency": milliseconds, "downloadThroughput": -1, "uploadThroughput": -1}
    wire.send("Network.emulateNetworkConditions", limits)


def test_one_question_at_a_time_and_the_last_words_are_always_heard(saying: Page, phone: Window) -> None:
    saying.evaluate(ASKED)
    slow(phone, 700)
    for piece in (f"{HARD}. ", "You always start. ", "You are so lazy. ", "I'm tired."):
        sheet(saying).press_sequentially(piece, delay=5)
        saying.wait_for_timeout(PAUSE)
    saying.wait_for_function("() => window.asked.words.at(-1).includes('tired')")
    answered(saying)
    expect(saying.locator(".note")).to_have_count(3)
    asked = saying.evaluate("window.asked")
    assert asked["most"] == 1
    assert 1 < len(asked["words"]) <= 12  # not for every letter; on a slow machine a piece may take several
    assert len(set(asked["words"])) == len(asked["words"])


def test_an_unchanged_text_is_never_asked_about_again(saying: Page) -> None:
    saying.evaluate(ASKED)
    write(saying, f"{HARD}.")
    hold_the_clock(saying)
    saying.keyboard.press("End")
    for _ in range(3):
        saying.keyboard.type("x")
        saying.keyboard.press("Backspace")
    sheet(saying).blur()
    sheet(saying).focus()
    saying.clock.run_for(3 * PAUSE)  # nothing may happen: there is nothing to wait for
    assert len(saying.evaluate("window.asked.words")) == 1


def test_on_a_laptop_the_lines_stand_right_after_the_window_was_made_narrower(
    windows: OpenWindow, people: Callable[[], Visitor]
) -> None:
    with windows(viewport=LAPTOP) as opened:
        opened.come_in(people())
        opened.go(NEW)
        write(opened.page, f"{'Some words of mine. ' * 8}{HARD}.")
        assert marked(opened.page) == [HARD]
        opened.page.set_viewport_size({"width": 500, "height": 800})
        assert marked(opened.page) == [HARD]
