"""How far a try reaches: a whole sentence takes the place of the whole sentence, a few words only of their like."""

import re

SENTENCE_ENDS = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n")
IS_SENTENCE = re.compile(r"^\W*[^\W\da-z].*[.!?…][\"'”’)]*$", re.DOTALL)


def reach(text: str, start: int, end: int, words: str) -> tuple[int, int]:
    """Return where `words` would stand in the text when used for the stretch from `start` to `end`."""
    if start >= end or not IS_SENTENCE.match(words.strip()):
        return start, end
    return sentence_around(text, start, end)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence begins and ends that holds a stretch, or the sentences, if it holds several."""
    first = 0
    for found in SENTENCE_ENDS.finditer(text):
        if found.end() <= start:
            first = found.end()
        elif found.start() >= end or found.end() >= end:
            last = found.start() if found.group() == "\n" else found.end()
            return _past_blank(text, first, start), last
    return _past_blank(text, first, start), max(end, len(text.rstrip()))


def _past_blank(text: str, first: int, start: int) -> int:
    """Leave the blank between two sentences where it is."""
    blank = len(text[first:start]) - len(text[first:start].lstrip())
    return first + blank
