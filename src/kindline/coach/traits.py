"""What the learned ear looks at: the traits of a few sentences, as short strings.

Words, pairs and threes of words, how a sentence begins and ends, who is the subject of each clause and what the deed
leans to, the shape of the whole, and what the rules have heard. Nothing here knows a weight, so that the script that
learns and the coach that listens see the same.
"""

from collections.abc import Iterable
from itertools import pairwise

from kindline.coach.clauses import MINE, ORDER, THEIRS, YOURS, Clause, Reader
from kindline.coach.note import Note
from kindline.coach.reading import Sentence

MOST_COUNTED = 4
_SHORT = 4
_STEM, _STEMMED = 5, 6
_ME = frozenset(("i", "me", "my", "mine"))
_YOU = frozenset(("you", "your", "yours"))
_US = frozenset(("we", "us", "our"))
_BEFORE, _AFTER = "<", ">"
_BRIEF, _MIDDLING = 6, 10  # words and marks; below these one sentence is brief, or middling


def subject_of(clause: Clause) -> str:
    """Return one letter for the subject of a clause: I, you (Y), another (T), an order (O) or none (-)."""
    marks = clause.marks
    if marks & MINE:
        return "I"
    if marks & YOURS:
        return "Y"
    if marks & THEIRS:
        return "T"
    return "O" if marks & ORDER else "-"


def of_words(words: list[str]) -> list[str]:
    """Return the traits of a stretch of words: each word, its beginning, and each with the next one and two."""
    found = ["w " + word for word in words]
    found += ["c " + word[:_STEM] for word in words if len(word) >= _STEMMED]
    edged = [_BEFORE, *words, _AFTER]
    found += [f"b {a} {b}" for a, b in pairwise(edged)]
    found += [f"3 {a} {b} {c}" for a, b, c in zip(edged, edged[1:], edged[2:], strict=False)]
    return found


def of_clauses(words: list[str], clauses: list[Clause]) -> list[str]:
    """Return the traits of clauses: subject, lean, denial, first words, marks."""
    found = []
    for clause in clauses:
        subject = subject_of(clause)
        head = words[clause.first : min(clause.first + 2, clause.last)]
        found += [
            f"k {subject}{clause.leans}{clause.denied:d}",
            f"h {subject} {' '.join(head)}",
            f"m {clause.marks >> 12}",
        ]
    return found


def of_sentence(sentence: Sentence, clauses: list[Clause]) -> list[str]:
    """Return the traits of one sentence: those of its words and clauses, its first and last words, its length."""
    words = sentence.words
    found = of_words(words)
    found += of_clauses(words, clauses)
    found.append(f"n {min(len(words), 24) // 2}")
    if len(words) <= _SHORT:
        found.append(f"s {' '.join(words)}")
    return found


def who_is_in(words: set[str]) -> str:
    """Return three letters: whether the one who speaks, the one spoken to and both are in it."""
    return "".join("." if words.isdisjoint(some) else "x" for some in (_ME, _YOU, _US))


def of_whole(sentences: list[Sentence], clauses: list[list[Clause]], lens: str) -> list[str]:
    """Return the traits of the whole: who is in it, how it begins and ends, its length, its lens, words under it."""
    have = {word for sentence in sentences for word in sentence.words}
    first, last = sentences[0].words, sentences[-1].words
    who = who_is_in(have)
    asks = "?" if "?" in have else "."
    subjects = "".join([subject_of(clause) for some in clauses for clause in some])
    found = [f"p {subjects[place : place + 2]}" for place in range(max(1, len(subjects) - 1))]
    found += [
        f"q {subjects[:4]}",
        f"o {who}",
        f"o {who}{asks}",
        f"1 {first[0]}",
        f"2 {' '.join(first[:2])}",
        f"e {last[-1] if not last[-1][0].isalnum() else ''}",
        f"# {min(len(sentences), 5)}",
        f"l {lens}",
        f"l {lens} {who}{asks}",
    ]
    found += [f"x {lens} {word}" for word in have]
    return found


def of_rules(notes: Iterable[Note], parts: Iterable[str], sentences: list[Sentence], lens: str) -> list[str]:
    """Return the traits told by the rules: which were heard, which parts are there, how many, and in how short a text.

    A long text without any part is mostly a cold one. A short one may just be short.
    """
    have = sorted(set(parts))
    found = [f"a {part}" for part in have] + [f"a {lens} {part}" for part in have]
    soft = 0
    for note in notes:
        found += [f"r {note.rule} {note.weight}", f"f {note.fault} {note.weight}"]
        soft += note.weight != "listen"
    parted, noted = min(len(have), MOST_COUNTED), min(soft, 2)
    found += [f"t {parted} {noted}", f"t {lens} {parted}", f"t {noted}"]
    if sentences:
        size = size_of(sentences)
        who = who_is_in({word for sentence in sentences for word in sentence.words})
        found += [f"u {parted} {noted} {size}", f"u {parted} {noted} {size} {who}", f"u {lens} {parted} {noted} {size}"]
    return found


def size_of(sentences: list[Sentence]) -> str:
    """Return one letter for the size of a text: one sentence that is brief, middling or long, or several (x)."""
    if len(sentences) > 1:
        return "x"
    length = len(sentences[0].words)
    return "s" if length < _BRIEF else "m" if length < _MIDDLING else "l"


def traits(
    sentences: list[Sentence], reader: Reader, lens: str, notes: Iterable[Note], parts: Iterable[str]
) -> set[str]:
    """Return all traits of some sentences, read through a lens, with what the rules have heard in them."""
    clauses = []
    found: list[str] = []
    for sentence in sentences:
        if sentence.clauses is None:
            sentence.clauses = reader.clauses(sentence)
        clauses.append(sentence.clauses)
        found += of_sentence(sentence, sentence.clauses)
    if sentences:
        found += of_whole(sentences, clauses, lens)
    found += of_rules(notes, parts, sentences, lens)
    return set(found)
