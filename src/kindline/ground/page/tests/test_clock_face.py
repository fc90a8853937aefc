"""Clock times are written as the person who is asking reads them."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from kindline.ground.page.clock_face import clock, clock_face

EVENING = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)


def test_times_are_written_with_24_hours_unless_chosen_otherwise() -> None:
    with timezone.override(ZoneInfo("Europe/Berlin")):
        assert clock(EVENING) == "21:15"


def test_twelve_hours_hold_for_one_request_only() -> None:
    with timezone.override(ZoneInfo("Europe/Berlin")), clock_face(12):
        assert clock(EVENING) == "9:15 PM"
        assert clock(time(0, 5)) == "12:05 AM"
    assert clock(time(0, 5)) == "00:05"
