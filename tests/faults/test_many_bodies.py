"""Somebody begins many large forms and ends none: memory stays bounded, and everybody else's forms go through."""

import socket
from contextlib import ExitStack
from http import HTTPStatus
from time import monotonic, sleep
from urllib.parse import urlsplit

import pytest

from tests.serving import Server
from tests.visitor import Visitor

pytestmark = pytest.mark.faults

BEGUN = 60
LARGE = 2 * 1024 * 1024 - 100  # bytes; just below what one form may have
MOST = 90 * 1024 * 1024  # bytes; whole they would be 120 MiB and more, the limit is 32 and what reading them takes


def begin(url: str, size: int) -> socket.socket:
    """Send all but the last byte of a form."""
    line = socket.create_connection((urlsplit(url).hostname, urlsplit(url).port), timeout=60)
    head = f"POST /check/ HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\nContent-Length: {size}\r\n"
    line.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode() + b"a" * (size - 1))
    return line


def test_forms_that_never_end_fill_no_memory_and_hold_up_nobody(server: Server, alice: Visitor) -> None:
    before = server.memory
    with ExitStack() as lines:
        begun = [lines.enter_context(begin(server.url, LARGE)) for _ in range(BEGUN)]
        sleep(1)
        assert server.memory - before < MOST
        assert alice.write("The dishes stood there again.").status == HTTPStatus.FOUND
        began = monotonic()
        for line in begun:
            line.sendall(b"a")
        answers = [line.recv(12) for line in begun]
        assert b"HTTP/1.1 413" in answers
        assert monotonic() - began < 60
    large = {"what": "y" * 1_000_000}
    assert alice.post("/mine/journal/write/", large).status == HTTPStatus.OK, "all of it is given back afterwards"
