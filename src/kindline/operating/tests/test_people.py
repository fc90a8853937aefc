"""`kindline people`: ids and sizes only; removing takes everything of one place and nothing of another."""

import pytest
from django.apps import apps
from django.utils import timezone

from kindline.ground.storage.folder import Unusable
from kindline.ground.vault.models import SealedRecord
from kindline.operating import people
from tests.house.things import MAKERS
from tests.people import Somebody, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]


def rows_of(somebody: Somebody) -> int:
    models = [model for model in apps.get_models() if issubclass(model, SealedRecord)]
    return sum(model._default_manager.filter(owner_id=somebody.person.id).count() for model in models)


def test_places_are_listed_by_id_with_how_much_is_in_them(alice: Somebody, bob: Somebody) -> None:
    for make in MAKERS.values():
        make(alice)
    # Whoever else is there, Alice needed for something shared.
    both = (alice.person.id, bob.person.id)
    first, second = (one for one in people.places(timezone.now()) if one.id in both)
    assert first.id == alice.person.id
    assert first.rows == rows_of(alice) > second.rows == rows_of(bob)
    assert first.bytes > second.bytes
    assert (first.unlocked, second.unlocked) == (1, 1)
    lines = people.told([first, second])
    assert str(alice.person.id) in lines[0]
    assert "Alice" not in "".join(lines)


def test_removing_takes_everything_of_one_and_nothing_of_another(alice: Somebody, bob: Somebody) -> None:
    for make in MAKERS.values():
        make(alice)
        make(bob)
    alices, bobs = alice.person.id, rows_of(bob)
    people.remove(people.place(str(alices), timezone.now()), timezone.now())
    assert rows_of(bob) == bobs
    left = {one.id for one in people.places(timezone.now())}
    assert bob.person.id in left
    assert alices not in left
    for model in apps.get_models():
        for field in ("owner_id", "account_id"):
            if field in {one.attname for one in model._meta.concrete_fields}:
                assert not model._default_manager.filter(**{field: alices}).exists(), model
    assert alice.client.get("/today/").status_code != 200


def test_a_removed_place_opens_no_more(alice: Somebody) -> None:
    people.remove(people.place(str(alice.person.id).upper(), timezone.now()), timezone.now())
    alice.client.cookies.clear()
    answer = alice.client.post("/unlock/", {"name": alice.name, "passphrase": alice.passphrase})
    assert answer.status_code == 403


def test_who_was_removed_may_come_back_with_the_same_words(alice: Somebody) -> None:
    former = alice.person.id
    people.remove(people.place(str(former), timezone.now()), timezone.now())
    again = somebody(alice.name)
    assert again.person.id != former
    assert [one.id for one in people.places(timezone.now())] == [again.person.id]


def test_an_id_nobody_has_is_refused() -> None:
    with pytest.raises(Unusable, match="Nobody here"):
        people.place("0123", timezone.now())
    assert people.told([]) == ["Nobody has a place here yet."]
