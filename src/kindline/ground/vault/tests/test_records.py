"""Records, contents and unsaved words, tried on the vault's own unsaved rows and on a room's contents."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.http import Http404

from kindline.ground.vault import unsaved
from kindline.ground.vault.models import Unsaved
from kindline.ground.vault.primitives import Unopened
from kindline.ground.vault.records import Changed, add, each_opened, find, opened, owned, remove, rewrite
from kindline.ground.vault.unsaved import Words
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
FIRST = Words(page="/a/", at=NOW, fields={"text": ["first"]})
SECOND = Words(page="/a/", at=NOW, fields={"text": ["second"]})


def test_a_record_comes_back_as_it_was_written(alice: Somebody) -> None:
    record = add(Unsaved, alice.person.keyring, FIRST, uuid4())
    assert opened(find(Unsaved, alice.person.keyring, record.id), alice.person.keyring, Words) == FIRST


def test_a_stranger_finds_nothing(alice: Somebody, charlie: Somebody) -> None:
    record = add(Unsaved, alice.person.keyring, FIRST, uuid4())
    with pytest.raises(Http404):
        find(Unsaved, charlie.person.keyring, record.id)
    remove(record, charlie.person.keyring)
    assert not owned(Unsaved, charlie.person.keyring).exists()
    assert owned(Unsaved, alice.person.keyring).exists()


def test_a_stranger_with_the_row_reads_nothing(alice: Somebody, charlie: Somebody) -> None:
    record = add(Unsaved, alice.person.keyring, FIRST, uuid4())
    with pytest.raises(Unopened):
        opened(record, charlie.person.keyring, Words)


def test_the_same_form_twice_makes_one_record(alice: Somebody) -> None:
    form = uuid4()
    add(Unsaved, alice.person.keyring, FIRST, form)
    with pytest.raises(Changed):
        add(Unsaved, alice.person.keyring, SECOND, form)
    assert [words for _, _, words in each_opened(Unsaved, alice.person.keyring, Words)] == [FIRST]


def test_an_id_of_somebody_else_is_not_found(alice: Somebody, charlie: Somebody) -> None:
    record = add(Unsaved, alice.person.keyring, FIRST, uuid4())
    with pytest.raises(Http404):
        add(Unsaved, charlie.person.keyring, SECOND, record.id)


def test_the_slower_of_two_writers_is_told(alice: Somebody) -> None:
    record = add(Unsaved, alice.person.keyring, FIRST, uuid4())
    rewrite(record, alice.person.keyring, SECOND, 1)
    with pytest.raises(Changed):
        rewrite(record, alice.person.keyring, FIRST, 1)
    assert opened(find(Unsaved, alice.person.keyring, record.id), alice.person.keyring, Words) == SECOND


def test_an_older_version_put_back_does_not_open(alice: Somebody) -> None:
    record = add(Unsaved, alice.person.keyring, FIRST, uuid4())
    old = bytes(record.sealed)
    rewrite(record, alice.person.keyring, SECOND, 1)
    Unsaved.objects.filter(id=record.id).update(sealed=old)
    with pytest.raises(Unopened):
        opened(find(Unsaved, alice.person.keyring, record.id), alice.person.keyring, Words)


def test_unsaved_words_wait_on_their_page(alice: Somebody) -> None:
    form, keyring = uuid4(), alice.person.keyring
    unsaved.keep(keyring, form, "/write/", {"text": ["half a sent"]}, NOW)
    unsaved.keep(keyring, form, "/write/", {"text": ["half a sentence"]}, NOW + timedelta(seconds=2))
    assert unsaved.waiting(keyring, "/write/") == (form, {"text": ["half a sentence"]})
    assert unsaved.waiting(keyring, "/other/") is None


def test_unsaved_words_of_one_kind_wait_behind_newer_ones_of_another(alice: Somebody) -> None:
    older, newer, keyring = uuid4(), uuid4(), alice.person.keyring
    unsaved.keep(keyring, older, "/write/", {"kind": ["thanks"]}, NOW)
    unsaved.keep(keyring, newer, "/write/", {"kind": ["sorry"]}, NOW + timedelta(seconds=2))
    assert unsaved.waiting(keyring, "/write/") == (newer, {"kind": ["sorry"]})
    assert unsaved.waiting(keyring, "/write/", lambda fields: "thanks" in fields["kind"]) == (
        older,
        {"kind": ["thanks"]},
    )
    assert unsaved.waiting(keyring, "/write/", lambda fields: "boundary" in fields["kind"]) is None


def test_unsaved_words_are_only_mine(alice: Somebody, charlie: Somebody) -> None:
    unsaved.keep(alice.person.keyring, uuid4(), "/write/", {"text": ["mine"]}, NOW)
    assert unsaved.waiting(charlie.person.keyring, "/write/") is None


def test_a_late_autosave_does_not_bring_back_a_saved_form(alice: Somebody) -> None:
    form, keyring = uuid4(), alice.person.keyring
    unsaved.keep(keyring, form, "/write/", {"text": ["done"]}, NOW)
    unsaved.forget(keyring, form, NOW)
    unsaved.keep(keyring, form, "/write/", {"text": ["done"]}, NOW)
    assert unsaved.waiting(keyring, "/write/") is None


def test_a_form_saved_before_its_first_autosave_stays_saved(alice: Somebody) -> None:
    form, keyring = uuid4(), alice.person.keyring
    unsaved.forget(keyring, form, NOW)
    unsaved.keep(keyring, form, "/write/", {"text": ["done"]}, NOW)
    assert unsaved.waiting(keyring, "/write/") is None


def test_old_empty_rows_are_cleared_away(alice: Somebody) -> None:
    keyring = alice.person.keyring
    for number in range(unsaved.TIDY_EVERY - 1):
        unsaved.forget(keyring, UUID(int=number), NOW)
    assert owned(Unsaved, keyring).count() == unsaved.TIDY_EVERY - 1
    late = UUID(int=99)
    unsaved.forget(keyring, late, NOW + timedelta(days=2))
    assert [row.id for row in owned(Unsaved, keyring)] == [late]


def test_the_last_of_two_unsaved_forms_is_given_back_first(alice: Somebody) -> None:
    keyring = alice.person.keyring
    unsaved.keep(keyring, UUID(int=1), "/write/", {"text": ["later"]}, NOW + timedelta(minutes=1))
    unsaved.keep(keyring, UUID(int=2), "/write/", {"text": ["earlier"]}, NOW)
    assert unsaved.waiting(keyring, "/write/") == (UUID(int=1), {"text": ["later"]})
