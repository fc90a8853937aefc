"""Who may join, and which time zones there are to choose from."""

from kindline.ground.clock.zones import names
from kindline.ground.people.rules import may_join, time_zones


def test_the_first_person_may_always_join() -> None:
    assert may_join("invited", anybody_here=False)
    assert not may_join("invited", anybody_here=True)
    assert may_join("open", anybody_here=True)


def test_places_are_offered_and_technical_names_are_not() -> None:
    zones = time_zones()
    assert {"Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"} <= set(zones)
    assert not any(zone.startswith(("Etc/", "posix/")) for zone in zones)


def test_every_place_that_is_offered_has_a_clock() -> None:
    assert set(time_zones()) <= names()
