"""Plots over time: levels with how far they reached, stacks of dots, rows of dots. Where nothing is, nothing is drawn.

Drawn like the others in `charts`: colours by class, geometry by attributes, words on the axis, everything escaped.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kindline.ground.page.charts import NAME_WIDTH, ROW, WIDTH, Plot, Table, drawing, row_name, runs_over

GUTTER = 58  # beside a plot of levels, at least: room for their words
LETTER = 7.5  # about as wide as a letter
LEVELS_HIGH = 46  # from one level to the next
TOP = 12
STACK_HIGH = 12  # dots that fit above each other
DOT = 5.0  # the largest radius of a dot in a stack, and the widest bar's half
LARGEST_DOT = 7.5
NOTHING = "–"

Ticks = Sequence[tuple[int, str]]


class Level(NamedTuple):
    """From where to where levels, from 1 up, usually reached in a stretch, the middle one, and how many there were."""

    low: float
    middle: float
    high: float
    times: int


def levels_over_time(
    values: Sequence[tuple[str, Level | None]],
    *,
    title: str,
    levels: Sequence[str],
    ticks: Ticks,
    head: tuple[str, str, str, str],
) -> Plot:
    """Draw each stretch as a bar from its low to its high level, with a dot at the one in the middle.

    Dots are joined where stretches follow each other. A dot is open where there was only one. `levels` are the words
    for 1, 2, …; `head` names the columns of the table: when, the middle, from and to, how often.
    """
    floor = TOP + LEVELS_HIGH * (len(levels) - 1)
    gutter = max(GUTTER, 16 + LETTER * max(map(len, levels)))
    step = (WIDTH - gutter - 8) / max(1, len(values) - 1)
    half = min(DOT, step / 2 - 1)

    def height(level: float) -> float:
        return round(floor - LEVELS_HIGH * (level - 1), 1)

    at = [round(gutter + step * number, 1) for number in range(len(values))]
    drawn = [(x, value) for x, (_name, value) in zip(at, values, strict=True) if value]
    lines = format_html_join(
        "",
        '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/><text x="0" y="{}">{}</text>',
        (
            ("rule" if number else "base", gutter - 8, WIDTH, y, y, y + 5, word)
            for number, (word, y) in enumerate((word, height(at + 1)) for at, word in enumerate(levels))
        ),
    )
    bars = format_html_join(
        "",
        '<line class="reach" x1="{}" x2="{}" y1="{}" y2="{}" stroke-width="{}"/>',
        ((x, x, height(value.low), height(value.high), 2 * half) for x, value in drawn if value.high > value.low),
    )
    runs = _runs([(x, height(value.middle)) if value else None for x, (_name, value) in zip(at, values, strict=True)])
    trails = format_html_join(
        "", '<polyline class="trail" points="{}"/>', ((" ".join(f"{x},{y}" for x, y in run),) for run in runs)
    )
    dots = format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="{}" r="{}"/>',
        (
            ("dot" if value.times > 1 else "dot single", x, height(value.middle), round(min(4, half + 0.5), 1))
            for x, value in drawn
        ),
    )
    rows = tuple(
        (when, in_words(value.middle, levels), _from_to(value, levels), str(value.times))
        if value
        else (when, NOTHING, NOTHING, "0")
        for when, value in values
    )
    inside = format_html("{}{}{}{}{}", lines, bars, trails, dots, _named(ticks, at, floor + 22))
    return Plot(drawing(floor + 28, title, inside), Table(title, head, rows))


def stacks_over_time(
    values: Sequence[tuple[str, int, int]],
    *,
    title: str,
    ticks: Ticks,
    head: tuple[str, ...],
    stands_for: int = 1,
    kind: str = "seed",
) -> Plot:
    """Draw (when, full, open) as dots above each other, full ones below; one dot stands for `stands_for` of them."""
    step = WIDTH / max(1, len(values))
    radius = round(min(DOT, step / 2 - 0.5), 1)
    high = min(STACK_HIGH, max((-(-(full + empty) // stands_for) for _when, full, empty in values), default=0))
    floor = 8 + max(3, high) * (2 * radius + 1.5)
    at = [round(step * (number + 0.5), 1) for number in range(len(values))]

    def height(number: int) -> float:
        return round(floor - 4 - radius - number * (2 * radius + 1.5), 1)

    dots = format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="{}" r="{}"/>',
        (
            (kind if number < full else f"{kind} none", x, height(number), radius)
            for x, full, both in _stacked(at, values, stands_for)
            for number in range(both)
        ),
    )
    base = format_html('<line class="base" x1="0" x2="{}" y1="{y}" y2="{y}"/>', WIDTH, y=round(floor, 1))
    rows = tuple((when, *(str(number) for number in (full, empty)[: len(head) - 1])) for when, full, empty in values)
    inside = format_html("{}{}{}", base, dots, _named(ticks, at, floor + 20))
    return Plot(drawing(round(floor + 26), title, inside), Table(title, head, rows))


def rows_over_time(
    rows: Sequence[tuple[str, Sequence[float | None]]],
    *,
    title: str,
    whens: Sequence[str],
    levels: Sequence[str],
    ticks: Ticks,
    head: str,
) -> Plot:
    """Draw each (name, levels) as a row of dots, larger for a higher level from 1 up; below, what the sizes mean."""
    left = NAME_WIDTH + LARGEST_DOT
    step = (WIDTH - left) / max(1, len(whens))
    largest = min(LARGEST_DOT, step / 2 - 0.5)
    at = [round(left + step * (number + 0.5), 1) for number in range(len(whens))]

    def radius(level: float) -> float:
        return round(largest * (0.32 + 0.68 * (level - 1) / max(1, len(levels) - 1)), 1)

    parts = []
    for number, (name, course) in enumerate(rows):
        y = ROW * number + 18
        parts.append(row_name(name, y + 5))
        parts.append(
            format_html_join(
                "",
                '<circle class="dot" cx="{}" cy="{}" r="{}"/>',
                ((x, y, radius(level)) for x, level in zip(at, course, strict=True) if level is not None),
            )
        )
    foot = ROW * len(rows) + 16
    parts.append(_named(ticks, at, foot))
    key = [round(WIDTH / len(levels) * number, 1) for number in range(len(levels))]
    parts.append(
        format_html_join(
            "",
            '<circle class="dot" cx="{}" cy="{}" r="{}"/><text x="{}" y="{}">{}</text>',
            (
                (x + 8, foot + 27, radius(number), x + 20, foot + 32, word)
                for number, (x, word) in enumerate(zip(key, levels, strict=True), start=1)
            ),
        )
    )
    table_rows = tuple(
        (when, *(NOTHING if course[at] is None else in_words(course[at] or 0, levels) for _name, course in rows))
        for at, when in enumerate(whens)
    )
    drawn = format_html_join("", "{}", ((part,) for part in parts))
    return Plot(drawing(foot + 40, title, drawn), Table(title, (head, *(name for name, _ in rows)), table_rows))


def in_words(level: float, levels: Sequence[str]) -> str:
    """Return a level in its words; between two of them it is both."""
    below, above = levels[int(level) - 1], levels[min(len(levels), -int(-level // 1)) - 1]
    return below if level == int(level) else f"{below} {NOTHING} {above}"


def _from_to(value: Level, levels: Sequence[str]) -> str:
    low, high = in_words(value.low, levels), in_words(value.high, levels)
    return low if low == high else f"{low} {NOTHING} {high}"


def _stacked(
    at: Sequence[float], values: Iterable[tuple[str, int, int]], stands_for: int
) -> Iterable[tuple[float, int, int]]:
    """Yield the place of each stack with how many dots of it are full and how many there are."""
    for x, (_when, full, empty) in zip(at, values, strict=True):
        yield x, -(-full // stands_for), -(-full // stands_for) + -(-empty // stands_for)


def _named(ticks: Ticks, at: Sequence[float], y: float) -> SafeString:
    """Write the names of stretches below their places, those that would run into another one left out."""
    places, free_from = [], 0.0
    for number, word in ticks:
        x, wide = max(0.0, round(at[number] - 4, 1)), LETTER * len(word)
        start = WIDTH - wide if runs_over(x) else x
        if start >= free_from:
            places.append((WIDTH, "end", word) if runs_over(x) else (x, "start", word))
            free_from = start + wide
    return format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="{}">{}</text>',
        ((x, round(y, 1), anchor, word) for x, anchor, word in places),
    )


def _runs(points: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """Split the points where a stretch is empty; one point alone needs no line."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if len(run) > 1]
