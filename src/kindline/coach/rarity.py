"""How common a word is, roughly, so that patterns are hung on the rarest word they need."""

from functools import cache

from kindline.coach.words import Vocabulary

# How often a word turns up in a hundred everyday lines, roughly; the gate is hung on the rarest words of a pattern.
_COMMON = {
    "you": 60, "i": 50, "the": 40, "a": 35, "to": 35, "not": 30, "and": 30, "it": 25, "me": 25, "that": 20, "my": 20,
    "is": 20, "are": 20, "do": 15, "your": 15, "am": 15, "have": 15, "will": 15, "we": 15, "of": 12, "for": 12,
    "in": 12,
    "on": 12, "be": 12, "when": 12, "but": 10, "can": 10, "so": 10, "just": 8, "would": 8, "what": 8, "if": 8,
    "with": 8,
    "at": 8, "was": 8, "could": 6, "how": 6, "get": 6, "this": 6, "did": 5, "up": 5, "like": 5, "feel": 5, "she": 4,
    "he": 4, "had": 4, "has": 4, "no": 4, "as": 4, "out": 4, "need": 4, "or": 4, "they": 4, "there": 4, "all": 4,
    "?": 20, "!": 10, ",": 50, "never": 3, "always": 3, "because": 3, "want": 3, "us": 3, "about": 3, "one": 3,
}  # fmt: skip
_RARE = 0.1


@cache
def _of_class(name: str, vocabulary: Vocabulary) -> float:
    return sum(_COMMON.get(word, _RARE) for word in vocabulary.classes[name])


@cache
def commonness(needs: tuple[str, ...], vocabulary: Vocabulary) -> float:
    """Estimate how often one of these words and classes is met."""
    return sum(_of_class(need[1:], vocabulary) if need.startswith("@") else _COMMON.get(need, _RARE) for need in needs)
