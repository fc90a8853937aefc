"""How soon whoever waits sees that somebody stepped away: benchmarks/pauses.py [--times 30] [--pages 500].

One browser has the page of the one who waits open, beside many other open pages on the same server; somebody steps away
on a locked phone that may, needs longer and comes back. Time counts from before the form is sent until the words stand
on the open page, without a reload.
"""

import argparse
import asyncio
import re
import statistics
import sys
import tempfile
from http import HTTPStatus
from pathlib import Path
from threading import Thread
from time import perf_counter, sleep
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Page, sync_playwright

from benchmarks.live import close, fill, opened
from benchmarks.timing import machine
from tests.machine import chromium
from tests.serving import Server
from tests.visitor import Visitor

SLOWEST = 1.0  # seconds
ROUNDS = 6  # of three acts each on one phone; it is let act twenty times an hour
WAITING, MOMENT = "/ours/pauses/", "/moment/"
HEADINGS = "() => [...document.querySelectorAll('main h1, main h2')].map((one) => one.textContent).join(' ')"
QUIET = ["--no-sandbox", "--disable-gpu"]


def beside(server: Server, pages: int, data: list[tuple[list[str], list[str]]], until: list[bool]) -> Thread:
    """Hold as many other pages open until told otherwise, in a thread of their own."""

    async def hold() -> None:
        streams = await opened(server, data, pages)
        until.append(False)
        while until == [False]:
            await asyncio.sleep(0.2)
        await close(streams)

    thread = Thread(target=lambda: asyncio.run(hold()))
    thread.start()
    while not until:
        sleep(0.05)
    return thread


def sent(phone: Visitor, page: str, path: str, **more: str) -> float:
    """Open a page on the locked phone, send its form, and return when that began."""
    phone.close()  # the server hangs up on whoever rests; dialling anew is part of it
    hidden = phone.get(page).hidden
    began = perf_counter()
    answer = phone.post(path, {"form_id": str(uuid4()), **hidden, **more})
    assert answer.status == HTTPStatus.FOUND, answer.text
    return began


def seen(page: Page, words: str, since: float) -> float:
    """Return how many seconds after a moment a page shows words in a heading."""
    pattern = re.compile(words)
    while not pattern.search(page.evaluate(HEADINGS)):
        page.wait_for_timeout(5)
    return perf_counter() - since


def locked_phone(bob: Visitor) -> Visitor:
    """Let one more device of somebody's pause without unlocking, and return it locked."""
    bob.close()
    bob.cookies.pop("kindline-pause", None)
    bob.get("/ours/pauses/devices/")
    assert bob.post("/ours/pauses/devices/", {}).status == HTTPStatus.FOUND
    return Visitor(bob.url, cookies={name: value for name, value in bob.cookies.items() if name != "kindline"})


def measure(page: Page, bob: Visitor, times: int) -> dict[str, list[float]]:
    """Step away, need longer and come back so many times, on one phone after another: each may act so often an hour."""
    took: dict[str, list[float]] = {"stepped away": [], "needs longer": [], "is back": []}
    for number in range(times):
        if number % ROUNDS == 0:
            phone = locked_phone(bob)
        for words, asked, path in (
            ("stepped away", MOMENT, "/ours/pauses/away/"),
            ("needs longer", f"{MOMENT}?longer", "/ours/pauses/longer/"),
            ("is back", "/moment/pause/", "/ours/pauses/back/"),
        ):
            led = phone.get(asked).headers.get("location", asked)
            took[words].append(seen(page, words, sent(phone, led, path, minutes="20")))
            sleep(0.13)  # at any moment between two looks at the database
    return took


def main() -> None:
    """Fill a house, serve it, let one wait and the other step away, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=30)
    options.add_argument("--pages", type=int, default=500)
    wanted = options.parse_args()
    print(f"{machine()}; beside {wanted.pages} other open pages; browser on the same machine")
    with tempfile.TemporaryDirectory(prefix="kindline-bench-") as folder:
        server = Server(Path(folder) / "data")
        try:
            server.start()
            server.stop()
            others = fill(server.data, 50, wanted.pages)
            server.start()
            until: list[bool] = []
            thread = beside(server, wanted.pages, others, until)
            show(of_two(server, wanted.times))
            until[0] = True
            thread.join()
        finally:
            server.kill()
            server.log.unlink()


def of_two(server: Server, times: int) -> dict[str, list[float]]:
    """Let two come together, one wait in a browser, and the other's phone pause without unlocking."""
    alice, bob = Visitor(server.url, name="Alice").join(), Visitor(server.url, name="Bob").join()
    alice.share_with(bob)
    with sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=chromium(), args=QUIET)
        context = browser.new_context()
        context.add_cookies([{"name": name, "value": of, "url": server.url} for name, of in alice.cookies.items()])
        page = context.new_page()
        with page.expect_response("**/wake/"):
            page.goto(server.url + WAITING)
        took = measure(page, bob, times)
        browser.close()
    for one in (alice, bob):
        one.close()
    return took


def show(took: dict[str, list[float]]) -> None:
    """Print how long it took until the words stood there."""
    for words, some in took.items():
        middle, late, last = statistics.median(some), statistics.quantiles(some, n=20)[-1], max(some)
        verdict = "met" if last <= SLOWEST else "MISSED"
        print(
            f"{words:14} {len(some):4} times   p50 {middle * 1000:5.0f} ms   p95 {late * 1000:5.0f} ms   "
            f"slowest {last * 1000:5.0f} ms   aim {SLOWEST * 1000:.0f}  {verdict}"
        )


if __name__ == "__main__":
    main()
