"""Charts escape what people wrote, keep gaps, carry no style of their own, and say the same as their table."""

import re
from xml.etree import ElementTree as ET

import pytest

from kindline.ground.page.charts import NAME_WIDTH, WIDTH, Plot, before_after, dots_over_time, tally

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


def weeks(*levels: float | None) -> Plot:
    return dots_over_time(
        [(f"week {at}", level) for at, level in enumerate(levels)],
        title="How loud",
        levels=("a little", "quite", "very loud"),
        ticks=((0, "September"), (len(levels) - 1, "November")),
        head=("Week of", "How loud"),
        nothing="nothing written",
    )


def up_to(count: int) -> Plot:
    return tally([("voices", count, 30)], title="What came up", head=("What", "Times", "Of"))


def practices(name: str, before: float, after: float) -> Plot:
    return before_after(
        [(name, 3, before, after)], title="Stirred up", low="calm", high="stirred up", head=("a", "b", "c", "d")
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    level = dots_over_time(
        [(words, 1)], title=words, levels=(words, words), ticks=((0, words),), head=(words, words), nothing=words
    )
    count = tally([(words, 1, 2)], title=words, head=(words, words, words))
    change = before_after([(words, 1, 8, 2)], title=words, low=words, high=words, head=(words,) * 4)
    for plot in (level, count, change):
        drawn = read(plot)
        assert {element.tag for element in drawn.iter()} <= {"svg", "title", "text", "line", "circle", "polyline"}
        assert drawn.get("aria-label").split() == words.split()
        assert plot.table.caption == words


@pytest.mark.parametrize("plot", [weeks(1, 2, 3), up_to(4), practices("walk", 8, 3)], ids=["weeks", "tally", "change"])
def test_a_drawing_has_a_role_a_title_and_no_style(plot: Plot) -> None:
    drawn = read(plot)
    assert drawn.get("role") == "img"
    assert drawn.find("title").text == drawn.get("aria-label")
    assert not any("style" in element.attrib or "fill" in element.attrib for element in drawn.iter())
    assert not any(name.startswith("on") for element in drawn.iter() for name in element.attrib)


def test_an_empty_week_breaks_the_line_and_is_said_in_the_table() -> None:
    plot = weeks(3, 2, None, 1, 2, None, 1)
    assert [line.get("points").count(",") for line in read(plot).iter("polyline")] == [2, 2]
    assert len(list(read(plot).iter("circle"))) == 5
    assert plot.table.rows[2] == ("week 2", "nothing written")
    assert plot.table.rows[0] == ("week 0", "3")


def test_louder_stands_higher_and_later_stands_further_right() -> None:
    dots = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in read(weeks(1, 2, 3)).iter("circle")]
    assert [x for x, _ in dots] == sorted({x for x, _ in dots})
    assert [y for _, y in dots] == sorted({y for _, y in dots}, reverse=True)


def test_nothing_written_at_all_still_draws() -> None:
    assert not list(read(weeks()).iter("circle"))
    assert not list(read(weeks(None)).iter("polyline"))


def test_every_dot_and_word_begins_inside_the_drawing() -> None:
    for plot in (weeks(*[2] * 52), up_to(30), practices("breathing slowly by the window", 40, -3)):
        for element in read(plot).iter():
            for name in ("cx", "x", "x1", "x2"):
                assert 0 <= float(element.get(name, 0)) <= WIDTH


def test_more_dots_than_fit_share_their_meaning_evenly() -> None:
    filled = [
        len([dot for dot in read(up_to(count)).iter("circle") if dot.get("class") == "dot"]) for count in range(31)
    ]
    assert filled == sorted(filled)
    assert (filled[0], filled[1], filled[15], filled[30]) == (0, 1, 6, 12)


def test_before_is_open_and_after_is_full() -> None:
    before, after = read(practices("walk", 8, 3)).iter("circle")
    assert (before.get("class"), after.get("class")) == ("was", "now")
    assert NAME_WIDTH < float(after.get("cx")) < float(before.get("cx"))


def test_a_long_name_is_shortened_in_the_drawing_and_whole_in_the_table() -> None:
    plot = practices("breathing slowly by the window", 8, 3)
    assert read(plot).find("text[@class='name']").text == "breathing slo…"
    assert plot.table.rows[0][0] == "breathing slowly by the window"


def test_numbers_in_a_drawing_are_never_written_the_local_way() -> None:
    assert not re.search(r'\d,\d+"', str(practices("walk", 7.25, 3.3).svg))
