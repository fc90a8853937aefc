"""Plots drawn as SVG: ink on paper, words on the axis, gaps stay gaps. Colours by class, never by style.

Each plot comes with the same figures as a table. Everything a person wrote is escaped.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 320  # units of the drawing; letters are 14 of them, about 14 px on a phone
NAME_WIDTH = 116
ROW = 34
LONGEST_NAME = 14  # characters that fit beside a row
LONGEST_ABOVE = 38  # and above one
ROW_ABOVE = 48  # a row with its name above
DOT_STEP = 16
MOST_DOTS = 20  # in a row with its name above; one dot is one time as long as they fit
MOST_STEPS = 12  # drawn on a line; beyond that only its ends


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a plot, first cell of each row a heading."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing and its table. The sentence that says what it shows belongs to the page."""

    svg: SafeString
    table: Table


def tally(rows: Sequence[tuple[str, int, int]], *, title: str, head: tuple[str, str, str]) -> Plot:
    """Draw (name, times, out of) as a row of dots each, filled as often as it came up.

    A dot means the same in every row: one time, or more of them where the longest row would have too many. Names stand
    beside their rows, or above them where a name or a row is too long for that.
    """
    longest = max((total for _name, _times, total in rows), default=0)
    one_dot = max(1, -(-longest // MOST_DOTS))
    fits = DOT_STEP * longest <= WIDTH - NAME_WIDTH - 12
    above = not fits or any(len(name) > LONGEST_NAME for name, *_ in rows)
    left, tall, down = (8, ROW_ABOVE, 31) if above else (NAME_WIDTH + 12, ROW, 22)
    step = min(DOT_STEP, (WIDTH - left - 8) // (MOST_DOTS - 1)) if not fits else DOT_STEP
    parts = []
    for at, (name, times, total) in enumerate(rows):
        y = tall * at + down
        shown = -(-total // one_dot)
        filled = min(round(times / one_dot) or min(times, 1), shown)
        parts.append(row_name(name, tall * at + 16, LONGEST_ABOVE) if above else row_name(name, y + 5))
        parts.append(
            format_html_join(
                "",
                '<circle class="{}" cx="{}" cy="{}" r="5"/>',
                (("dot" if dot < filled else "dot none", left + step * dot, y) for dot in range(shown)),
            )
        )
    table = Table(title, head, tuple((name, str(times), str(total)) for name, times, total in rows))
    return Plot(drawing(tall * len(rows) + 8, title, format_html_join("", "{}", ((part,) for part in parts))), table)


def before_after(
    rows: Sequence[tuple[str, int, float, float]],
    *,
    title: str,
    low: str,
    high: str,
    head: tuple[str, str, str, str],
    least: float = 0,
    most: float = 10,
) -> Plot:
    """Draw (name, times, before, after) as an open and a full dot on a line from `least` to `most`.

    Names stand beside their lines, or above them where one is too long for that.
    """
    above = any(len(name) > LONGEST_NAME for name, *_ in rows)
    left, tall, down = (8, ROW_ABOVE, 36) if above else (NAME_WIDTH, ROW, 22)
    reach = WIDTH - left - 8
    parts = []
    for at, (name, _times, before, after) in enumerate(rows):
        y = tall * at + down
        was, now = (
            round(left + reach * (min(max(value, least), most) - least) / (most - least), 1)
            for value in (before, after)
        )
        parts.append(row_name(name, tall * at + 16, LONGEST_ABOVE) if above else row_name(name, y + 5))
        parts.append(
            format_html(
                '<line class="rule" x1="{}" x2="{}" y1="{y}" y2="{y}"/><line class="span" x1="{}" x2="{}" y1="{y}" '
                'y2="{y}"/><circle class="was" cx="{}" cy="{y}" r="5"/><circle class="now" cx="{}" cy="{y}" r="5.5"/>',
                left,
                WIDTH - 8,
                min(was, now),
                max(was, now),
                was,
                now,
                y=y,
            )
        )
    foot = tall * len(rows) + 22
    ends = format_html(
        '<text x="{}" y="{}">{}</text><text x="{}" y="{}" text-anchor="end">{}</text>',
        left,
        foot,
        low,
        WIDTH - 8,
        foot,
        high,
    )
    drawn = format_html("{}{}", format_html_join("", "{}", ((part,) for part in parts)), ends)
    table_rows = tuple((name, str(times), f"{before:g}", f"{after:g}") for name, times, before, after in rows)
    return Plot(drawing(foot + 6, title, drawn), Table(title, head, table_rows))


def on_a_line(number: float, *, low: float, high: float, before: float | None = None, title: str) -> SafeString:
    """Draw one number as a full dot on a line from `low` to `high`, and the one before it as an open dot."""
    reach, y = WIDTH - 16, 12
    place = {
        value: round(8 + reach * (value - low) / (high - low), 1) for value in (number, before) if value is not None
    }
    steps = int(high - low) if (high - low) <= MOST_STEPS else 1
    ticks = format_html_join(
        "",
        '<line class="rule" x1="{x}" x2="{x}" y1="7" y2="17"/>',
        ({"x": round(8 + reach * step / steps, 1)} for step in range(steps + 1)),
    )
    was = "" if before is None else format_html('<circle class="was" cx="{}" cy="{}" r="6"/>', place[before], y)
    return drawing(
        2 * y,
        title,
        format_html(
            '<line class="base" x1="8" x2="{}" y1="{y}" y2="{y}"/>{}{}<circle class="now" cx="{}" cy="{y}" r="7"/>',
            WIDTH - 8,
            ticks,
            was,
            place[number],
            y=y,
        ),
    )


def drawing(height: int, title: str, inside: SafeString) -> SafeString:
    """Return a whole drawing of some height, with its title for whoever can't see it."""
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}" focusable="false"><title>{}</title>{}</svg>',
        WIDTH,
        height,
        title,
        title,
        inside,
    )


def row_name(name: str, y: int, most: int = LONGEST_NAME) -> SafeString:
    """Write the name of a row, shortened where it is too long for its place; the table has it whole."""
    short = name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
    return format_html('<text class="name" x="0" y="{}">{}</text>', y, short)


def runs_over(x: float) -> bool:
    """Say whether a word that begins here would run over the right edge."""
    return x > WIDTH - 50
