"""Foreign, cut, huge and hostile files: refused whole, with the place named."""

import json
import zipfile
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kindline.front.takeout.reading import recognised
from kindline.front.takeout.reading.told import MOST_CHARACTERS, MOST_THINGS, Own, Plain, Refused
from kindline.front.takeout.rooms import ROOMS
from kindline.front.takeout.sentences import WHY, sentence
from kindline.front.takeout.tests import files

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
LIMIT = 1 << 20
ENTRY_ID = "6f1d5a0e-58ad-4b3c-9a3e-3f1d6a3f8f11"


def read(raw: bytes) -> Own | Plain:
    return recognised.read(raw, {room.name: room for room in ROOMS}, ZoneInfo("Europe/Berlin"), NOW, most=LIMIT)


def own(**entry: Any) -> dict[str, Any]:
    """Return a file of our own with one entry, with something changed in it."""
    holds = {"what": "A word.", "written_at": "2026-01-01T10:00:00Z", "happened_at": "2026-01-01T09:00:00Z", **entry}
    return {
        "format": "kindline",
        "version": 1,
        "made_at": "2026-11-01T10:00:00Z",
        "made_by": "0.1.0",
        "person": {"name": "Mia"},
        "rooms": {"journal": [{"id": ENTRY_ID, "kind": "entry", "schema": 1, "holds": holds}]},
    }


def changed(**above: Any) -> dict[str, Any]:
    return {**own(), **above}


def with_document(**changes: Any) -> dict[str, Any]:
    whole = own()
    whole["rooms"]["journal"][0] |= changes
    return whole


def twice(entries: dict[str, Any]) -> dict[str, Any]:
    whole = deepcopy(entries)
    whole["rooms"]["journal"] *= 2
    return whole


def day_one(**entry: Any) -> dict[str, Any]:
    return {"metadata": {}, "entries": [{"creationDate": "2024-01-01T10:00:00Z", "text": "fine"}, entry]}


HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "nothing"),
    "only blanks": (b" \n \n", "nothing"),
    "no entries": (files.dumped({"metadata": {}, "entries": []}), "nothing"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "foreign"),
    "a page": (b"<!doctype html><p>hello", "foreign"),
    "somebody else's": (b'{"todo": [1, 2]}', "foreign"),
    "a list": (b"[1, 2, 3]", "foreign"),
    "a letter": (b"Dear diary,\nit rained.\n", "columns"),
    "cut": (files.dumped(files.DAY_ONE)[:-200], "cut"),
    "cut ours": (files.dumped(own())[:-20], "cut"),
    "cut zip": (files.packed(files.DAILYTXT)[:-40], "cut"),
    "cut table": (b'date,text\n2024-05-03,"no end', "cut"),
    "no JSON": (b'{"entries": [{"creationDate": nope}]}', "malformed"),
    "a name twice": (
        b'{"entries": [{"creationDate": "2024-01-01T10:00:00Z", "text": "a", "te\\u0078t": "b"}]}',
        "twice",
    ),
    "deep": (b'{"entries": ' + b"[" * 5000 + b"]" * 5000 + b"}", "deep"),
    "deep pieces": (b'{"export_version": ' + b'{"a":' * 5000 + b"1" + b"}" * 5001, "deep"),
    "many marks": (b'{"entries": [' + b"[]," * 1_500_000 + b"[]]}", "much"),
    "a bomb": (files.packed({"2024/05.json": b" " * (LIMIT + 1)}), "large"),
    "packed tightly": (files.packed(files.DAILYTXT, zipfile.ZIP_LZMA), "packing"),
    "many rows": (b"date,text\n" + b"2024-05-03,x\n" * (MOST_THINGS + 1), "much"),
    "a long cell": (b"date,text\n2024-05-03," + b"x" * 200_000 + b"\n", "row"),
    "broken letters": (b'{"entries": [{"text": "\xff\xfe\xff"}]}\0', "foreign"),
    "broken letters with a mark": (b"\xef\xbb\xbfdate,text\n2024-05-03,\xff\n", "letters"),
    "half a letter": (b"\xff\xfed", "letters"),
    "nul": (b"date,text\n2024-05-03,a\0b\n", "nul"),
    "escaped nul": (files.dumped(day_one(creationDate="2024-01-01T10:00:00Z", text="a\0b")), "nul"),
    "half a sign": (b'{"entries": [{"creationDate": "2024-01-01T10:00:00Z", "text": "\\ud800"}]}', "cut"),
    "number as text": (files.dumped(day_one(creationDate="2024-01-01T10:00:00Z", text=5)), "wrong"),
    "text as number": (files.dumped({"export_version": "1", "journals": [{"entries": "5"}]}), "wrong"),
    "no date": (files.dumped(day_one(creationDate="yesterday")), "date"),
    "long ago": (files.dumped(day_one(creationDate="0001-01-01T00:00:00+14:00")), "date"),
    "still to come": (files.dumped(day_one(creationDate="2027-01-01T00:00:00Z")), "date"),
    "two ways": (b"date,text\n03/04/2024,x\n", "two-ways"),
    "no such day": (b"date,text\n2024-02-30,x\n", "date"),
    "no such day in DailyTxT": (files.packed({"2024/02.json": {"days": [{"day": 31, "text": "x"}]}}), "date"),
    "locked": (files.packed({**files.DAILYTXT, "user.json": {"password": "x"}}), "locked-copy"),
    "one month": (files.dumped(files.MONTH), "one-month"),
    "ours, newer": (files.dumped(changed(version=2)), "newer"),
    "ours, newer shape": (files.dumped(with_document(schema=2)), "newer"),
    "ours, of an unknown kind": (files.dumped(with_document(kind="plan")), "newer"),
    "ours, with an unknown room": (files.dumped(changed(rooms={"agreements": []})), "newer"),
    "not ours": (files.dumped(changed(format="kindling")), "foreign"),
    "ours, version as text": (files.dumped(changed(version="1")), "wrong"),
    "ours, no id": (files.dumped(with_document(id="no")), "wrong"),
    "ours, same id": (files.dumped(twice(own())), "same-id"),
    "ours, empty": (files.dumped(own(what="  ")), "wrong"),
    "ours, long": (files.dumped(own(what="x" * (MOST_CHARACTERS + 1))), "long"),
    "ours, nul": (files.dumped(own(wanted="\0")), "nul"),
    "ours, other kind": (files.dumped(own(kind="secret")), "wrong"),
    "ours, too strong": (files.dumped(own(feelings={"sad": 4})), "wrong"),
    "ours, many feelings": (files.dumped(own(feelings={str(n): 1 for n in range(600)})), "long"),
    "ours, a long feeling": (files.dumped(own(feelings={"x" * 61: 1})), "wrong"),
    "ours, no zone": (files.dumped(own(happened_at="2026-01-01T10:00:00")), "date"),
    "ours, out of time": (files.dumped(own(happened_at="0001-01-01T00:00:00+10:00")), "date"),
    "ours, unknown need": (files.dumped(own(insight={"need": "money"})), "wrong"),
    "ours, huge number": (files.dumped(own()).replace(b'"A word."', b"9" * 5000), "wrong"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_does_not_fit_is_refused_whole(name: str) -> None:
    raw, why = HOSTILE[name]
    with pytest.raises(Refused) as refused:
        read(raw)
    assert refused.value.why == why
    said = sentence(refused.value)
    assert said.endswith("Nothing was changed.")


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"date,text\n2024-05-03,fine\n2024-13-01,hm\n", "Line 3: "),
        (b'date,text\n2024-05-03,"two\nlines"\nno,hm\n', "Line 4: "),
        (b'{\n"entries": [\n{"creationDate": "2024-01-01", "text": "a"},\n{"x": 1, "x": 2}]}', "Line 4 (x): "),
        (b'{\n"entries": [\n{"creationDate": oops}]}', "Line 3: "),
        (files.dumped(day_one(creationDate="2024-01-01T10:00:00Z", text=5)), "Entry 2 (text): "),
        (files.dumped(day_one(creationDate="never")), "Entry 2: "),
        (files.dumped(own(kind="secret")), "Entry 1 (journal): "),
        (files.dumped(own(what=7)), "Entry 1 (journal what): "),
        (files.packed({"2024/05.json": {"days": [{"day": 1, "text": 1}]}}), "Entry 1 (2024/05.json): "),
    ],
)
def test_the_place_is_named(raw: bytes, place: str) -> None:
    with pytest.raises(Refused) as refused:
        read(raw)
    assert sentence(refused.value).startswith(place)


def test_every_reason_has_its_sentence() -> None:
    assert {why for _raw, why in HOSTILE.values()} == set(WHY)


def test_our_own_file_is_read() -> None:
    found = read(files.dumped(own(feelings={"sad": 3}, happened_at="2026-01-01T11:00:00+02:00")))
    assert isinstance(found, Own)
    [one] = found.documents
    assert (one.room, one.kind, str(one.id)) == ("journal", "entry", ENTRY_ID)
    assert one.document.happened_at == datetime(2026, 1, 1, 9, tzinfo=UTC)  # type: ignore[attr-defined]


GOOD = [
    *(files.dumped(one) for one in (files.DAY_ONE, files.JOURNIV_OLD, files.JOURNIV_NEW, own(), files.MONTH)),
    files.packed(files.DAILYTXT),
    b'date,time,title,text\n2024-05-03,21:15,Rain,"We, talked."\n',
]


def outcome(raw: bytes) -> None:
    """Read a file; whatever else happens than being read or refused is a mistake of ours."""
    said = ""
    try:
        read(raw)
    except Refused as refused:
        said = sentence(refused)
    assert not said or said.endswith("Nothing was changed.")


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(GOOD), st.data())
def test_a_spoilt_file_is_read_or_refused(raw: bytes, data: st.DataObject) -> None:
    spoilt = bytearray(raw)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(spoilt) - 1))
        spoilt[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
    outcome(bytes(spoilt))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def paths(whole: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = whole.items() if isinstance(whole, dict) else enumerate(whole) if isinstance(whole, list) else ()
    return [path, *(deeper for name, part in inside for deeper in paths(part, (*path, name)))]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([files.DAY_ONE, files.JOURNIV_OLD, files.JOURNIV_NEW, own()]), st.data())
def test_a_file_with_something_else_in_a_place_is_read_or_refused(whole: Any, data: st.DataObject) -> None:
    changed_whole = deepcopy(whole)
    *way, last = data.draw(st.sampled_from(paths(whole)[1:]))
    inside = changed_whole
    for name in way:
        inside = inside[name]
    inside[last] = data.draw(values)
    outcome(json.dumps(changed_whole).encode())


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: f"date,text\n{text}".encode(errors="replace")))
def test_anything_at_all_is_read_or_refused(raw: bytes) -> None:
    outcome(raw)
