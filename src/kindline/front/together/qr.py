"""A link as a square of dots, for the other's camera."""

from typing import NamedTuple

import segno

QUIET = 4  # dots of empty border, without which cameras don't find it


class Square(NamedTuple):
    """How many dots a side has, and where the dark ones are: one path of rows."""

    side: int
    path: str


def square(text: str) -> Square:
    """Return the square of a text, with its quiet border."""
    drawn = segno.make(text, error="m", micro=False)
    rows = [list(row) for row in drawn.matrix_iter(border=QUIET)]
    path = (f"M{x} {y}h{wide}v1h-{wide}z" for y, row in enumerate(rows) for x, wide in _runs(row))
    return Square(len(rows), "".join(path))


def _runs(row: list[int]) -> list[tuple[int, int]]:
    """Return where each run of dark dots begins, and how long it is."""
    found: list[tuple[int, int]] = []
    for x, is_dark in enumerate(row):
        if not is_dark:
            continue
        if found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((x, 1))
    return found
