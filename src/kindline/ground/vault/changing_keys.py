"""New keys for somebody whose way in changes: everything of theirs is sealed anew, or nothing is.

Without this, whoever holds an older copy of the database and the old passphrase would hold today's keys too, and could
sign in this person's name.
"""

from collections.abc import Iterator
from contextlib import suppress
from uuid import UUID, uuid4

import msgspec
from django.apps import apps
from django.db import connection, transaction

from kindline.ground.vault.actions import PASSPHRASE, RECOVERY, Root, add_slot, rewrite_account
from kindline.ground.vault.keyring import Key, Keyring
from kindline.ground.vault.models import SealedRecord, Slot
from kindline.ground.vault.primitives import Unopened, random_bytes, signing_public
from kindline.ground.vault.records import owned, take_turn
from kindline.ground.vault.sealing import sealed_anew

AT_ONCE = 200  # rows in memory


def change_keys(keyring: Keyring, root: Root, code: str, code_root: Root) -> Keyring:
    """Give an account new keys that open with this passphrase and this code only, and seal all its records with them.

    One transaction: all or nothing. Raise Changed when the passphrase opens another place, Unopened when another
    window changed the keys first.
    """
    with transaction.atomic():
        old = take_turn(keyring)
        secrets = msgspec.structs.replace(
            old.secrets,
            private=Key(uuid4(), random_bytes()),
            signing_seed=random_bytes(),
            box_secret=random_bytes(),
            former=(*old.secrets.former, signing_public(old.secrets.signing_seed)),
            slots={PASSPHRASE: root.slot_id, RECOVERY: code_root.slot_id},
            unwritten_recovery_code=code,
            passkeys=(),
            mark=old.mark,
            ids=old.naming_key,
        )
        new = Keyring(old.account, random_bytes(), secrets, old.version + 1)
        Slot.objects.filter(id__in=old.secrets.ways_in()).delete()
        add_slot(root, new.account, new.account_key, PASSPHRASE)
        add_slot(code_root, new.account, new.account_key, RECOVERY)
        rewrite_account(old, new)
        for model in sealed_models():
            _seal_anew(model, old, new)
    return new


def sealed_models() -> list[type[SealedRecord]]:
    """Return every table of private records, in whichever room."""
    return [model for model in apps.get_models() if issubclass(model, SealedRecord)]


def _seal_anew(model: type[SealedRecord], old: Keyring, new: Keyring) -> None:
    ids = list(owned(model, old).values_list("id", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        some = owned(model, old).filter(id__in=ids[start : start + AT_ONCE])
        _write(model, new.secrets.private.id, [row for record in some for row in _sealed_anew(record, old, new)])


def _sealed_anew(record: SealedRecord, old: Keyring, new: Keyring) -> Iterator[tuple[UUID, bytes]]:
    table, key, new_key = record._meta.db_table, old.secrets.private, new.secrets.private
    before = old.place(table, record.id, record.version, record.key)
    # The version stays: a form that was open meanwhile still fits what it was opened on.
    after = new.place(table, record.id, record.version)
    # One spoilt row opened with nothing before either, and must not keep somebody from new keys.
    with suppress(Unopened):
        yield record.id, sealed_anew(bytes(record.sealed), key.secret, before, new_key.secret, after)


def _write(model: type[SealedRecord], key: UUID, rows: list[tuple[UUID, bytes]]) -> None:
    """Write many rows with one prepared statement: Django's own updates take five times as long."""
    columns = {field.name: field for field in model._meta.concrete_fields}
    fields = [columns[name] for name in ("key", "sealed", "id")]
    names = [connection.ops.quote_name(str(name)) for name in (model._meta.db_table, *(one.column for one in fields))]
    statement = "UPDATE {} SET {} = %s, {} = %s WHERE {} = %s".format(*names)  # noqa: S608 - names of our own
    values = [
        [field.get_db_prep_save(value, connection) for field, value in zip(fields, (key, sealed, row), strict=True)]
        for row, sealed in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
