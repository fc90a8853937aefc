"""What the coach hands back: notes on what may be hard to hear, parts that are already there, and one flag."""

from dataclasses import dataclass
from typing import Literal

Weight = Literal["listen", "soften", "stop"]
WEIGHTS: tuple[Weight, ...] = ("listen", "soften", "stop")


@dataclass(frozen=True, slots=True)
class Note:
    """One place that may land hard: offsets are code points into the text that was given."""

    rule: str
    fault: str
    weight: Weight
    start: int
    end: int
    words: str
    says: str
    tries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that already works, with its place in the text (code points)."""

    name: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Heard:
    """All that was heard in one text; `safety` means a page with help matters more than wording."""

    notes: tuple[Note, ...]
    parts: tuple[Part, ...]
    safety: bool


def foremost(notes: tuple[Note, ...], most: int = 3) -> tuple[Note, ...]:
    """Return the few notes to show at once: heaviest first, then in the order of the text, one for each fault."""
    chosen: list[Note] = []
    for note in sorted(notes, key=lambda n: (-WEIGHTS.index(n.weight), n.start)):
        if note.fault not in {other.fault for other in chosen}:
            chosen.append(note)
    return tuple(chosen[:most])
