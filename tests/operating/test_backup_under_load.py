"""A backup is taken while people write: nobody's request goes wrong, and what it holds is one moment, whole."""

from pathlib import Path
from threading import Event, Thread
from time import monotonic
from uuid import uuid4

import pytest

from tests.operating.commands import done, kindline
from tests.serving import serving
from tests.size import FULL, tell
from tests.visitor import Visitor

pytestmark = pytest.mark.faults

BACKUPS = 20 if FULL else 3
WRITERS = 3


class Writer(Thread):
    """Writes one entry after the other, and reads the list in between, until told to stop."""

    def __init__(self, visitor: Visitor, over: Event) -> None:
        super().__init__()
        self.visitor, self.over = visitor, over
        self.kept: list[tuple[float, str]] = []  # when it was acknowledged, and the words
        self.wrong: list[int] = []
        self.took: list[float] = []

    def run(self) -> None:
        while not self.over.is_set():
            words, began = f"Kept as {uuid4().hex}.", monotonic()
            answer = self.visitor.write(words)
            self.took.append(monotonic() - began)
            if answer.status == 302:
                self.kept.append((monotonic(), words))
            else:
                self.wrong.append(answer.status)
            listed = self.visitor.get("/mine/journal/")
            if listed.status != 200:
                self.wrong.append(listed.status)
        self.visitor.close()


def test_nobody_notices_a_backup_and_it_holds_all_that_was_kept_before_it_began(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as server:
        alice, over = Visitor(server.url).join(), Event()
        writers = [Writer(alice.twin(), over) for _ in range(WRITERS)]
        for one in writers:
            one.start()
        began = []
        for number in range(BACKUPS):
            began.append(monotonic())
            done(kindline(server.data, "backup", tmp_path / f"{number}.tar.gz"))
        over.set()
        for one in writers:
            one.join()
        alice.close()
        assert [status for one in writers for status in one.wrong] == []
    kept = [pair for one in writers for pair in one.kept]
    assert len(kept) > 10

    done(kindline(tmp_path / "again", "restore", tmp_path / f"{BACKUPS - 1}.tar.gz"))
    with serving(tmp_path / "again") as server:
        alice = Visitor(server.url)
        assert alice.unlock().status == 302
        listed, page = "", 1
        while True:
            text = alice.get(f"/mine/journal/?page={page}").text
            listed, page = listed + text, page + 1
            if f"page={page}" not in text:
                break
        alice.close()
    lost = [words for at, words in kept if at < began[-1] and words not in listed]
    assert lost == []
    took = sorted(took for one in writers for took in one.took)
    worst = f"{took[len(took) * 95 // 100] * 1000:.0f} ms at p95, {took[-1] * 1000:.0f} ms at worst"
    tell("backups under write load", f"{BACKUPS} backups, {len(took)} writes, none wrong; a write took {worst}")
