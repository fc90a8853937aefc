"""A ledger of what was sent, what was acknowledged, and what is there: nothing lost, nothing doubled."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from queue import SimpleQueue
from threading import Event
from time import sleep
from uuid import UUID, uuid4

import psycopg

from tests.serving import Server
from tests.visitor import Visitor

WRITTEN = re.compile(r"Written as [0-9a-f]{32}\.")
ENTRY = re.compile(r"/mine/journal/([0-9a-f-]{36})/")
BREATH = 0.05  # seconds before somebody who read of a fault sends the form again


@dataclass
class Ledger:
    """What the writers have sent and what they were told."""

    reader: Visitor
    sent: dict[UUID, str] = field(default_factory=dict)
    kept: dict[UUID, str] = field(default_factory=dict)  # acknowledged
    faults: int = 0  # answers that said something went wrong
    _told: SimpleQueue[UUID] = field(default_factory=SimpleQueue)
    _over: Event = field(default_factory=Event)

    @contextmanager
    def writing(self, writers: int) -> Iterator[None]:
        """Let that many windows write as fast as answers come, until the end of the block or the server's."""
        self._over.clear()
        with ThreadPoolExecutor(writers) as pool:
            done: list[Future[None]] = [pool.submit(self._write, self.reader.twin()) for _ in range(writers)]
            try:
                yield
            finally:
                self._over.set()
            for one in done:
                one.result()
        while not self._told.empty():
            self._note(self._told.get())
        self.reader.close()

    def wait_for(self, acknowledged: int) -> None:
        """Wait until that many more writes were acknowledged."""
        for _ in range(acknowledged):
            self._note(self._told.get(timeout=60))

    def send_again(self) -> None:
        """Send each form once more that got no answer, as a person would."""
        for entry_id in self.sent.keys() - self.kept.keys():
            told = self.reader.write(self.sent[entry_id], entry_id)
            assert told.status == HTTPStatus.FOUND, (told.status, told.text)
            self._note(entry_id)

    def unreadable(self, entries: Iterable[UUID]) -> list[UUID]:
        """Return those of these entries whose pages do not show their words."""
        return [one for one in entries if self.sent[one] not in self.reader.get(f"/mine/journal/{one}/").text]

    def check_list(self) -> None:
        """Look through all pages of the journal's list: each entry stands there once, and nothing else does."""
        assert listed(self.reader) == {entry_id: [words] for entry_id, words in self.kept.items()}

    def _note(self, entry_id: UUID) -> None:
        self.kept[entry_id] = self.sent[entry_id]

    def _write(self, writer: Visitor) -> None:
        entry_id = uuid4()
        with closing(writer):
            while not self._over.is_set():
                self.sent[entry_id] = f"Written as {entry_id.hex}."
                try:
                    told = writer.write(self.sent[entry_id], entry_id)
                except (OSError, HTTPException):
                    return
                if told.status == HTTPStatus.FOUND:
                    assert str(entry_id) in told.headers["location"], told.headers
                    self._told.put(entry_id)
                    entry_id = uuid4()
                else:
                    assert told.status >= HTTPStatus.INTERNAL_SERVER_ERROR, (told.status, told.text)
                    self.faults += 1
                    sleep(BREATH)


def listed(reader: Visitor) -> dict[UUID, list[str]]:
    """Return the words of every entry as often as the pages of the list name it."""
    found: dict[UUID, list[str]] = {}
    for page in range(1, 10_000):
        text = reader.get(f"/mine/journal/?page={page}").text
        on_page = [UUID(one) for one in ENTRY.findall(text)]
        words = WRITTEN.findall(text)
        assert len(on_page) == len(words)
        for entry_id, said in zip(on_page, words, strict=True):
            found.setdefault(entry_id, []).append(said)
        if f"page={page + 1}" not in text:
            return found
    raise AssertionError("the list has no end")


def rows(server: Server) -> list[UUID]:
    """Return the id of every entry in the database itself."""
    ask = "SELECT id FROM journal_entry"
    if address := server.more.get("KINDLINE_DATABASE_URL"):
        with psycopg.connect(address) as line:
            return [one for (one,) in line.execute(ask).fetchall()]
    with closing(sqlite3.connect(server.database)) as line:
        assert line.execute("PRAGMA quick_check").fetchone() == ("ok",)
        return [UUID(one) for (one,) in line.execute(ask)]
