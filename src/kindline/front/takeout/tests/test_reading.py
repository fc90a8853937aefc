"""Each kind of journal as its program writes it."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kindline.front.takeout.reading import recognised
from kindline.front.takeout.reading.told import MOST_CHARACTERS, Own, Plain, divided, folded
from kindline.front.takeout.rooms import ROOMS
from kindline.front.takeout.tests import files

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
LIMIT = 1 << 20


def read(raw: bytes) -> Plain:
    found: Own | Plain = recognised.read(raw, {room.name: room for room in ROOMS}, BERLIN, NOW, most=LIMIT)
    assert isinstance(found, Plain)
    return found


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)  # type: ignore[misc, arg-type]


def test_day_one_keeps_words_times_and_tags_and_counts_what_stays() -> None:
    found = read(files.dumped(files.DAY_ONE))
    assert [told.text for told in found.entries] == [
        "# A quiet day\n\nWe went home early. It was good.\n\n#home #slow_evening",
        "Only rich text",
    ]
    assert found.entries[0].at == at(2024, 5, 3, 18, 30)
    assert found.entries[0].written_at == at(2024, 5, 4, 7)
    assert (found.source, found.media, found.empty) == ("day-one", 2, 1)


def test_journiv_is_read_in_its_older_form() -> None:
    found = read(files.dumped(files.JOURNIV_OLD))
    [told] = found.entries
    assert told.text == "Rain\n\nWe stayed in and talked.\n\ncalm · #rain"
    assert (told.at, told.written_at) == (at(2025, 3, 2, 20, 15), at(2025, 3, 2, 20, 20))
    assert (found.source, found.media) == ("journiv", 1)


def test_journiv_is_read_in_its_newer_form() -> None:
    found = read(files.dumped(files.JOURNIV_NEW))
    assert [told.text for told in found.entries] == ["Tea and talk.\n\ngood · #tea", "Only a note."]
    assert (found.media, found.empty) == (1, 1)


def test_dailytxt_takes_the_day_from_the_path_and_the_hour_from_when_it_was_written() -> None:
    found = read(files.packed(files.DAILYTXT))
    assert [told.text for told in found.entries] == ["We walked by the river.\n\n#river", "Written the day after."]
    assert found.entries[0].at == at(2024, 5, 3, 19, 40)
    assert found.entries[1].at == at(2024, 5, 4, 10), "noon in Berlin, where nothing says more"
    assert [told.timed for told in found.entries] == [True, False]
    assert (found.source, found.media, found.empty) == ("dailytxt", 2, 1)


def test_the_older_dailytxt_packs_its_months_deeper() -> None:
    assert len(read(files.packed({"data/1/export/2024/05.json": files.MONTH})).entries) == 2


def test_a_zip_of_day_one_may_hold_several_journals() -> None:
    found = read(files.packed({"Journal.json": files.DAY_ONE, "Work.json": files.DAY_ONE, "photos/a.jpeg": b"jpg"}))
    assert (len(found.entries), found.media) == (4, 4)


@pytest.mark.parametrize(
    "text",
    [
        'date,time,title,text,mood,tags\n2024-05-03,21:15,Rain,We talked.,calm,"home, us"\n',
        "Date;Time;Title;Entry;Mood;Tags\r\n03.05.2024;21:15;Rain;We talked.;calm;home, us\r\n",
        (
            "full_date\tdate\tweekday\ttime\tmood\tactivities\tnote_title\tnote\n"
            "2024-05-03\tMay 3\tFriday\t9:15 PM\tcalm\thome | us\tRain\tWe talked.\n"
        ),
        "datetime|title|content|feeling|labels\n2024-05-03T21:15:00+02:00|Rain|We talked.|calm|home;us\n",
        '\n\ndate,title,text,mood,tags\n05/03/2024 9:15pm,Rain,We talked.,calm,"home,us"\n05/13/2024,,x,,\n',
    ],
    ids=["plain", "semicolons", "daylio", "bars", "american"],
)
def test_tables_are_read_however_they_are_written(text: str) -> None:
    told = read(text.encode()).entries[0]
    assert told.text == "Rain\n\nWe talked.\n\ncalm · #home #us"
    assert told.at == at(2024, 5, 3, 19, 15)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1"])
def test_letters_come_through_in_every_encoding(encoding: str) -> None:
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    raw = mark + "date,text\n2024-05-03,Grüße an José\n".encode(encoding)
    assert read(raw).entries[0].text == "Grüße an José"


def test_a_cell_may_hold_lines_and_quotation_marks() -> None:
    told = read(b'date,text\n2024-05-03,"She said ""no"",\nand I heard it."\n2024-05-04,\n')
    assert told.entries[0].text == 'She said "no",\nand I heard it.'
    assert told.empty == 1


def test_a_title_that_the_text_begins_with_is_not_said_twice() -> None:
    assert folded("Rain", "Rain all day.") == "Rain all day."
    assert folded(" ", " ", "good", ("", "a b")) == "good · #a_b"


def test_a_long_text_is_divided_where_something_ends() -> None:
    text = "\n\n".join(["A sentence of some length, and one more. " * 20] * 60)
    parts = divided(text)
    assert all(len(part) <= MOST_CHARACTERS for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert [len(part) for part in divided("x" * (MOST_CHARACTERS * 2 + 1))] == [MOST_CHARACTERS, MOST_CHARACTERS, 1]
    assert divided("short") == ["short"]


def test_a_file_is_known_by_what_is_in_it() -> None:
    sources = [files.dumped(files.DAY_ONE), files.dumped(files.JOURNIV_NEW), files.packed(files.DAILYTXT)]
    assert [read(raw).source for raw in sources] == ["day-one", "journiv", "dailytxt"]
    assert json.loads(files.dumped(files.DAY_ONE))


@pytest.mark.parametrize("day", ["2024-05-03", "3.5.2024", "2024/05/03"])
@pytest.mark.parametrize(("clock", "timed"), [("", False), ("12:00", True), ("0:00", True)])
def test_a_day_alone_stands_at_noon_and_says_that_no_time_is_known(day: str, clock: str, *, timed: bool) -> None:
    [told] = read(f"date,time,text\n{day},{clock},Rain.\n".encode()).entries
    assert told.timed is timed
    assert told.at.astimezone(BERLIN).strftime("%H:%M") == (clock or "12:00").zfill(5)
