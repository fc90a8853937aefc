"""One sentence as it was written: its words with their own letters, and stretches of it put back together."""

import re
from collections.abc import Iterable, Sequence

from kindline.coach.reading import Sentence

_KEEPS_CAPITAL = frozenset(
    (
        "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays "
        "saturdays sundays christmas easter mum mom dad god grandma grandpa"
    ).split()
)
_NO_BLANK_BEFORE = frozenset((",", ";", ":", ".", "!", "?", "…", ")", "'"))
_CONTRACTED = (
    ("do not", "don't"), ("does not", "doesn't"), ("did not", "didn't"), ("have not", "haven't"), ("has not", "hasn't"),
    ("are not", "aren't"), ("is not", "isn't"), ("was not", "wasn't"), ("were not", "weren't"), ("will not", "won't"),
    ("can not", "can't"), ("could not", "couldn't"), ("would not", "wouldn't"), ("should not", "shouldn't"),
    ("i am", "I'm"),
)  # fmt: skip
_SHORTENED = re.compile(
    r"\b(?:(you|we|they) (are)|(it|that|there|he|she) (is)|(you|we|they|he|she|i) (will|would))"
    r"(?= (?!(?:i|you|we|they|he|she|to)\b)[a-z])",
    re.IGNORECASE,
)
_SHORT_END = {"are": "'re", "is": "'s", "will": "'ll", "would": "'d"}
_CONTRACTION = re.compile(r"\b(" + "|".join(pair[0] for pair in _CONTRACTED) + r")\b")
_SHORT = dict(_CONTRACTED)
_I_AM = re.compile(r"\bI am(?= (?!(?:now|today|and|but|is|to|or)\b)[a-z])")
_LONELY_I = re.compile(r"(?<![\w'’])i(?=['’](?:m|ll|d|ve)\b|[\s,;:.!?]|$)")


class Spoken:
    """The words of one sentence, levelled (`words`) and as they were written (`written`)."""

    __slots__ = ("marks", "starts", "words", "written")

    def __init__(self, sentence: Sentence, text: str) -> None:
        shouted = text.isupper()
        self.words: list[str] = []
        self.written: list[str] = []
        self.starts: list[int] = []
        self.marks = sentence.marks
        spans = list(zip(sentence.starts, sentence.ends, strict=True))
        for place, word in enumerate(sentence.words):
            start, end = spans[place]
            shown = text[start:end]
            if spans.count((start, end)) > 1 or shown.lower() != word:
                as_written = text[start : start + len(word)]
                shown = as_written if as_written.lower() == word and place == spans.index((start, end)) else word
            if word == "'s" and self.words:  # of a name: "Dan's" is one word again
                self.words[-1] += "'s"
                self.written[-1] += "'s"
                continue
            if shouted or (not self.words and word not in _KEEPS_CAPITAL and shown[1:] == shown[1:].lower()):
                shown = shown.lower()
            self.starts.append(start)
            self.words.append(word)
            self.written.append("I" if word == "i" else shown)


def joined(words: Iterable[str]) -> str:
    """Put words together as they are written: short forms shut again, marks without a blank before them."""
    line = ""
    for word in words:
        if word:
            line += word if not line or word in _NO_BLANK_BEFORE else " " + word
    line = _I_AM.sub("I'm", line)
    line = _CONTRACTION.sub(lambda found: _SHORT[found.group()], line)
    return _LONELY_I.sub("I", _SHORTENED.sub(_shortened, line))


def _shortened(found: re.Match[str]) -> str:
    subject, verb = (one for one in found.groups() if one)
    return f"{subject}{_SHORT_END[verb.lower()]}"


def sentence_case(words: str) -> str:
    """Begin with a capital letter."""
    return words[:1].upper() + words[1:]


def find(words: Sequence[str], *sought: str, start: int = 0) -> int:
    """Return where some words stand in a row, or -1."""
    width = len(sought)
    for place in range(start, len(words) - width + 1):
        if tuple(words[place : place + width]) == sought:
            return place
    return -1
