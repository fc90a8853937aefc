"""How far a try reaches: a whole sentence takes the place of the whole sentence, a few words only of their like."""

import re
from bisect import bisect_left, bisect_right

# Begins only where a run of stops begins and gives nothing back, so that ten thousand of them are still read once.
SENTENCE_ENDS = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s|$)|\n")
IS_SENTENCE = re.compile(r"^\W*[^\W\da-z].*[.!?…][\"'”’)]*$", re.DOTALL)


def reach(text: str, start: int, end: int, words: str) -> tuple[int, int]:
    """Return where `words` would stand in the text when used for the stretch from `start` to `end`."""
    if start >= end or not IS_SENTENCE.match(words.strip()):
        return start, end
    return sentence_around(text, start, end)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence begins and ends that holds a stretch, or the sentences, if it holds several."""
    return Sentences(text).around(start, end)


class Sentences:
    """Where the sentences of a text end, looked for once however many stretches are asked about."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._stops = [found.span() for found in SENTENCE_ENDS.finditer(text)]
        self._ends = [end for _, end in self._stops]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Return where the sentence, or the sentences, begin and end that hold a stretch."""
        text = self._text
        before = bisect_right(self._ends, start)
        first = self._ends[before - 1] if before else 0
        stop = max(before, bisect_left(self._ends, end))
        if stop == len(self._stops):
            return _past_blank(text, first, start), max(end, len(text.rstrip()))
        at, last = self._stops[stop]
        return _past_blank(text, first, start), at if text[at] == "\n" else last


def _past_blank(text: str, first: int, start: int) -> int:
    """Leave the blank between two sentences where it is."""
    blank = len(text[first:start]) - len(text[first:start].lstrip())
    return first + blank
