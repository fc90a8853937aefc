"""Two tabs, a double click, the back button, a lock while writing: nothing overwritten unseen, no word lost (T12)."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from threading import Event
from time import monotonic
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browsing import Window
from tests.journeys.standing_by import wait_until_it_stands_by
from tests.serving import Server
from tests.visitor import Visitor

pytestmark = pytest.mark.browser

WRITE = "/mine/journal/write/"
ENTRY = re.compile(r"/mine/journal/[0-9a-f-]{36}/$")


@pytest.fixture
def writing(phone: Window, alice: Visitor) -> Page:
    """Return a page on which Alice is about to write, with the clock in the test's hand."""
    phone.page.clock.install()
    phone.go(WRITE)
    return phone.page


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="What happened?")


def words_kept(alice: Visitor) -> list[str]:
    """Return the first words of every entry in the list."""
    return re.findall(r'<span class="first">(.*?)</span>', alice.get("/mine/journal/").text)


def lock_behind(server: Server, alice: Visitor) -> None:
    """End every session of everybody on the server, as a sweep would, while pages stay open."""
    with closing(sqlite3.connect(server.database, timeout=10)) as database, database:
        database.execute("DELETE FROM vault_session")
    alice.cookies.pop("kindline", None)


def rows_of_unsaved_words(server: Server) -> int:
    with closing(sqlite3.connect(server.database, timeout=10)) as database:
        return int(database.execute("SELECT count(*) FROM vault_unsaved").fetchone()[0])


def unlock(page: Page, alice: Visitor) -> None:
    expect(page.get_by_role("heading", name="Unlock your place")).to_be_visible()
    page.get_by_label("Your name here").fill(alice.name)
    page.get_by_label("Passphrase", exact=True).fill(alice.passphrase)
    page.get_by_role("button", name="Unlock", exact=True).click()


def pause_until_kept(page: Page) -> None:
    """Let the two seconds after the last key pass, and wait for the server to have it."""
    with page.expect_response("**/unsaved/") as answer:
        page.clock.run_for(2_100)
    assert answer.value.status == 204
    expect(page.get_by_text("Kept as you write.")).to_be_visible()


def test_two_tabs_with_the_same_entry_never_overwrite_each_other(phone: Window, alice: Visitor) -> None:
    phone.expected.append("409")
    entry_id = uuid4()
    alice.write("As it was at first.", entry_id)
    first, second = phone.page, phone.another()
    for page in (first, second):
        page.goto(f"{phone.server.url}/mine/journal/{entry_id}/edit/")
    box(first).fill("As the first tab says.")
    first.get_by_role("button", name="Save").click()
    expect(first.get_by_text("As the first tab says.").first).to_be_visible()

    box(second).fill("As the second tab says.")
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_text("This changed in another window.")).to_be_visible()
    expect(second.get_by_role("textbox", name="Your words here")).to_have_value("As the second tab says.")
    expect(second.get_by_text("As the first tab says.").first).to_be_visible()
    assert words_kept(alice) == ["As the first tab says."]


def test_a_double_click_on_save_keeps_one_entry(writing: Page, alice: Visitor) -> None:
    box(writing).fill("Said once.")
    writing.get_by_role("button", name="Save").dblclick()
    expect(writing.get_by_role("heading", name="It’s kept")).to_be_visible()
    assert words_kept(alice) == ["Said once."]


def test_back_after_saving_and_saving_again_doubles_nothing(phone: Window, writing: Page, alice: Visitor) -> None:
    phone.expected.append("409")
    box(writing).fill("What I wrote first.")
    writing.get_by_role("button", name="Save").click()
    expect(writing.get_by_role("heading", name="It’s kept")).to_be_visible()
    writing.go_back()
    box(writing).fill("What I wrote after going back.")
    writing.get_by_role("button", name="Save").click()
    differs = writing.get_by_text("This changed in another window.")
    expect(differs.or_(writing.get_by_role("heading", name="It’s kept"))).to_be_visible()
    if differs.is_visible():
        expect(writing.locator("[name=what]")).to_have_value("What I wrote after going back.")
        assert words_kept(alice) == ["What I wrote first."]
    else:
        assert sorted(words_kept(alice)) == ["What I wrote after going back.", "What I wrote first."]


def test_words_come_back_after_the_tab_was_closed(phone: Window, writing: Page) -> None:
    box(writing).fill("Written and not saved.")
    pause_until_kept(writing)
    writing.close()
    again = phone.another()
    again.goto(phone.server.url + WRITE)
    expect(box(again)).to_have_value("Written and not saved.")


def test_words_typed_right_before_leaving_the_page_come_back(server: Server, phone: Window, writing: Page) -> None:
    before = rows_of_unsaved_words(server)
    box(writing).fill("Typed in the last second.")
    writing.goto(server.url + "/help/")
    # The browser sends this after the page is gone, so there is no page to wait on.
    began = monotonic()
    while rows_of_unsaved_words(server) == before and monotonic() - began < 10:
        Event().wait(0.02)
    phone.go(WRITE)
    expect(box(writing)).to_have_value("Typed in the last second.")


def reload(page: Page) -> None:
    page.reload()


def tap_today(page: Page) -> None:
    page.get_by_role("link", name="Today").first.click()


@pytest.mark.usefixtures("alice")
@pytest.mark.parametrize("leaves", [reload, tap_today])
def test_words_typed_right_before_leaving_come_back_with_a_worker_standing_by(
    leaves: Callable[[Page], None], phone: Window
) -> None:
    phone.go(WRITE)
    wait_until_it_stands_by(phone.page)
    for words in ("Typed in the last second.", "And a little more of it.", "And then the rest."):
        phone.go(WRITE)
        box(phone.page).fill(words)
        leaves(phone.page)
        began = monotonic()
        while box(phone.page).count() == 0 or box(phone.page).input_value() != words:
            assert monotonic() - began < 20, "these words are lost"
            phone.go(WRITE)


def test_saved_words_do_not_come_back_as_unsaved(phone: Window, writing: Page) -> None:
    box(writing).fill("Saved after a while.")
    pause_until_kept(writing)
    writing.get_by_role("button", name="Save").click()
    expect(writing.get_by_role("heading", name="It’s kept")).to_be_visible()
    phone.go(WRITE)
    expect(box(writing)).to_have_value("")


def autosave(page: Page) -> None:
    page.clock.run_for(2_100)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()


@pytest.mark.parametrize("goes_on", [autosave, save])
def test_a_lock_while_writing_carries_the_words_through_unlocking(
    goes_on: Callable[[Page], None], server: Server, phone: Window, writing: Page, alice: Visitor
) -> None:
    phone.expected.append("401")
    box(writing).fill("Written while the door closed.")
    lock_behind(server, alice)
    goes_on(writing)
    expect(writing.get_by_text("Your words are here")).to_be_visible()
    phone.expected.append("403")
    writing.get_by_label("Your name here").fill(alice.name)
    writing.get_by_label("Passphrase", exact=True).fill("a passphrase with a slip of the finger")
    writing.get_by_role("button", name="Unlock", exact=True).click()
    expect(writing.get_by_text("open anything here")).to_be_visible()
    unlock(writing, alice)
    if goes_on is save:
        expect(writing.get_by_role("heading", name="It’s kept")).to_be_visible()
        alice.unlock()
        assert words_kept(alice) == ["Written while the door closed."]
    else:
        expect(box(writing)).to_have_value("Written while the door closed.")


def test_a_page_too_old_to_send_gives_its_words_back_ready_to_be_sent(
    phone: Window, writing: Page, alice: Visitor
) -> None:
    phone.expected.append("403")
    box(writing).fill("Written on a page from yesterday.")
    phone.context.clear_cookies(name="kindline-form")
    save(writing)
    expect(writing.get_by_role("heading", name="This page was too old to send.")).to_be_visible()
    expect(writing.get_by_text("Written on a page from yesterday.")).to_be_visible()
    writing.get_by_role("button", name="Send it now").click()
    expect(writing.get_by_role("heading", name="It’s kept")).to_be_visible()
    assert words_kept(alice) == ["Written on a page from yesterday."]


def test_a_lock_in_another_tab_carries_the_words_of_this_one(phone: Window, writing: Page, alice: Visitor) -> None:
    phone.expected.append("401")
    other = phone.another()
    other.goto(phone.server.url + "/help/")
    box(writing).fill("Half a sentence, and then")
    other.evaluate("document.getElementById('lock').requestSubmit()")
    expect(other.get_by_role("heading", name="Unlock your place")).to_be_visible()
    writing.clock.run_for(2_100)
    unlock(writing, alice)
    expect(box(writing)).to_have_value("Half a sentence, and then")


def test_an_automatic_lock_keeps_the_words_first(writing: Page, alice: Visitor) -> None:
    box(writing).fill("I stopped in the middle of")
    writing.clock.fast_forward("10:01")
    unlock(writing, alice)
    expect(box(writing)).to_have_value("I stopped in the middle of")


def keep_here(page: Page) -> Locator:
    """Return the button that keeps a draft; what it says depends on the hour."""
    return page.get_by_role("button", name="Keep it here").or_(page.get_by_role("button", name="Keep it and go on"))


def test_two_tabs_with_the_same_draft_never_overwrite_each_other(phone: Window, alice: Visitor) -> None:
    phone.expected.append("409")
    first = phone.page
    phone.go("/mine/drafts/new/")
    first.locator("#id_need").fill("half an hour to land")
    keep_here(first).click()
    expect(first.get_by_text("Your words, ready when you are.")).to_be_visible()
    second = phone.another()
    second.goto(first.url)
    for page, words in ((first, "an hour to land"), (second, "ten minutes to land")):
        line = page.locator("details:has(#id_need)")
        if line.get_attribute("open") is None:
            line.locator("summary").click()
        page.locator("#id_need").fill(words)
    for page in (first, second):
        with page.expect_navigation():  # one after the other: who comes second is told
            keep_here(page).click()
    expect(second.get_by_text("This changed in another window.")).to_be_visible()
    expect(second.locator("#id_need")).to_have_value("ten minutes to land")
    expect(second.get_by_text("an hour to land").first).to_be_visible()


def test_words_of_one_kind_wait_while_others_are_begun(phone: Window, alice: Visitor) -> None:
    page, left = phone.page, {"thanks": "For the soup.", "sorry": "I was loud."}
    page.clock.install()
    for kind, words in left.items():
        phone.go(f"/mine/drafts/new/?kind={kind}")
        page.locator("#sheet").fill(words)
        pause_until_kept(page)
    for kind, words in left.items():
        phone.go(f"/mine/drafts/new/?kind={kind}")
        expect(page.locator("#sheet")).to_have_value(words)
    page.locator("button[value=keep]:visible").first.click()
    expect(page).to_have_url(re.compile("kept="))
    phone.go("/mine/drafts/new/?kind=thanks")
    expect(page.locator("#sheet")).to_have_value("For the soup.")
    phone.go("/mine/drafts/new/?kind=sorry")
    expect(page.locator("#sheet")).to_have_value("")
