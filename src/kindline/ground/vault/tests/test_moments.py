"""Moments in what several share: those a clock of ours can have shown, and no others."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from kindline.ground.vault.moments import EARLIEST, LATEST, are_sane
from kindline.ground.vault.primitives import Unopened, random_bytes
from kindline.ground.vault.sealing import SHARED, Place, Shape, open_sealed, seal

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
STRANGE = (NOW.replace(tzinfo=None), EARLIEST - timedelta(seconds=1), LATEST, datetime.max.replace(tzinfo=UTC))


class Inner(Shape, frozen=True, kw_only=True):
    at: datetime


class Outer(Shape, frozen=True, kw_only=True):
    words: str = ""
    lines: tuple[Inner, ...] = ()
    named: dict[str, Inner] = {}


@pytest.mark.parametrize("moment", STRANGE)
def test_a_strange_moment_is_found_however_deep_it_lies(moment: datetime) -> None:
    assert are_sane(Outer(words="x", lines=(Inner(at=NOW),), named={"a": Inner(at=EARLIEST)}))
    assert not are_sane(Outer(lines=(Inner(at=NOW), Inner(at=moment))))
    assert not are_sane(Outer(named={"a": Inner(at=moment)}))


@pytest.mark.parametrize("moment", STRANGE)
def test_only_what_several_share_is_refused_for_it(moment: datetime) -> None:
    key, document = random_bytes(), Inner(at=moment)
    for namespace, opens in (("private", True), (SHARED, False)):
        place = Place(namespace, "table", uuid4(), uuid4(), uuid4(), 1)
        envelope = seal(key, document, place)
        if opens:
            assert open_sealed(key, envelope, Inner, place) == document
        else:
            with pytest.raises(Unopened):
                open_sealed(key, envelope, Inner, place)
