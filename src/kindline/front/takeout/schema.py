"""The schema of the file one takes along, made from the shapes; docs/takeout.md says how to write it anew."""

import json
from typing import Any

import msgspec

from kindline.front.takeout.rooms import ROOMS, Room, kind_of
from kindline.front.takeout.shapes import FORMAT, VERSION, Space
from kindline.ground.people.shapes import Profile
from kindline.ground.vault.sealing import Shape

TITLE = "Everything one person wrote in Kindline"
REF = "#/$defs/{name}"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of version 1."""
    shapes = [shape for room in ROOMS for shape in room.shapes]
    _, definitions = msgspec.json.schema_components([Profile, Space, *shapes], ref_template=REF)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLE,
        "type": "object",
        "required": ["format", "version", "made_at", "made_by", "person", "rooms"],
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "made_at": {"type": "string", "format": "date-time"},
            "made_by": {"type": "string", "description": "the version of Kindline"},
            "person": {"$ref": REF.format(name=Profile.__name__)},
            "rooms": {
                "type": "object",
                "properties": {room.name: _room(room) for room in ROOMS},
                "additionalProperties": False,
            },
            "circles": {
                "type": "array",
                "description": "what is shared, as it was signed: for reading and checking, it is not brought in",
                "items": {"$ref": REF.format(name=Space.__name__)},
            },
        },
        "$defs": dict(sorted(definitions.items())),
    }


def text() -> str:
    """Return the schema as docs/takeout.schema.json holds it."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def _room(room: Room) -> dict[str, Any]:
    return {"type": "array", "items": {"oneOf": [_document(shape) for shape in room.shapes]}}


def _document(shape: type[Shape]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["id", "kind", "schema", "holds"],
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "kind": {"const": kind_of(shape)},
            "schema": {"const": shape.schema(), "description": "the version of what it holds"},
            "holds": {"$ref": REF.format(name=shape.__name__)},
        },
    }
