"""The learned ear: weighs the traits of a few sentences and says what the rules have missed.

It hears what has no keyword. Where a rule speaks, the rule speaks first; safety is never asked here. What it may say
stands on pages of its own (`rules/<language>/ear/`), one for each fault; the place is the clause that weighed most.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kindline.coach.book import PARTS, Rule
from kindline.coach.clauses import Reader
from kindline.coach.note import Heard, Note, Part, Weight
from kindline.coach.reading import Sentence
from kindline.coach.traits import of_clauses, of_words, traits
from kindline.coach.weights import Weights

EARS = Path(__file__).parent / "ears"
MOST_NAMED = 2  # faults the ear names where no rule speaks
HARD = "hard"  # the name of what tells that a text lands hard at all
ONLY_THOUGHTS = frozenset(("no-return-time",))  # what a rule says of these stays a thought
LONGEST_STRETCH = 60  # words weighed together; a longer text is weighed stretch by stretch, so that work stays linear


class Stretch(NamedTuple):
    """A few sentences that are weighed together, and where they stand."""

    sentences: list[Sentence]
    start: int
    end: int


@cache
def ear_for(language: str) -> Weights | None:
    """Return the learned ear of a language, read once; None where nothing has been learned."""
    file = EARS / f"{language}.ear"
    return Weights(file) if file.is_file() else None


def stretches(sentences: list[Sentence]) -> list[Stretch]:
    """Cut a text into stretches of whole sentences."""
    if len(sentences) == 1:
        return [Stretch(sentences, sentences[0].starts[0], sentences[0].ends[-1])]
    found: list[Stretch] = []
    some: list[Sentence] = []
    length = 0
    for sentence in sentences:
        if some and length + len(sentence.words) > LONGEST_STRETCH:
            found.append(Stretch(some, some[0].starts[0], some[-1].ends[-1]))
            some, length = [], 0
        some.append(sentence)
        length += len(sentence.words)
    if some:
        found.append(Stretch(some, some[0].starts[0], some[-1].ends[-1]))
    return found


class _Places:
    """Where in a stretch something was heard: the clause whose own words weigh most for it."""

    def __init__(self, ear: Weights, stretch: Stretch) -> None:
        self._clauses = []
        for sentence in stretch.sentences:
            for clause in sentence.clauses or ():
                words = sentence.words[clause.first : clause.last]
                if any(word[0].isalnum() for word in words):
                    weighed = ear.sums({*of_words(words), *of_clauses(sentence.words, [clause])})
                    self._clauses.append((weighed, *_edges(sentence, clause.first, clause.last)))
        self._all = (stretch.start, stretch.end)

    def of(self, thing: int) -> tuple[int, int]:
        if not self._clauses:
            return self._all
        _, start, end = max(self._clauses, key=lambda clause: clause[0][thing])
        return start, end


def _edges(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """Return where a clause stands in the text, without the marks at its ends."""
    while last - first > 1 and not sentence.words[last - 1][0].isalnum():
        last -= 1
    while last - first > 1 and not sentence.words[first][0].isalnum():
        first += 1
    return sentence.starts[first], sentence.ends[last - 1]


def decided(
    notes: Iterable[Note], weighed: Sequence[float], ear: Weights, pages: Mapping[str, Rule]
) -> tuple[bool, list[tuple[int, Weight]]]:
    """Return whether the rules' notes are no more than a thought, and what else is heard, with its weight.

    A rule that stops is always right. Where the rules soften, the ear may only name one fault more, or find the whole
    so kind that their notes become thoughts. Where a rule has a mere thought and the ear is sure of the same fault,
    that fault is named again: the rule's note then softens.
    """
    limits = ear.limits
    hard = weighed[ear.at[HARD]]
    weights = {note.weight for note in notes}
    if "stop" in weights:
        return False, []
    if "soften" in weights and hard < limits["kind"]:
        return True, []
    if hard < limits["hard"]:
        return False, []
    named = {note.fault for note in notes}
    ranked = sorted(((weighed[ear.at[name]], ear.at[name]) for name in pages), reverse=True)
    faults = [(weight, thing) for weight, thing in ranked if ear.hears[thing] not in named]
    if "soften" in weights:
        weight, thing = faults[0]
        return False, [(thing, "soften")] if weight >= limits["beside"] else []
    heard: list[tuple[int, Weight]] = []
    told = ear.hears[ranked[0][1]]
    if told in named and told not in ONLY_THOUGHTS:
        heard.append((ranked[0][1], "soften"))  # a rule has it as a thought, and the ear is sure that it lands hard
    for weight, thing in faults[: MOST_NAMED - len(heard)]:
        if (heard or told in named) and weight < limits["also"]:
            break
        stops = pages[ear.hears[thing]].weight == "stop" and hard >= limits["sure"] and weight >= limits["stop"]
        heard.append((thing, "stop" if stops else "soften"))
    return False, heard


def parts_heard(by_rules: Collection[str], weighed: Sequence[float], ear: Weights) -> list[int]:
    """Return the places of the parts that are there, given those that the rules have heard."""
    keep, more = ear.limits["keep"], ear.limits["part"]
    at = ear.at
    return [at[name] for name in PARTS if weighed[at[name]] >= (keep if name in by_rules else more)]


def _weighed(note: Note, *, mild: bool, sure: bool) -> Note:
    """Return a rule's note as a thought where the whole sounds kind, and as more than one where the ear is sure."""
    if mild:
        return note.weighing("listen")
    return note.weighing("soften") if sure and note.weight == "listen" else note


def _quiet_at(place: int, sentences: list[Sentence]) -> frozenset[str]:
    """Return the faults that a kind form keeps silent in the sentence around a place."""
    return next((one.quiet for one in sentences if one.starts[0] <= place < one.ends[-1]), frozenset())


def hear_more(  # noqa: PLR0917 - what was read and what it is weighed with
    text: str, sentences: list[Sentence], reader: Reader, pages: Mapping[str, Rule], ear: Weights, lens: str,
    by_rules: Heard,
) -> Heard:  # fmt: skip
    """Return what both ears hear, from what the rules have heard."""
    notes: list[Note] = []
    parts: list[Part] = []
    note_starts = [note.start for note in by_rules.notes]
    part_starts = [part.start for part in by_rules.parts]
    listening = {name: page for name, page in pages.items() if page.listens(lens)}
    for stretch in stretches(sentences):
        here = by_rules.notes[bisect_left(note_starts, stretch.start) : bisect_left(note_starts, stretch.end)]
        there = by_rules.parts[bisect_left(part_starts, stretch.start) : bisect_left(part_starts, stretch.end)]
        names = {part.name for part in there}
        weighed = ear.sums(traits(stretch.sentences, reader, lens, here, names))
        hushed = by_rules.safety or any(sentence.hushed for sentence in stretch.sentences)
        mild, more = (False, []) if hushed else decided(here, weighed, ear, listening)
        found = parts_heard(names, weighed, ear)
        sure = {ear.hears[thing] for thing, _ in more}
        notes += [_weighed(note, mild=mild, sure=note.fault in sure) for note in here]
        parts += [part for part in there if ear.at[part.name] in found]
        new = [thing for thing in found if ear.hears[thing] not in names]
        if not more and not new:
            if not mild and len(found) == len(names) and len(sentences) == 1:
                return by_rules  # both ears hear the same
            continue
        places = _Places(ear, stretch)
        named = {note.fault for note in here}
        for thing, weight in more:
            if ear.hears[thing] in named:
                continue
            page = pages[ear.hears[thing]]
            start, end = places.of(thing)
            if page.serves in _quiet_at(start, stretch.sentences):
                continue
            notes.append(Note(page.name, page.serves, weight, start, end, text[start:end], page.says, page.tries))
        for thing in new:
            start, end = places.of(thing)
            parts.append(Part(ear.hears[thing], start, end, text[start:end]))
    have = {f"no-{part.name}" for part in parts}  # what one ear has heard is not missed by the other
    notes = [note for note in notes if note.weight != "listen" or note.fault not in have]
    return Heard(
        tuple(sorted(notes, key=lambda note: (note.start, note.end))),
        tuple(sorted(parts, key=lambda part: (part.start, part.end))),
        by_rules.safety,
    )
