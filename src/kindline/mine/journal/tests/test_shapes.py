from uuid import uuid4

import msgspec
import pytest

from kindline.ground.vault.primitives import Unopened, random_bytes
from kindline.ground.vault.sealing import Place, open_sealed, seal
from kindline.mine.journal.shapes import Entry, EntryLine, Insight, outline
from kindline.mine.journal.tests.entries import NOW, entry

WHOLE = entry(
    "I said <b>no</b>.\nYou left.",
    kind="friction",
    feelings={"hurt": 3, "left out": 1},
    did=("quiet",),
    wanted="A hello.",
    insight=Insight(need="safety", finer=("truth",), need_words="truth", fear="being alone", other="rest", step="ask"),
)


def test_an_entry_opens_as_it_was_sealed() -> None:
    key, place = random_bytes(), Place("private", "journal_entry", uuid4(), uuid4(), uuid4(), 1)
    assert open_sealed(key, seal(key, WHOLE, place), Entry, place) == WHOLE


def test_an_entry_of_one_line_holds_nothing_but_it_and_its_times() -> None:
    assert set(msgspec.json.decode(msgspec.json.encode(entry("late")))) == {"what", "written_at", "happened_at"}


def test_an_older_entry_without_the_later_parts_still_opens() -> None:
    older = b'{"what":"x","written_at":"2026-03-10T19:30:00Z","happened_at":"2026-03-10T19:30:00Z"}'
    assert msgspec.json.decode(older, type=Entry) == entry("x")


def test_an_unknown_schema_is_refused() -> None:
    with pytest.raises(Unopened):
        Entry.upgraded({}, 0)


def test_the_line_tells_what_lists_need() -> None:
    line = outline(uuid4(), 4, WHOLE)
    assert (line.version, line.first, line.need, line.finer) == (4, "I said <b>no</b>. You left.", "safety", ("truth",))
    assert (line.feelings, line.did, line.looked) == ({"hurt": 3, "left out": 1}, ("quiet",), True)
    assert line.happened_at == NOW


def test_an_empty_look_is_a_look() -> None:
    assert outline(uuid4(), 1, entry(insight=Insight())).looked
    assert not outline(uuid4(), 1, entry()).looked
    assert Insight().is_empty
    assert not Insight(step="walk").is_empty


def test_a_line_of_an_older_contents_page_still_opens() -> None:
    short = msgspec.json.encode([str(uuid4()), 1, NOW, NOW])
    assert msgspec.json.decode(short, type=EntryLine).first == ""
