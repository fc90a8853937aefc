"""A real browser on a real server: windows that note every complaint, and people who have a place."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.serving import Server
from tests.visitor import BY_DAY, Visitor

PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 10_000  # ms; on a crowded machine whatever is waited for takes its time
expect.set_options(timeout=PATIENCE)
# Until a shared act shows on the other's open page: it takes less than one second, and five where the stream broke.
SOON = 4_000  # ms
# Adds up how far things jumped without anybody having touched them.
SHIFTS = """
window.jumped = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.jumped += one.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@dataclass
class Window:
    """One context of the browser with a page in it, and what the browser complained about."""

    server: Server
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)
    # A browser asks for this one by itself where what it shows names no icon: a PDF, or a page on its way out.
    expected: list[str] = field(default_factory=lambda: ["/favicon.ico"])

    def go(self, path: str) -> None:
        """Open a page of the server."""
        self.page.goto(self.server.url + path)

    def another(self) -> Page:
        """Open one more tab."""
        page = self.context.new_page()
        self.listen(page)
        return page

    def come_in(self, visitor: Visitor) -> None:
        """Take over the cookies of somebody who is unlocked."""
        self.context.add_cookies(
            [{"name": name, "value": value, "url": self.server.url} for name, value in visitor.cookies.items()]
        )

    def listen(self, page: Page) -> None:
        """Note what the browser complains about on a page: scripts, refusals of the policy, missing files."""
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))

    @property
    def unexpected(self) -> list[str]:
        """Return the complaints that no test announced."""
        return [one for one in self.complaints if not any(words in one for words in self.expected)]

    def _note(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"}:
            self.complaints.append(f"{said.location.get('url', '')}: {said.text}")


def hold_the_clock(page: Page) -> None:
    """Let no time pass on a page from now on but what a test lets run, however slow the machine is."""
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 10"))  # ahead of it, or it would have to run backwards


@contextmanager
def window(browser: Browser, server: Server, **options: Any) -> Iterator[Window]:
    """Open a window, on a phone unless `options` say otherwise; at its end the browser must not have complained."""
    settings = {"viewport": PHONE, "locale": "en-GB", "timezone_id": BY_DAY, **options}
    context = browser.new_context(**settings)
    context.set_default_timeout(PATIENCE)
    context.add_init_script(SHIFTS)
    opened = Window(server, context, context.new_page())
    opened.listen(opened.page)
    try:
        yield opened
        assert opened.unexpected == [], opened.unexpected
    finally:
        context.close()


def opens_nothing(visitor: Visitor) -> bool:
    """Say whether the server locks out whoever comes with these cookies."""
    return visitor.get("/mine/journal/").headers.get("location", "").startswith("/unlock/")
