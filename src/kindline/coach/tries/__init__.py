"""Tries: the same thing said so that it can be heard, in the person's own words where the form allows.

Candidates come from three places: frames filled with the person's words, whole sentences for the topic or the lens,
and those of the rule. Each one passes through the coach before it is offered, so that nothing here teaches what the
coach itself would soften. All this is done when somebody asks for the tries of a note, not while listening.
"""

from collections.abc import Callable, Iterator
from functools import cache

from kindline.coach.book import load_book
from kindline.coach.note import Note
from kindline.coach.reading import Sentence
from kindline.coach.tries.forms import Forms
from kindline.coach.tries.phrases import phrases_for
from kindline.coach.tries.spoken import Spoken, sentence_case
from kindline.coach.tries.verbs import verbs

MOST = 3
MOST_RETOLD = 2
LONGEST = 200  # characters; a try is short
_HEDGES = ("?", "maybe", "perhaps", "would you", "could you", "can we", "I'd love")
_OWN_SIDE = frozenset(("threat", "control"))  # there is no kinder way to say the same, so nothing is retold
_BARBED = ("insult", "insultadj", "disgust")
_PLAIN = frozenset(("baby", "child", "mess", "pain", "joke", "burden", "animal", "cow", "pig", "witch", "drunk", "thick", "dim", "dull", "cold", "tight", "mean", "cheap", "dense", "idle", "thin-skinned", "demanding", "broken", "jealous", "toxic"))


@cache
def _forms() -> Forms:
    return Forms(verbs())


@cache
def _barbs(language: str) -> frozenset[str]:
    classes = load_book(language).vocabulary.classes
    return frozenset().union(*(classes.get(name, frozenset()) for name in _BARBED)) - _PLAIN


def is_firm(words: str) -> bool:
    """Tell whether a try says plainly what is: no question, no hedge."""
    return not any(hedge.lower() in words.lower() for hedge in _HEDGES)


def tries_for(  # noqa: PLR0917 - a note, and what it was heard in
    note: Note, text: str, sentences: list[Sentence], lens: str, language: str,
    passes: Callable[[str], bool],
) -> tuple[str, ...]:  # fmt: skip
    """Return one to three things to say instead, at least one of them plain and firm."""
    chosen: list[str] = []
    retold = 0
    for words, own in _candidates(note, text, sentences, lens, language):
        if words in chosen or (own and retold == MOST_RETOLD) or not passes(words):
            continue
        if len(chosen) == MOST - 1 and not is_firm(words) and not any(map(is_firm, chosen)):
            continue
        chosen.append(words)
        retold += own
        if len(chosen) == MOST:
            break
    return tuple(chosen) or note.tries[:MOST]


def _candidates(  # noqa: PLR0917 - as above
    note: Note, text: str, sentences: list[Sentence], lens: str, language: str
) -> Iterator[tuple[str, bool]]:
    """Yield what could be said, the closest first, and whether it is made of the person's own words."""
    phrases = phrases_for(language, note.fault)
    sentence = next((one for one in sentences if one.starts[0] <= note.start < one.ends[-1]), None)
    spoken = Spoken(sentence, text) if sentence else None
    retold: list[str] = []
    topics: list[str] = []
    if spoken:
        at = next((place for place, start in enumerate(spoken.starts) if start >= note.start), 0)
        if language == "en" and note.fault not in _OWN_SIDE:
            retold = list(_retold(note.fault, spoken, at, lens, language))
        last = sum(start < note.end for start in spoken.starts)
        topics = phrases.on_topic(spoken.words[at:last], spoken.words)
    if phrases.topics_first and topics:
        yield from ((words, False) for words in topics)
    yield from ((words, True) for words in retold)
    whole = phrases.whole(lens)
    ours = (*whole, *topics) if lens == "apology" else (*topics, *whole)
    yield from ((words, False) for words in (*ours, *note.tries))


def _retold(fault: str, spoken: Spoken, at: int, lens: str, language: str) -> Iterator[str]:
    phrases, barbs = phrases_for(language, fault), _barbs(language)
    for form, gaps in _forms().of(fault, spoken, at):
        for frame in phrases.frames(form, lens):
            words = sentence_case(frame.format_map(gaps))
            if len(words) <= LONGEST and barbs.isdisjoint(words.lower().replace(",", " ").replace(".", " ").split()):
                yield words
