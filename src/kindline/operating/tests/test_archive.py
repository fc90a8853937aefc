import io
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from kindline.ground.storage import archive
from kindline.ground.storage.folder import Unusable
from kindline.ground.vault.models import Unsaved
from tests.people import Somebody


@pytest.mark.django_db(transaction=True)
@pytest.mark.storage
def test_a_backup_that_could_not_be_restored_is_not_written(
    alice: Somebody, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.write(io.BytesIO(), tmp_path, timezone.now())
    monkeypatch.setattr(archive, "MOST_IN_A_MEMBER", 100_000)
    Unsaved.objects.create(
        id=uuid4(), owner_id=alice.person.id, key=uuid4(), version=1, sealed=bytes(archive.MOST_IN_A_MEMBER)
    )
    with pytest.raises(Unusable, match="larger than anything"):
        archive.write(io.BytesIO(), tmp_path, timezone.now())
