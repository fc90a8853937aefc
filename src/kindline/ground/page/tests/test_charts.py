"""Charts escape what people wrote, keep gaps, carry no style of their own, and say the same as their table."""

import re
from xml.etree import ElementTree as ET

import pytest

from kindline.ground.page.charts import LONGEST_ABOVE, NAME_WIDTH, WIDTH, Plot, before_after, on_a_line, tally

HOSTILE = (
    '<script>alert("x")</script>',
    '"/><image href=x onerror=alert(1)>',
    "]]></text>&lt;&#0;",
    "שלום \u202eevil\u202c \u200f",
    "line\nbreak\ttab",
    "🧑🏽‍🤝‍🧑🏻👋🏽" * 9,
    "",
)


def read(plot: Plot) -> ET.Element:
    """Parse the drawing as strictly as an XML reader would."""
    return ET.fromstring(plot.svg)  # noqa: S314 - our own drawing


def up_to(count: int) -> Plot:
    return tally([("voices", count, 30)], title="What came up", head=("What", "Times", "Of"))


def practices(name: str, before: float, after: float) -> Plot:
    return before_after(
        [(name, 3, before, after)], title="Stirred up", low="calm", high="stirred up", head=("a", "b", "c", "d")
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    count = tally([(words, 1, 2)], title=words, head=(words, words, words))
    change = before_after([(words, 1, 8, 2)], title=words, low=words, high=words, head=(words,) * 4)
    for plot in (count, change):
        drawn = read(plot)
        assert {element.tag for element in drawn.iter()} <= {"svg", "title", "text", "line", "circle", "polyline"}
        assert drawn.get("aria-label").split() == words.split()
        assert plot.table.caption == words


@pytest.mark.parametrize("plot", [up_to(4), practices("walk", 8, 3)], ids=["tally", "change"])
def test_a_drawing_has_a_role_a_title_and_no_style(plot: Plot) -> None:
    drawn = read(plot)
    assert drawn.get("role") == "img"
    assert drawn.find("title").text == drawn.get("aria-label")
    assert not any("style" in element.attrib or "fill" in element.attrib for element in drawn.iter())
    assert not any(name.startswith("on") for element in drawn.iter() for name in element.attrib)


def test_every_dot_and_word_begins_inside_the_drawing() -> None:
    for plot in (up_to(30), practices("breathing slowly by the window", 40, -3)):
        for element in read(plot).iter():
            for name in ("cx", "x", "x1", "x2"):
                assert 0 <= float(element.get(name, 0)) <= WIDTH


def test_more_dots_than_fit_share_their_meaning_evenly() -> None:
    filled = [
        len([dot for dot in read(up_to(count)).iter("circle") if dot.get("class") == "dot"]) for count in range(31)
    ]
    assert filled == sorted(filled)
    assert (filled[0], filled[1], filled[15], filled[30]) == (0, 1, 8, 15)


def test_a_dot_means_the_same_in_every_row() -> None:
    drawn = read(tally([("window", 18, 18), ("walk", 10, 10), ("tea", 3, 4)], title="Calmer", head=("a", "b", "c")))
    rows = [dot.get("cy") for dot in drawn.iter("circle")]
    assert [rows.count(row) for row in dict.fromkeys(rows)] == [18, 10, 4]


def test_before_is_open_and_after_is_full() -> None:
    before, after = read(practices("walk", 8, 3)).iter("circle")
    assert (before.get("class"), after.get("class")) == ("was", "now")
    assert NAME_WIDTH < float(after.get("cx")) < float(before.get("cx"))


def test_a_longer_name_stands_above_its_line_and_whole_in_the_table() -> None:
    plot = practices("breathing slowly by the window", 8, 3)
    assert read(plot).find("text[@class='name']").text == "breathing slowly by the window"
    assert float(read(plot).find("line[@class='rule']").get("x1")) < NAME_WIDTH


def test_a_name_too_long_for_any_place_is_shortened_in_the_drawing_alone() -> None:
    name = "breathing slowly by the window " * 3
    plot = practices(name, 8, 3)
    drawn = read(plot).find("text[@class='name']").text
    assert len(drawn) <= LONGEST_ABOVE
    assert drawn.endswith("…")
    assert plot.table.rows[0][0] == name


def test_what_lies_at_the_least_stands_at_the_left_end() -> None:
    plot = before_after([("walk", 3, 5, 1)], title="", low="", high="", head=("",) * 4, least=1, most=5)
    line, (before, after) = read(plot).find("line[@class='rule']"), read(plot).findall("circle")
    assert float(after.get("cx")) == float(line.get("x1"))
    assert float(before.get("cx")) == float(line.get("x2"))


def test_numbers_in_a_drawing_are_never_written_the_local_way() -> None:
    assert not re.search(r'\d,\d+"', str(practices("walk", 7.25, 3.3).svg))


@pytest.mark.parametrize(("number", "place"), [(1, 8), (7, 312), (4, 160)])
def test_a_number_stands_on_its_line_between_the_ends(number: float, place: float) -> None:
    drawn = ET.fromstring(on_a_line(number, low=1, high=7, title="Reach"))  # noqa: S314 - our own drawing
    (dot,) = drawn.findall("circle")
    assert (dot.get("class"), float(dot.get("cx"))) == ("now", place)
    assert len(drawn.findall("line[@class='rule']")) == 7
    assert drawn.find("title").text == "Reach"


def test_the_time_before_is_an_open_dot_under_the_full_one() -> None:
    drawn = ET.fromstring(on_a_line(12.5, low=0, high=21, before=12.5, title="<b>"))  # noqa: S314 - our own drawing
    assert [dot.get("class") for dot in drawn.findall("circle")] == ["was", "now"]
    assert len(drawn.findall("line[@class='rule']")) == 2, "a long line has its ends only"
