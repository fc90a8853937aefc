"""Clean what somebody typed into one box: lead-ins, stray stops, lower-case starts, several sentences."""

import re

LONGEST_ACRONYM = 6  # more capital letters than this are shouting, not a name
FIRST_PICTURE = "\u2190"  # arrows, signs and emoji stand from here on; a box may hold nothing else

_SPACE = re.compile(r"[^\S\n]+")
_DOTS = re.compile(r"\.{2,}|…+\.*")
_REPEATED = re.compile(r"([!?,;:])(?:\s*[!?,;:.])+")
_LONELY_I = re.compile(r"(?<![\w'’.\-])i(?=['’](?:m|ll|d|ve)\b|\s|[,;:.!?…]|$)(?!\.\w)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+\s*")
_ABBREVIATED = re.compile(r"(?:\b(?:[a-z]|mr|mrs|ms|dr|st|e\.g|i\.e|p\.m|a\.m|etc|vs|approx|no)\.)$", re.IGNORECASE)
_WORDLIKE = re.compile(r"[^\W_]")
_FIRST_WORD = re.compile(r"[^\W_][\w'’\-]*")
_KEEP_CAPITAL = frozenset(
    (
        "i i'm i'll i'd i've monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays "
        "thursdays fridays saturdays sundays january february march april june july august september october "
        "november december christmas easter ramadan shabbat diwali eid hanukkah mum mom dad mama papa grandma "
        "grandpa nana god english german french spanish"
    ).split()
)


def sentences_of(raw: str) -> list[str]:
    """Split one box into tidy sentences without losing a word; empty when nothing readable is there."""
    text = _SPACE.sub(" ", raw.replace("\r", "\n")).strip()
    text = _REPEATED.sub(r"\1", _DOTS.sub("…", text))
    text = _LONELY_I.sub("I", text)
    letters = sum(letter.isalpha() for letter in text)
    if letters > LONGEST_ACRONYM and text.upper() == text and text.lower() != text:
        text = _LONELY_I.sub("I", text.lower())
    found: list[str] = []
    for piece in _SENTENCE_END.split(text):
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] += " " + piece
        else:
            found.append(piece)
    tidy = [piece.strip(" \n\t,;:-–—") for piece in found]
    return [piece for piece in tidy if _WORDLIKE.search(piece) or any(letter >= FIRST_PICTURE for letter in piece)]


def bare(sentence: str) -> str:
    """Take the closing stop off, so that words can be set into a longer sentence."""
    return sentence.rstrip(" .!?,;:…")


def low(sentence: str) -> str:
    """Lower the first letter where it was a capital only because the box began there."""
    match = _FIRST_WORD.search(sentence)
    if match is None or match.start() > 0:
        return sentence
    word = match.group().replace("’", "'")
    proper = word.lower() in _KEEP_CAPITAL or word.endswith("'s") or (len(word) > 1 and word[1:] != word[1:].lower())
    return sentence if proper else sentence[0].lower() + sentence[1:]


def closed(sentence: str, stop: str = ".") -> str:
    """Begin with a capital and end with exactly one stop."""
    text = sentence.strip()
    match = _WORDLIKE.search(text)
    if match is not None:
        at = match.start()
        text = text[:at] + text[at].upper() + text[at + 1 :]
    if text.endswith(("?", "…")):
        return text
    return bare(text) + stop
