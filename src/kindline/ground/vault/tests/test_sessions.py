"""Sessions: the cookie and the row open only together, and not for ever."""

from datetime import UTC, datetime, timedelta

import pytest

from kindline.ground.vault import sessions
from kindline.ground.vault.models import Session
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


@pytest.fixture
def token(alice: Somebody) -> str:
    return sessions.start(alice.person.keyring, NOW)


def test_a_token_opens_its_session(alice: Somebody, token: str) -> None:
    opened = sessions.opened(token, NOW)
    assert opened is not None
    assert opened.keyring.account == alice.person.id


@pytest.mark.parametrize("token", ["", "zz", "00" * 32, "00" * 5])
def test_another_token_opens_nothing(alice: Somebody, token: str) -> None:
    assert sessions.opened(token, NOW) is None


def test_the_row_holds_no_key_and_no_token(alice: Somebody, token: str) -> None:
    row = Session.objects.get(started_at=NOW)
    secret = alice.person.keyring.account_key
    assert secret not in bytes(row.sealed)
    assert token not in row.id
    assert bytes.fromhex(token) not in bytes(row.sealed)


def test_a_row_moved_under_another_token_opens_nothing(alice: Somebody, bob: Somebody, token: str) -> None:
    bobs = sessions.start(bob.person.keyring, NOW)
    rows = list(Session.objects.filter(started_at=NOW))
    Session.objects.filter(id=rows[0].id).update(sealed=rows[1].sealed)
    Session.objects.filter(id=rows[1].id).update(sealed=rows[0].sealed)
    assert sessions.opened(token, NOW) is None
    assert sessions.opened(bobs, NOW) is None


def test_a_session_locks_after_its_idle_minutes(alice: Somebody, token: str) -> None:
    assert sessions.opened(token, NOW + timedelta(minutes=10))
    assert sessions.opened(token, NOW + timedelta(minutes=10, seconds=1)) is None


def test_use_moves_the_idle_clock_at_most_once_a_minute(alice: Somebody, token: str) -> None:
    for later, used in ((30, 0), (59, 0), (60, 60), (100, 60), (120, 120)):
        opened = sessions.opened(token, NOW + timedelta(seconds=later))
        assert opened is not None
        sessions.use(opened.session, NOW + timedelta(seconds=later))
        assert Session.objects.get(id=opened.session.id).used_at == NOW + timedelta(seconds=used)


def test_no_session_lasts_longer_than_twelve_hours(alice: Somebody, token: str) -> None:
    for minutes in range(0, 12 * 60 + 1, 9):
        opened = sessions.opened(token, NOW + timedelta(minutes=minutes))
        assert opened is not None
        sessions.use(opened.session, NOW + timedelta(minutes=minutes))
    assert sessions.opened(token, NOW + timedelta(hours=12, seconds=1)) is None


def test_sessions_whose_time_is_over_are_forgotten(alice: Somebody, token: str) -> None:
    sessions.forget_expired(NOW + timedelta(minutes=9))
    assert Session.objects.filter(started_at=NOW).exists()
    sessions.forget_expired(NOW + timedelta(minutes=11))
    assert not Session.objects.filter(started_at=NOW).exists()


def test_the_other_devices_can_be_locked(alice: Somebody, token: str) -> None:
    opened = sessions.opened(token, NOW)
    assert opened is not None
    sessions.end_all(alice.person.id, but=opened.session)
    assert sessions.opened(alice.token, NOW) is None
    assert sessions.opened(token, NOW)
