"""T10: the disk is full, or writes and syncs go wrong. People read an honest page and keep their words."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html import unescape
from http import HTTPStatus
from pathlib import Path
from time import sleep
from uuid import UUID, uuid4

import pytest

from tests.faults.disks import disk, fill
from tests.faults.ledger import Ledger, rows
from tests.faults.traced import failing, needs_strace
from tests.house.addresses import LISTED, REFUSED, routes
from tests.house.browsing import OverHttp
from tests.house.fuzzing import Known, of_page
from tests.house.walking import LAST, name_of
from tests.serving import Server, serving
from tests.size import FULL, tell
from tests.visitor import Visitor

pytestmark = pytest.mark.faults

NEVER = {"door:lock", "door:exit", "door:delete"}  # these end what the others still need
ENDING = {*LAST, "door:unlock", "door:join", "door:recover", "door:empty", "door:forget"}  # they end what is looked for
SENTENCE = "What you saved before is safe"
FAULTS = ["pwrite64:ENOSPC", "fdatasync:EIO", *(["pwrite64:EIO", "ftruncate:EIO", "pread64:EIO"] if FULL else [])]
ROUNDS = 30 if FULL else 1


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Serve from a new folder, for all tests here that leave it well."""
    with serving() as running:
        yield running


def browser_of(server: Server, alice: Visitor) -> OverHttp:
    """Return another browser with Alice's cookies."""
    return OverHttp("127.0.0.1", server.port, cookies=dict(alice.cookies))


def every_form(server: Server, alice: Visitor, entry_id: UUID) -> list[Known]:
    """Return every form of the house that writes, filled in; in the suite with one of its buttons each."""
    browser = browser_of(server, alice)
    plain = [route.path() for route in routes() if not route.wants and LISTED[route.name].get != REFUSED]
    things = [route for route in routes() if route.wants == ("entry_id",) and LISTED[route.name].get != REFUSED]
    pages = [*plain, *(route.path(entry_id=entry_id) for route in things)]
    found = {}
    for one in (one for page in pages for one in of_page(browser, page, for_all=False)):
        if one.method == "POST" and name_of(one.address) not in NEVER:
            found.setdefault(one if FULL else name_of(one.address), one)
    return list(found.values())


def send(server: Server, alice: Visitor, one: Known) -> tuple[int, str]:
    """Send a form and return the status and the text of the answer."""
    answer = browser_of(server, alice).ask("POST", one.address, one.pairs)
    return answer.status, answer.text


def given_back(one: Known, text: str) -> bool:
    """Say whether a page holds everything that was written into a form."""
    shown = unescape(text)
    return all(value in shown for name, value in one.pairs if name != "csrfmiddlewaretoken")


def empty_log(server: Server) -> None:
    """Let SQLite's log hold no room for more: whatever is written next has to ask the disk."""
    with closing(sqlite3.connect(server.database)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def full(place: Path, server: Server) -> Iterator[None]:
    """Keep a disk full inside the block."""
    empty_log(server)
    ballast = fill(place)
    try:
        yield
    finally:
        ballast.unlink()


def check_whole(server: Server) -> None:
    with closing(sqlite3.connect(server.database)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_on_a_full_disk_every_form_is_answered_honestly_and_goes_through_once_there_is_room() -> None:
    with disk("24m") as place, serving(place / "data") as server, closing(Visitor(server.url)) as alice:
        alice.join()
        entry_id, refused = uuid4(), 0
        assert alice.write("The dishes stood there again.", entry_id).status == HTTPStatus.FOUND
        forms = every_form(server, alice, entry_id)
        with full(place, server):
            for one in forms:
                status, text = send(server, alice, one)
                assert status != HTTPStatus.INTERNAL_SERVER_ERROR or SENTENCE in text, (one.address, text[:300])
                if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    refused += 1
                    assert not one.address.startswith("/mine/") or given_back(one, text), one.address
            alice.close()  # the server hung up on a line that was quiet for so long
            assert alice.get("/mine/journal/").status == HTTPStatus.OK, "reading goes on"
        assert refused > 3, "hardly any form needed the disk"
        ending = [one for one in forms if name_of(one.address) in ENDING]
        for one in [*(one for one in forms if one not in ending), *ending]:
            if one in ending[:1]:
                alice.close()
                assert str(entry_id) in alice.get("/mine/journal/").text
            status, _ = send(server, alice, one)
            assert status < HTTPStatus.INTERNAL_SERVER_ERROR, one.address
        check_whole(server)
    tell("T10, full disk", f"{len(forms)} forms sent while full: {refused} refused honestly, words given back; 0 lost")


@needs_strace
@pytest.mark.parametrize("kind", FAULTS)
def test_what_was_acknowledged_stays_when_the_disk_errs_while_people_write(kind: str, server: Server) -> None:
    calls, error = kind.split(":")
    with closing(Visitor(server.url, name=f"Alice {uuid4().hex[:8]}")) as alice:
        ledger = Ledger(alice.join())
        others = set(rows(server))
        for number in range(ROUNDS):
            with ledger.writing(4):
                ledger.wait_for(10)
                empty_log(server)
                with failing(server, calls, error, every=f"{1 + number % 3}+{1 + number % 5}"):
                    wait_for_faults(ledger)
                ledger.wait_for(10)
            ledger.send_again()
        assert sorted(set(rows(server)) - others) == sorted(ledger.kept)
        ledger.check_list()
        assert ledger.unreadable(ledger.kept) == []
        server.kill()
        server.start()
        assert set(rows(server)) - others == set(ledger.kept), "and after a crash"
        check_whole(server)
    tell(
        f"T10, {kind}", f"{ROUNDS} times, {ledger.faults:,} honest refusals, {len(ledger.kept):,} acknowledged: 0 lost"
    )


def wait_for_faults(ledger: Ledger) -> None:
    """Wait until somebody read of a fault, or long enough to know that none comes of it."""
    before = ledger.faults
    for _ in range(20):
        if ledger.faults > before + 2:
            return
        sleep(0.05)
