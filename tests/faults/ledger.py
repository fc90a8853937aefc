"""A ledger of what was sent, what was acknowledged, and what is there: nothing lost, nothing doubled."""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
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
from tests.visitor import Answer, Visitor

WRITTEN = re.compile(r"Written as [0-9a-f]{32}\.")
ENTRY = re.compile(r"/mine/journal/([0-9a-f-]{36})/")
BREATH = 0.05  # seconds before somebody who read of a fault sends the form again


@dataclass(frozen=True)
class Room:
    """Where the writers write: how, on which page it is read, in which table it lies."""

    write: Callable[[Visitor, str, UUID], Answer]
    page: str
    table: str


JOURNAL = Room(Visitor.write, "/mine/journal/{}/", "journal_entry")


def rhythms(circle: str) -> Room:
    """Return the room of what two people plan, in this circle of theirs."""
    return Room(lambda who, words, one: who.plan(words, one, circle), "/ours/rhythms/{}/", "rhythms_rhythm")


@dataclass
class Ledger:
    """What the writers have sent and what they were told; whoever reads may be the other of two."""

    writer: Visitor
    room: Room = JOURNAL
    reader: Visitor | None = None
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
            done: list[Future[None]] = [pool.submit(self._write, self.writer.twin()) for _ in range(writers)]
            try:
                yield
            finally:
                self._over.set()
            for one in done:
                one.result()
        while not self._told.empty():
            self._note(self._told.get())
        for one in self._readers():
            one.close()

    def wait_for(self, acknowledged: int) -> None:
        """Wait until that many more writes were acknowledged."""
        for _ in range(acknowledged):
            self._note(self._told.get(timeout=60))

    def send_again(self) -> None:
        """Send each form once more that got no answer, as a person would."""
        for entry_id in self.sent.keys() - self.kept.keys():
            told = self.room.write(self.writer, self.sent[entry_id], entry_id)
            assert told.status == HTTPStatus.FOUND, (told.status, told.text)
            self._note(entry_id)

    def unreadable(self, entries: Iterable[UUID]) -> list[UUID]:
        """Return those of these entries whose pages do not show their words to everybody who may read them."""
        pages = [(one, who.get(self.room.page.format(one)).text) for one in entries for who in self._readers()]
        return [one for one, text in pages if self.sent[one] not in text]

    def check_list(self) -> None:
        """Look through all pages of the journal's list: each entry stands there once, and nothing else does."""
        assert listed(self.writer) == {entry_id: [words] for entry_id, words in self.kept.items()}

    def _readers(self) -> list[Visitor]:
        return [one for one in (self.writer, self.reader) if one]

    def _note(self, entry_id: UUID) -> None:
        self.kept[entry_id] = self.sent[entry_id]

    def _write(self, writer: Visitor) -> None:
        entry_id = uuid4()
        with closing(writer):
            while not self._over.is_set():
                self.sent[entry_id] = f"Written as {entry_id.hex}."
                try:
                    told = self.room.write(writer, self.sent[entry_id], entry_id)
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


def rows(server: Server, table: str = JOURNAL.table) -> list[UUID]:
    """Return the id of everything in a table of the database itself."""
    ask = f"SELECT id FROM {table}"  # noqa: S608 - a name of ours
    if address := server.more.get("KINDLINE_DATABASE_URL"):
        with psycopg.connect(address) as line:
            return [one for (one,) in line.execute(ask).fetchall()]
    with closing(sqlite3.connect(server.database)) as line:
        assert line.execute("PRAGMA quick_check").fetchone() == ("ok",)
        return [UUID(one) for (one,) in line.execute(ask)]
