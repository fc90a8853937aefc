"""What the coach hands back: notes on what may be hard to hear, parts that are already there, and one flag."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

Weight = Literal["listen", "soften", "stop"]
WEIGHTS: tuple[Weight, ...] = ("listen", "soften", "stop")


class _MadeWhenAsked:
    """Holds how tries are made until somebody looks at them: listening stays quick, and most notes are never shown."""

    __slots__ = ("_making",)
    _making: Callable[[], tuple[str, ...]]

    def __getattr__(self, name: str) -> Any:  # reached only while a field is not there yet
        if name != "tries":
            raise AttributeError(name)
        object.__setattr__(self, "tries", self._making())
        return self.tries


@dataclass(frozen=True, slots=True)
class Note(_MadeWhenAsked):
    """One place that may land hard: offsets are code points into the text that was given."""

    rule: str
    fault: str
    weight: Weight
    start: int
    end: int
    words: str
    says: str
    tries: tuple[str, ...] = field(compare=False)  # they follow from the text; comparing would make them

    def with_tries(self, making: Callable[[], tuple[str, ...]]) -> "Note":
        """Return the same note with tries that are made when they are first asked for."""
        later = object.__new__(Note)
        for name in ("rule", "fault", "weight", "start", "end", "words", "says"):
            object.__setattr__(later, name, getattr(self, name))
        object.__setattr__(later, "_making", making)
        return later


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
