"""Before an update the database is copied, on SQLite and on PostgreSQL; afterwards it is of this version."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from kindline.ground.storage.database import KEPT_BACKUPS, bring_up_to_date
from kindline.ground.storage.folder import Unusable

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.storage]
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A data folder whose database lacks the last migration of the people."""
    call_command("migrate", "people", "zero", verbosity=0)
    yield tmp_path
    call_command("migrate", verbosity=0)


def test_an_older_database_is_copied_and_brought_up_to_date(older: Path) -> None:
    bring_up_to_date(older, NOW)
    (copy,) = (older / "before-update").iterdir()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert copy.stat().st_size > 1000
    assert "people_person" in connection.introspection.table_names()


def test_a_database_of_this_version_is_left_alone(tmp_path: Path) -> None:
    bring_up_to_date(tmp_path, NOW)
    assert list(tmp_path.iterdir()) == []


def test_only_the_last_copies_are_kept(older: Path) -> None:
    place = older / "before-update"
    place.mkdir()
    for year in range(2010, 2020):
        (place / f"{year}-01-01-000000.sqlite3").touch()
    bring_up_to_date(older, NOW)
    assert len(list(place.iterdir())) == KEPT_BACKUPS
    assert min(place.iterdir()).name.startswith("2016")


def test_without_room_for_a_copy_nothing_is_changed(older: Path) -> None:
    (older / "before-update").touch()
    with pytest.raises(Unusable, match="Nothing was changed"):
        bring_up_to_date(older, NOW)
    assert "people_person" not in connection.introspection.table_names()
