"""At the worst moment: the circle for everybody, by keyboard, still, without scripts, without a connection; and what
was told before and after reaches the place that it is kept in, or waits."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import LAPTOP, Window, hold_the_clock
from tests.journeys.conftest import OpenWindow
from tests.visitor import BY_DAY, Visitor

pytestmark = pytest.mark.browser

PAUSE = "/moment/pause/"
# How wide the growing disc is drawn, as a share of the circle.
GROWN = "() => Number(getComputedStyle(document.querySelector('.pacer'), '::before').scale)"
WORDS = "() => [...document.querySelectorAll('.pacer span')].map((word) => Number(getComputedStyle(word).opacity) > .5)"
MOVE_TO = """(seconds) => { for (const one of document.querySelector('.breathing').getAnimations({subtree: true}))
  one.currentTime = seconds * 1000; }"""
# A clock of its own for the circle: with the animations held, what is drawn depends on nothing but where they stand.
HOLD = "() => { for (const one of document.querySelector('.breathing').getAnimations({subtree: true})) one.pause(); }"


@pytest.fixture
def still(windows: OpenWindow) -> Iterator[Window]:
    with windows(reduced_motion="reduce") as opened:
        yield opened


def at(page: Page, seconds: float) -> tuple[float, list[bool]]:
    page.evaluate(MOVE_TO, seconds)
    return round(page.evaluate(GROWN), 2), page.evaluate(WORDS)


def test_the_circle_grows_for_four_seconds_and_shrinks_for_six(phone: Window) -> None:
    phone.go(PAUSE)
    page = phone.page
    page.evaluate(HOLD)
    assert at(page, 0)[0] == pytest.approx(0.45)
    assert at(page, 2)[1] == [True, False]
    assert at(page, 4)[0] == pytest.approx(1)
    assert at(page, 7)[1] == [False, True]
    assert at(page, 9.99)[0] == pytest.approx(0.45, abs=0.01)


@pytest.mark.parametrize(("pace", "seconds"), [("five", 12), ("six", 10), ("seven", 8.571)])
def test_a_pace_of_ones_own(phone: Window, pace: str, seconds: float) -> None:
    phone.go(PAUSE)
    page = phone.page
    page.get_by_role("button", name="Your pace").click()
    page.get_by_role("group", name="Breaths a minute").get_by_label(pace).check(force=True)
    page.get_by_label("An even longer breath out").check()
    page.get_by_role("button", name="Done").click()
    page.evaluate(HOLD)
    assert at(page, seconds / 3)[0] == pytest.approx(1, abs=0.01)
    assert at(page, seconds * 0.6)[1] == [False, True]
    assert at(page, seconds)[0] == pytest.approx(0.45, abs=0.01)


def test_with_reduced_motion_words_and_count_change_and_nothing_moves(still: Window) -> None:
    still.go(PAUSE)
    page = still.page
    expect(page.locator("[data-count]")).to_have_text("2")
    page.wait_for_function(f"() => ({WORDS})()[1]", timeout=15_000)
    page.evaluate(HOLD)
    size, words = at(page, 1.5)
    assert words == [True, False]
    assert at(page, 5.5) == (size, [False, True])
    expect(page.get_by_text("In and out with the words")).to_be_visible()
    expect(page.get_by_text("In as it grows")).to_be_hidden()


def test_a_screen_reader_hears_the_first_breaths_and_then_is_left_alone(phone: Window) -> None:
    phone.go(PAUSE)
    page = phone.page
    hold_the_clock(page)
    phone.page.reload()
    page.evaluate(HOLD)
    heard = page.locator("[data-heard]")
    said = []
    for second in range(62):
        page.evaluate(MOVE_TO, second)
        page.clock.run_for(1000)
        if heard.inner_text() not in said[-1:]:
            said.append(heard.inner_text())
    assert said == ["in", "and out", "in", "and out", "One minute."]
    page.get_by_role("button", name="Your pace").click()
    page.get_by_label("In words only").check()
    expect(heard).to_have_text("")
    expect(page.get_by_text("Breathe out, softly, while you count to six.")).to_be_visible()
    expect(page.locator(".pacer")).to_be_hidden()


def test_it_ends_after_the_minutes_one_chose_at_the_end_of_a_breath(phone: Window) -> None:
    phone.go(f"{PAUSE}?breathe=1#breathe")
    page = phone.page
    hold_the_clock(page)
    phone.page.reload()
    page.evaluate(HOLD)
    for second in range(0, 66, 2):
        page.evaluate(MOVE_TO, second)
        page.clock.run_for(2000)
    expect(page.get_by_role("button", name="Start")).to_be_visible()
    expect(page.locator("[data-line]")).to_have_text("That was as long as you chose. Again, or enough?")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()


def test_the_screen_stays_on_while_the_circle_runs_and_no_longer(phone: Window) -> None:
    phone.page.add_init_script(
        """window.held = 0;
        navigator.wakeLock.request = async () => {
          window.held += 1;
          const lock = new EventTarget();
          lock.release = async () => { window.held -= 1; lock.dispatchEvent(new Event("release")); };
          return lock;
        };"""
    )
    phone.go(PAUSE)
    page = phone.page
    page.wait_for_function("() => window.held === 1")
    page.get_by_role("button", name="Stop").click()
    page.wait_for_function("() => window.held === 0")
    page.get_by_role("button", name="Start").click()
    page.wait_for_function("() => window.held === 1")
    page.get_by_role("link", name="Walk").click()
    page.wait_for_function("() => window.held === 0")


def current(page: Page, word: str) -> None:
    expect(page.locator(".way [aria-current]")).to_have_text(word)


@pytest.mark.parametrize("size", ["phone", "laptop"])
def test_by_arrow_keys_and_by_words_from_one_practice_to_the_next(still: Window, size: str) -> None:
    page = still.page
    if size == "laptop":
        page.set_viewport_size(LAPTOP)
    still.go(PAUSE)
    current(page, "Breathe")
    page.keyboard.press("ArrowRight")
    current(page, "Five things")
    page.keyboard.press("ArrowRight")
    current(page, "Far")
    page.keyboard.press("ArrowLeft")
    current(page, "Five things")
    page.get_by_role("link", name="Water").click()
    current(page, "Water")
    expect(page.get_by_text("Cold water over your wrists.")).to_be_in_viewport()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    current(page, "Rest")
    assert page.evaluate("history.length") == 2, "going back leaves the page, not the practice"


def test_five_things_come_one_at_a_time_without_scripts_too(windows: OpenWindow) -> None:
    for scripts in (True, False):
        with windows(java_script_enabled=scripts) as opened:
            page = opened.page
            opened.go(f"{PAUSE}#five-things")
            steps = page.locator(".one-by-one label")
            for turn in (0, 1, 2, 3, 4, 0):
                expect(steps.nth(turn).locator("input")).to_be_checked()
                assert steps.nth(turn).evaluate("(step) => getComputedStyle(step).opacity") == "1"
                box = steps.nth(turn).locator("small").bounding_box()
                assert box is not None
                page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_without_scripts_everything_can_be_read_and_the_circle_runs(windows: OpenWindow) -> None:
    with windows(java_script_enabled=False) as opened:
        page = opened.page
        opened.go(PAUSE)
        expect(page.locator(".pacer")).to_be_visible()
        expect(page.get_by_role("button", name="Stop")).to_be_hidden()
        page.get_by_role("button", name="Your pace").click()
        expect(page.get_by_role("group", name="Breaths a minute")).to_be_visible()
        expect(page.get_by_role("group", name="Minutes")).to_be_hidden()
        page.get_by_role("button", name="Done").click()
        for word, line in (("Walk", "Walk to the corner"), ("Wall", "Lean both palms"), ("Far", "something far away")):
            page.get_by_role("link", name=word, exact=True).click()
            expect(page.get_by_text(line)).to_be_in_viewport()


# Before and after.


def begin(opened: Window, before: str) -> Page:
    opened.go(f"{PAUSE}?back=23:59")
    page = opened.page
    page.get_by_role("group", name="How stirred up are you?").get_by_label(before, exact=True).check(force=True)
    expect(page.get_by_text("Noted. Nothing else to do.")).to_be_visible()
    return page


def test_one_tap_before_one_after_and_what_helps_grows(alice: Visitor, phone: Window) -> None:
    for _ in range(3):
        page = begin(phone, "very")
        page.get_by_role("link", name="Walk").click()
        current(page, "Walk")
        page.wait_for_timeout(1500)
        page.get_by_role("link", name="I’m back").click()
        dialog = page.get_by_role("dialog", name="How stirred up now?")
        dialog.get_by_label("After").select_option("walk")
        dialog.get_by_role("button", name="a little", exact=True).click()
        expect(page.get_by_role("heading", name="You said 23:59 and you’re here.")).to_be_visible()
        expect(page.get_by_text("is kept, for you alone")).to_be_visible()
    page.get_by_role("link", name="What helps you").click()
    expect(page.get_by_text("After a walk you were calmer 3 of 3 times.")).to_be_visible()


def test_not_now_is_one_press_and_is_not_asked_again(alice: Visitor, phone: Window) -> None:
    page = begin(phone, "quite")
    page.get_by_role("button", name="Stop").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("link", name="I’m back").click()
    expect(page.get_by_role("heading", name="You said 23:59")).to_be_visible()
    assert "/forget/" not in alice.get("/mine/calm/helps/").text


def test_who_says_nothing_before_is_asked_nothing_after(alice: Visitor, phone: Window) -> None:
    phone.go(f"{PAUSE}?back=23:59")
    phone.page.get_by_role("link", name="I’m back").click()
    expect(phone.page.get_by_role("heading", name="You said 23:59")).to_be_visible()


def test_locked_meanwhile_the_answer_waits_and_goes_over_the_lock(alice: Visitor, phone: Window) -> None:
    page = begin(phone, "too much")
    phone.context.clear_cookies(name="kindline")
    phone.expected.append("401")
    page.get_by_role("link", name="I’m back").click()
    page.get_by_role("button", name="calm", exact=True).click()
    expect(page.get_by_text("Your place is locked, so this")).to_be_visible()
    page.get_by_role("button", name="Unlock and keep it").click()
    page.locator("[name=name]").fill(alice.name)
    page.locator("[name=passphrase]").fill(alice.passphrase)
    page.keyboard.press("Enter")
    expect(page.get_by_text("is kept, for you alone")).to_be_visible()
    assert re.search(r"too much\s*→\s*calm", alice.get("/mine/calm/helps/").text)


def test_the_answer_before_lies_nowhere_but_in_the_page(alice: Visitor, phone: Window) -> None:
    page = begin(phone, "very")
    assert page.evaluate("() => localStorage.length + sessionStorage.length") == 0
    assert "very" not in page.url
    page.reload()
    expect(page.get_by_role("group", name="How stirred up are you?")).to_be_visible()
    assert page.locator("[name=before]:checked").count() == 0


def test_no_connection_holds_nobody_up(alice: Visitor, phone: Window) -> None:
    page = begin(phone, "very")
    phone.expected.append("ERR_INTERNET_DISCONNECTED")
    phone.context.set_offline(True)
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="calm", exact=True).click()
    expect(page.get_by_text("No connection, so this isn’t kept yet.")).to_be_visible()
    expect(page.get_by_role("button", name="Unlock and keep it")).to_be_hidden()
    page.get_by_role("button", name="Leave it").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


READY = """async () => {
  await navigator.serviceWorker.ready;
  for (const name of await caches.keys()) if ((await (await caches.open(name)).keys()).length > 5) return true;
  return false;
}"""


def test_without_a_connection_all_of_it_works_by_this_devices_clock(phone: Window) -> None:
    phone.expected += ["ERR_INTERNET_DISCONNECTED", "Failed to load resource"]
    page = phone.page
    phone.go("/moment/")
    page.wait_for_function(READY)
    phone.context.set_offline(True)
    page.clock.install(time=datetime(2026, 5, 3, 20, 52, 10, tzinfo=ZoneInfo(BY_DAY)))
    phone.go("/moment/")
    expect(page.get_by_text("I’ll be back at 21:15.")).to_be_visible()
    expect(page.get_by_text("all of this works without one.")).to_be_visible()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("Back at 21:15, in about 20 minutes")).to_be_visible()
    expect(page.get_by_role("link", name="I need longer")).to_be_visible()
    expect(page.get_by_role("link", name="Give a time after all")).to_be_hidden()
    page.clock.fast_forward("03:00")
    expect(page.get_by_text("Back at 21:15, in 20 minutes")).to_be_visible()
    page.get_by_role("link", name="Water").click()
    expect(page.get_by_text("Cold water over your wrists.")).to_be_in_viewport()
    page.get_by_role("link", name="I need longer").click()
    expect(page.get_by_text("I need a little longer. I’ll be back at 21:35.")).to_be_visible()
    page.get_by_role("button", name="Start").click()
    page.get_by_role("link", name="I’m back").click()
    expect(page.get_by_role("heading", name="You’re here, earlier than you said.")).to_be_visible()
    expect(page.get_by_role("link", name="To the beginning")).to_be_hidden()


@pytest.mark.parametrize("clock", [time(20, 50, 5), time(20, 53, 20), time(20, 54, 30)], ids=str)
def test_who_chose_twenty_minutes_reads_twenty_whatever_the_clock_shows(phone: Window, clock: time) -> None:
    phone.page.clock.install(time=datetime.combine(date(2026, 5, 3), clock, tzinfo=ZoneInfo(BY_DAY)))
    phone.go("/moment/")
    phone.page.get_by_role("button", name="Start").click()
    expect(phone.page.get_by_text("Back at 21:15, in about 20 minutes")).to_be_visible()


def test_a_practice_kept_on_this_device_is_there_while_the_place_is_locked(alice: Visitor, phone: Window) -> None:
    page = phone.page
    phone.go("/mine/calm/new/")
    page.get_by_label("What calms you?").fill("Tea <i>on</i> the step")
    page.get_by_label("How does it go?").fill("Both hands round the mug.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Tea <i>on</i> the step").click()
    page.get_by_role("button", name="Keep on this device").click()
    expect(page.get_by_text("Kept on this device.")).to_be_attached()
    phone.context.clear_cookies()
    phone.go(PAUSE)
    page.get_by_role("link", name="Tea <i>on</i> the step").click()
    expect(page.get_by_text("Both hands round the mug.")).to_be_in_viewport()
    current(page, "Tea <i>on</i> the step")
