"""From a draft to an agreement: its lines come along, nobody sees them yet."""

from uuid import UUID

import pytest
from django.utils import timezone

from kindline.ground.people import inviting
from kindline.mine.drafts.putting import agreement_of
from kindline.mine.drafts.shapes import Draft
from kindline.ours.agreements import queries as agreements
from tests.house.things import draft
from tests.people import Somebody, pair

PARTS = {
    "need": "half an hour to land",
    "limit": "listen when voices rise, so I’ll step out and be back in twenty minutes",
    "ask": "keep the bills until we’ve eaten",
    "give": "I’ll ask about your day",
    "soothe": "a walk round the block",
    "origin": "Silence at home meant trouble.",
}


def test_its_lines_come_along_and_what_is_only_mine_stays() -> None:
    now = timezone.now()
    text = agreement_of(Draft(begun_at=now, changed_at=now, parts=PARTS), "me")
    assert (text.cannot, text.limit) == ("listen when voices rise", "I’ll step out and be back in twenty minutes")
    assert (text.need, text.ask, text.offer) == (PARTS["need"], PARTS["ask"], PARTS["give"])
    assert text.plan == {"me": PARTS["soothe"]}
    assert "Silence" not in repr(text)


def test_a_line_of_one_half_is_what_one_does() -> None:
    now = timezone.now()
    text = agreement_of(Draft(begun_at=now, changed_at=now, parts={"limit": "I stop at ten."}), "me")
    assert (text.cannot, text.limit) == ("", "I stop at ten.")


def put(of: Somebody, draft_id: UUID, do: str = "put") -> str:
    """Press the button on a draft's page; return where it leads."""
    page = of.client.get(f"/mine/drafts/{draft_id}/")
    fields = {**page.context["form"].initial, "do": do}
    sent = {name: value for name, value in fields.items() if value is not None}
    answer = of.client.post(f"/mine/drafts/{draft_id}/", sent)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


@pytest.mark.django_db
@pytest.mark.storage
def test_put_to_the_other_it_is_prepared_and_not_given(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    draft_id = draft(alice)
    assert "Put it to Bob" in alice.client.get(f"/mine/drafts/{draft_id}/").content.decode()
    where = put(alice, draft_id)
    page = alice.client.get(where).content.decode()
    assert "quiet after work" in page
    assert "Bob sees nothing of it until you give it." in page
    assert not agreements.overview(bob.person)


@pytest.mark.django_db
@pytest.mark.storage
def test_alone_it_is_kept_for_oneself(dana: Somebody) -> None:
    draft_id = draft(dana)
    assert "Keep it for me" in dana.client.get(f"/mine/drafts/{draft_id}/").content.decode()
    where = put(dana, draft_id)
    form = dana.client.get(where).context["form"]
    sent = {name: value for name, value in form.initial.items() if value is not None}
    answer = dana.client.post(where, sent)
    assert answer.status_code == 302
    assert "Yours alone, since" in dana.client.get(answer["Location"]).content.decode()
    assert dana.client.post(where, sent)["Location"] == answer["Location"], "the same form twice is one agreement"
    assert len(agreements.with_myself(dana.person)) == 1


@pytest.mark.django_db
@pytest.mark.storage
def test_while_an_invitation_is_open_it_can_be_kept_ready(alice: Somebody) -> None:
    draft_id, ready = draft(alice), "Keep it ready for them"
    assert ready not in alice.client.get(f"/mine/drafts/{draft_id}/").content.decode()
    inviting.invite(person=alice.person, now=timezone.now())
    assert ready in alice.client.get(f"/mine/drafts/{draft_id}/").content.decode()
    where = put(alice, draft_id, "ready")
    assert "Once they’re here, you read it again and give it, or not." in alice.client.get(where).content.decode()
    [found] = agreements.in_preparation(alice.person)
    assert found.waits
    assert not agreements.with_myself(alice.person)


@pytest.mark.django_db
@pytest.mark.storage
def test_an_invitation_taken_back_meanwhile_leaves_the_draft(alice: Somebody) -> None:
    draft_id = draft(alice)
    assert put(alice, draft_id, "ready").startswith(f"/mine/drafts/{draft_id}/")
    assert not agreements.in_preparation(alice.person)
