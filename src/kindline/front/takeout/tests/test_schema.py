"""The schema says what the file holds, and the file holds every document there is."""

import json
from pathlib import Path

import msgspec
import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from kindline import rooms
from kindline.front.takeout import queries, schema
from kindline.front.takeout.reading import recognised
from kindline.front.takeout.reading.told import Own
from kindline.front.takeout.rooms import ROOMS, kind_of
from kindline.ground.vault.models import SealedRecord
from tests.house.things import MAKERS
from tests.people import Somebody

DOCS = next(folder / "docs" for folder in Path(__file__).parents if (folder / "docs/keys.md").is_file())
CONTENTS = "ContentsPage"
OF_A_SHARED_ROOM = {"negotiation"}  # talks on one phone lie there, and are one person's alone
OF_THE_POST = {"reminders"}  # in plain columns, as they go out while everybody is locked


def test_the_schema_in_the_docs_is_up_to_date() -> None:
    assert (DOCS / "takeout.schema.json").read_text() == schema.text(), "docs/takeout.md says how to write it anew"


def test_every_room_and_every_shape_stands_in_the_schema() -> None:
    whole = schema.schema()
    assert set(whole["properties"]["rooms"]["properties"]) == {*rooms.MINE, *OF_A_SHARED_ROOM, *OF_THE_POST}
    for room in ROOMS:
        for shape in room.shapes:
            fields = {field.encode_name for field in msgspec.structs.fields(shape)}
            assert set(whole["$defs"][shape.__name__]["properties"]) == fields


def test_the_docs_name_every_kind() -> None:
    said = (DOCS / "takeout.md").read_text()
    assert [kind_of(shape) for room in ROOMS for shape in room.shapes if f"`{kind_of(shape)}`" not in said] == []


@pytest.mark.django_db
@pytest.mark.storage
def test_what_the_rooms_write_can_always_be_brought_back(alice: Somebody) -> None:
    for make in MAKERS.values():
        make(alice)
    now = timezone.now()
    raw = queries.takeout(alice.person, now)
    found = recognised.read(raw, {room.name: room for room in ROOMS}, alice.person.zone, now, most=len(raw))
    assert isinstance(found, Own)
    here = queries.documents(alice.person)
    assert {one.id: one.document for one in found.documents} == {
        row: document for room in here.values() for row, document in room.items()
    }


@pytest.mark.django_db
@pytest.mark.storage
def test_every_row_of_every_private_room_is_taken_along(alice: Somebody) -> None:
    for make in MAKERS.values():
        make(alice)
    whole = json.loads(queries.takeout(alice.person, timezone.now()))
    for name in rooms.MINE:
        models = [model for model in apps.get_app_config(name).get_models() if model.__name__ != CONTENTS]
        assert all(issubclass(model, SealedRecord) for model in models)
        rows = {str(row) for model in models for row in model.objects.values_list("id", flat=True)}
        assert {document["id"] for document in whole["rooms"][name]} == rows
        kinds = {document["kind"] for document in whole["rooms"][name]}
        assert kinds <= {kind_of(shape) for shape in next(room for room in ROOMS if room.name == name).shapes}


@pytest.mark.django_db
@pytest.mark.storage
def test_a_room_keeps_a_table_for_nothing_it_does_not_take_along() -> None:
    """A new table of a private room has to be taken along, deleted with the rest, and named in the schema."""
    for room in (room for room in ROOMS if room.name not in OF_A_SHARED_ROOM | OF_THE_POST):
        models = {model.__name__ for model in apps.get_app_config(room.name).get_models()} - {CONTENTS}
        assert models == {shape.__name__ for shape in room.shapes}


@pytest.mark.django_db
@pytest.mark.storage
def test_deleting_everything_leaves_no_row_in_any_room(alice: Somebody) -> None:
    for make in MAKERS.values():
        make(alice)
    with transaction.atomic():
        for room in ROOMS:
            room.empty(alice.person)
    for name in rooms.MINE:
        assert [model.__name__ for model in apps.get_app_config(name).get_models() if model.objects.exists()] == []
