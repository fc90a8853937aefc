"""The data file of the learned ear: one small whole number for each trait and each thing it may hear.

A line of JSON (what is heard, scales, thresholds, what it was learned from), then the marks of the traits (CRC-32,
four bytes each, ascending), then for every mark one signed byte for each thing heard. Read whole, once.
"""

import json
import struct
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

MAGIC = "kindline ear 1"
MOST_ADDED = 400  # traits of one stretch; the sum of so many weights must fit into a lane
_LANE = 16  # bits of each sum
_HALF = 1 << (_LANE - 1)


class WeightsError(ValueError):
    """A data file that cannot be read; the message names the file."""


def marks_of(traits: Collection[str]) -> list[int]:
    """Return the numbers by which traits are found in the file."""
    try:
        return list(map(crc32, map(str.encode, traits)))
    except UnicodeEncodeError:  # half a surrogate pair
        return [crc32(trait.encode("utf-8", "surrogatepass")) for trait in traits]


def _long_numbers(rows: bytes, width: int) -> Iterator[int]:
    """Yield for each row of signed bytes one long number with a byte in each lane.

    A lane may be negative and then borrows from the next. So the bytes are raised to stand above 0, widened to whole
    lanes all at once, and what they were raised by is taken off again.
    """
    wide = bytearray(2 * len(rows))
    wide[::2] = rows.translate(bytes((byte + 128) % 256 for byte in range(256)))
    raised = sum(128 << (_LANE * place) for place in range(width))
    for at in range(0, len(wide), 2 * width):
        yield int.from_bytes(wide[at : at + 2 * width], "little") - raised


class Weights:
    """All weights of one language. A trait leads to one long number that holds its weight for every thing heard.

    Adding these long numbers adds all the weights at once, each in a lane of its own; `sums` takes them apart again.
    """

    def __init__(self, file: Path) -> None:
        content = file.read_bytes()
        end = content.find(b"\n")
        try:
            self.about: dict[str, Any] = json.loads(content[: max(end, 0)])
            kind, count = self.about["kind"], self.about["traits"]
            self.hears: tuple[str, ...] = tuple(self.about["hears"])
            self.limits: dict[str, float] = {name: float(at) for name, at in self.about["limits"].items()}
            scales, biases = list(map(float, self.about["scales"])), list(map(float, self.about["biases"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise WeightsError(f"{file}: the first line is not that of an ear: {error}") from error
        width = len(self.hears)
        if kind != MAGIC or not len(scales) == len(biases) == width or len(content) != end + 1 + count * (4 + width):
            raise WeightsError(f"{file}: this is not a whole data file of the learned ear")
        self.at = {name: place for place, name in enumerate(self.hears)}
        self._scaled = list(zip(scales, biases, strict=True))
        self._lanes = struct.Struct(f"<{width}H")
        self._middle = sum(_HALF << (_LANE * place) for place in range(width))
        marks = struct.unpack_from(f"<{count}I", content, end + 1)
        self._known = dict(zip(marks, _long_numbers(content[end + 1 + 4 * count :], width), strict=True))

    def sums(self, traits: Collection[str]) -> list[float]:
        """Return for each thing heard how much these traits speak for it: log-odds, above 0 is more likely than not.

        Traits that were never learned weigh nothing.
        """
        total = sum(filter(None, map(self._known.get, marks_of(traits))), self._middle)
        lanes = self._lanes.unpack(total.to_bytes(self._lanes.size, "little"))
        return [bias + scale * (lane - _HALF) for lane, (scale, bias) in zip(lanes, self._scaled, strict=True)]
