"""One browser and one server for all journeys; a window and a person of its own for each."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.journeys.browsing import QUIET, Window, window
from tests.machine import chromium
from tests.serving import Server, serving
from tests.visitor import Visitor

OpenWindow = Callable[..., AbstractContextManager[Window]]

# What a passphrase costs is held elsewhere; here every person of every test would pay it.
LIGHT = """
import sys
from kindline import settings
settings.STRETCH_MEMORY = settings.STRETCH_LEAST_MEMORY = 8192
settings.STRETCH_PASSES = settings.STRETCH_LEAST_PASSES = 1
from kindline.cli import main
sys.exit(main(["serve"]))
"""


class _Harmless(BaseHTTPRequestHandler):
    """The site that quick exit leads to."""

    def do_GET(self) -> None:
        body = b"<!doctype html><title>Weather</title><h1>Rain, later sun</h1>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="package")
def elsewhere() -> Iterator[str]:
    """Serve a harmless site and return its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Harmless) as site:
        thread = threading.Thread(target=site.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{site.server_port}/"
        site.shutdown()
        thread.join()


@pytest.fixture(scope="package")
def server(elsewhere: str) -> Iterator[Server]:
    with serving(command=(sys.executable, "-c", LIGHT), KINDLINE_EXIT_URL=elsewhere) as running:
        yield running


@pytest.fixture(scope="package")
def playing() -> Iterator[Playwright]:
    if not chromium():
        pytest.skip("Chromium is missing: install it with your system's packages")
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playing: Playwright) -> Iterator[Browser]:
    """Launch the one browser; as people have it, with the back/forward cache on."""
    launched = playing.chromium.launch(
        executable_path=chromium(), args=QUIET, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield launched
    launched.close()


@pytest.fixture
def windows(browser: Browser, server: Server) -> OpenWindow:
    """Return what opens one more window."""
    return partial(window, browser, server)


@pytest.fixture
def phone(windows: OpenWindow) -> Iterator[Window]:
    """Return a window on a phone, in which nobody is unlocked."""
    with windows() as opened:
        yield opened


@pytest.fixture
def people(server: Server) -> Iterator[Callable[[], Visitor]]:
    """Return what lets one more person join over HTTP."""
    with ExitStack() as stack:

        def somebody() -> Visitor:
            visitor = Visitor(server.url, name=f"Alice {uuid4().hex[:8]}")
            stack.callback(visitor.close)
            return visitor.join()

        yield somebody


@pytest.fixture
def alice(people: Callable[[], Visitor], phone: Window) -> Visitor:
    """Return Alice, who has joined and is unlocked in the phone's window."""
    visitor = people()
    phone.come_in(visitor)
    return visitor
