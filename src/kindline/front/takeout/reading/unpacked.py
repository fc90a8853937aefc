"""Zip files: only the JSON in them is unpacked, in memory, and never more than the limit."""

import io
import zipfile
import zlib

from kindline.front.takeout.reading.told import Refused

MOST_FILES = 20_000
ENTRY = b"PK\x01\x02"  # begins each line of a zip's table of contents
PLAIN_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for any amount of memory
LEFT_OUT = ("__MACOSX/",)


def is_packed(raw: bytes) -> bool:
    """Say whether a file is a zip."""
    return raw.startswith(b"PK\x03\x04")


def unpacked(raw: bytes, most: int) -> dict[str, bytes]:
    """Return the JSON files of a zip by their path; raise Refused when together they are more than `most` bytes."""
    found: dict[str, bytes] = {}
    left = most
    if raw.count(ENTRY) > MOST_FILES:  # before the list is read: half a million of them take ten seconds
        raise Refused("much")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            for one in packed.infolist():
                if not one.filename.lower().endswith(".json") or one.filename.startswith(LEFT_OUT):
                    continue
                if one.flag_bits & 1:
                    raise Refused("locked-copy")
                if one.compress_type not in PLAIN_PACKINGS:
                    raise Refused("packing", what=one.filename[:40])
                # What a zip says about its sizes may be a lie: no more is ever unpacked than there is room for.
                with packed.open(one) as file:
                    content = file.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise Refused("large")
                if one.filename in found:
                    raise Refused("twice", what=one.filename[:40])
                found[one.filename] = content
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise Refused("cut") from error
    return found
