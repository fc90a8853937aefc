"""Somebody begins requests and never ends them: they are hung up on, and everybody else is answered meanwhile."""

import socket
import sys
from contextlib import ExitStack, suppress
from http import HTTPStatus
from pathlib import Path
from time import monotonic, sleep
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
listening.LONGEST_UNREAD = 1.5
from kindline.cli import main
sys.exit(main(["serve"]))
"""
LONGEST = 60  # seconds, on a very crowded machine
FORM = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n"


def begun(url: str, text: str) -> socket.socket:
    line = socket.create_connection((urlsplit(url).hostname, urlsplit(url).port), timeout=LONGEST)
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
        alice.close()  # her own line has rested meanwhile
        assert alice.write("Meanwhile.").status == HTTPStatus.FOUND
        for line in (*heads, *bodies, silent):
            while line.recv(1000):
                pass
        assert monotonic() - began > 1.0
        alice.close()
        assert "Meanwhile." in alice.get("/mine/journal/").text
        alice.close()


def test_who_never_reads_an_answer_does_not_keep_it_in_memory() -> None:
    with serving(command=(sys.executable, "-c", IMPATIENT)) as server:
        alice = Visitor(server.url).join()
        rows = "".join(f"2024-05-01,{number} {'word ' * 3_990}\n" for number in range(1_000))
        assert alice.choose(f"date,text\n{rows}".encode()).status == HTTPStatus.FOUND
        while "all in" not in (page := alice.get("/takeout/arrival/")).text:
            alice.post("/takeout/bring/", {"arrival": page.hidden["arrival"], "kind": "note"})
        cookies = "; ".join(f"{name}={value}" for name, value in alice.cookies.items())
        form = f"csrfmiddlewaretoken={alice.cookies['kindline-form']}"
        head = f"POST /takeout/copy/ HTTP/1.1\r\nHost: HOST\r\nCookie: {cookies}\r\nContent-Length: {len(form)}\r\n"
        kind = "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        with begun(server.url, head + kind + form) as line:
            line.recv(1)
            wait_until_hung_up_on(line)
            assert received(line) < len(rows)
        alice.close()


def wait_until_hung_up_on(line: socket.socket) -> None:
    """Wait until the other side has closed a line, as the system tells it: whoever would read to see it, has read."""
    ours, end = f":{line.getsockname()[1]:04X}", monotonic() + LONGEST
    established = "01"
    while any(
        remote.endswith(ours) and state == established
        for _number, _local, remote, state, *_ in map(str.split, Path("/proc/net/tcp").read_text().splitlines())
    ):
        assert monotonic() < end, "nobody hangs up"
        sleep(0.05)


def received(line: socket.socket) -> int:
    """Return how many bytes still come before the other side has hung up."""
    count = 0
    with suppress(ConnectionResetError):
        while piece := line.recv(1 << 20):
            count += len(piece)
    return count


def test_a_head_that_is_too_large_is_refused() -> None:
    with serving() as server, begun(server.url, "GET / HTTP/1.1\r\nHost: HOST\r\nX-Long: ") as line:
        line.sendall(b"a" * 40_000)
        assert b" 400 " in line.recv(100)
