"""The data file of the learned ear: one small whole number for each trait and each thing it may hear.

A line of JSON (what is heard, scales, thresholds, what it was learned from), then the marks of the traits (CRC-32,
four bytes each, ascending), then for every mark one signed byte for each thing heard. Read whole, once; a row becomes
a number when its trait is first met.
"""

import json
import struct
from array import array
from bisect import bisect_left
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

MAGIC = "kindline ear 1"
MOST_ADDED = 400  # traits of one stretch; the sum of so many weights must fit into a lane
_LANE = 16  # bits of each sum
_HALF = 1 << (_LANE - 1)
_RAISED_BY = 128
_RAISE = bytes((byte + _RAISED_BY) % 256 for byte in range(256))
MOST_MET = 10_000  # traits remembered before the memory is begun anew


class WeightsError(ValueError):
    """A data file that cannot be read; the message names the file."""


def marks_of(traits: Collection[str]) -> list[int]:
    """Return the numbers by which traits are found in the file."""
    try:
        return list(map(crc32, map(str.encode, traits)))
    except UnicodeEncodeError:  # half a surrogate pair
        return [crc32(trait.encode("utf-8", "surrogatepass")) for trait in traits]


class _LongNumbers(dict[str, int]):
    """Remembers for each trait that was met one long number with a weight in each lane, 0 where nothing was learned."""

    def __init__(self, marks: Sequence[int], rows: bytes, width: int) -> None:
        super().__init__()
        self._marks, self._rows, self._width = marks, rows, width
        self._raised = sum(_RAISED_BY << (_LANE * place) for place in range(width))

    def __missing__(self, trait: str) -> int:
        if len(self) >= MOST_MET:
            self.clear()
        (mark,) = marks_of([trait])
        place = bisect_left(self._marks, mark)
        learned = place < len(self._marks) and self._marks[place] == mark
        found = self[trait] = self._long_number(place) if learned else 0
        return found

    def _long_number(self, place: int) -> int:
        """Return a row of signed bytes as one long number with a byte in each lane.

        A lane may be negative and then borrows from the next. So the bytes are raised to stand above 0, widened to
        whole lanes all at once, and what they were raised by is taken off again.
        """
        wide = bytearray(2 * self._width)
        wide[::2] = self._rows[place * self._width : (place + 1) * self._width].translate(_RAISE)
        return int.from_bytes(wide, "little") - self._raised


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
        if list(marks) != sorted(marks):
            raise WeightsError(f"{file}: the marks of its traits do not ascend")
        self._met = _LongNumbers(array("I", marks), content[end + 1 + 4 * count :], width)

    def sums(self, traits: Collection[str]) -> list[float]:
        """Return for each thing heard how much these traits speak for it: log-odds, above 0 is more likely than not.

        Traits that were never learned weigh nothing.
        """
        total = sum(filter(None, map(self._met.__getitem__, traits)), self._middle)
        lanes = self._lanes.unpack(total.to_bytes(self._lanes.size, "little"))
        return [bias + scale * (lane - _HALF) for lane, (scale, bias) in zip(lanes, self._scaled, strict=True)]
