"""What `kindline doctor` says about reminders, and who may work where: workers beside a server, never in a restore."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from kindline.ground.post.models import Channel, Round
from kindline.ground.storage.folder import Unusable, prepare, without_workers, working
from kindline.ground.vault.models import Account
from kindline.operating.checks import reminders
from kindline.operating.checks.finding import Finding

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


def examined() -> dict[str, Finding]:
    return {one.about: one for one in reminders.findings(NOW)}


def somebodys_device(**more: Any) -> Channel:
    account = Account.objects.create(sealed=b"")
    target = f"https://push.example.net/{uuid4()}"
    return Channel.objects.create(
        owner=account, kind="push", target=target, added_on=NOW.date(), is_confirmed=True, **more
    )


@pytest.mark.django_db
@pytest.mark.storage
def test_nobodys_reminders_need_no_worker() -> None:
    assert {one.state for one in examined().values()} == {"good"}


@pytest.mark.django_db
@pytest.mark.storage
@pytest.mark.parametrize(
    ("silent", "state"),
    [(timedelta(minutes=5), "good"), (timedelta(minutes=16), "look at this"), (None, "look at this")],
)
def test_a_worker_that_is_silent_is_found(silent: timedelta | None, state: str) -> None:
    somebodys_device()
    if silent is not None:
        Round.objects.create(at=NOW - silent)
    assert examined()["reminders"].state == state


@pytest.mark.django_db
@pytest.mark.storage
def test_where_the_worker_is_apart_it_is_named(settings: Any) -> None:
    settings.WORKER = False
    somebodys_device()
    assert "kindline worker" in examined()["reminders"].says


@pytest.mark.django_db
@pytest.mark.storage
def test_what_was_given_up_is_counted() -> None:
    Round.objects.create(at=NOW)
    somebodys_device(given_up_at=NOW)
    assert examined()["delivery"].says.startswith("1 device or address could not")
    somebodys_device(given_up_at=NOW)
    assert examined()["delivery"].says.startswith("2 devices and addresses could not")


@pytest.mark.django_db
@pytest.mark.storage
def test_the_mail_server_is_named_without_its_password(settings: Any) -> None:
    settings.MAIL, settings.EMAIL_HOST, settings.EMAIL_HOST_PASSWORD = True, "mail.example.org", "very-secret"
    assert "mail.example.org" in examined()["mail"].says
    assert not [one for one in examined().values() if "very-secret" in one.says]


@pytest.mark.django_db
@pytest.mark.storage
def test_the_setting_for_tests_is_found(settings: Any) -> None:
    settings.PUSH_LOOPBACK = True
    assert examined()["push"].state == "look at this"


def test_two_workers_may_work_side_by_side_and_a_restore_waits_for_them(tmp_path: Path) -> None:
    prepare(tmp_path)
    with (
        working(tmp_path),
        working(tmp_path),
        pytest.raises(Unusable, match="Stop it first"),
        without_workers(tmp_path),
    ):
        pass
    with without_workers(tmp_path):
        pass


def test_where_nothing_ever_served_there_is_nothing_to_send(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="start Kindline there first"), working(tmp_path):
        pass
    with without_workers(tmp_path):
        pass
