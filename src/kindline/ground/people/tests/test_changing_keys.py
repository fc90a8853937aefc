"""New keys: everything opens with them, nothing with the old ones, and it happens whole or not at all."""

from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from kindline.ground.people import actions as people
from kindline.ground.people.models import Person
from kindline.ground.people.queries import person_of
from kindline.ground.people.shapes import Profile
from kindline.ground.people.tests import before_passkeys as before
from kindline.ground.vault import actions, changing_keys, sessions, throttle, unsaved
from kindline.ground.vault.actions import RECOVERY, Wrong, found, passphrase_root, recovery_root
from kindline.ground.vault.changing_keys import change_keys, sealed_models
from kindline.ground.vault.keyring import Keyring
from kindline.ground.vault.models import Account, Session, Slot, Unsaved
from kindline.ground.vault.passkeys import add_passkey, passkey_root
from kindline.ground.vault.passphrases import new_recovery_code
from kindline.ground.vault.primitives import Unopened
from kindline.ground.vault.records import add, each_opened, find, opened, owned, remove, rewrite, take_turn
from tests.people import PASSPHRASE, Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
NEW = "a lantern on the quiet ferry home"


def changed(keyring: Keyring, name: str = "Alice", passphrase: str = NEW) -> Keyring:
    code = new_recovery_code()
    return change_keys(keyring, passphrase_root(name, passphrase), code, recovery_root(code))


def rows(keyring: Keyring) -> dict[tuple[str, object], tuple[int, object, bytes]]:
    return {
        (model._meta.db_table, row.id): (row.version, row.key, bytes(row.sealed))
        for model in sealed_models()
        for row in owned(model, keyring)
    }


@pytest.fixture
def lively(alice: Somebody) -> Somebody:
    """Return Alice with unsaved words of three forms beside her own row."""
    for number in range(3):
        unsaved.keep(alice.person.keyring, uuid4(), "/mine/", {"what": [f"word {number}"]}, timezone.now())
    return alice


def test_everything_opens_with_the_new_keys_and_says_what_it_said(lively: Somebody) -> None:
    old = lively.person.keyring
    said = sorted(words.fields["what"] for _, _, words in each_opened(Unsaved, old, unsaved.Words))
    earlier = rows(old)
    new = changed(old)
    assert sorted(words.fields["what"] for _, _, words in each_opened(Unsaved, new, unsaved.Words)) == said
    assert opened(find(Person, new, new.account), new, Profile).name == lively.name
    later = rows(new)
    assert earlier.keys() == later.keys()
    for place, (version, key, sealed) in later.items():
        assert (version, len(sealed)) == (earlier[place][0], len(earlier[place][2])), "an open form still fits"
        assert key == new.secrets.private.id != earlier[place][1]
        assert sealed != earlier[place][2]


def test_an_older_copy_and_the_old_passphrase_open_nothing_of_today(lively: Somebody) -> None:
    copied = {slot.id: bytes(slot.sealed) for slot in Slot.objects.all()}
    old = found(passphrase_root(lively.name, PASSPHRASE))
    new = changed(old)
    assert (new.account_key, new.secrets.private) != (old.account_key, old.secrets.private)
    assert new.secrets.private.secret != old.secrets.private.secret
    for row in owned(Unsaved, new):
        with pytest.raises(Unopened):
            opened(row, old, unsaved.Words)
    for slot, sealed in copied.items():
        Slot.objects.update_or_create(id=slot, defaults={"sealed": sealed})
    with pytest.raises(Wrong):
        found(passphrase_root(lively.name, PASSPHRASE))


def test_nothing_that_opened_it_before_does_any_more(alice: Somebody) -> None:
    keyring = alice.person.keyring
    code = keyring.secrets.unwritten_recovery_code
    phone = passkey_root(bytes(range(32)), bytes(32))
    add_passkey(keyring, phone, "My phone", b"one", timezone.now())
    new = changed(keyring)
    for root in (passphrase_root("Alice", PASSPHRASE), recovery_root(code), phone):
        with pytest.raises(Wrong):
            found(root)
    assert found(recovery_root(new.secrets.unwritten_recovery_code)).secrets == new.secrets
    assert Slot.objects.count() == 2


def test_the_same_passphrase_may_open_the_new_keys(alice: Somebody) -> None:
    new = changed(alice.person.keyring, passphrase=PASSPHRASE)
    assert found(passphrase_root("Alice", PASSPHRASE)).account_key == new.account_key


def test_a_passphrase_that_opens_another_place_changes_nothing(alice: Somebody) -> None:
    other = new_recovery_code()
    actions.create(passphrase_root("Alice", NEW), other, recovery_root(other))
    earlier = rows(alice.person.keyring)
    with pytest.raises(actions.Changed):
        changed(alice.person.keyring)
    assert rows(alice.person.keyring) == earlier
    assert found(passphrase_root("Alice", PASSPHRASE)).account == alice.person.id


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_fault_in_the_middle_leaves_all_as_it_was(lively: Somebody, after: int) -> None:
    keyring, earlier, seals = lively.person.keyring, rows(lively.person.keyring), iter(range(100))

    def faulty(*asked: object) -> bytes:
        if next(seals) == after:
            raise OSError("the disk is gone")
        return whole(*asked)

    whole = changing_keys.sealed_anew
    with patch.object(changing_keys, "sealed_anew", faulty), pytest.raises(OSError, match="gone"):
        changed(keyring)
    assert rows(keyring) == earlier
    assert found(passphrase_root("Alice", PASSPHRASE)).secrets == keyring.secrets
    assert lively.person.name == "Alice", "and the session goes on"


def test_one_spoilt_row_does_not_keep_somebody_from_new_keys(lively: Somebody) -> None:
    spoilt = owned(Unsaved, lively.person.keyring).first()
    Unsaved.objects.filter(id=spoilt.id).update(sealed=b"\x01\x01" + bytes(300))
    new = changed(lively.person.keyring)
    readable = [row for row in owned(Unsaved, new) if row.key == new.secrets.private.id]
    assert len(readable) == 2


def test_somebody_elses_rows_stay_untouched(lively: Somebody, bob: Somebody) -> None:
    unsaved.keep(bob.person.keyring, uuid4(), "/mine/", {"what": ["mine"]}, timezone.now())
    theirs = rows(bob.person.keyring)
    changed(lively.person.keyring)
    assert rows(bob.person.keyring) == theirs


def test_what_another_window_would_write_with_the_old_keys_is_refused(lively: Somebody) -> None:
    """Sealed with keys that nobody has any more it could never be read again."""
    stale = lively.person.keyring
    record = owned(Unsaved, stale).first()
    words = opened(record, stale, unsaved.Words)
    changed(stale)
    for write in (
        lambda: add(Unsaved, stale, words, uuid4()),
        lambda: rewrite(record, stale, words, record.version),
        lambda: remove(record, stale),
        lambda: changed(stale),
        lambda: add_passkey(stale, passkey_root(bytes(range(32)), bytes(32)), "", b"", timezone.now()),
    ):
        with pytest.raises(Unopened):
            write()


def test_a_change_that_keeps_the_keys_does_not_stop_another_window(alice: Somebody) -> None:
    stale = alice.person.keyring
    actions.confirm_code_written(stale)
    with transaction.atomic():
        assert take_turn(stale).version == stale.version + 1
    add(Unsaved, stale, unsaved.Words(page="/", at=timezone.now()), uuid4())


def test_a_place_that_is_gone_takes_no_more_words(alice: Somebody) -> None:
    stale = alice.person.keyring
    actions.erase(stale)
    with pytest.raises(Unopened):
        unsaved.keep(stale, uuid4(), "/mine/", {"what": ["late"]}, timezone.now())


def test_every_device_locks_and_the_one_that_changed_it_gets_a_new_token(alice: Somebody) -> None:
    person = alice.person
    token = people.change_passphrase(person=person, passphrase=NEW, now=timezone.now())
    assert Session.objects.count() == 1
    assert sessions.opened(alice.token, timezone.now()) is None
    assert person_of(sessions.opened(token, timezone.now())).name == "Alice"


def test_devices_know_the_place_by_the_same_mark_afterwards(alice: Somebody) -> None:
    keyring = alice.person.keyring
    mark = throttle._place_mark(keyring)
    new = changed(keyring)
    newer = changed(new, passphrase=PASSPHRASE)
    assert throttle._place_mark(new) == throttle._place_mark(newer) == mark


def test_every_private_table_of_every_room_is_sealed_anew() -> None:
    tables = {model._meta.db_table for model in sealed_models()}
    assert {"people_person", "vault_unsaved", "journal_entry", "drafts_draft", "journal_contentspage"} <= tables


# An installation that was made before.


def test_an_account_made_before_opens_as_ever() -> None:
    before.put_back()
    keyring = found(passphrase_root(before.NAME, before.PASSPHRASE))
    assert found(recovery_root(before.CODE)).account == keyring.account == before.ACCOUNT
    assert opened(find(Person, keyring, before.ACCOUNT), keyring, Profile).time_zone == "Europe/Berlin"
    assert keyring.secrets.passkeys == ()


def test_an_account_made_before_takes_a_phone_and_then_new_keys() -> None:
    before.put_back()
    keyring = found(passphrase_root(before.NAME, before.PASSPHRASE))
    mark = keyring.mark
    phone = passkey_root(bytes(range(32)), bytes(32))
    keyring = add_passkey(keyring, phone, "My phone", b"one", timezone.now())
    assert found(phone).account == found(recovery_root(before.CODE)).account == before.ACCOUNT
    new = changed(keyring)
    assert new.mark == mark
    assert new.secrets.slots[RECOVERY] != keyring.secrets.slots[RECOVERY]
    assert opened(find(Person, new, before.ACCOUNT), new, Profile).name == before.NAME
    assert Account.objects.count() == 1
