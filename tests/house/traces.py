"""Looking for words in bytes, whatever they were turned into: UTF-16, base64, hex, gzip, deflate."""

import base64
import gzip
import re
import zlib
from collections.abc import Callable, Iterator

DEEPEST = 2  # streams within streams
LONGEST_STREAM = 1 << 20  # bytes unpacked of one stream
RAW_UP_TO = 1 << 16  # bytes: a deflate stream has no mark, so it is looked for everywhere in small pieces only


def base64_cores(text: bytes) -> Iterator[bytes]:
    """Yield what of a text's base64 does not depend on its neighbours, for each of the three alignments."""
    for shift in range(3):
        encoded = base64.b64encode(b"\x00" * shift + text + b"\x00" * 3)
        first = -(-shift * 8 // 6) if shift else 0
        yield encoded[first : (shift + len(text)) * 8 // 6]


def shapes_of(text: str) -> dict[str, bytes]:
    """Return every form of a text that is looked for as plain bytes."""
    plain = text.encode()
    cores = list(base64_cores(plain))
    return {
        "plain": plain,
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
        **{f"base64 at {at}": core for at, core in enumerate(cores)},
        **{f"base64url at {at}": core.translate(bytes.maketrans(b"+/", b"-_")) for at, core in enumerate(cores)},
    }


class Traces:
    """Looks for some texts in bytes."""

    def __init__(self, texts: list[str]) -> None:
        self._shapes = {(text, how): shape for text in texts for how, shape in shapes_of(text).items()}

    def found(self, data: bytes, *, deep: int = 0) -> list[str]:
        """Return how and where the texts occur in some bytes; nothing for bytes that hold none of them."""
        hits = [
            f"{text} as {how}: {data[max(0, at - 30) : at + len(shape) + 30]!r}"
            for (text, how), shape in self._shapes.items()
            if (at := data.find(shape)) >= 0
        ]
        if deep < DEEPEST:
            for how, inner in streams(data):
                hits += [f"{how} stream: {hit}" for hit in self.found(inner, deep=deep + 1)]
        return hits


def streams(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield every stream of gzip, zlib or raw deflate that bytes seem to hold, unpacked."""
    for match in re.finditer(rb"\x1f\x8b\x08", data):
        yield from _unpacked("gzip", data[match.start() :], 31)
    for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        yield from _unpacked("zlib", data[match.start() :], 15)
    if len(data) <= RAW_UP_TO:
        for at in range(len(data)):
            yield from _unpacked("deflate", data[at:], -15)


def _unpacked(how: str, data: bytes, bits: int) -> Iterator[tuple[str, bytes]]:
    unpacking = zlib.decompressobj(bits)
    try:
        inner = unpacking.decompress(data, LONGEST_STREAM)
    except zlib.error:
        return
    if len(inner) > 12:
        yield how, inner


# How a test plants a text, to see that it would be found.
PLANTED: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda text: b"\x93\x01" + text + b"\xff",
    "utf-16-le": lambda text: text.decode().encode("utf-16-le"),
    "utf-16-be": lambda text: text.decode().encode("utf-16-be"),
    "hex": lambda text: text.hex().encode(),
    "HEX": lambda text: text.hex().upper().encode(),
    "base64 at 0": base64.b64encode,
    "base64 at 1": lambda text: base64.b64encode(b"x" + text),
    "base64 at 2": lambda text: base64.urlsafe_b64encode(b"xy" + text),
    "gzip": lambda text: b"..." + gzip.compress(b"some words before " + text),
    "zlib": lambda text: b"..." + zlib.compress(b"some words before " + text),
    "deflate": lambda text: b"..." + zlib.compress(b"some words before " + text, wbits=-15) + b"...",
    "gzip of base64": lambda text: gzip.compress(base64.b64encode(b"some words before " + text)),
}
