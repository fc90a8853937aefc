"""Listen to one text: read it, let the rules hear, and keep what the lens asks for."""

from bisect import bisect_left
from functools import cache, partial
from itertools import accumulate
from re import Match
from typing import NamedTuple

from kindline.coach.book import Rule, load_book
from kindline.coach.clauses import OF_CLAUSES, Reader, marks_at
from kindline.coach.gate import Gate
from kindline.coach.learned import ear_for, hear_more
from kindline.coach.lenses import known
from kindline.coach.note import Heard, Note, Part, Weight
from kindline.coach.patterns import Pattern
from kindline.coach.reading import KINDLY, Sentence, read

ENOUGH_PARTS = 2
_NO_KINDER_WAY = frozenset(("threat", "control"))
_OPENS_A_DOOR = frozenset(("request", "feeling", "need"))  # one of these is enough beside a soft stretch
_HEAVY = {"stop": 0, "soften": 1, "listen": 2}


class _Find(NamedTuple):
    rule: Rule
    start: int
    end: int
    own: str


class _Page:
    """What has been found in one text so far."""

    __slots__ = ("faults", "guessed", "joins", "parts", "safety", "text")

    def __init__(self, text: str, joins: frozenset[str]) -> None:
        self.text = text
        self.joins = joins  # the words where a clause may end
        self.faults: list[_Find] = []
        self.parts: list[Part] = []
        self.guessed: list[Part] = []  # parts by weak rules: they silence nothing
        self.safety = False


@cache
def gate_for(language: str) -> Gate:
    """Return the gate to the book of a language, made once."""
    return Gate(load_book(language))


def _marks(rule: Rule, sentence: Sentence, reader: Reader, at: int) -> int:
    """Return the marks of the sentence, with those of the clause at a place of its line when the rule asks for them."""
    asked = (rule.not_in | rule.only_in) & OF_CLAUSES
    if not asked:
        return sentence.marks
    if sentence.clauses is None:
        if not reader.may_mark(sentence, asked):
            return sentence.marks
        sentence.clauses = reader.clauses(sentence)
    return sentence.marks | marks_at(sentence.clauses, sentence.line.count(" ", 0, at))


def _silenced(rule: Rule, sentence: Sentence, reader: Reader, at: int) -> bool:
    if rule.not_in or rule.only_in:
        marks = _marks(rule, sentence, reader, at)
        if rule.not_in & marks or (rule.only_in and not rule.only_in & marks):
            return True
    return rule.unless.within(sentence.line, sentence.have)


def _take(page: _Page, rule: Rule, pattern: Pattern, sentence: Sentence, match: Match[str]) -> None:
    if rule.kind == "safety":
        page.safety = True
        return
    start, end = match.span("place") if pattern.shows and match["place"] else match.span()
    first, last = sentence.place(start, max(end, start + 1))
    if rule.kind == "part":
        parts = page.guessed if rule.weak else page.parts
        parts.append(Part(rule.serves, first, last, page.text[first:last]))
        return
    if pattern.open_ended:
        last = sentence.whole(start, end, page.joins)
    own = ""
    if pattern.lends and match["own"]:
        at, to = sentence.place(*match.span("own"))
        own = page.text[at : last if pattern.open_ended and match.end("own") == end else to].strip()
    page.faults.append(_Find(rule, first, last, own))


def _hear_sentence(page: _Page, gate: Gate, sentence: Sentence, lens: str) -> None:
    line, open_ = gate.write(sentence.words, lens)
    sentence.line = line
    if gate.sounds_kind(line):
        sentence.marks |= KINDLY
    parts_before, faults_before = len(page.parts), len(page.faults)
    entries = gate.entries
    while open_:
        bit = open_.bit_length() - 1
        rule, pattern, lowest = entries[bit]
        match = pattern.found(line)
        if match is None:
            open_ ^= 1 << bit
            continue
        open_ &= (1 << lowest) - 1  # a rule is heard once in a sentence
        if not _silenced(rule, sentence, gate.reader, match.start()):
            if rule.kind == "frame":
                sentence.quiet |= rule.silences
                sentence.hushed |= rule.hushes_ear
            else:
                _take(page, rule, pattern, sentence, match)
    if len(page.faults) == faults_before:
        return
    if sentence.quiet:
        page.faults[faults_before:] = [
            find for find in page.faults[faults_before:] if find.rule.serves not in sentence.quiet
        ]
    if len(page.parts) > parts_before:
        here = {part.name for part in page.parts[parts_before:]}
        page.faults[faults_before:] = [
            find for find in page.faults[faults_before:] if here.isdisjoint(find.rule.unless_parts)
        ]
        if taken := {part for find in page.faults[faults_before:] for part in find.rule.takes}:
            page.parts[parts_before:] = [part for part in page.parts[parts_before:] if part.name not in taken]


def _hear_whole(page: _Page, rules: tuple[Rule, ...], gate: Gate, sentences: list[Sentence]) -> None:
    """Hear what only the whole text can tell: parts that are missing, parts in an order, forms that pile up."""
    sure = {part.name for part in page.parts}
    likely = sure.union([part.name for part in page.guessed]) if page.guessed else sure
    for rule in rules:
        if rule.single and len(sentences) > 1:
            continue
        have = likely if rule.alone else sure
        if not have.isdisjoint(rule.missing_parts) or (rule.needs_parts and not have.issuperset(rule.needs_parts)):
            continue
        if rule.order:
            earlier = next((part for part in page.parts if part.name == rule.order[0]), None)
            later = next((part for part in page.parts if part.name == rule.order[1]), None)
            if later is None or (earlier is not None and earlier.start <= later.start):
                continue
            page.faults.append(_Find(rule, later.start, later.end, ""))
            continue
        for sentence in sentences:
            if rule.serves in sentence.quiet:
                continue
            pattern, found = next(((p, m) for p in rule.patterns if (m := p.found(sentence.line))), (None, None))
            if pattern and found and not _silenced(rule, sentence, gate.reader, found.start()):
                _take(page, rule, pattern, sentence, found)
                break


def _kept(page: _Page, sentences: list[Sentence]) -> list[_Find]:
    """Drop what the rest of the text silences, and a second note of one fault on the same words."""
    if not page.faults:
        return []
    silent = {rule for rule in {find.rule for find in page.faults} if _silent(rule, page, sentences)}
    speaking = [find for find in page.faults if find.rule not in silent]
    if any(find.rule.not_after for find in speaking):
        first: dict[str, int] = {}  # where each part is heard first
        for part in page.parts:
            first[part.name] = min(part.start, first.get(part.name, part.start))
        speaking = [
            find for find in speaking
            if not any(first.get(name, find.start) < find.start for name in find.rule.not_after)
        ]  # fmt: skip
    if len(speaking) < 2:  # noqa: PLR2004 - one alone stands beside none
        return speaking
    kept: list[_Find] = []
    last: dict[str, int] = {}  # where in `kept` the latest note of a fault stands
    for find in sorted(speaking, key=lambda f: (f.start, -f.end)):
        at = last.get(find.rule.serves)
        if at is not None and find.start < kept[at].end:
            if _HEAVY[find.rule.weight] < _HEAVY[kept[at].rule.weight]:
                kept[at] = find
            continue
        last[find.rule.serves] = len(kept)
        kept.append(find)
    return sorted(_without_asking(_without_guesses(kept)), key=lambda f: (f.start, f.end))


def _without_guesses(kept: list[_Find]) -> list[_Find]:
    """Drop what was guessed from what is missing where another rule softens: that one can say why."""
    if any(not find.rule.alone and find.rule.weight != "listen" for find in kept):
        return [find for find in kept if not find.rule.alone]
    return kept


def _without_asking(kept: list[_Find]) -> list[_Find]:
    """Drop a demand on words that are a threat or a control: there is no kinder way to ask for the same."""
    barred = sorted((find.start, find.end) for find in kept if find.rule.serves in _NO_KINDER_WAY)
    if not barred:
        return kept
    starts = [start for start, _ in barred]
    reach = list(accumulate((end for _, end in barred), max))  # how far those that began by then go on

    def is_barred(find: _Find) -> bool:
        begun = bisect_left(starts, find.end)
        return begun > 0 and reach[begun - 1] > find.start

    return [find for find in kept if find.rule.serves != "demand" or not is_barred(find)]


def _silent(rule: Rule, page: _Page, sentences: list[Sentence]) -> bool:
    if page.safety and rule.weight != "stop":
        return True
    if rule.weak and page.parts:
        return True
    if rule.unless_parts_anywhere and any(part.name in rule.unless_parts_anywhere for part in page.parts):
        return True
    if rule.at_least > 1 and sum(find.rule is rule for find in page.faults) < rule.at_least:
        return True
    return bool(rule.unless_text.written) and any(rule.unless_text.within(one.line, one.have) for one in sentences)


def _apart(parts: list[Part]) -> tuple[Part, ...]:
    """Keep the first of the same parts where they overlap."""
    if len(parts) < 2:  # noqa: PLR2004 - there is nothing to overlap
        return tuple(parts)
    kept: list[Part] = []
    ends: dict[str, int] = {}
    for part in sorted(parts, key=lambda p: (p.start, p.end)):
        if part.start >= ends.get(part.name, 0):
            ends[part.name] = part.end
            kept.append(part)
    return tuple(kept)


class _Door:
    """Whether enough works already: several parts, or beside a stretch one of those that ask the other in."""

    def __init__(self, parts: list[Part]) -> None:
        asking = [part for part in parts if part.name in _OPENS_A_DOOR] if parts else ()
        self._enough = len(parts) >= ENOUGH_PARTS and len({part.name for part in parts}) >= ENOUGH_PARTS
        self._first_end = min([part.end for part in asking]) if asking else None
        self._last_start = max([part.start for part in asking]) if asking else -1

    def is_open(self, start: int, end: int) -> bool:
        """Tell it for a stretch."""
        if self._enough or self._first_end is None:
            return self._enough
        return self._first_end <= start or self._last_start >= end


def _weight(rule: Rule, *, mild: bool, open_door: bool) -> Weight:
    """Return how heavily a rule speaks: what stops must be sure, and beside an open door it is not."""
    if mild:
        return "listen"
    return "soften" if rule.weight == "stop" and open_door else rule.weight


def _only_a_thought(kept: list[_Find], page: _Page, door: _Door, lens: str) -> bool:
    """Tell whether one soft stretch stands among enough that already works to be no more than a thought.

    Names for a person, apologies that take themselves back and the like are `steady`: nothing around them helps.
    """
    soft = [find for find in kept if find.rule.weight != "listen"]
    if not soft or any(find.rule.weight == "stop" or find.rule.steady for find in soft):
        return False
    if any(find.start >= soft[0].end for find in soft):
        return False
    if door.is_open(soft[0].start, soft[-1].end):
        return True
    # An answer that also tells back, owns or offers something elsewhere is an answer, not a blow.
    answers = [*page.parts, *page.guessed] if lens == "response" else ()
    return any(part.end <= soft[0].start or part.start >= soft[-1].end for part in answers)


def _tries(rule: Rule, own: str) -> tuple[str, ...]:
    """Return the rule's own tries, with what was borrowed from the text in place."""
    made = [words.replace("{own}", own) for words in rule.tries if own or "{own}" not in words]
    return tuple(made[:3])


def _note(find: _Find, text: str, *, mild: bool, open_door: bool) -> Note:
    rule = find.rule
    weight = _weight(rule, mild=mild, open_door=open_door)
    start, end = find.start, find.end
    own = partial(_tries, rule, find.own)
    return Note(rule.name, rule.serves, weight, start, end, text[start:end], rule.says, own)


def listen(text: str, lens: str = "any", language: str = "en") -> Heard:
    """Hear what may land hard and what already works, with both ears; offsets are code points into `text`.

    Raises ValueError for a lens or a language that does not exist.
    """
    sentences, heard = _by_both(text, lens, language)
    if not heard.notes:
        return heard

    notes = [note.with_tries(partial(_tries_of, note, text, sentences, heard, lens, language)) for note in heard.notes]
    return Heard(tuple(notes), heard.parts, heard.safety)


def _tries_of(  # noqa: PLR0917 - a note, and all it was heard in
    note: Note, text: str, sentences: list[Sentence], heard: Heard, lens: str, language: str
) -> tuple[str, ...]:
    from kindline.coach.tries.choose import HeardIn, tries_for  # noqa: PLC0415 - when asked for; starting up stays quick

    context = HeardIn(text, sentences, heard.notes, lens, language)
    return tries_for(note, context, lambda words: _passes(words, lens, language))


def _by_both(text: str, lens: str, language: str) -> tuple[list[Sentence], Heard]:
    sentences, heard = by_rules(text, lens, language)
    ear = ear_for(language)
    if ear is not None:
        gate = gate_for(language)
        heard = hear_more(text, sentences, gate.reader, gate.pages, ear, lens, heard)
    return sentences, heard


def _passes(words: str, lens: str, language: str) -> bool:
    """Tell whether a try passes the coach: nothing to soften and no danger, under its lens and under any."""
    for here in {lens, "any"}:
        heard = _by_both(words, here, language)[1]
        if heard.safety or any(note.weight != "listen" for note in heard.notes):
            return False
    return True


def by_rules(text: str, lens: str = "any", language: str = "en") -> tuple[list[Sentence], Heard]:
    """Hear with the rules alone; also return the sentences as they were read, for the ear that goes on from there."""
    known(lens)
    gate = gate_for(language)
    sentences = read(text)
    page = _Page(text, gate.reader.joins)
    for sentence in sentences:
        _hear_sentence(page, gate, sentence, lens)
    if rules := gate.under(lens)[1]:
        _hear_whole(page, rules, gate, sentences)
    kept = _kept(page, sentences)
    notes: tuple[Note, ...] = ()
    if kept:
        door = _Door(page.parts)
        mild = _only_a_thought(kept, page, door, lens)
        notes = tuple([_note(find, text, mild=mild, open_door=door.is_open(find.start, find.end)) for find in kept])
    if page.guessed and all(note.weight == "listen" for note in notes):
        page.parts += page.guessed  # what is only likely is told where nothing lands hard
    return sentences, Heard(notes, _apart(page.parts), page.safety)
