"""T5. What Alice does for herself changes nothing that Bob can get; and a leak planted here is found."""

import pytest

from tests.house.histories import PRIVATE_ACTS, SHARED_ACTS, asks
from tests.house.leaks import LEAKS
from tests.house.twins import World, differences, lived
from tests.size import FULL

pytestmark = [pytest.mark.django_db, pytest.mark.storage, pytest.mark.walks]
WORLDS, STEPS = (2000, 50) if FULL else (2, 8)
FEW, PAGES = 6, 10  # so many steps, and one look at so many pages at the end, are enough for a leak
ONLY_WHEN_LOOKING_AGAIN = (
    "a hint that something is prepared",
    "a mark that moves with private writing",
    "when the other was last here",  # which the next unlocking hides
    "whether the other is here",
)
ONLY_WHEN_ASKED = "ids that are counted up"  # something has to be given that has an id on Bob's pages


@pytest.mark.parametrize("seed", range(WORLDS))
def test_bob_sees_the_same_whatever_alice_does_for_herself(seed: int) -> None:
    quiet = lived(seed, STEPS, SHARED_ACTS, [])
    busy = lived(seed, STEPS, SHARED_ACTS, PRIVATE_ACTS)
    assert differences(quiet, busy) == []


def test_a_secret_that_begins_like_the_token_of_a_form_is_told_apart_whole() -> None:
    secret = 32 * "a" + "_" + 10 * "b"
    assert World().told_apart(f"/calendar/{secret}.ics") == "/calendar/<0>.ics"


def test_the_same_history_twice_looks_the_same() -> None:
    assert differences(*(lived(0, FEW, SHARED_ACTS, [], often=False) for _ in range(2))) == []


@pytest.mark.parametrize("leak", LEAKS)
def test_a_planted_leak_is_found(leak: str, monkeypatch: pytest.MonkeyPatch) -> None:
    LEAKS[leak](monkeypatch)
    often = leak in ONLY_WHEN_LOOKING_AGAIN
    shared = [asks] if leak == ONLY_WHEN_ASKED else SHARED_ACTS
    steps = FEW // 2 if often else FEW
    quiet = lived(0, steps, shared, [], often=often, pages=PAGES)
    assert differences(quiet, lived(0, steps, shared, PRIVATE_ACTS, often=often, pages=PAGES))
