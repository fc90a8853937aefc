"""What the coach hands back: notes on what may be hard to hear, parts that are already there, and one flag."""

from collections.abc import Callable
from typing import Literal, NamedTuple

Weight = Literal["listen", "soften", "stop"]
WEIGHTS: tuple[Weight, ...] = ("listen", "soften", "stop")
Tries = tuple[str, ...]
_TOLD = ("rule", "fault", "weight", "start", "end", "words", "says")


class Note:
    """One place that may land hard: offsets are code points into the text that was given.

    Two notes are equal where all but their tries are. Those follow from the text and may be made when somebody first
    looks at them: listening stays quick, and most notes are never shown.
    """

    __slots__ = ("_tries", "end", "fault", "rule", "says", "start", "weight", "words")
    rule: str
    fault: str
    weight: Weight
    start: int
    end: int
    words: str
    says: str
    _tries: Tries | Callable[[], Tries]

    def __init__(  # noqa: PLR0917 - as it is shown
        self, rule: str, fault: str, weight: Weight, start: int, end: int, words: str, says: str,
        tries: Tries | Callable[[], Tries],
    ) -> None:  # fmt: skip
        put = object.__setattr__
        put(self, "rule", rule)
        put(self, "fault", fault)
        put(self, "weight", weight)
        put(self, "start", start)
        put(self, "end", end)
        put(self, "words", words)
        put(self, "says", says)
        put(self, "_tries", tries)

    @property
    def tries(self) -> Tries:
        """Return what could be said instead."""
        if not isinstance(self._tries, tuple):
            object.__setattr__(self, "_tries", self._tries())
        return self._tries  # type: ignore[return-value] # made just now

    def weighing(self, weight: Weight) -> "Note":
        """Return the same note with another weight."""
        return Note(self.rule, self.fault, weight, self.start, self.end, self.words, self.says, self._tries)

    def about(self, fault: str) -> "Note":
        """Return the same note as one on another fault."""
        return Note(self.rule, fault, self.weight, self.start, self.end, self.words, self.says, self._tries)

    def with_tries(self, tries: Tries | Callable[[], Tries]) -> "Note":
        """Return the same note with other tries, or with what makes them when they are first asked for."""
        return Note(self.rule, self.fault, self.weight, self.start, self.end, self.words, self.says, tries)

    def as_dict(self) -> dict[str, object]:
        """Return all that it tells by name, its tries among them."""
        return {**dict(zip(_TOLD, self._told(), strict=True)), "tries": self.tries}

    def _told(self) -> tuple[str, str, Weight, int, int, str, str]:
        return self.rule, self.fault, self.weight, self.start, self.end, self.words, self.says

    def __eq__(self, other: object) -> bool:
        return self._told() == other._told() if isinstance(other, Note) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._told())

    def __repr__(self) -> str:
        return f"Note{(*self._told(), self.tries)}"

    def __reduce__(self) -> tuple[type["Note"], tuple[object, ...]]:
        return Note, (*self._told(), self.tries)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a note stays as it was heard; its {name} cannot be set")


class Part(NamedTuple):
    """One thing that already works, with its place in the text (code points)."""

    name: str
    start: int
    end: int
    words: str


class Heard(NamedTuple):
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
