"""How much there is to check for one's own page does not depend on whether the other looked before."""

from collections import Counter
from uuid import UUID

import pytest

from kindline.ours.agreements import proven, statements
from kindline.ours.agreements.tests.living import agreed, steps_back, text
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


class Counted(proven.Proven):
    """Counts the signatures it had to check anew, by reader."""

    def __init__(self) -> None:
        super().__init__()
        self.checked: Counter[UUID] = Counter()

    def is_signed(self, public: bytes, message: bytes, signature: bytes, reader: UUID = proven.NOBODY) -> bool:
        before = len(self.found.get(reader, ()))
        genuine = super().is_signed(public, message, signature, reader)
        self.checked[reader] += len(self.found[reader]) > before
        return genuine


@pytest.mark.parametrize("looks", [True, False])
def test_the_others_look_makes_no_page_quicker(
    alice: Somebody, bob: Somebody, monkeypatch: pytest.MonkeyPatch, *, looks: bool
) -> None:
    pair(alice, bob)
    several = [agreed(bob, alice, text(ask=f"Would you knock {time} times?")) for time in ("two", "three", "four")]
    counted = Counted()
    monkeypatch.setattr(statements, "PROVEN", counted)
    bob.client.get("/ours/agreements/")
    for one in several:
        steps_back(bob, one)
    if looks:
        alice.client.get("/today/")
        assert counted.checked[alice.person.id] == 9, "two yeses and one stepping back of each"
    counted.checked.clear()
    bob.client.get("/ours/agreements/")
    assert counted.checked == Counter({bob.person.id: 3})
