"""Instruments as files without anybody's item texts: only the numbers of their keys."""

from collections.abc import Sequence

HEAD = """
name = "{name}"
source = "the authors' published key"
terms = "numbers only"
again_after_days = 90
ordinary = {ordinary}
"""


def item(number: int, **more: object) -> str:
    """Return one item of a file."""
    rows = [f"number = {number}", f'text = "statement {number}"', *(f"{key} = {value}" for key, value in more.items())]
    return "\n".join(["[[item]]", *rows])


def scale(name: str, items: Sequence[int], how: str = "mean", reverse: Sequence[int] = ()) -> str:
    """Return one scale of a file."""
    return f"""[[scale]]
name = "{name}"
says = "{name} in words"
items = {list(items)}
reverse = {list(reverse)}
how = "{how}"
"""


def one_to_seven(name: str, items: int, *scales: str) -> str:
    """Return a file of so many items from 1 to 7."""
    parts = [HEAD.format(name=name, ordinary=1.5), "[answers]\nfrom = 1\nto = 7"]
    return "\n".join([*parts, *(item(number) for number in range(1, items + 1)), *scales])


# ECR-RS: nine items; avoidance 1 to 6 with 1 to 4 reversed, anxiety 7 to 9.
ECR_RS = one_to_seven(
    "ECR-RS",
    9,
    scale("stepping-back", range(1, 7), reverse=range(1, 5)),
    scale("reaching", range(7, 10)),
)

# ECR-R: 36 items; 1 to 18 anxiety, 19 to 36 avoidance.
ECR_R_REVERSED = (9, 11, 20, 22, *range(26, 32), *range(33, 37))
ECR_R = one_to_seven(
    "ECR-R",
    36,
    scale("reaching", range(1, 19), reverse=[number for number in ECR_R_REVERSED if number <= 18]),
    scale("stepping-back", range(19, 37), reverse=[number for number in ECR_R_REVERSED if number > 18]),
)

# The ECR of 1998: the same number of items, another key; odd ones avoidance, even ones anxiety.
ECR_1998_REVERSED = (3, 15, 19, 22, 25, 27, 29, 31, 33, 35)
ECR_1998 = one_to_seven(
    "ECR",
    36,
    scale("stepping-back", range(1, 37, 2), reverse=[number for number in ECR_1998_REVERSED if number % 2]),
    scale("reaching", range(2, 37, 2), reverse=[number for number in ECR_1998_REVERSED if not number % 2]),
)

# CSI-4: one item from 0 to 6, three from 0 to 5; their sum. Only the own course is shown.
CSI_4 = "\n".join([
    HEAD.format(name="CSI-4", ordinary=3),
    'shows = "course"',
    "[answers]\nfrom = 0\nto = 5",
    item(1, to=6),
    *(item(number) for number in (2, 3, 4)),
    scale("content", range(1, 5), how="sum"),
])  # fmt: skip
