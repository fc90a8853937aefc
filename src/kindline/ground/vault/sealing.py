"""One record, one sealed document, one format, no options. docs/keys.md describes it and holds its test vectors."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

import msgspec

from kindline.ground.vault.moments import are_sane
from kindline.ground.vault.primitives import Unopened, decrypt, encrypt

FORMAT = 1
SHARED = "shared"  # the namespace of what lies in a circle
HEADER = 2  # bytes: format and schema
SMALL_SIZES = (256, 512, 1024, 2048, 4096)
STEP = 4096


class Shape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What lies inside a sealed document. A new field gets a default, so that older documents still open.

    A change that a default cannot carry raises `schema` and teaches `upgraded` the way from each older one.
    """

    @classmethod
    def schema(cls) -> int:
        """Return the number that this shape is sealed under."""
        return 1

    @classmethod
    def upgraded(cls, document: dict[str, object], schema: int) -> dict[str, object]:
        """Return an older document in the present shape."""
        raise Unopened(f"{cls.__name__} cannot read schema {schema}")


S = TypeVar("S", bound=Shape)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document belongs. Sealed into it, so that a document put anywhere else does not open."""

    namespace: str
    table: str
    row: UUID | str
    owner: UUID | str
    key: UUID | str
    version: int
    owner_kind: str = "account"

    def binding(self, schema: int) -> bytes:
        """Return the place as bytes: every part with its length before it, so that no two places look alike."""
        whose = _framed_once(self.namespace, self.table, self.owner_kind, self.owner, self.key)
        return whose + _framed(self.row, self.version, schema)


def _framed(*parts: object) -> bytes:
    return b"".join(len(raw).to_bytes(4) + raw for raw in (str(part).encode() for part in parts))


@lru_cache(maxsize=256)
def _framed_once(*parts: object) -> bytes:
    """Frame what is the same for all of a person's rows in a table: a search opens thousands of them."""
    return _framed("kindline", *parts)


def padded(plain: bytes) -> bytes:
    """Fill a JSON document with spaces up to the next size, so that its length says little."""
    size = next((size for size in SMALL_SIZES if len(plain) <= size), -(-len(plain) // STEP) * STEP)
    return plain.ljust(size, b" ")


def seal(key: bytes, shape: Shape, place: Place) -> bytes:
    """Return the envelope: format (1 byte), schema (1 byte), nonce (24), sealed canonical JSON with its tag."""
    schema = shape.schema()
    plain = padded(msgspec.json.encode(shape, order="deterministic"))
    return bytes((FORMAT, schema)) + encrypt(key, plain, place.binding(schema))


def unsealed(key: bytes, envelope: bytes, place: Place) -> tuple[int, bytes]:
    """Return the schema and the JSON inside an envelope, or raise Unopened."""
    if len(envelope) < HEADER or envelope[0] != FORMAT:
        raise Unopened("not an envelope of a known format")
    schema = envelope[1]
    return schema, decrypt(key, envelope[HEADER:], place.binding(schema))


def sealed_anew(envelope: bytes, key: bytes, place: Place, new_key: bytes, new_place: Place) -> bytes:
    """Return an envelope's document as it is, sealed with another key for another place, or raise Unopened."""
    schema, plain = unsealed(key, envelope, place)
    return bytes((FORMAT, schema)) + encrypt(new_key, plain, new_place.binding(schema))


def parsed(plain: bytes, shape: type[S], schema: int) -> S:
    """Return a document's JSON as its shape, upgraded when it is of an older schema."""
    try:
        if schema == shape.schema():
            return msgspec.json.decode(plain, type=shape)
        return msgspec.convert(shape.upgraded(msgspec.json.decode(plain), schema), shape)
    except msgspec.MsgspecError as error:
        raise Unopened(f"not a {shape.__name__}") from error


def open_sealed(key: bytes, envelope: bytes, shape: type[S], place: Place) -> S:
    """Return what `seal` was given, or raise Unopened: another key, another place, a changed byte.

    In what several share also a moment that no clock of ours shows: another member's program can have written it.
    """
    schema, plain = unsealed(key, envelope, place)
    document = parsed(plain, shape, schema)
    if place.namespace == SHARED and not are_sane(document):
        raise Unopened("a moment without a zone, or of another age")
    return document
