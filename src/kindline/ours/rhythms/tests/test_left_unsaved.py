"""Words left unsaved where a rhythm is planned: those of each kind wait apart."""

from uuid import uuid4

import pytest

from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

NEW = "/ours/rhythms/new/"


def test_a_plan_of_one_kind_waits_behind_a_newer_one_of_another(dana: Somebody) -> None:
    left = {"check-in": "Sunday, the two of us", "calm-talk": "About the move"}
    for kind, title in left.items():
        dana.client.post("/unsaved/", {"form_id": str(uuid4()), "page": NEW, "kind": kind, "title": title})
    for kind, title in left.items():
        page = dana.client.get(NEW, {"kind": kind})
        assert page.context["form"]["title"].value() == title
        assert page.context["form"]["kind"].value() == kind
    assert dana.client.get(NEW).context["form"]["title"].value() == "About the move", "what was written last"
    assert dana.client.get(NEW, {"kind": "arriving"}).context["form"]["title"].value() not in left.values()
