"""The first gate: from the words of a sentence to the few patterns that could be there."""

from kindline.coach.book import Book, Rule
from kindline.coach.clauses import Reader
from kindline.coach.patterns import Pattern
from kindline.coach.rarity import commonness
from kindline.coach.words import Vocabulary

MOST_KNOWN = 20_000  # words remembered before the memory is begun anew


class Gate(dict[str, tuple[str, tuple[int, ...]]]):
    """Remembers for each word how it is written in a line and which patterns may begin to matter."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._vocabulary: Vocabulary = book.vocabulary
        self.reader = Reader(book.vocabulary)
        self.entries: list[tuple[Rule, Pattern]] = [
            (rule, pattern)
            for rule in book.rules
            if not (rule.order or rule.missing_parts or rule.needs_parts)
            for pattern in rule.patterns
        ]
        self._warm, self._negation = book.vocabulary.letter["warm"], book.vocabulary.letter["negation"]
        self._opens: dict[str, list[int]] = {}
        self.rest: list[frozenset[str] | None] = []
        self._under: dict[str, frozenset[int]] = {}
        self.pages = {rule.serves: rule for rule in book.rules if rule.kind == "ear"}
        self.whole = tuple(rule for rule in book.rules if rule.missing_parts or rule.needs_parts or rule.order)
        for number, (_, pattern) in enumerate(self.entries):
            rarest, *others = sorted(pattern.needed, key=commonness)
            for word in rarest:
                self._opens.setdefault(word, []).append(number)
            self.rest.append(others[0] if others else None)

    def __missing__(self, word: str) -> tuple[str, tuple[int, ...]]:
        """Work out a word met for the first time."""
        if len(self) > MOST_KNOWN:
            self.clear()
        found = self._vocabulary.encoded(word), tuple(self._opens.get(word, ()))
        self[word] = found
        return found

    def sounds_kind(self, line: str) -> bool:
        """Tell whether a sentence line holds a warm word and no negation."""
        return self._warm in line and self._negation not in line

    def under(self, lens: str) -> frozenset[int]:
        """Return the numbers of the patterns that listen under a lens, gathered once."""
        found = self._under.get(lens)
        if found is None:
            found = frozenset(number for number, (rule, _) in enumerate(self.entries) if rule.listens(lens))
            self._under[lens] = found
        return found

    def write(self, words: list[str], lens: str | None = None) -> tuple[str, set[int]]:
        """Return the sentence line and the numbers of the patterns whose words are all there; a lens keeps its own."""
        met = [self[word] for word in words]
        numbers: set[int] = set()
        numbers.update(*[opens for _, opens in met])
        if lens is not None:
            numbers &= self.under(lens)
        if numbers:
            apart = set(words).isdisjoint
            rest = self.rest
            numbers = {number for number in numbers if (other := rest[number]) is None or not apart(other)}
        return "".join([piece for piece, _ in met]), numbers
