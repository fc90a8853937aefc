"""T1: every flipped bit and every swap is refused; frozen vectors still open."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kindline.ground.vault.primitives import Unopened, random_bytes
from kindline.ground.vault.sealing import Place, Shape, open_sealed, padded, seal

PLACE = Place("private", "journal_entry", UUID(int=1), UUID(int=2), UUID(int=3), 1)
KEY = bytes(range(32))


class Note(Shape, frozen=True, kw_only=True):
    text: str
    at: datetime = datetime(2026, 1, 1, tzinfo=UTC)


class OlderNote(Shape, frozen=True, kw_only=True):
    words: str


class NewerNote(Note, frozen=True, kw_only=True):
    @classmethod
    def schema(cls) -> int:
        return 2

    @classmethod
    def upgraded(cls, document: dict[str, object], schema: int) -> dict[str, object]:
        return {"text": document["words"]}


def test_every_flipped_bit_is_refused() -> None:
    envelope = seal(KEY, Note(text="I felt alone with it."), PLACE)
    for bit in range(len(envelope) * 8):
        spoilt = bytearray(envelope)
        spoilt[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Unopened):
            open_sealed(KEY, bytes(spoilt), Note, PLACE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"namespace": "circle"},
        {"table": "drafts_draft"},
        {"row": UUID(int=9)},
        {"owner": UUID(int=9)},
        {"owner_kind": "circle"},
        {"key": UUID(int=9)},
        {"version": 2},
    ],
)
def test_a_document_moved_elsewhere_is_refused(elsewhere: dict[str, object]) -> None:
    envelope = seal(KEY, Note(text="mine"), PLACE)
    with pytest.raises(Unopened):
        open_sealed(KEY, envelope, Note, replace(PLACE, **elsewhere))


def test_parts_of_a_place_cannot_run_into_each_other() -> None:
    one = replace(PLACE, namespace="ab", table="c")
    other = replace(PLACE, namespace="a", table="bc")
    assert one.binding(1) != other.binding(1)


def test_a_cut_envelope_is_refused() -> None:
    envelope = seal(KEY, Note(text="mine"), PLACE)
    for length in range(len(envelope)):
        with pytest.raises(Unopened):
            open_sealed(KEY, envelope[:length], Note, PLACE)


def test_a_document_of_another_shape_is_refused() -> None:
    envelope = seal(KEY, OlderNote(words="mine"), PLACE)
    with pytest.raises(Unopened):
        open_sealed(KEY, envelope, Note, PLACE)


def test_an_older_document_opens_in_the_present_shape() -> None:
    envelope = seal(KEY, OlderNote(words="mine"), PLACE)
    assert open_sealed(KEY, envelope, NewerNote, PLACE) == NewerNote(text="mine")


def test_a_newer_document_is_refused_by_an_older_shape() -> None:
    envelope = seal(KEY, NewerNote(text="mine"), PLACE)
    with pytest.raises(Unopened):
        open_sealed(KEY, envelope, Note, PLACE)


@given(st.text(max_size=6000))
def test_all_words_come_back_and_their_length_is_hidden(text: str) -> None:
    envelope = seal(KEY, Note(text=text), PLACE)
    assert open_sealed(KEY, envelope, Note, PLACE).text == text
    inside = len(envelope) - 2 - 24 - 16
    assert inside in {256, 512, 1024, 2048} or inside % 4096 == 0


@given(st.integers(0, 40_000))
def test_padding_only_adds_space(size: int) -> None:
    filled = padded(b"x" * size)
    assert len(filled) >= size
    assert filled.rstrip(b" ") == b"x" * size


def test_the_format_of_today_opens_for_ever() -> None:
    # Written by version 0.1 with KEY and PLACE. If this fails, what people wrote no longer opens.
    assert open_sealed(KEY, bytes.fromhex(FROZEN), Note, PLACE) == Note(text="Draw a kind line.")


def test_no_two_envelopes_are_alike() -> None:
    assert seal(KEY, Note(text="a"), PLACE) != seal(KEY, Note(text="a"), PLACE)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(Unopened):
        open_sealed(random_bytes(), seal(KEY, Note(text="a"), PLACE), Note, PLACE)


def test_the_document_is_canonical() -> None:
    assert msgspec.json.encode(Note(text="a"), order="deterministic") == b'{"text":"a"}'


FROZEN = (
    "01014d8136605161e429bc325889408be5c11b8317a54f09f31a65958ba0a9f004972f1713d21d555ffca372c69e2431f21e"
    "19087988960feeade3f4a4bdbc50dde8d405cf4484531fa3713be8d97f049e3b5c1235dcd7bd2490a627824f2314242ccb41"
    "e375ae77ff72893662bd0e744158072b49f287867181183b8b91cf255a0d59768d02ee8c8124bfd655788f863011795526a7"
    "99598ec7ba6a93e24b843152e3e3a50ca24ff664f7d6c316d3b66c88eaf0b9a08ac7948b7be472bcc68861806ec7064bab6a"
    "a6fd35c3599fa794edcb79b3a31d4facbb1f788a8e4ed836f7972e3e0d8d41a73a70d82ee1bc4f02d2cdd6e4b149ad03e9a7"
    "ab9761a1c0fcbdc7b4f210c9de694ee49d90a8d3dc1a56b2d70fe879faf0bd7af25eb468feb22e8a1802760a39e51984"
)
