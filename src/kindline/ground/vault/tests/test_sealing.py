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
    "0101430b12746a660427b11e2e4675902f44ff11fb1e8cc2b840ce62bb62edab3ca94e8102e89f2cb52934f5d9667827a227"
    "e99f4665ac97a38701aaf828433499c99e4fd3d6796e5ecc4dbefa3516dbceff6ca84d5fb635f90986c7690a29a8cfe612a1"
    "c24edbbea71cd7b5e2553a23081fdacffc8706930d637529ac3da5769d5837a16419577ded13b179c66c321a64408dc08f5f"
    "551988626a759dc1880cb96e405184a0c8148b056a9247cd4a2a3cdae8c1015fc3a51c89173c9ca53de69f41936b0a7ec879"
    "d80f01c2fd0c7a588bf15dcfd1b5cb13a41d298ae3692c02e86e163dcdd957ceaa3ebd9710bc8bb2241b47514aabcb5d9bc3"
    "db419776d66dfaa3ae0d95c43bc5e4a8c9e8086e156a1a1eb18727404940a788ecbd149baf34a9a13a1b13cda56e25db"
)
