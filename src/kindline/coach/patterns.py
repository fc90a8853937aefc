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


@cache
def _listed(element: str, vocabulary: Vocabulary) -> frozenset[str] | None:
    """Return the words that can stand for one word of a pattern (None: they cannot be listed)."""
    refused = element.startswith("!") and len(element) > 1
    listed: frozenset[str] | None = None if refused or element == "*" else frozenset()
    for option in (element[1:] if refused else element).split("|"):
        members: frozenset[str] | None = frozenset((option.partition("_")[0],))
        if option == ">":
            members = None
        elif option.startswith("@"):
            _class(option, vocabulary)
            members = vocabulary.classes.get(option[1:])
        listed = None if members is None or listed is None else listed | members
    return listed


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
    """One form to hear. `needed` are sets of words of which each must supply one, for the first gate.

    What does not stand is refused at once; the expression is written at first need, so that starting up stays quick
    however many rules there are.
    """

    def __init__(self, written: str, vocabulary: Vocabulary) -> None:
        self.written = written
        self._vocabulary = vocabulary
        self._elements: list[str] = _ELEMENT.findall(written)
        places = [place for place, element in enumerate(self._elements) if element not in "])"]
        self._tail = places[-1] if places else 0
        self.needed = self._read()
        if not self.needed:
            raise PatternError(f"a pattern needs at least one word or class that can be listed: {written}")
        self.at_start = self._elements[0] == "<"
        self.open_ended = self._elements[self._tail].startswith("~")  # what it shows may end in the middle of a clause

    def _read(self) -> list[frozenset[str]]:
        """Return the words that each element needs, having looked whether every element can stand."""
        needed: list[frozenset[str]] = []
        gaps = 0
        for place, element in enumerate(self._elements):
            if element in _FIXED:
                continue
            if element.startswith("~"):
                gaps += place != self._tail
                if _widest(element) > LONGEST_GAP or gaps > MOST_GAPS:
                    raise PatternError(
                        f"gaps are at most {LONGEST_GAP} words, at most {MOST_GAPS} in a pattern: {self.written}"
                    )
                continue
            optional = element.endswith("?") and len(element) > 1
            listed = _listed(element[:-1] if optional else element, self._vocabulary)
            if listed is not None and not optional:
                needed.append(listed)
        return needed

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
    def _opens(self) -> dict[str, list[Pattern]]:
        """Return which patterns a word can open: each hangs on the rarest words it needs."""
        opens: dict[str, list[Pattern]] = {}
        for pattern in self.patterns:
            for word in min(pattern.needed, key=commonness):
                opens.setdefault(word, []).append(pattern)
        return opens

    def within(self, line: str, words: list[str]) -> bool:
        """Tell whether any of them stands in a sentence, given as its line and its words."""
        if not self.written:
            return False
        opens = self._opens
        return any(pattern.found(line) is not None for word in words if word in opens for pattern in opens[word])
