"""Walks through the pages of drafts, as a browser without scripts would."""

from uuid import uuid4

import pytest
from django.urls import reverse

from kindline.mine.drafts import queries
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

LINES = {
    "need": "half an hour to land when I come home",
    "limit": "think at the door, so I’ll take a shower first",
    "ask": "keep the bills until we’ve eaten",
    "give": "I’ll ask about your day and listen",
}


def sent(**fields: object) -> dict[str, object]:
    return {"form_id": str(uuid4()), "version": 0, "kind": "boundary", "choice": "warm", "shown": "warm", **fields}


def test_a_draft_begun_with_four_lines_is_listed_and_shows_its_wording(alice: Somebody) -> None:
    answer = alice.client.post(reverse("drafts:new"), sent(**LINES, do="keep"), follow=True)
    assert answer.status_code == 200
    assert "How is that for you?" in answer.content.decode()
    [line] = queries.drafts(alice.person)
    assert line.state == "writing"
    assert line.title.startswith("half an hour")
