"""T6. Every column of the database stands in docs/what-the-server-sees.md; none of them watches, places or counts."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from kindline import rooms
from kindline.ground.vault.models import SealedRecord
from kindline.ground.vault.primitives import NONCE_SIZE
from kindline.ground.vault.sealing import HEADER, SMALL_SIZES, STEP
from tests.house.kept import record_models
from tests.house.things import MAKERS, draft, entry
from tests.house.tree import ROOT
from tests.people import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.storage]

PAGE = ROOT / "docs/what-the-server-sees.md"
TAG = 16  # bytes that XChaCha20-Poly1305 adds
SEALED_ROW = {"id", "owner_id", "key", "version", "sealed"}
WATCHES = re.compile(
    r"seen|read_at|viewed|visit|typing|online|presence|active|status|updated|modified|created|last_|login|"
    r"place|location|latitude|longitude|country|city|^ip$|ip_address|^address|user_agent|browser|device|"
    r"^count|_count$|counter|total|number|streak|score|points?$|rating|level$|rank|mood|feeling|need|title|text|name$|e?mail|phone"
)
# What the pattern would take for something else: the names of the program's own changes to its tables.
OF_THE_PROGRAM = {("django_migrations", "name")}


def columns() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        described = {table: connection.introspection.get_table_description(cursor, table) for table in tables}
    return {(table, column.name) for table, description in described.items() for column in description}


def explained() -> dict[tuple[str, str], str]:
    rows = re.findall(r"^\| (\w+) \| (\w+) \| (.+) \|$", PAGE.read_text(), re.MULTILINE)
    return {(table, column): what for table, column, what in rows if table != "table"}


def test_every_column_is_explained() -> None:
    silent = sorted(columns() - set(explained()))
    assert not silent, f"say in {PAGE.name} what the server sees in: {silent}"


def test_no_column_is_explained_that_is_gone() -> None:
    gone = sorted(set(explained()) - columns())
    assert not gone, f"take out of {PAGE.name}: {gone}"


def test_no_column_watches_places_or_counts_anybody() -> None:
    found = {(table, column) for table, column in columns() if WATCHES.search(column)} - OF_THE_PROGRAM
    assert found == set()


def test_moments_in_clear_are_the_listed_few() -> None:
    in_clear = {pair for pair in columns() if pair[1].endswith(("_at", "_date", "_on")) or pair[1] == "applied"}
    assert in_clear == {
        ("django_migrations", "applied"),
        ("people_invitation", "expires_at"),
        ("vault_circle", "closed_at"),
        ("post_preferences", "lost_on"),
        ("post_preferences", "asked_on"),
        ("post_channel", "added_on"),
        ("post_channel", "next_at"),
        ("post_channel", "given_up_at"),
        ("post_notice", "due_at"),
        ("post_notice", "settled_at"),
        ("pauses_pause", "started_at"),
        ("pauses_pause", "return_at"),
        ("pauses_pause", "ended_at"),
        ("rhythms_rhythm", "ended_at"),
        ("rhythms_season", "since_date"),
        ("rhythms_season", "until_date"),
        ("vault_session", "started_at"),
        ("vault_session", "used_at"),
        ("vault_throttle", "tried_at"),
    }


def test_private_rooms_show_five_columns_and_nothing_else() -> None:
    models = [model for label in rooms.MINE for model in apps.get_app_config(label).get_models()]
    assert models
    for model in models:
        assert issubclass(model, SealedRecord), f"{model._meta.label} is not a sealed record"
        table = model._meta.db_table
        assert {column for of, column in columns() if of == table} == SEALED_ROW
        assert not model._meta.indexes, f"{table}: no index but those of id and owner"
        assert not model._meta.constraints, f"{table}: a constraint would say something about what is sealed"
        with connection.cursor() as cursor:
            made = connection.introspection.get_constraints(cursor, table).values()
        assert {tuple(one["columns"]) for one in made} <= {("id",), ("owner_id",), ("version",)}, table


def test_every_table_belongs_to_a_model_or_to_the_list_of_changes() -> None:
    known = {model._meta.db_table for model in apps.get_models()} | {"django_migrations"}
    assert {table for table, _column in columns()} == known


def test_the_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def sizes_shown() -> set[int]:
    found: set[int] = set()
    for model in record_models():
        found |= {len(bytes(sealed)) for sealed in model._default_manager.values_list("sealed", flat=True)}
    return found


def test_a_row_shows_the_size_of_its_words_in_steps_only(alice: Somebody) -> None:
    for length in (1, 40, 300, 900, 3000, 9000, 19_000):
        entry(alice, "x" * length)
        draft(alice, "x" * length)
    around = HEADER + NONCE_SIZE + TAG
    odd = {size for size in sizes_shown() if size - around not in SMALL_SIZES and (size - around) % STEP}
    assert odd == set()
    assert len(sizes_shown()) > 3


def test_ids_say_nothing(alice: Somebody) -> None:
    for make in MAKERS.values():
        make(alice)
    for model in record_models():
        for record_id in model._default_manager.values_list("id", flat=True):
            assert record_id.version == 4, f"{model._meta.label} has an id that is not random"


def test_the_database_holds_the_same_whatever_somebody_wrote(alice: Somebody, charlie: Somebody) -> None:
    """Two people who wrote as often and as much look alike, row by row, except for ids and sealed bytes."""
    entry(alice, "Something kind happened at breakfast.")
    draft(alice, "an evening with friends")
    entry(charlie, "The door again, and I was afraid of it")
    draft(charlie, "to be left in peace now")
    for model in record_models():
        shown = [
            sorted((version, len(bytes(sealed))) for version, sealed in
             model._default_manager.filter(owner_id=one.person.id).values_list("version", "sealed"))
            for one in (alice, charlie)
        ]  # fmt: skip
        assert shown[0] == shown[1], model._meta.label
