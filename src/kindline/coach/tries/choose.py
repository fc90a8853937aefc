"""Choose the tries of a note: the same thing said so that it can be heard.

Candidates come from three places: frames filled with the person's words, whole sentences for the topic or the lens,
and those of the rule. Each one passes through the coach before it is offered, so that nothing here teaches what the
coach itself would soften. All this is done when somebody asks for the tries of a note, not while listening.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import chain, pairwise, zip_longest
from typing import NamedTuple

from kindline.coach.book import load_book
from kindline.coach.note import Note
from kindline.coach.reading import Sentence, read
from kindline.coach.tries.forms import Forms
from kindline.coach.tries.kept import end_of
from kindline.coach.tries.matter import thing_in
from kindline.coach.tries.phrases import phrases_for
from kindline.coach.tries.spoken import Spoken, sentence_case
from kindline.coach.tries.verbs import verbs

MOST = 3
MOST_RETOLD = 2
MOST_READ = 80  # words of a sentence, where only what it is about is sought
LONGEST = 200  # characters; a try is short
OWN_SIDE = ("control", "threat")  # there is no kinder way to say the same, so nothing is retold
_NAMES_MORE = {  # where these stand beside, what they hear says better what is meant
    "accusation": ("label", "faux-feeling"),
    "absolute": ("label", "faux-feeling"),
}
_SAYS_MORE = {  # at the same place, by fault or by rule
    "accusation": ("defensiveness-counter",),
    "absolute": ("defensiveness", "comparison"),
}
_TOLD_BESIDE = frozenset(("label", "contempt", "guilt", "accusation", "absolute", "demand", "minimising", "comparison"))
_NAMED_BESIDE_TOPIC = ("label", "contempt")  # their topics know the barb, and seldom what it was about
_OF_THINGS = {  # where a thing in the text is mostly what it is about
    "complaint": ("label", "contempt", "accusation", "absolute", "minimising"),
    "response": ("minimising",),
}
_KNOWS_BEST = ("answer-past-me", "answer-past")  # rules for more than one fault, with sentences of their own
_OF_A_PART_OF_LIFE = ("label", "contempt", "accusation", "absolute", "vague")
_SAID_TO_ME = frozenset("asking commenting correcting comparing teasing mocking interrupting shouting yelling".split())
_MADE_SMALL = frozenset(("it", "only", "just"))  # "it's a parking ticket": what is named there is what hurt
_PLAIN_DEEDS = frozenset(("past", "past-not", "now", "now-not", "being"))
_ONLY_SAID = (
    "You said",
    "you said",
    "you told",
    "you promised",
    "you know",
    "you think",
    "you want",
    "you asked",
    "you got ",
    "you had ",
    " to spite me",
    " to punish me",
)
_TOLD_AS_BLAME = ("defensiveness", "contempt")  # where it is no answer, the matter in it can be said
_HEDGES = ("?", "maybe", "perhaps", "would you", "could you", "can we", "i'd love")
_BARBED = ("insult", "insultadj", "disgust")
_ALSO_PLAIN = frozenset(  # names in one place, plain words in most others
    (
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
    if here and note.fault == "demand" and _is_own_limit(here.words):
        near = [other for other in near if other.rule != "ear-control"]
    else:
        ruled = (other for other in _notes_around(note, heard) if other.fault == "control" and note.fault == "demand")
        note = next(ruled, note)
    note = _answered(note, near, heard.lens)
    topics: list[str] = []
    thing: list[str] = []
    told = here is None
    if here:
        spoken = Spoken(here, heard.text)
        if heard.language == "en" and note.fault not in OWN_SIDE:
            for words in _in_own_words(note, spoken, heard):
                told = True
                yield words, True
            thing = [] if told else _about_a_thing(note, spoken, heard)
        beside = [other for other in near if other is not note and other.fault in _NAMES_MORE.get(note.fault, ())]
        topics = next(filter(None, (_on_topic(one, spoken, heard) for one in (*beside, note))), [])
    whole = phrases_for(heard.language, note.fault).whole(heard.lens)
    if note.rule in _KNOWS_BEST:
        yield from ((words, False) for words in note.tries)
    if heard.lens == "apology":
        rest = [words for pair in zip_longest(whole, topics) for words in pair if words]
    else:
        named = thing if not topics or note.fault in _NAMED_BESIDE_TOPIC else []
        area = [] if topics or thing or told else _in_area(note, heard)
        rest = [*topics[:1], *named, *topics[1:], *area, *whole]
    yield from ((words, False) for words in (*rest, *note.tries))


def _in_own_words(note: Note, spoken: Spoken, heard: HeardIn) -> Iterator[str]:
    """Yield what the person says, told another way: of this sentence, or else of another one in the text."""
    answers = heard.lens in ("response", "apology")
    ways = _apology(note.fault, heard)
    if heard.lens != "apology" or note.fault != "guilt":  # what I gave is no part of being sorry
        ways = chain(ways, _retold(note, spoken, heard))
    if note.fault in _TOLD_AS_BLAME and not answers:
        ways = chain(ways, _retold(note.about("accusation"), spoken, heard))
    told = False
    for words in ways:
        told = True
        yield words
    if not told and not answers and note.fault in _TOLD_BESIDE:
        yield from _told_beside(note, spoken, heard)


def _told_beside(note: Note, spoken: Spoken, heard: HeardIn) -> Iterator[str]:
    """Yield a plain deed told in another sentence: "You let the roast go bad. Have you any idea …"."""
    if any(other.fault in OWN_SIDE for other in _notes_around(note, heard)):
        return
    here = spoken.starts[0]
    for sentence in sorted(_around(note, heard), key=lambda one: abs(one.starts[0] - here))[1 : 1 + MOST]:
        other = Spoken(sentence, heard.text)
        fault, only = ("demand", None) if note.fault == "demand" else ("accusation", _PLAIN_DEEDS)
        found = [
            words for words in _told(fault, other, 0, heard, only) if not any(said in words for said in _ONLY_SAID)
        ]
        if found:
            yield from found
            return


def _in_area(note: Note, heard: HeardIn) -> list[str]:
    """Return what somebody may mean who minds something in this part of life; nothing in an answer or an apology."""
    if note.fault not in _OF_A_PART_OF_LIFE or heard.lens not in ("complaint", "request", "any"):
        return []
    words = [word for sentence in _around(note, heard) for word in sentence.words[:MOST_READ]]
    return phrases_for(heard.language, "areas").on_topic(heard.lens, words)


def _about_a_thing(note: Note, spoken: Spoken, heard: HeardIn) -> list[str]:
    """Return a try that names what it is about, where the text names a thing: the note's own words first."""
    frames = phrases_for(heard.language, note.fault).frames("thing-named", heard.lens)
    if not frames or note.fault not in _OF_THINGS.get(heard.lens, ()):
        return []
    at = next((place for place, start in enumerate(spoken.starts) if start >= note.start), 0)
    last = sum(start < note.end for start in spoken.starts)
    if heard.lens == "response" and not _MADE_SMALL.intersection(spoken.words[at:last]):
        return []
    stretches = [(spoken, at, last)]
    if heard.lens != "response":
        stretches += [(spoken, at, min(at + MOST_READ, len(spoken.words))), (spoken, max(0, at - MOST_READ), at)]
        others = (Spoken(one, heard.text) for one in _around(note, heard) if one.starts[0] != spoken.starts[0])
        stretches += [(other, 0, min(MOST_READ, len(other.words))) for other in others]
    thing = thing_in(stretches)
    return [sentence_case(frames[0].format(thing=thing))] if thing else []


def _is_own_limit(words: Sequence[str]) -> bool:
    """Tell whether somebody asks for an end of what is said to them: "quit asking when we're having babies"."""
    return any(stop in ("stop", "quit") and said in _SAID_TO_ME for stop, said in pairwise(words))


def _around(note: Note, heard: HeardIn) -> list[Sentence]:
    """Return the sentence of a note and a few before and after it: a long text is not read once for each note."""
    at = bisect_right(heard.sentences, note.start, key=lambda one: one.starts[0]) - 1
    return heard.sentences[max(0, at - MOST) : at + 1 + MOST]


def _notes_around(note: Note, heard: HeardIn) -> Sequence[Note]:
    around = _around(note, heard)
    first = bisect_left(heard.notes, around[0].starts[0], key=lambda one: one.start)
    return heard.notes[first : bisect_left(heard.notes, around[-1].ends[-1], lo=first, key=lambda one: one.start)]


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
            other.fault == "control" or (other.fault == "threat" and (over or note.fault not in ("demand", "guilt")))
        ):
            return other
        says_more = {other.fault, other.rule} & set(_SAYS_MORE.get(note.fault, ()))
        if over and says_more and (lens == "response" or other.fault == "comparison"):
            return other
    if note.fault == "minimising" and lens not in ("response", "any"):
        return next((other for other in near if other.fault in _TOLD_BESIDE and other is not note), note)
    guess = next((other for other in near if other.fault == "mind-reading"), note)
    return guess if note.fault in ("accusation", "absolute") else note


def _on_topic(note: Note, spoken: Spoken, heard: HeardIn) -> list[str]:
    phrases = phrases_for(heard.language, note.fault)
    at = next((place for place, start in enumerate(spoken.starts) if start >= note.start), 0)
    last = sum(start < note.end for start in spoken.starts)
    clause = spoken.words[at : max(last, end_of(spoken.words, at))]
    if phrases.here_only:  # the note is the small word alone; what it is about stands behind it
        return phrases.on_topic(heard.lens, clause)
    return phrases.on_topic(heard.lens, spoken.words[at:last], clause, spoken.words)


def _retold(note: Note, spoken: Spoken, heard: HeardIn) -> Iterator[str]:
    at = next((place for place, start in enumerate(spoken.starts) if start >= note.start), 0)
    phrases = phrases_for(heard.language, note.fault)
    for words in _told(note.fault, spoken, at, heard):
        if not (phrases.topics_first and phrases.on_topic(heard.lens, _read(words))):
            yield words


def _told(fault: str, spoken: Spoken, at: int, heard: HeardIn, only: frozenset[str] | None = None) -> Iterator[str]:
    phrases, barbs = phrases_for(heard.language, fault), _barbs(heard.language) - _ALSO_PLAIN
    for form, gaps in _forms().of(fault, spoken, at):
        for frame in phrases.frames(form, heard.lens) if only is None or form in only else ():
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
