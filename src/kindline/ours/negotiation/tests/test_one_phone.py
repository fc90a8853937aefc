"""A talk on one phone: handed over, and nothing of the first is shown before the second has written."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from kindline.ground.vault import unsaved
from kindline.ours.agreements import queries as agreements
from kindline.ours.negotiation import models, queries
from tests.people import Somebody, pair

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
HERS = "to arrive before the questions do"


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def begun(by: Somebody, other: str = "Sam") -> UUID:
    form_id = uuid4()
    fields = {"form_id": str(form_id), "topic": "evenings", "other": other}
    assert by.client.post(reverse("negotiation:new-phone"), fields).status_code == 302
    return form_id


def page(by: Somebody, one_id: UUID) -> Any:
    return by.client.get(reverse("negotiation:phone", args=[one_id]))


def send(by: Somebody, one_id: UUID, **fields: Any) -> Any:
    """Fill in the form that is on the page now."""
    shown = page(by, one_id).context
    standing = {"at": shown["at"], "version": shown["version"], "form_id": str(uuid4())}
    return by.client.post(reverse("negotiation:phone", args=[one_id]), {**standing, **fields})


def test_two_go_through_it_on_one_phone(dana: Somebody) -> None:
    one_id = begun(dana)
    assert "Dana writes" in text(page(dana, one_id))
    send(dana, one_id, need=HERS)
    handing = page(dana, one_id)
    assert "Now give it to Sam" in text(handing)
    assert HERS not in handing.content.decode()
    send(dana, one_id)
    assert "Sam writes" in text(page(dana, one_id))
    assert HERS not in page(dana, one_id).content.decode()
    assert 'class="bar"' not in page(dana, one_id).content.decode()
    send(dana, one_id, need="a real hello")
    between = text(page(dana, one_id))
    assert HERS in between
    assert "a real hello" in between
    send(dana, one_id, loop="one asks, one hides", options="a hello first\n\n half an hour \na hello first")
    assert queries.one_phone(dana.person, one_id).document.options == ("a hello first", "half an hour")
    send(dana, one_id, **{"tap.0": "could", "tap.1": "works", "guess": "0"})
    assert "Now give it to Sam" in text(page(dana, one_id))
    send(dana, one_id)
    assert page(dana, one_id).context["form"]["tap.0"].value() is None
    send(dana, one_id, **{"tap.0": "works", "tap.1": "could", "guess": "1"})
    laid = text(page(dana, one_id))
    assert "Each of you guessed what the other likes best." in laid
    assert "These stand level" in laid
    assert "Works for Sam; Dana could try it." in laid
    assert "Put it in words as an agreement" not in laid
    assert models.Talk.objects.count() == 0


def test_with_the_other_of_a_circle_an_option_can_become_words_for_them(alice: Somebody, bob: Somebody) -> None:
    pair(alice, bob)
    one_id = begun(alice, "bob")
    for fields in (
        {"need": HERS},
        {},
        {"need": "a real hello"},
        {"options": "a hello first\nhalf an hour"},
        {"tap.0": "works", "tap.1": "not"},
        {},
        {"tap.0": "could", "tap.1": "works"},
    ):
        assert send(alice, one_id, **fields).status_code == 302
    assert send(alice, one_id, do="agree", on="0").status_code == 302
    (ready,) = agreements.in_preparation(alice.person)
    assert (ready.prepared.idea, ready.prepared.text.ask) == ("a hello first", ""), "two wrote the list"
    for option in ("1", "7", "x", ""):
        assert send(alice, one_id, do="agree", on=option).status_code == 409
    assert agreements.waiting_for_me(bob.person) == []


def test_words_sent_again_before_handing_over_show_both(dana: Somebody) -> None:
    one_id = begun(dana)
    first = {"at": "needs-0", "version": "1", "form_id": str(uuid4()), "need": HERS}
    address = reverse("negotiation:phone", args=[one_id])
    assert [dana.client.post(address, first).status_code for _ in range(2)] == [302, 302]
    met = dana.client.post(address, {**first, "need": "an hour, really"})
    assert met.status_code == 409
    assert "an hour, really" in met.content.decode()
    again = {**first, "need": "an hour, really", "again": "1"}
    assert dana.client.post(address, again).status_code == 302
    assert queries.one_phone(dana.person, one_id).document.needs[0].need == "an hour, really"


def test_words_of_the_first_that_come_late_are_folded_away(dana: Somebody) -> None:
    one_id = begun(dana)
    address = reverse("negotiation:phone", args=[one_id])
    first = {"at": "needs-0", "version": "1", "form_id": str(uuid4()), "need": HERS}
    dana.client.post(address, first)
    send(dana, one_id)
    met = dana.client.post(address, {**first, "need": "an hour, really"})
    assert met.status_code == 409
    assert re.search(r"<details class=\"fold\"><summary>[^<]*late", met.content.decode())
    assert met.context["form"]["need"].value() is None
    assert queries.one_phone(dana.person, one_id).document.needs[0].need == HERS


def test_unsaved_words_come_back_to_whoever_wrote_them_only(dana: Somebody) -> None:
    one_id, form_id = begun(dana), uuid4()
    address = reverse("negotiation:phone", args=[one_id])
    fields = {"at": ["needs-0"], "need": ["half a sent"], "version": ["1"]}
    unsaved.keep(dana.person.keyring, form_id, address, fields, timezone.now())
    assert page(dana, one_id).context["form"]["need"].value() == "half a sent"
    send(dana, one_id, need=HERS)
    send(dana, one_id)
    assert "half a sent" not in page(dana, one_id).content.decode()


@pytest.mark.parametrize("options", ["", " \n ", "x" * 141, "\n".join(str(number) for number in range(13))])
def test_a_list_that_cannot_be_keeps_its_words(dana: Somebody, options: str) -> None:
    one_id = begun(dana)
    for need in ({"need": HERS}, {}, {"need": "a real hello"}):
        send(dana, one_id, **need)
    met = send(dana, one_id, loop="one asks", options=options)
    assert met.status_code == 422
    assert "one asks" in met.content.decode()
    assert options.strip() in met.content.decode()


def test_a_beginning_sent_twice_is_one_talk(dana: Somebody) -> None:
    fields = {"form_id": str(uuid4()), "topic": "evenings", "other": "Sam"}
    address = reverse("negotiation:new-phone")
    assert [dana.client.post(address, fields).status_code for _ in range(2)] == [302, 302]
    assert dana.client.post(address, {**fields, "topic": "mornings"}).status_code == 409
    assert models.OnePhone.objects.count() == 1


def test_it_is_deleted_after_asking_once(dana: Somebody, charlie: Somebody) -> None:
    one_id = begun(dana)
    address = reverse("negotiation:delete-phone", args=[one_id])
    assert charlie.client.post(address).status_code == 404
    assert page(charlie, one_id).status_code == 404
    assert "Delete this talk for good?" in text(dana.client.get(address))
    assert dana.client.post(address).status_code == 302
    assert models.OnePhone.objects.count() == 0
