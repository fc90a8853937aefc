from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import transaction

from kindline.mine.drafts import actions, models, queries, shapes
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NOW = datetime(2026, 5, 3, 20, 40, tzinfo=UTC)


def draft(need: str) -> shapes.Draft:
    return shapes.Draft(begun_at=NOW, changed_at=NOW, parts={"need": need}, touchstone=need, touchstone_at=NOW)


def test_drafts_come_back_and_those_here_stay(alice: Somebody) -> None:
    here, new = uuid4(), uuid4()
    for documents in [[(here, draft("as it is here"))], [(here, draft("then")), (new, draft("new"))]]:
        with transaction.atomic():
            assert actions.bring_back(person=alice.person, documents=documents) == 1
    assert dict(queries.everything(alice.person)) == {here: draft("as it is here"), new: draft("new")}
    assert {line.touchstone for line in queries.drafts(alice.person)} == {"as it is here", "new"}


def test_deleting_every_draft_leaves_others_theirs(alice: Somebody, charlie: Somebody) -> None:
    for somebody in (alice, charlie):
        with transaction.atomic():
            actions.bring_back(person=somebody.person, documents=[(uuid4(), draft("quiet"))])
    actions.delete_everything(person=alice.person)
    assert list(queries.everything(alice.person)) == queries.drafts(alice.person) == []
    assert len(queries.drafts(charlie.person)) == models.Draft.objects.count() == 1
