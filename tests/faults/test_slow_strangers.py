"""Somebody begins requests and never ends them: they are hung up on, and everybody else is answered meanwhile."""

import socket
import sys
from contextlib import ExitStack
from http import HTTPStatus
from time import monotonic
from urllib.parse import urlsplit

import pytest

from tests.serving import serving
from tests.visitor import Visitor

pytestmark = pytest.mark.faults

# The real limits are half a minute and two; nobody waits for those here.
IMPATIENT = """
import sys
from kindline import listening
listening.LOOKED_AT_EVERY, listening.LONGEST_HEAD, listening.LONGEST_BODY = 0.2, 1.0, 2.0
from kindline.cli import main
sys.exit(main(["serve"]))
"""
FORM = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n"


def begun(url: str, text: str) -> socket.socket:
    line = socket.create_connection((urlsplit(url).hostname, urlsplit(url).port), timeout=20)
    line.sendall(text.replace("HOST", urlsplit(url).netloc).encode())
    return line


def test_who_never_ends_a_request_is_hung_up_on() -> None:
    with serving(command=(sys.executable, "-c", IMPATIENT)) as server, ExitStack() as lines:
        alice = Visitor(server.url).join()
        began = monotonic()
        heads = [lines.enter_context(begun(server.url, "GET / HTTP/1.1\r\nHost: HOST\r\nX-")) for _ in range(50)]
        bodies = [
            lines.enter_context(begun(server.url, f"POST /check/ HTTP/1.1\r\nHost: HOST\r\n{FORM}\r\na"))
            for _ in range(50)
        ]
        silent = lines.enter_context(begun(server.url, ""))
        assert alice.write("Meanwhile.").status == HTTPStatus.FOUND
        for line in (*heads, *bodies, silent):
            while line.recv(1000):
                pass
        assert 1.0 < monotonic() - began < 15
        alice.close()
        assert "Meanwhile." in alice.get("/mine/journal/").text
        alice.close()


def test_a_head_that_is_too_large_is_refused() -> None:
    with serving() as server, begun(server.url, "GET / HTTP/1.1\r\nHost: HOST\r\nX-Long: ") as line:
        line.sendall(b"a" * 40_000)
        assert b" 400 " in line.recv(100)
