"""Small files that would take all the time or memory there is: refused, or read like any other."""

import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kindline.front.takeout.reading import recognised
from kindline.front.takeout.reading.told import Own, Plain, Refused, divided
from kindline.front.takeout.rooms import ROOMS
from kindline.front.takeout.tests import files

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
LIMIT = 24 << 20
LONGEST = 2.0  # seconds of this processor's work


def read(raw: bytes) -> Own | Plain:
    return recognised.read(raw, {room.name: room for room in ROOMS}, ZoneInfo("Europe/Berlin"), NOW, most=LIMIT)


def refused(raw: bytes) -> str:
    """Return why a file is refused, which must not take long."""
    began = time.process_time()
    with pytest.raises(Refused) as found:
        read(raw)
    assert time.process_time() - began < LONGEST
    return found.value.why


def peak(work: Callable[[], object]) -> int:
    """Return how many bytes were held at most."""
    tracemalloc.start()
    try:
        work()
    finally:
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return most


def test_a_text_full_of_quotes_that_never_ends_is_looked_at_once() -> None:
    assert refused(b'{"entries":[{"text":"' + b'\\"' * 1_000_000) == "cut"


def test_a_zip_with_a_hundred_thousand_files_is_refused_before_its_list_is_read() -> None:
    line = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    inside = line * 100_000
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0, 0, len(inside), 4, 0)
    raw = b"PK\3\4" + inside + end
    assert peak(lambda: refused(raw)) < 1 << 20
    assert refused(raw) == "much"


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_packed_in_a_way_that_may_ask_for_any_memory_is_not_unpacked(packing: int) -> None:
    assert refused(files.packed(files.DAILYTXT, packing)) == "packing"


def test_the_files_of_a_zip_count_together() -> None:
    month = b'{"days": [{"day": 1, "files": [' + b"[]," * 600_000 + b"1]}]}"
    assert refused(files.packed({f"2024/{number:02}.json": month for number in range(1, 7)})) == "much"


def test_a_tag_on_every_day_may_not_be_a_book() -> None:
    tagged = {"days": [{"day": 1, "text": "x", "tags": [1] * 1000}]}
    named = {"tags": [{"id": 1, "name": "x" * 100_000}]}
    assert refused(files.packed({"2024/05.json": tagged, "tags.json": named})) == "long"


def test_a_table_with_a_million_columns_is_refused_at_its_first_line() -> None:
    assert refused(b"date,text" + b"," * 1_000_000) == "columns"


def test_a_row_without_end_is_refused() -> None:
    assert refused(b"date,text\n2024-05-03,x" + b",aa" * 1_000_000) == "row"
    assert refused(b"date,text\n2024-05-03,x" + b',"a\n"' * 500_000) == "row"


def test_of_a_wide_table_only_what_is_read_is_held() -> None:
    wide = b"date,text\n" + (b"2024-05-03,x" + b",aaa" * 480 + b"\n") * 500
    assert peak(lambda: read(wide)) < len(wide) * 10


def test_a_table_of_an_old_computer_is_told_by_its_first_line() -> None:
    found = read(b"date;text\r" + b"2024-05-03;quite a day\r" * 2_000)
    assert isinstance(found, Plain)
    assert len(found.entries) == 2_000


def test_what_stands_beside_the_words_of_a_rich_text_is_passed_over() -> None:
    rich = '{\\"contents\\":[{\\"text\\":\\"Rain.\\"}],\\"more\\":[' + "{}," * 300_000 + "{}]}"
    raw = ('{"entries":[{"creationDate":"2024-05-01T10:00:00Z","richText":"' + rich + '"}]}').encode()
    assert peak(lambda: read(raw)) < len(raw) * 12
    [entry] = read(raw).entries  # type: ignore[union-attr]
    assert entry.text == "Rain."


def test_a_text_as_long_as_a_file_may_be_is_divided_at_once() -> None:
    began = time.process_time()
    parts = divided("\n a" * 2_000_000)
    assert time.process_time() - began < LONGEST
    assert max(map(len, parts)) <= 20_000
