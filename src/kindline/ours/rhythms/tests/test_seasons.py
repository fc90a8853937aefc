"""A quiet season on the pages: one line, one tap to end it, and nothing for the other where it is one's own."""

import pytest

from kindline.ours.rhythms.tests.test_pages import LIST, SEASON, frozen, page, planned, text, two
from tests.people import Somebody

__all__ = ["frozen", "two"]
pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def test_a_quiet_season_of_both_is_said_in_one_line_and_ended_with_one_tap(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    path = planned(alice)
    assert alice.client.post(SEASON, {"whose": "us", "until": "2026-06-01"}).status_code == 302
    for where in ("/today/", LIST, SEASON):
        assert "A quiet season for you both, until 1 June. Rhythms and reminders sleep." in page(bob, where)
    assert "It sleeps: a quiet season until 1 June." in page(bob, path)
    assert "Sunday 3 May, 18:00 sleeps" in page(bob, path)
    assert "Next: Sunday 7 June" in page(bob, LIST)
    assert bob.client.post(f"{SEASON}end/", {"whose": "us"})["Location"] == LIST
    assert "quiet season for you both" not in page(alice, "/today/")


def test_ones_own_quiet_season_changes_nothing_for_the_other(two: tuple[Somebody, Somebody]) -> None:
    alice, bob = two
    path = planned(alice)
    before = [page(bob, where) for where in ("/today/", "/together/", LIST, SEASON, path)]
    assert alice.client.post(SEASON, {"whose": "me", "until": "2026-06-01"}).status_code == 302
    assert "Your own quiet season, until 1 June." in page(alice, "/today/")
    assert [page(bob, where) for where in ("/today/", "/together/", LIST, SEASON, path)] == before
    bob.client.post(f"{SEASON}end/", {"whose": "me"})
    assert "Your own quiet season" in page(alice, LIST), "nobody else ends it"


@pytest.mark.parametrize("until", ["", "2026-05-02", "2020-01-01", "2027-05-02", "soon"])
def test_a_season_without_a_day_that_fits_says_so(until: str, dana: Somebody) -> None:
    answer = dana.client.post(SEASON, {"whose": "me", "until": until})
    assert answer.status_code == 422
    assert "One more look, please" in text(answer)


def test_somebody_alone_can_not_call_one_for_two(dana: Somebody) -> None:
    answer = dana.client.post(SEASON, {"whose": "us", "until": "2026-06-01"})
    assert answer.status_code == 409
    assert "It can be just for you." in text(answer)
