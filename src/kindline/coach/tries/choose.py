"""Choose the tries of a note: the same thing said so that it can be heard.

Candidates come from three places: frames filled with the person's words, whole sentences for the topic or the lens,
and those of the rule. Each one passes through the coach before it is offered, so that nothing here teaches what the
coach itself would soften. All this is done when somebody asks for the tries of a note, not while listening.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from kindline.coach.book import load_book
from kindline.coach.note import Note
from kindline.coach.reading import Sentence, read
from kindline.coach.tries.forms import Forms
from kindline.coach.tries.kept import end_of
from kindline.coach.tries.phrases import phrases_for
from kindline.coach.tries.spoken import Spoken, sentence_case
from kindline.coach.tries.verbs import verbs

MOST = 3
MOST_RETOLD = 2
LONGEST = 200  # characters; a try is short
OWN_SIDE = ("control", "threat")  # there is no kinder way to say the same, so nothing is retold
_NAMES_MORE = {  # where these stand beside, what they hear says better what is meant
    "accusation": ("label", "faux-feeling"),
    "absolute": ("label", "faux-feeling"),
}
_TOLD_AS_BLAME = ("defensiveness", "contempt")  # where it is no answer, the matter in it can be said
_HEDGES = ("?", "maybe", "perhaps", "would you", "could you", "can we", "i'd love")
_BARBED = ("insult", "insultadj", "disgust")
_ALSO_PLAIN = frozenset(  # names in one place, plain words in most others
    (  # noqa: SIM905 - a list of words reads better as words
        "baby child mess pain joke burden animal cow pig witch drunk thick dim dull cold tight mean cheap dense idle "
        "demanding broken jealous toxic"
    ).split()
)


class HeardIn(NamedTuple):
    """What was heard in a text, and how: all that tries are made from."""

    text: str
    sentences: list[Sentence]
    notes: tuple[Note, ...]
    lens: str
    language: str


@cache
def _barbs(language: str) -> frozenset[str]:
    classes = load_book(language).vocabulary.classes
    return frozenset().union(*(classes.get(name, frozenset()) for name in _BARBED))


@cache
def _forms() -> Forms:
    return Forms(verbs(), _barbs("en") - {"child", "baby"})


def is_firm(words: str) -> bool:
    """Tell whether a try says plainly what is: no question, no hedge."""
    return not any(hedge in words.lower() for hedge in _HEDGES)


def tries_for(note: Note, heard: HeardIn, passes: Callable[[str], bool]) -> tuple[str, ...]:
    """Return one to three things to say instead, at least one of them plain and firm."""
    chosen: list[str] = []
    retold = 0
    for words, own in _candidates(note, heard):
        if words in chosen or (own and retold == MOST_RETOLD) or not passes(words):
            continue
        if len(chosen) == MOST - 1 and not is_firm(words) and not any(map(is_firm, chosen)):
            continue
        chosen.append(words)
        retold += own
        if len(chosen) == MOST:
            break
    return tuple(chosen) or note.tries[:MOST]


def _candidates(note: Note, heard: HeardIn) -> Iterator[tuple[str, bool]]:
    """Yield what could be said, the closest first, and whether it is made of the person's own words."""
    here = _sentence_of(note, heard.sentences)
    near = _notes_in(here, heard.notes) if here else ()
    note = _answered(note, near, heard.lens)
    topics: list[str] = []
    if here:
        spoken = Spoken(here, heard.text)
        if heard.language == "en" and note.fault not in OWN_SIDE:
            yield from ((words, True) for words in _apology(note.fault, heard))
            yield from ((words, True) for words in _retold(note, spoken, heard))
            if note.fault in _TOLD_AS_BLAME and heard.lens not in ("response", "apology"):
                yield from ((words, True) for words in _retold(note.about("accusation"), spoken, heard))
        beside = [other for other in near if other is not note and other.fault in _NAMES_MORE.get(note.fault, ())]
        topics = next(filter(None, (_on_topic(one, spoken, heard.language) for one in (*beside, note))), [])
    whole = phrases_for(heard.language, note.fault).whole(heard.lens)
    for pair in zip_longest(*((whole, topics) if heard.lens == "apology" else (topics, whole))):
        yield from ((words, False) for words in pair if words)
    yield from ((words, False) for words in note.tries)


def _sentence_of(note: Note, sentences: Sequence[Sentence]) -> Sentence | None:
    # Both in order: looked up, because a long text has as many notes as sentences.
    at = bisect_right(sentences, note.start, key=lambda one: one.starts[0]) - 1
    return sentences[at] if at >= 0 and note.start < sentences[at].ends[-1] else None


def _notes_in(here: Sentence, notes: Sequence[Note]) -> Sequence[Note]:
    first = bisect_left(notes, here.starts[0], key=lambda one: one.start)
    return notes[first : bisect_left(notes, here.ends[-1], lo=first, key=lambda one: one.start)]


def _answered(note: Note, near: Sequence[Note], lens: str) -> Note:
    """Return the note the tries answer: beside a control or a threat all turn to the writer's own side, and what
    is blamed and guessed at once is answered as a guess."""
    for other in near:
        over = other.start < note.end and note.start < other.end
        if note.fault not in OWN_SIDE and (
            other.fault == "control" or (other.fault == "threat" and (over or note.fault != "demand"))
        ):
            return other
    if note.fault == "minimising" and lens not in ("response", "any"):
        return next((other for other in near if other.fault == "accusation"), note)
    guess = next((other for other in near if other.fault == "mind-reading"), note)
    return guess if note.fault in ("accusation", "absolute") else note


def _on_topic(note: Note, spoken: Spoken, language: str) -> list[str]:
    phrases = phrases_for(language, note.fault)
    at = next((place for place, start in enumerate(spoken.starts) if start >= note.start), 0)
    last = sum(start < note.end for start in spoken.starts)
    clause = spoken.words[at : max(last, end_of(spoken.words, at))]
    return phrases.on_topic(spoken.words[at:last], clause, [] if phrases.here_only else spoken.words)


def _retold(note: Note, spoken: Spoken, heard: HeardIn) -> Iterator[str]:
    at = next((place for place, start in enumerate(spoken.starts) if start >= note.start), 0)
    phrases = phrases_for(heard.language, note.fault)
    for words in _told(note.fault, spoken, at, heard):
        if not (phrases.topics_first and phrases.on_topic(_read(words))):
            yield words


def _told(fault: str, spoken: Spoken, at: int, heard: HeardIn) -> Iterator[str]:
    phrases, barbs = phrases_for(heard.language, fault), _barbs(heard.language) - _ALSO_PLAIN
    for form, gaps in _forms().of(fault, spoken, at):
        for frame in phrases.frames(form, heard.lens):
            words = " ".join(sentence_case(frame.format_map(gaps)).replace(" .", ".").replace(" ,", ",").split())
            twice = words.lower().count("when ") > 1  # "when you shut down when …" reads badly
            if len(words) <= LONGEST and not twice and barbs.isdisjoint(_read(words)):
                yield words


def _apology(fault: str, heard: HeardIn) -> Iterator[str]:
    """Yield the apology itself where one stands in the text: under that lens it answers every fault."""
    if heard.lens == "apology" and fault != "conditional-apology":
        for sentence in heard.sentences:
            yield from _told("conditional-apology", Spoken(sentence, heard.text), 0, heard)


def _read(words: str) -> list[str]:
    return [word for sentence in read(words) for word in sentence.words]
