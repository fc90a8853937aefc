"""The first gate: from the words of a sentence to the few patterns that could be there.

Every pattern has a bit of its own. A word that is met leads to one long whole number: the bits of the patterns that
need it, in a few layers side by side, one layer for each thing a pattern needs. All words of a sentence laid over each
other, and then the layers held against each other, leave the patterns of which nothing is missing.
"""

from collections import defaultdict
from functools import reduce
from operator import or_

from kindline.coach.book import Book, Rule
from kindline.coach.clauses import Reader
from kindline.coach.patterns import Pattern
from kindline.coach.words import Vocabulary

MOST_KNOWN = 20_000  # words remembered before the memory is begun anew
LAYERS = 4  # of what a pattern needs, so much is asked here: the last things, for many patterns begin alike


class Gate(dict[str, tuple[str, int]]):
    """Remembers for each word how it is written in a line and which patterns need it."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._vocabulary: Vocabulary = book.vocabulary
        self.reader = Reader(book.vocabulary)
        self._whole = tuple(rule for rule in book.rules if rule.missing_parts or rule.needs_parts or rule.order)
        # Bits are taken off from above: so the last pattern has the lowest bit, and the first is the first to be heard.
        self.entries: list[tuple[Rule, Pattern, int]] = []  # by its bit: a pattern, and the lowest bit of its rule
        self._rules: list[tuple[int, Rule]] = []  # each with the lowest bit of its patterns
        for rule in reversed(book.rules):
            if rule not in self._whole:
                lowest = len(self.entries)
                self._rules.append((lowest, rule))
                self.entries += [(rule, pattern, lowest) for pattern in reversed(rule.patterns)]
        self._warm, self._negation = book.vocabulary.letter["warm"], book.vocabulary.letter["negation"]
        self._under: dict[str, tuple[int, tuple[Rule, ...]]] = {}
        self.pages = {rule.serves: rule for rule in book.rules if rule.kind == "ear"}
        self._width = len(self.entries)
        self._needing: defaultdict[str, list[int]] = defaultdict(list)  # which bits a word or a class sets
        self._always = 0  # the bits of layers in which a pattern needs nothing
        self._alike: dict[int, int] = {}  # many words open the same patterns: their long number is kept once
        self._lay()

    def _lay(self) -> None:
        idle: list[int] = []
        needing = self._needing
        width, all_bits = self._width, LAYERS * self._width
        for number, (_, pattern, _) in enumerate(self.entries):
            bit = number
            for needs in pattern.needed[-LAYERS:]:
                for need in needs:
                    needing[need].append(bit)
                bit += width
            idle += range(bit, all_bits, width)
        self._always = self._bits(idle)

    def _bits(self, places: list[int]) -> int:
        """Return the whole number in which these bits are set."""
        bits = bytearray(LAYERS * self._width // 8 + 1)
        for place in places:
            bits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(bits, "little")

    def __missing__(self, word: str) -> tuple[str, int]:
        """Work out a word met for the first time."""
        if len(self) > MOST_KNOWN:
            self.clear()
            self._alike.clear()
        places = [*self._needing.get(word, ())]
        for name in self._vocabulary.classes_of(word):
            places += self._needing.get("@" + name, ())
        bits = self._bits(places) if places else 0
        found = self[word] = self._vocabulary.encoded(word), self._alike.setdefault(bits, bits)
        return found

    def sounds_kind(self, line: str) -> bool:
        """Tell whether a sentence line holds a warm word and no negation."""
        return self._warm in line and self._negation not in line

    def under(self, lens: str) -> tuple[int, tuple[Rule, ...]]:
        """Return what listens under a lens, gathered once: bits of patterns, and the rules for the whole text."""
        found = self._under.get(lens)
        if found is None:
            listening = [(lowest, len(rule.patterns)) for lowest, rule in self._rules if rule.listens(lens)]
            bits = sum(((1 << count) - 1) << lowest for lowest, count in listening)
            found = self._under[lens] = bits, tuple([rule for rule in self._whole if rule.listens(lens)])
        return found

    def write(self, words: list[str], lens: str) -> tuple[str, int]:
        """Return the sentence line and the bits of the patterns whose words are all there and that listen to a lens."""
        pieces, bits = zip(*[self[word] for word in words], strict=True)
        layers = reduce(or_, bits, self._always)
        open_ = self.under(lens)[0]
        for _ in range(LAYERS):
            open_ &= layers
            layers >>= self._width
        return "".join(pieces), open_
