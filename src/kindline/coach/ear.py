"""Listen to one text: read it, let the rules hear, and keep what the lens asks for."""

from dataclasses import dataclass, field
from functools import cache
from re import Match

from kindline.coach.book import Book, Rule, load_book
from kindline.coach.index import Gate
from kindline.coach.lenses import known
from kindline.coach.note import Heard, Note, Part
from kindline.coach.patterns import Pattern
from kindline.coach.reading import Sentence, read

_HEAVY = {"stop": 0, "soften": 1, "listen": 2}


@dataclass(slots=True)
class _Find:
    rule: Rule
    start: int
    end: int
    own: str


@dataclass(slots=True)
class _Page:
    """What has been found in one text so far."""

    text: str
    faults: list[_Find] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    safety: bool = False


@cache
def gate_for(language: str) -> tuple[Book, Gate]:
    """Return the book of a language and its gate, made once."""
    book = load_book(language)
    return book, Gate(book)


def _silenced(rule: Rule, sentence: Sentence) -> bool:
    if rule.not_in & sentence.marks or (rule.only_in and not rule.only_in & sentence.marks):
        return True
    return any(pattern.expression.search(sentence.line) for pattern in rule.unless)


def _take(page: _Page, rule: Rule, sentence: Sentence, match: Match[str]) -> None:
    groups = match.groupdict()
    start, end = match.span("place") if groups.get("place") else match.span()
    first, last = sentence.place(start, max(end, start + 1))
    if rule.kind == "part":
        page.parts.append(Part(rule.serves, first, last, page.text[first:last]))
    elif rule.kind == "safety":
        page.safety = True
    else:
        own = ""
        if groups.get("own"):
            at, to = sentence.place(*match.span("own"))
            own = page.text[at:to].strip()
        page.faults.append(_Find(rule, first, last, own))


def _hear_sentence(page: _Page, gate: Gate, sentence: Sentence, lens: str) -> None:
    sentence.line, numbers = gate.write(sentence.words)
    line = sentence.line
    done: set[str] = set()
    for number in sorted(numbers):
        rule, pattern = gate.entries[number]
        if rule.name in done or not rule.listens(lens) or rule.needs_parts or rule.missing_parts:
            continue
        match = pattern.expression.search(line)
        if match is None or match.end() == match.start():
            continue
        done.add(rule.name)
        if not _silenced(rule, sentence):
            _take(page, rule, sentence, match)


def _says_anywhere(patterns: tuple[Pattern, ...], sentences: list[Sentence]) -> bool:
    return any(pattern.expression.search(sentence.line) for pattern in patterns for sentence in sentences)


def _hear_whole(page: _Page, book: Book, sentences: list[Sentence], lens: str) -> None:
    """Hear what only the whole text can tell: parts that are missing, parts in an order, forms that pile up."""
    have = {part.name for part in page.parts}
    for rule in book.rules:
        if rule.kind != "fault" or not rule.listens(lens) or not (rule.missing_parts or rule.needs_parts or rule.order):
            continue
        if not have.issuperset(rule.needs_parts) or have & set(rule.missing_parts):
            continue
        if rule.order:
            earlier = next((part for part in page.parts if part.name == rule.order[0]), None)
            later = next((part for part in page.parts if part.name == rule.order[1]), None)
            if later is None or (earlier is not None and earlier.start <= later.start):
                continue
            page.faults.append(_Find(rule, later.start, later.end, ""))
            continue
        for sentence in sentences:
            found = next((m for p in rule.patterns if (m := p.expression.search(sentence.line))), None)
            if found is not None and not _silenced(rule, sentence):
                _take(page, rule, sentence, found)
                break


def _kept(page: _Page, sentences: list[Sentence]) -> list[_Find]:
    """Drop what the rest of the text silences, and a second note of one fault on the same words."""
    counts: dict[str, int] = {}
    for find in page.faults:
        counts[find.rule.name] = counts.get(find.rule.name, 0) + 1
    kept: list[_Find] = []
    for find in sorted(page.faults, key=lambda f: (_HEAVY[f.rule.weight], f.start, -f.end)):
        rule = find.rule
        if counts[rule.name] < rule.at_least or (rule.unless_text and _says_anywhere(rule.unless_text, sentences)):
            continue
        if page.safety and rule.weight != "stop":
            continue
        if any(other.rule.serves == rule.serves and other.start < find.end and find.start < other.end for other in kept):
            continue
        kept.append(find)
    return sorted(kept, key=lambda f: (f.start, f.end))


def _tries(rule: Rule, own: str) -> tuple[str, ...]:
    made = [words.replace("{own}", own) for words in rule.tries if own or "{own}" not in words]
    return tuple(made[:3])


def listen(text: str, lens: str = "any", language: str = "en") -> Heard:
    """Hear what may land hard and what already works; offsets are code points into `text`.

    Raises ValueError for a lens or a language that does not exist.
    """
    known(lens)
    book, gate = gate_for(language)
    _, sentences = read(text)
    page = _Page(text)
    for sentence in sentences:
        _hear_sentence(page, gate, sentence, lens)
    if book.rules:
        _hear_whole(page, book, sentences, lens)
    notes = tuple(
        Note(f.rule.name, f.rule.serves, f.rule.weight, f.start, f.end, text[f.start : f.end], f.rule.says, _tries(f.rule, f.own))
        for f in _kept(page, sentences)
    )
    parts: list[Part] = []
    for part in sorted(page.parts, key=lambda p: (p.start, p.end)):
        if not any(other.name == part.name and other.start < part.end and part.start < other.end for other in parts):
            parts.append(part)
    return Heard(notes, tuple(parts), page.safety)
