import msgspec
import pytest

from kindline.mine.journal.searching import MOST_WORDS, Needles
from kindline.mine.journal.shapes import Insight
from kindline.mine.journal.tests.entries import entry

ONE = entry(
    "You said “it’s never now”.\nI went upstairs \\ quietly. Größe, naïve, 日本語.",
    wanted="Five minutes",
    feelings={"left out": 2},
    insight=Insight(need_words="a slow hello", fear="losing you", other="quiet", step="breathe"),
)


def found(asked: str) -> bool:
    needles = Needles(asked)
    maybe = needles.may_be_in(msgspec.json.encode(ONE))
    surely = needles.are_in(ONE)
    assert maybe or not surely, "the quick look missed what is there"
    return maybe and surely


@pytest.mark.parametrize(
    "asked",
    [
        "never",
        "NEVER now",
        "it's never",
        "it’s",
        "“it’s never now”",
        "upstairs said",
        "größe",
        "GRÖßE",
        "naïve",
        "日本",
        "five",
        "left out",
        "hello",
        "losing",
        "breathe",
        "up\nstairs said",
        "quietly",
        "now”. i",
    ],
)
def test_words_are_found_wherever_they_were_written(asked: str) -> None:
    assert found(asked)


@pytest.mark.parametrize("asked", ["tomorrow", "never tomorrow", "written_at", "need_words", "feelings", "2026", ""])
def test_what_nobody_wrote_is_not_found(asked: str) -> None:
    assert not found(asked)


def test_only_so_many_words_are_looked_for() -> None:
    assert len(Needles(" ".join(f"word{n}" for n in range(50))).words) == MOST_WORDS


def test_the_place_shows_the_words_as_they_were_written() -> None:
    place = Needles("NEVER").place_in(ONE)
    assert place.words == "never"
    assert place.before.endswith("it’s ")
    assert place.after.startswith(" now")


def test_a_place_far_inside_is_cut_between_words() -> None:
    place = Needles("needle").place_in(entry("straw " * 100 + "needle " + "hay " * 100))
    assert place.before.startswith("… straw")
    assert place.after.endswith("hay …")
    assert len(place.before) < 80


def test_a_place_in_another_part_is_shown_from_there() -> None:
    assert Needles("losing").place_in(ONE).words == "losing"
