"""The data file of the learned ear: one small whole number for each trait and each thing it may hear.

A line of JSON (what is heard, scales, thresholds, what it was learned from), then the marks of the traits (CRC-32,
four bytes each, ascending), then for every mark one signed byte for each thing heard. Read whole, looked up by halving.
"""

import json
import struct
from array import array
from bisect import bisect_left
from collections.abc import Collection
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
        self._marks = array("I", struct.unpack_from(f"<{count}I", content, end + 1))
        self._known: dict[int, int | None] = dict.fromkeys(self._marks)  # None until first needed
        self._rows = content[end + 1 + 4 * count :]
        self._signed, self._lanes = struct.Struct(f"<{width}b"), struct.Struct(f"<{width}H")
        self._middle = sum(_HALF << (_LANE * place) for place in range(width))

    def _made(self, mark: int) -> int:
        """Put the weights of a trait into one long number, once."""
        found = 0
        row = bisect_left(self._marks, mark) * self._signed.size
        for weight in reversed(self._signed.unpack_from(self._rows, row)):
            found = (found << _LANE) + weight
        self._known[mark] = found
        return found

    def sums(self, traits: Collection[str]) -> list[float]:
        """Return for each thing heard how much these traits speak for it: log-odds, above 0 is more likely than not.

        Traits that were never learned weigh nothing.
        """
        total = self._middle
        known = self._known
        for mark in marks_of(traits):
            if mark in known:
                weights = known[mark]
                total += self._made(mark) if weights is None else weights
        lanes = self._lanes.unpack(total.to_bytes(self._lanes.size, "little"))
        return [bias + scale * (lane - _HALF) for lane, (scale, bias) in zip(lanes, self._scaled, strict=True)]
