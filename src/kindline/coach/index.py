"""The first gate: from the words of a sentence to the few patterns that could be there."""

from kindline.coach.book import Book, Rule
from kindline.coach.patterns import Pattern
from kindline.coach.words import Vocabulary

MOST_KNOWN = 20_000  # words remembered before the memory is begun anew


class Gate(dict[str, tuple[str, tuple[int, ...]]]):
    """Remembers for each word how it is written in a line and which patterns may begin to matter."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._vocabulary: Vocabulary = book.vocabulary
        self.entries: list[tuple[Rule, Pattern]] = [
            (rule, pattern) for rule in book.rules if not rule.order for pattern in rule.patterns
        ]
        self._opens: dict[str, list[int]] = {}
        self.rest: list[frozenset[str] | None] = []
        for number, (_, pattern) in enumerate(self.entries):
            for word in pattern.needed[0]:
                self._opens.setdefault(word, []).append(number)
            self.rest.append(pattern.needed[1] if len(pattern.needed) > 1 else None)

    def __missing__(self, word: str) -> tuple[str, tuple[int, ...]]:
        """Work out a word met for the first time."""
        if len(self) > MOST_KNOWN:
            self.clear()
        found = self._vocabulary.encoded(word), tuple(self._opens.get(word, ()))
        self[word] = found
        return found

    def write(self, words: list[str]) -> tuple[str, set[int]]:
        """Return the sentence line and the numbers of the patterns whose words are all there."""
        met = [self[word] for word in words]
        numbers: set[int] = set()
        for _, opens in met:
            if opens:
                numbers.update(opens)
        if numbers:
            have = set(words)
            rest = self.rest
            numbers = {
                number for number in numbers if (other := rest[number]) is None or not have.isdisjoint(other)
            }
        return "".join([piece for piece, _ in met]), numbers
