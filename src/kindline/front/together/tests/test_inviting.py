"""The host's side: a card, a code, and the code taken back."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import segno
import time_machine
from django.utils import timezone

from kindline.front.together.qr import QUIET, square
from kindline.ground.people import inviting
from tests.people import Somebody, pair, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def code_on(page: str) -> str:
    """Return the seven words that a page shows."""
    found = re.search(r'id="code"[^>]*>([^<]+)<', page)
    assert found, "no code on the page"
    return found[1]


def test_the_card_says_what_is_asked_before_there_is_a_code(alice: Somebody) -> None:
    page = alice.client.get("/together/invite/").content.decode()
    assert "No tests, no homework, nobody counts. No is fine, and you can leave any time." in page
    assert 'id="code"' not in page


def test_a_code_is_seven_words_with_a_link_that_no_log_sees(alice: Somebody) -> None:
    alice.client.post("/together/invite/")
    page = alice.client.get("/together/invite/").content.decode()
    code = code_on(page)
    assert len(code.split()) == 7
    assert f"/invited/#{'-'.join(code.split())}" in page
    assert inviting.host_of(code, timezone.now()).name == "Alice"


def test_looking_at_the_code_makes_no_other_one(alice: Somebody) -> None:
    alice.client.post("/together/invite/")
    pages = [alice.client.get("/together/invite/").content.decode() for _ in range(2)]
    assert code_on(pages[0]) == code_on(pages[1])


@pytest.mark.parametrize(("hours", "said"), [(0, "Good until tomorrow, 14:05"), (12, "Good until today, 14:05")])
def test_it_says_until_when_the_code_is_good(db: None, hours: int, said: str) -> None:
    made = datetime(2026, 5, 3, 14, 5, tzinfo=UTC)
    with time_machine.travel(made + timedelta(hours=hours), tick=False):
        alice = somebody("Alice")
        inviting.invite(person=alice.person, now=made)
        assert said in alice.client.get("/together/invite/").content.decode()


def test_a_code_taken_back_opens_nothing(alice: Somebody) -> None:
    alice.client.post("/together/invite/")
    code = code_on(alice.client.get("/together/invite/").content.decode())
    assert alice.client.post("/together/invite/back/").status_code == 302
    with pytest.raises(inviting.Refused):
        inviting.host_of(code, timezone.now())
    assert 'id="code"' not in alice.client.get("/together/invite/").content.decode()


def test_the_page_that_waits_goes_on_once_the_guest_is_there(alice: Somebody, bob: Somebody) -> None:
    asks = {"HX-Request": "true", "X-Kindline-Refresh": "1"}
    code = inviting.invite(person=alice.person, now=timezone.now())
    still = alice.client.get("/together/invite/", headers=asks)
    assert (still.status_code, still.content) == (204, b"")
    inviting.accept(person=bob.person, typed=code, now=timezone.now())
    assert alice.client.get("/together/invite/", headers=asks)["HX-Redirect"] == "/together/same/"
    assert alice.client.get("/together/invite/")["Location"] == "/together/same/"


@pytest.mark.parametrize("path", ["/together/", "/today/"])
def test_a_page_left_open_listens_until_the_guest_is_there(alice: Somebody, bob: Somebody, path: str) -> None:
    assert "data-live" not in alice.client.get(path).content.decode()
    code = inviting.invite(person=alice.person, now=timezone.now())
    page = alice.client.get(path).content.decode()
    listens = re.search(r'data-live="([0-9a-f]{32})"', page)
    assert listens, page
    assert listens[1] in alice.client.get("/wake/").content.decode()
    inviting.accept(person=bob.person, typed=code, now=timezone.now())
    assert listens[1] not in alice.client.get("/wake/").content.decode()
    fresh = alice.client.get(path, headers={"X-Kindline-Refresh": "1"}).content.decode()
    assert "You and Bob" in fresh
    assert "/together/same/" in fresh


def test_who_shares_a_space_invites_nobody_else(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    alice.client.post("/together/invite/")
    assert alice.client.get("/together/invite/")["Location"] == "/together/"
    assert inviting.invitation_of(alice.person, timezone.now()) is None


def test_the_square_says_the_link_and_keeps_its_quiet_border() -> None:
    text = "https://kindline.example.org/invited/#one-two-three"
    drawn, meant = square(text), segno.make(text, error="m", micro=False)
    cells = [[False] * drawn.side for _ in range(drawn.side)]
    for x, y, wide in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", drawn.path):
        for at in range(int(x), int(x) + int(wide)):
            cells[int(y)][at] = True
    assert cells == [[bool(dot) for dot in row] for row in meant.matrix_iter(border=QUIET)]
    assert not any(cells[0])
    assert not any(row[QUIET - 1] for row in cells)
