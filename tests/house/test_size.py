"""Small, plain, complete: no file over 400 lines, most about 120."""

from statistics import median

import pytest

from tests.house.tree import ROOT, SOURCE, of_kind, place

LONGEST = 400  # lines
USUAL = 120


def lines(file: object) -> int:
    return len(file.read_text().splitlines())  # type: ignore[attr-defined]


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    kinds = of_kind(".py", ".html", ".css", ".js")
    long = [f"{place(file)}: {lines(file)}" for file in kinds if lines(file) > LONGEST]
    assert long == []


def test_half_of_the_files_are_no_longer_than_a_screen_or_two(record_property: pytest.FixtureRequest) -> None:
    sizes = [lines(file) for file in of_kind(".py", under=SOURCE) if lines(file)]
    record_property("median lines a file", median(sizes))
    assert median(sizes) <= USUAL, f"the median file of {len(sizes)} has {median(sizes)} lines"


def test_something_was_measured() -> None:
    assert len(of_kind(".py")) > 50
    assert (ROOT / "pyproject.toml").exists()
