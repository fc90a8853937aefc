"""The same story comes out on whatever day and at whatever hour it is told."""

from datetime import UTC, datetime

import pytest

from kindline.demo.lives import NAMES, lives
from kindline.ground.people.queries import person_of
from kindline.ground.vault import sessions
from kindline.ground.vault.actions import found, passphrase_root
from kindline.mine.journal import queries as journal
from kindline.ours.agreements import queries as agreements
from kindline.ours.negotiation import queries as talks
from kindline.ours.pauses import queries as pauses
from kindline.ours.thanks import queries as thanks

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 16, 0, 5, tzinfo=UTC),  # on a Monday, with little of the week behind
        datetime(2027, 3, 28, 23, 55, tzinfo=UTC),  # on a Sunday whose night had an hour less
    ],
)
def test_it_is_the_same_story_whenever_it_is_told(now: datetime) -> None:
    shown = lives(now)
    assert tuple(one.name for one in shown) == NAMES
    for one, asked in zip(shown, ("low shelf", "leave your phone"), strict=True):
        keyring = found(passphrase_root(one.name, one.passphrase))
        opened = sessions.opened(sessions.start(keyring, now), now)
        assert opened is not None
        person = person_of(opened)
        overview = agreements.overview(person)
        assert [asked in line.title.lower() for line in overview.for_you] == [True]
        assert (len(overview.standing), len(overview.resting), len(overview.past)) == (9, 1, 1)
        assert [talk.state for talk in talks.talks(person)] == ["yours", "laid"]
        assert len(thanks.jar(person).lines) == 66
        assert len(thanks.arrived_today(person, now)) == (one.name == "Alice")
        assert len(pauses.around(person, now).topics) == 1
        assert all(entry.written_at <= now for _id, entry in journal.everything(person))
