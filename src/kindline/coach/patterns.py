"""The pattern language of the rules: words in order, written small, compiled once to a regular expression.

you never          these words, one after the other
never|always       one of these words             that_is|it_is   options of several words
@feeling           a word of this class          !@feeling   a word that is not of this class
*                  any one word                  just?       may be there or not
~  ~6  ~,6         up to 3 (6) words between, with a comma among them if need be
^  >               where a clause begins, ends
<                  where the sentence begins, after "oh", "well", a name and the like
( … )              the stretch a try may borrow  [ … ]       the place to show, when it is not the whole
"""

import re
from collections.abc import Callable
from functools import cache, cached_property

from kindline.coach.rarity import commonness
from kindline.coach.words import BOUNDARY, Vocabulary

LONGEST_GAP = 9
MOST_GAPS = 4
_WORD = r"[\w'“][^ ]* "
_OR_COMMA = r"[\w'“,][^ ]* "
_END = r"(?=[^\w'“]|\Z)"
_OPENING = rf"(?:{_WORD},/[^ ]* )?(?:[^ OPENER]*OPENER[^ ]* |[^\w ][^ ]* )*"
_ELEMENT = re.compile(r"\s*(\[|\]|\(|\)|[^\s\[\]()]+)")

_FIXED = {
    "[": "(?P<place>",
    "(": "(?P<own>",
    "]": ")",
    ")": ")",
    "<": "",
    "^": rf"(?:\A|(?<={BOUNDARY} ))",
    ">": _END,
}


class PatternError(ValueError):
    """A pattern that cannot be read."""


def _widest(gap: str) -> int:
    return int(gap.lstrip("~,") or 3)


def _class(option: str, vocabulary: Vocabulary) -> str:
    letter = vocabulary.letter.get(option[1:])
    if letter is None:
        raise PatternError(f"there is no word class {option}")
    return letter


class _Needs(dict[str, tuple[str, ...]]):
    """Remembers the words and classes of which an element needs one; none where it may be missing."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self.unlisted: set[tuple[str, ...]] = set()

    def __missing__(self, element: str) -> tuple[str, ...]:
        found = self[element] = self._read(element)
        return found

    def _read(self, element: str) -> tuple[str, ...]:
        if element.replace("|", "").isalpha():
            return tuple(element.split("|"))
        if element.startswith("~") and _widest(element) > LONGEST_GAP:
            raise PatternError(f"gaps are at most {LONGEST_GAP} words: {element}")
        if element in _FIXED or element.startswith("~"):
            return ()
        optional = element.endswith("?") and len(element) > 1
        refused = element.startswith("!") and len(element) > 1
        options = element[refused : len(element) - optional].split("|")
        classes = {option[1:] for option in options if option.startswith("@") and _class(option, self._vocabulary)}
        if optional or refused or element == "*" or ">" in options:
            return ()
        needs = tuple([option if option.startswith("@") else option.partition("_")[0] for option in options])
        if not classes <= self._vocabulary.classes.keys():
            self.unlisted.add(needs)  # what is told by its ending
        return needs


_needs_in = cache(_Needs)


@cache
def _one(element: str, vocabulary: Vocabulary) -> str:
    """Return the expression for one word."""
    if element == "*":
        return _WORD
    refused = element.startswith("!") and len(element) > 1
    expressions: list[str] = []
    for option in (element[1:] if refused else element).split("|"):
        if option == ">":
            expressions.append(_END)
        elif option.startswith("@"):
            letter = _class(option, vocabulary)
            expressions.append(f"[^ {letter}]*{letter}[^ ]* ")
        else:
            words = option.split("_")
            expressions.append("".join(f"{word if word.isalnum() else re.escape(word)}/[^ ]* " for word in words))
    joined = expressions[0] if len(expressions) == 1 else "(?:" + "|".join(expressions) + ")"
    return f"(?!{joined}){_WORD}" if refused else joined


class Pattern:
    """One form to hear. `needed` holds, element by element, words and classes of which one must be there.

    What does not stand is refused at once; the expression is written at first need, so that starting up stays quick
    however many rules there are.
    """

    def __init__(self, written: str, vocabulary: Vocabulary) -> None:
        self.written = written
        self._vocabulary = vocabulary
        bare = written
        if "[" in bare or "(" in bare:
            bare = bare.replace("[", " ").replace("]", " ").replace("(", " ").replace(")", " ")
        plain = bare.split()
        needs = _needs_in(vocabulary)
        self.needed = list(filter(None, map(needs.__getitem__, plain)))
        if needs.unlisted.issuperset(self.needed):
            raise PatternError(f"a pattern needs at least one word or class that can be listed: {written}")
        if written.count("~") > MOST_GAPS and sum(element[0] == "~" for element in plain[:-1]) > MOST_GAPS:
            raise PatternError(f"gaps are at most {MOST_GAPS} in a pattern: {written}")

    def words_needed(self) -> list[frozenset[str]]:
        """Return for each thing needed the words of which one must be there, what is met least first."""
        unlisted = _needs_in(self._vocabulary).unlisted
        listed = [needs for needs in dict.fromkeys(self.needed) if needs not in unlisted]
        rarest_first = sorted(listed, key=lambda needs: commonness(needs, self._vocabulary))
        return [self._vocabulary.listed(needs) for needs in rarest_first]

    @cached_property
    def _elements(self) -> list[str]:
        return _ELEMENT.findall(self.written)

    @cached_property
    def _tail(self) -> int:
        """Return the place of the last element that is not a closing bracket."""
        return max(place for place, element in enumerate(self._elements) if element not in "])")

    @cached_property
    def at_start(self) -> bool:
        """Tell whether it begins where the sentence does."""
        return self._elements[0] == "<"

    @cached_property
    def shows(self) -> bool:
        """Tell whether the place it shows has a name of its own, not being all that was found."""
        return self.at_start or "[" in self.written

    @cached_property
    def lends(self) -> bool:
        """Tell whether a try may borrow a stretch of it."""
        return "(" in self.written

    @cached_property
    def open_ended(self) -> bool:
        """Tell whether what it shows may end in the middle of a clause."""
        return self._elements[self._tail].startswith("~")

    @property
    def source(self) -> str:
        """Return the expression as it is written for `re`."""
        return self._opened(self._elements, [self._piece(place) for place in range(len(self._elements))])

    def _opened(self, elements: list[str], pieces: list[str]) -> str:
        """Return the whole expression, made to begin at a word and quick to search for.

        A pattern that begins with one plain word starts its expression with that word, so that `re` can leap to it;
        where the word must stand is asked just after.
        """
        if self.at_start:
            source = "".join(pieces)
            whole = source if "(?P<place>" in source else f"(?P<place>{source})"
            return r"\A" + _OPENING.replace("OPENER", self._vocabulary.letter["opener"]) + whole
        first = next(place for place, element in enumerate(elements) if element not in "^[(")
        word = elements[first]
        if not word.isalpha():
            return r"(?<![^ ])" + "".join(pieces)
        clause = "^" in elements[:first]
        check = rf"(?:(?<={BOUNDARY} {word})|(?<=\A{word}))" if clause else f"(?<![^ ]{word})"
        pieces[first] = f"{word}{check}/[^ ]* "
        return "".join(piece for place, piece in enumerate(pieces) if not (place < first and elements[place] == "^"))

    def _piece(self, place: int) -> str:
        """Return the expression of one element."""
        element = self._elements[place]
        if element in _FIXED:
            return _FIXED[element]
        if element.startswith("~"):
            # At the end a gap takes what is there, so that the place shown is whole; elsewhere as little as it can.
            word, greed = _OR_COMMA if element.startswith("~,") else _WORD, "" if place == self._tail else "?"
            return f"(?:{word}){{0,{_widest(element)}}}{greed}"
        if element.endswith("?") and len(element) > 1:
            return "(?:" + _one(element[:-1], self._vocabulary) + ")?"
        return _one(element, self._vocabulary)

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """Return the expression, compiled."""
        return re.compile(self.source)

    @cached_property
    def found(self) -> Callable[[str], re.Match[str] | None]:
        """Return what finds the first place in a sentence line, or None."""
        return self.expression.match if self.at_start else self.expression.search


class AnyOf:
    """Several patterns asked in one go; nothing is borrowed or shown from them. Made at first need."""

    def __init__(self, written: tuple[str, ...], vocabulary: Vocabulary) -> None:
        self.written = written
        self._vocabulary = vocabulary

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """Read the patterns; raise PatternError for one that cannot stand."""
        return tuple(Pattern(written, self._vocabulary) for written in self.written)

    @cached_property
    def _opens(self) -> dict[str, list[tuple[Pattern, list[frozenset[str]]]]]:
        """Return which patterns a word can open, each with what else it needs: it hangs on the rarest of that."""
        opens: dict[str, list[tuple[Pattern, list[frozenset[str]]]]] = {}
        for pattern in self.patterns:
            rarest, *others = pattern.words_needed()
            one = pattern, others
            for word in rarest:
                opens.setdefault(word, []).append(one)
        return opens

    def within(self, line: str, have: frozenset[str]) -> bool:
        """Tell whether any of them stands in a sentence, given as its line and the words it has."""
        if not self.written:
            return False
        opens = self._opens
        for word in have:
            if word in opens:
                for pattern, others in opens[word]:
                    for words in others:
                        if words.isdisjoint(have):
                            break
                    else:
                        if pattern.found(line) is not None:
                            return True
        return False
