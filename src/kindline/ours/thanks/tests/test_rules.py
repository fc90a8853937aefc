"""When a line can be given, and how long it is new."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from kindline.ours.thanks import rules
from kindline.ours.thanks.shapes import Line

NOW = datetime(2026, 5, 3, 20, tzinfo=UTC)
DAY = date(2026, 5, 3)


def line(kind: str = rules.THANKS, text: str = "Tea.", day: date = DAY) -> Line:
    return Line(by=uuid4(), kind=kind, text=text, at=NOW, day=day)


def test_a_day_has_room_for_one_of_each_kind() -> None:
    assert rules.has_room([], rules.THANKS, DAY)
    assert not rules.has_room([line()], rules.THANKS, DAY)
    assert rules.has_room([line()], rules.MOMENT, DAY)
    assert rules.has_room([line()], rules.THANKS, DAY + timedelta(days=1))


def test_what_was_taken_back_keeps_its_day() -> None:
    assert not rules.has_room([line(text="")], rules.THANKS, DAY)


@pytest.mark.parametrize(("hours", "new"), [(0, True), (23.99, True), (24, False), (-1, False)])
def test_a_line_is_new_for_a_day(hours: float, *, new: bool) -> None:
    assert rules.is_new(line(), NOW + timedelta(hours=hours)) is new


def test_whatever_was_typed_is_one_line() -> None:
    assert rules.as_one_line("  Tea,\n\nwhen I \t couldn’t talk. ") == "Tea, when I couldn’t talk."
