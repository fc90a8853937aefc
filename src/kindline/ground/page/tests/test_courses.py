"""Plots over time escape what people wrote, keep gaps, stay inside their frame and say the same as their table."""

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from kindline.ground.page.charts import WIDTH, Plot
from kindline.ground.page.courses import (
    NOTHING,
    STACK_HIGH,
    Level,
    in_words,
    levels_over_time,
    rows_over_time,
    stacks_over_time,
)
from kindline.ground.page.tests.test_charts import HOSTILE, read

LOUD = ("a little", "quite", "very")


def names(count: int) -> list[str]:
    return [f"week {number}" for number in range(count)]


def levels(*told: float | None, times: int = 2, words: tuple[str, ...] = LOUD) -> Plot:
    values = [None if one is None else Level(one, one, one, times) for one in told]
    return levels_over_time(
        list(zip(names(len(values)), values, strict=True)),
        title="How loud",
        levels=words,
        ticks=[(0, "September"), (len(values) - 1, "November")] if values else [],
        head=("When", "In the middle", "Usually", "How many"),
    )


def stacks(*told: tuple[int, int], stands_for: int = 1) -> Plot:
    values = [(name, *one) for name, one in zip(names(len(told)), told, strict=True)]
    head = ("When", "Said", "Kept")
    return stacks_over_time(
        values, title="Said", ticks=[(0, "May")] if told else [], head=head, stands_for=stands_for, kind="act"
    )


def rows(*courses: list[float | None]) -> Plot:
    return rows_over_time(
        [(f"need {number}", course) for number, course in enumerate(courses)],
        title="Needs",
        whens=names(len(courses[0])),
        levels=("hardly", "partly", "mostly", "fully"),
        ticks=[(0, "May")],
        head="When",
    )


def circles(plot: Plot, kind: str = "") -> list[ET.Element]:
    return [one for one in read(plot).iter("circle") if not kind or one.get("class") == kind]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    one = levels_over_time(
        [(words, Level(1, 1, 2, 3))], title=words, levels=(words, words), ticks=[(0, words)], head=(words,) * 4
    )
    two = stacks_over_time([(words, 1, 0)], title=words, ticks=[(0, words)], head=(words, words))
    three = rows_over_time(
        [(words, [1])], title=words, whens=[words], levels=(words, words), ticks=[(0, words)], head=words
    )
    for plot in (one, two, three):
        drawn = read(plot)
        assert {element.tag for element in drawn.iter()} <= {"svg", "title", "text", "line", "circle", "polyline"}
        assert drawn.get("aria-label").split() == words.split()


@pytest.mark.parametrize("plot", [levels(1, 2, 3), stacks((2, 1)), rows([1, 4])], ids=["levels", "stacks", "rows"])
def test_a_drawing_has_a_role_a_title_and_no_style(plot: Plot) -> None:
    drawn = read(plot)
    assert drawn.get("role") == "img"
    assert drawn.find("title").text == drawn.get("aria-label")
    assert not any("style" in element.attrib or "fill" in element.attrib for element in drawn.iter())


def test_an_empty_week_breaks_the_line_and_is_said_in_the_table() -> None:
    plot = levels(3, 2, None, 1, 2, None, 1)
    assert [line.get("points").count(",") for line in read(plot).iter("polyline")] == [2, 2]
    assert len(circles(plot)) == 5
    assert plot.table.rows[2] == ("week 2", NOTHING, NOTHING, "0")
    assert plot.table.rows[0] == ("week 0", "very", "very", "2")


def test_louder_stands_higher_and_later_stands_further_right() -> None:
    dots = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in circles(levels(1, 2, 3))]
    assert [x for x, _ in dots] == sorted({x for x, _ in dots})
    assert [y for _, y in dots] == sorted({y for _, y in dots}, reverse=True)


def test_a_single_one_is_an_open_dot_and_has_no_bar() -> None:
    plot = levels(2, times=1)
    assert len(circles(plot, "dot single")) == 1
    assert not read(plot).findall("line[@class='reach']")


def test_a_bar_goes_from_the_low_to_the_high_level() -> None:
    plot = levels_over_time([("May", Level(1, 2, 3, 5))], title="", levels=LOUD, ticks=[], head=("",) * 4)
    bar, lines = read(plot).find("line[@class='reach']"), read(plot).findall("line")
    assert {bar.get("y1"), bar.get("y2")} == {lines[0].get("y1"), lines[2].get("y1")}
    assert plot.table.rows == (("May", "quite", f"a little {NOTHING} very", "5"),)


def test_long_words_for_levels_push_the_dots_aside() -> None:
    near, far = levels(1, 2), levels(1, 2, words=("hardly anything at all", "quite", "very"))
    assert float(circles(near)[0].get("cx")) < float(circles(far)[0].get("cx"))


def test_a_level_between_two_is_both() -> None:
    assert [in_words(level, LOUD) for level in (1, 1.5, 2, 2.75, 3)] == [
        "a little",
        f"a little {NOTHING} quite",
        "quite",
        f"quite {NOTHING} very",
        "very",
    ]


def test_nothing_at_all_still_draws() -> None:
    for plot in (levels(), levels(None), stacks(), stacks((0, 0)), rows([None])):
        assert not [dot for dot in circles(plot) if dot.get("class") != "dot"]
        assert not list(read(plot).iter("polyline"))


def test_every_thing_is_a_dot_full_ones_below() -> None:
    plot = stacks((2, 1), (0, 0), (0, 2))
    assert len(circles(plot, "act")) == 2
    assert len(circles(plot, "act none")) == 3
    full = max(float(dot.get("cy")) for dot in circles(plot, "act"))
    assert full > min(float(dot.get("cy")) for dot in circles(plot, "act none"))
    assert plot.table.rows == (("week 0", "2", "1"), ("week 1", "0", "0"), ("week 2", "0", "2"))


def test_a_dot_that_stands_for_several_keeps_the_stack_low() -> None:
    plot = stacks((30, 0), (1, 0), stands_for=3)
    assert len(circles(plot)) == 10 + 1
    assert plot.table.rows[0][1] == "30"


def test_a_higher_level_is_a_larger_dot_and_a_gap_is_none() -> None:
    plot = rows([1, 2, None, 3, 4])
    sizes = [float(dot.get("r")) for dot in circles(plot)]
    assert sizes[:4] == sorted(set(sizes[:4]))
    assert sizes[4:] == sizes[:4], "what the sizes mean stands below"
    assert plot.table.rows[2] == ("week 2", NOTHING)


@pytest.mark.parametrize("count", [1, 2, 5, 14, 24, 40])
def test_everything_is_inside_however_long_the_course(count: int) -> None:
    high = stacks(*[(STACK_HIGH, 0)] * count)
    for plot in (levels(*[2] * count), high, rows([4] * count, [1] * count)):
        drawn = read(plot)
        tall = float(drawn.get("viewBox").split()[3])
        for dot in drawn.iter("circle"):
            x, y, r = (float(dot.get(name)) for name in ("cx", "cy", "r"))
            assert r > 0
            assert r <= x <= WIDTH - r
            assert r <= y <= tall - r
        for name in ("x", "x1", "x2"):
            assert all(0 <= float(element.get(name, 0)) <= WIDTH for element in drawn.iter())


def test_names_below_never_run_into_each_other() -> None:
    plot = levels_over_time(
        [(name, None) for name in names(5)],
        title="",
        levels=LOUD,
        ticks=[(number, f"{number + 9} November") for number in range(5)],
        head=("",) * 4,
    )
    below = [text for text in read(plot).iter("text") if "November" in (text.text or "")]
    starts = [float(text.get("x")) - (90 if text.get("text-anchor") == "end" else 0) for text in below]
    assert len(below) >= 2
    assert all(later - earlier >= 80 for earlier, later in pairwise(starts))
